package org.layerj.text;

import java.util.List;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;

/** Computes the mattes of words that were found, at the picture's own size. */
public final class TextMatte {

	private TextMatte() {}

	/**
	 * The matte of each word.
	 *
	 * @param picture in which the text was found; not changed
	 * @param text found in that picture
	 * @return one for each word, in the text's order; all 0 where letters cannot be distinguished from the background
	 */
	public static List<WordMatte> of(final RgbaImage picture, final FoundText text) {
		final Rgb rgb = Rgb.of(picture);
		return text.lines().parallelStream().flatMap(line -> {
			final LineMatte matte = LineMatte.of(rgb, line.quad());
			return IntStream.range(0, line.words().size()).mapToObj(k -> word(matte, line, k));
		}).toList();
	}

	/** A word's part of its line: what is nearer to it than to its neighbours. */
	private static WordMatte word(final LineMatte matte, final TextLine line, final int k) {
		final List<TextWord> words = line.words();
		final Quad quad = line.quad();
		final double c = Math.cos(quad.angle());
		final double s = Math.sin(quad.angle());
		// At the ends of a line not far beyond its letters: a tick or an axis may stand there.
		final double beyond = 0.3 * words.get(k).quad().height();
		final double from = k == 0 ? end(words.get(k), c, s, -1) - beyond
			: (end(words.get(k - 1), c, s, 1) + end(words.get(k), c, s, -1)) / 2;
		final double to = k + 1 == words.size() ? end(words.get(k), c, s, 1) + beyond
			: (end(words.get(k), c, s, 1) + end(words.get(k + 1), c, s, -1)) / 2;
		final Bounds b = matte.bounds;
		int left = b.width();
		int top = b.height();
		int right = -1;
		int bottom = -1;
		final float[] all = new float[matte.alpha.length];
		for (int y = 0; y < b.height(); y++) for (int x = 0; x < b.width(); x++) {
			final int i = y * b.width() + x;
			final double u = (b.x() + x + 0.5) * c + (b.y() + y + 0.5) * s;
			if (matte.alpha[i] == 0 || u < from || u >= to) continue;
			all[i] = matte.alpha[i];
			left = Math.min(left, x);
			right = Math.max(right, x);
			top = Math.min(top, y);
			bottom = y;
		}
		if (right < 0) {
			// Nothing: one empty pixel in the word's middle.
			left = right = Math.max(0, Math.min(b.width() - 1, (int) words.get(k).quad().x() - b.x()));
			top = bottom = Math.max(0, Math.min(b.height() - 1, (int) words.get(k).quad().y() - b.y()));
		}
		final Bounds part = new Bounds(b.x() + left, b.y() + top, right - left + 1, bottom - top + 1);
		final float[] alpha = new float[part.width() * part.height()];
		for (int y = 0; y < part.height(); y++)
			System.arraycopy(all, (top + y) * b.width() + left, alpha, y * part.width(), part.width());
		return new WordMatte(words.get(k), part, alpha);
	}

	private static double end(final TextWord word, final double c, final double s, final int side) {
		return word.quad().x() * c + word.quad().y() * s + side * word.quad().width() / 2;
	}
}
