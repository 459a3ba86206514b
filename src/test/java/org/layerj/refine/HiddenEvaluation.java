package org.layerj.refine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.layerj.common.Progress;
import org.layerj.eval.TruthFigure;
import org.layerj.layers.Diffusion;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * Measures what hidden pixels are filled with, in the true layers of figures: their mean difference from the truth, and
 * how much of its texture they have, filled smoothly and with the texture around them. <pre>{@code
 * mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.refine.HiddenEvaluation \
 *   -Dexec.args="TRUTH"
 * }</pre> {@code TRUTH} holds figures as {@link TruthFigure} reads them.
 */
final class HiddenEvaluation {

	/** Fewer hidden pixels tell nothing. */
	private static final int LEAST = 100;
	/** Texture, levels, from which a layer counts as textured: rounding alone gives up to .5. */
	private static final double TEXTURED = 1;

	private HiddenEvaluation() {}

	/** Of one layer: hidden pixels, texture of the truth, and difference and texture of both ways. */
	private record Measured(double truth, double[] difference, double[] texture) {}

	public static void main(final String[] args) throws IOException {
		final List<Measured> all = new ArrayList<>();
		for (final Path folder : TruthFigure.folders(Path.of(args[0]))) {
			final TruthFigure figure = TruthFigure.read(folder);
			final List<Measured> here = measured(figure);
			all.addAll(here);
			for (final Measured m : here)
				System.out.printf(Locale.ROOT,
					"%s: texture %.1f; smooth %.1f, difference %.1f; with texture %.1f, difference %.1f%n",
					figure.name(), m.truth, m.texture[0], m.difference[0], m.texture[1], m.difference[1]);
		}
		print("textured layers", all.stream().filter(m -> m.truth >= TEXTURED).toList());
		print("others", all.stream().filter(m -> m.truth < TEXTURED).toList());
	}

	private static void print(final String what, final List<Measured> some) {
		System.out.printf(Locale.ROOT, "%d %s: texture of the truth %.2f%n", some.size(), what,
			some.stream().mapToDouble(m -> m.truth).average().orElse(0));
		for (int way = 0; way < 2; way++) {
			final int k = way;
			System.out.printf(Locale.ROOT, "  %s: texture %.2f, difference %.2f levels%n",
				way == 0 ? "smooth" : "with texture", some.stream().mapToDouble(m -> m.texture[k]).average().orElse(0),
				some.stream().mapToDouble(m -> m.difference[k]).average().orElse(0));
		}
	}

	private static List<Measured> measured(final TruthFigure figure) {
		final int n = figure.layers().size();
		final RgbaImage input = figure.input();
		final List<Layer> smooth = new ArrayList<>();
		final boolean[][] hidden = new boolean[n][input.width() * input.height()];
		final double[] through = new double[input.width() * input.height()];
		Arrays.fill(through, 1);
		for (int k = n - 1; k >= 0; k--) {
			final RgbaImage layer = figure.layers().get(k);
			final byte[] alpha = layer.plane(RgbaImage.ALPHA);
			for (int i = 0; i < through.length; i++) hidden[k][i] = alpha[i] == -1 && through[i] < .001;
			final IntPredicate seen = i -> alpha[i] == -1 && through[i] > .999;
			final RgbaImage filled = layer.copy();
			for (int c = 0; c < 3; c++) {
				final byte[] plane = filled.plane(c);
				final double[] values = IntStream.range(0, plane.length).mapToDouble(i -> plane[i] & 0xff).toArray();
				final boolean[] hole = hidden[k];
				final double[] out = Diffusion.fill(values, input.width(), input.height(), seen, i -> hole[i], 128);
				for (int i = 0; i < plane.length; i++) if (hole[i]) plane[i] = (byte) Math.round(out[i]);
			}
			smooth.add(0, Layer.of("layer-" + k, "layer " + k, filled));
			for (int i = 0; i < through.length; i++) through[i] *= 1 - (alpha[i] & 0xff) / 255.0;
		}
		final LayerStack proposal = new LayerStack(input.width(), input.height(), smooth);
		final List<LayerStack> both = List.of(proposal, HiddenTexture.of(proposal, Progress.none()));
		final List<Measured> out = new ArrayList<>();
		for (int k = 0; k < n; k++) {
			final RgbaImage truth = figure.layers().get(k);
			if (IntStream.range(0, through.length).filter(asPredicate(hidden[k])).count() < LEAST) continue;
			final int at = k;
			final List<RgbaImage> found = both.stream().map(s -> s.get(at).pixels()).toList();
			final boolean[] there = hidden[k];
			out.add(new Measured(texture(truth, there),
				found.stream().mapToDouble(f -> difference(f, truth, there)).toArray(),
				found.stream().mapToDouble(f -> texture(f, there)).toArray()));
		}
		return out;
	}

	private static IntPredicate asPredicate(final boolean[] mask) {
		return i -> mask[i];
	}

	private static double difference(final RgbaImage a, final RgbaImage b, final boolean[] where) {
		double sum = 0;
		int count = 0;
		for (int i = 0; i < where.length; i++) {
			if (!where[i]) continue;
			count += 3;
			for (int c = 0; c < 3; c++) sum += Math.abs((a.plane(c)[i] & 0xff) - (b.plane(c)[i] & 0xff));
		}
		return sum / count;
	}

	/** Mean difference from the mean of the four neighbours, levels, green, where all five are hidden. */
	private static double texture(final RgbaImage p, final boolean[] where) {
		final int w = p.width();
		final byte[] g = p.plane(1);
		double sum = 0;
		int count = 0;
		for (int i = w; i < where.length - w; i++) {
			if (i % w == 0 || i % w == w - 1 || !where[i] || !where[i - 1] || !where[i + 1] || !where[i - w]
				|| !where[i + w]) continue;
			count++;
			sum += Math.abs(
				(g[i] & 0xff) - ((g[i - 1] & 0xff) + (g[i + 1] & 0xff) + (g[i - w] & 0xff) + (g[i + w] & 0xff)) / 4.0);
		}
		return count == 0 ? 0 : sum / count;
	}
}
