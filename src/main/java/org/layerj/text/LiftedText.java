package org.layerj.text;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.Diffusion;
import org.layerj.layers.RgbaImage;

/**
 * A picture separated into text and background: the letters on a transparent picture, and the picture without them,
 * inpainted by diffusion where the letters were.
 * <p>
 * Where a word's matte ends, letters are still mixed into the picture a pixel or two farther (anti-aliasing, JPEG).
 * There alpha is the share of the letter's colour F over the continued background B that explains the picture I best,
 * <pre>α = (I − B)·(F − B) / |F − B|²,</pre> and the letters' colours are what with this alpha composites to the
 * picture. Both together show the picture within rounding, except where no colour can.
 *
 * @param letters the picture's size; straight alpha
 * @param background the picture's size and alpha
 * @param pixels how many pixels the letters cover, alpha summed
 */
public record LiftedText(RgbaImage letters, RgbaImage background, double pixels) {

	/** How far beyond a matte letters are looked for, in pixels. */
	private static final int FRINGE = 2;
	/** Less of a letter in a pixel of the fringe is noise. */
	private static final double LEAST = 0.12;
	/** Alpha, 0 … 1, from which a pixel shows the letter's own colour. */
	private static final float SOLID = 0.9f;
	/** Squared distance of colours, 0 … 255 each, below which letters cannot be distinguished from the background. */
	private static final double ALIKE = 3 * 24 * 24;

	/**
	 * Separates words from a picture.
	 *
	 * @param picture any size; straight alpha; not changed
	 * @param words of that picture ({@link TextMatte})
	 * @return letters and background, which together composite to the picture within rounding
	 */
	public static LiftedText of(final RgbaImage picture, final List<WordMatte> words) {
		final int w = picture.width();
		final int h = picture.height();
		final float[] alpha = new float[w * h];
		for (final WordMatte word : words) {
			final Bounds b = word.bounds();
			for (int y = 0; y < b.height(); y++) for (int x = 0; x < b.width(); x++) {
				final int i = (b.y() + y) * w + b.x() + x;
				alpha[i] = Math.max(alpha[i], word.alpha()[y * b.width() + x]);
			}
		}
		final boolean[] near = near(alpha, w, h);
		final double[][] background = planes(picture, i -> !near[i], w, h);
		final float[][] foreground = foreground(picture, words);
		final RgbaImage letters = RgbaImage.blank(w, h);
		final RgbaImage rest = picture.copy();
		double pixels = 0;
		for (int i = 0; i < alpha.length; i++) {
			if (!near[i]) continue;
			final double a = alpha[i] > 0 ? alpha[i] : share(picture, background, foreground, i);
			if (a == 0) continue;
			pixels += a;
			letters.plane(RgbaImage.ALPHA)[i] = (byte) Math.round(255 * a);
			for (int c = 0; c < 3; c++) {
				rest.plane(c)[i] = (byte) Math.round(background[c][i]);
				final double colour = ((picture.plane(c)[i] & 0xff) - (1 - a) * background[c][i]) / a;
				letters.plane(c)[i] = (byte) Math.round(Math.max(0, Math.min(255, colour)));
			}
		}
		return new LiftedText(letters, rest, pixels);
	}

	/** Share of the letters' colour in a pixel; 0 if the pixel is something else, or too little. */
	private static double share(final RgbaImage picture, final double[][] background, final float[][] foreground,
		final int i)
	{
		double dot = 0;
		double square = 0;
		for (int c = 0; c < 3; c++) {
			final double towards = foreground[c][i] - background[c][i];
			dot += ((picture.plane(c)[i] & 0xff) - background[c][i]) * towards;
			square += towards * towards;
		}
		final double a = square < ALIKE ? 0 : Math.min(1, dot / square);
		if (a < LEAST) return 0;
		double beside = 0;
		for (int c = 0; c < 3; c++) {
			final double rest =
				(picture.plane(c)[i] & 0xff) - background[c][i] - a * (foreground[c][i] - background[c][i]);
			beside += rest * rest;
		}
		return beside < a * a * square / 4 ? a : 0;
	}

	/** Colours of the letters, and around them as far as they may reach. */
	private static float[][] foreground(final RgbaImage picture, final List<WordMatte> words) {
		final int w = picture.width();
		final int h = picture.height();
		final float[][] foreground = new float[3][w * h];
		for (final WordMatte word : words) {
			final Bounds b = word.bounds();
			float most = 0;
			for (final float a : word.alpha()) most = Math.max(most, a);
			final float solid = SOLID * most;
			if (most == 0) continue;
			final int left = Math.max(0, b.x() - FRINGE);
			final int top = Math.max(0, b.y() - FRINGE);
			final Bounds part =
				new Bounds(left, top, Math.min(w, b.right() + FRINGE) - left, Math.min(h, b.bottom() + FRINGE) - top);
			for (int c = 0; c < 3; c++) {
				final double[] values = new double[part.width() * part.height()];
				for (int i = 0; i < values.length; i++) values[i] = picture.plane(c)[at(part, i, w)] & 0xff;
				final double[] filled = Diffusion.fill(values, part.width(), part.height(), i -> {
					final int x = part.x() + i % part.width();
					final int y = part.y() + i / part.width();
					return b.contains(x, y) && word.alpha()[(y - b.y()) * b.width() + x - b.x()] >= solid;
				}, 0);
				for (int i = 0; i < filled.length; i++) foreground[c][at(part, i, w)] = (float) filled[i];
			}
		}
		return foreground;
	}

	private static int at(final Bounds part, final int i, final int width) {
		return (part.y() + i / part.width()) * width + part.x() + i % part.width();
	}

	private static double[][] planes(final RgbaImage picture, final IntPredicate known, final int w, final int h) {
		return IntStream.range(0, 3).parallel().mapToObj(c -> {
			final double[] values = new double[w * h];
			for (int i = 0; i < values.length; i++) values[i] = picture.plane(c)[i] & 0xff;
			return Diffusion.fill(values, w, h, known, 0);
		}).toArray(double[][]::new);
	}

	/** Pixels of letters and those around them. */
	private static boolean[] near(final float[] alpha, final int w, final int h) {
		final boolean[] near = new boolean[alpha.length];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			if (alpha[y * w + x] == 0) continue;
			for (int v = Math.max(0, y - FRINGE); v <= Math.min(h - 1, y + FRINGE); v++)
				for (int u = Math.max(0, x - FRINGE); u <= Math.min(w - 1, x + FRINGE); u++) near[v * w + u] = true;
		}
		return near;
	}

	/** {@return whether there are no letters} */
	public boolean isEmpty() {
		return pixels == 0;
	}
}
