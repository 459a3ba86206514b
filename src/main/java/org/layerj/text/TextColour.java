package org.layerj.text;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.SubpixelText;
import org.layerj.text.LetterPixels.Fit;

/**
 * What colour letters have: the median of pixels in the middle of strokes. Where strokes are so thin that there are few
 * of those, the colour of the pixels that differ most from what is around; and if even these are not covered wholly,
 * which a rendering of the line tells, what lies as much farther. Text with coloured fringes is {@link SubpixelText}.
 */
final class TextColour {

	/** Alpha from which a pixel is all letter; in the middle of a stroke if those around it are too. */
	private static final float SOLID = 0.95f;
	/** So many such pixels are enough, if they are so large a share of the letters. */
	private static final int ENOUGH = 6;
	private static final double SHARE = 0.15;
	/** Share of the letters' pixels that differ most, and how many at least. */
	private static final double MOST = 0.05;
	private static final int FEW = 3;
	/** Of text with coloured fringes, alpha from which a pixel is mostly letter. */
	private static final float STROKE = 0.38f;
	/** Pixels of letters, of which these are taken. */
	private static final float SOME = 0.5f;
	/** Strongest pixels of strokes are at least covered so much, whatever the rendering says. */
	private static final double COVERED = 0.6;

	private final RgbaImage whole;
	private final Rgb picture;

	TextColour(final RgbaImage picture) {
		whole = picture;
		this.picture = Rgb.of(picture);
	}

	/** 0xRRGGBB of a word; empty if its strokes are too thin to say. */
	Optional<Integer> of(final WordMatte word) {
		final Bounds b = word.bounds();
		return middle(b.x(), b.y(), b.width(), b.height(), word.alpha());
	}

	/** 0xRRGGBB of a line. */
	int of(final LetterPixels pixels, final Fit fit) {
		final OptionalInt striped =
			SubpixelText.colour(whole, new Bounds(pixels.x, pixels.y, pixels.width, pixels.height),
				i -> pixels.alpha[i] >= STROKE, i -> pixels.alpha[i] == 0);
		if (striped.isPresent()) return striped.getAsInt();
		return middle(pixels.x, pixels.y, pixels.width, pixels.height, pixels.alpha)
			.orElseGet(() -> strongest(pixels, fit));
	}

	private Optional<Integer> middle(final int x, final int y, final int w, final int h, final float[] alpha) {
		double all = 0;
		for (final float a : alpha) all += a;
		final int[] inside = IntStream.range(0, alpha.length)
			.filter(i -> i % w > 0 && i % w < w - 1 && i / w > 0 && i / w < h - 1 && alpha[i] >= SOLID
				&& around(alpha, w, i) && level(0, x + i % w, y + i / w) >= 0)
			.toArray();
		if (inside.length < Math.max(ENOUGH, SHARE * all)) return Optional.empty();
		int rgb = 0;
		for (int c = 0; c < 3; c++) {
			final int plane = c;
			final int[] levels = Arrays.stream(inside).map(i -> level(plane, x + i % w, y + i / w)).sorted().toArray();
			rgb = rgb << 8 | levels[levels.length / 2];
		}
		return Optional.of(rgb);
	}

	private static boolean around(final float[] alpha, final int w, final int i) {
		for (int v = -w; v <= w; v += w) for (int u = -1; u <= 1; u++) if (alpha[i + v + u] < SOLID) return false;
		return true;
	}

	/** −1 beyond the picture. */
	private int level(final int plane, final int x, final int y) {
		return x < 0 || y < 0 || x >= picture.width || y >= picture.height ? -1
			: picture.planes[plane][y * picture.width + x] & 0xff;
	}

	private int strongest(final LetterPixels p, final Fit fit) {
		final double[] background = mean(p,
			IntStream.range(0, p.alpha.length)
				.filter(i -> p.alpha[i] == 0 && p.cover(fit, i) == 0 && level(p, 0, i) >= 0)
				.toArray());
		final int[] letters =
			IntStream.range(0, p.alpha.length).filter(i -> p.alpha[i] >= SOME && level(p, 0, i) >= 0).toArray();
		final double[] mean = mean(p, letters);
		final double[] far = new double[p.alpha.length];
		for (final int i : letters)
			for (int c = 0; c < 3; c++) far[i] += (level(p, c, i) - background[c]) * (mean[c] - background[c]);
		final int count = Math.min(letters.length, (int) Math.max(FEW, MOST * letters.length));
		final double[] most = mean(p,
			Arrays.stream(letters)
				.boxed()
				.sorted(Comparator.comparingDouble(i -> -far[i]))
				.limit(count)
				.mapToInt(i -> i)
				.toArray());
		final double[] covers = IntStream.range(0, p.alpha.length).mapToDouble(i -> p.cover(fit, i)).sorted().toArray();
		double cover = 0;
		for (int k = 1; k <= count; k++) cover += covers[covers.length - k] / count;
		int rgb = 0;
		for (int c = 0; c < 3; c++) {
			final double level = background[c] + (most[c] - background[c]) / Math.max(COVERED, cover);
			rgb = rgb << 8 | (int) Math.round(Math.max(0, Math.min(255, level)));
		}
		return rgb;
	}

	private int level(final LetterPixels p, final int plane, final int i) {
		return level(plane, p.x + i % p.width, p.y + i / p.width);
	}

	private double[] mean(final LetterPixels p, final int[] pixels) {
		final double[] mean = new double[3];
		for (final int i : pixels) for (int c = 0; c < 3; c++) mean[c] += (double) level(p, c, i) / pixels.length;
		return mean;
	}
}
