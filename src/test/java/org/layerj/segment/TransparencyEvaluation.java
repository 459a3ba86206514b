package org.layerj.segment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.layerj.eval.TruthFigure;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;

/**
 * Measures how many of the pixels that are taken for translucent are, how many of the translucent ones are found, and
 * how well the share let through is known. <pre>{@code
 * mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.segment.TransparencyEvaluation \
 *   -Dexec.args="TRUTH"
 * }</pre> {@code TRUTH} holds figures as {@link TruthFigure} reads them.
 */
final class TransparencyEvaluation {

	private static final double MOST_PIXELS = 140_000;
	/** Alpha, 0 … 255, of pixels that are translucent, if that of their neighbours is about the same. */
	private static final int LEAST = 26, MOST = 229, SAME = 8;

	private TransparencyEvaluation() {}

	public static void main(final String[] args) throws IOException {
		long translucent = 0;
		long found = 0;
		long right = 0;
		final List<Double> errors = new ArrayList<>();
		for (final Path folder : TruthFigure.folders(Path.of(args[0]))) {
			final TruthFigure figure = TruthFigure.read(folder);
			final double scale =
				Math.min(1, Math.sqrt(MOST_PIXELS / ((double) figure.input().width() * figure.input().height())));
			final int w = (int) Math.round(figure.input().width() * scale);
			final int h = (int) Math.round(figure.input().height() * scale);
			final RgbaImage small = small(figure.input(), w, h);
			final Segments segments = Segments.of(small);
			final Map<Integer, Transparency.Cover> covers = Transparency.of(EdgeSharpening.of(small), segments);
			final int[] truth = through(figure, w, h);
			final Map<Integer, List<Double>> off = new TreeMap<>();
			long here = 0;
			long hit = 0;
			for (int i = 0; i < truth.length; i++) {
				if (truth[i] >= 0) translucent++;
				final Transparency.Cover cover = covers.get(segments.labels()[i]);
				if (cover == null) continue;
				here++;
				if (truth[i] < 0) continue;
				hit++;
				off.computeIfAbsent(cover.number(), k -> new ArrayList<>())
					.add(Math.abs(truth[i] / 255.0 - cover.through()));
			}
			off.values().forEach(o -> errors.add(o.stream().sorted().toList().get(o.size() / 2)));
			found += here;
			right += hit;
			if (here > 0) System.out.printf(Locale.ROOT,
				"%s: %d pixels of covers, %d of them right, through within %s%n", figure.name(), here, hit,
				off.values()
					.stream()
					.map(o -> String.format(Locale.ROOT, "%.3f", o.stream().sorted().toList().get(o.size() / 2)))
					.toList());
		}
		System.out.printf(Locale.ROOT,
			"%d pixels of covers, %d right (%.1f %%); of %d translucent pixels %.1f %%; median error of the share let "
				+ "through %.3f, largest %.3f of %d%n",
			found, right, 100.0 * right / Math.max(1, found), translucent, 100.0 * right / Math.max(1, translucent),
			errors.stream().sorted().toList().get(errors.size() / 2),
			errors.stream().mapToDouble(e -> e).max().orElse(0), errors.size());
	}

	/** What the topmost translucent layer lets through at each pixel, 0 … 255; −1 where there is none. */
	private static int[] through(final TruthFigure figure, final int w, final int h) {
		final int[] out = new int[w * h];
		Arrays.fill(out, -1);
		for (final RgbaImage layer : figure.layers()) {
			final byte[] alpha = small(layer, w, h).plane(RgbaImage.ALPHA);
			for (int y = 1; y + 1 < h; y++) for (int x = 1; x + 1 < w; x++) {
				final int i = y * w + x;
				final int a = alpha[i] & 0xff;
				if (a == 255) out[i] = -1;
				boolean same = a >= LEAST && a <= MOST;
				for (final int k : new int[] { i - 1, i + 1, i - w, i + w })
					same &= Math.abs((alpha[k] & 0xff) - a) <= SAME;
				if (same) out[i] = 255 - a;
			}
		}
		return out;
	}

	private static RgbaImage small(final RgbaImage picture, final int w, final int h) {
		return PillowResize.picture(picture, w, h, PillowResize.Filter.BILINEAR);
	}
}
