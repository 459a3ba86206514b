package org.layerj.layers.edit;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;

/**
 * Text that was drawn for the three stripes of a screen's pixels (ClearType and the like): red, green and blue cover a
 * letter's edge by different amounts, so edges have coloured fringes, and hardly a pixel has the letters' colour in all
 * three channels.
 * <p>
 * Each channel for itself is drawn as grey text is: its level farthest from the background is that of the letters where
 * strokes are wide enough. Where they are thinner, few pixels come near to it and the farthest levels differ among
 * themselves, so the letters' level is extrapolated from these. All levels are those of the picture: a layer's own
 * colours are divided by an alpha that is the same for all channels, and lie beyond the letters' at fringes.
 * <p>
 * Recognised by the fringes' order: at left edges one of two channels is ahead of the other, at right edges behind it.
 */
public final class SubpixelText {

	/** The letters' level lies beyond the farthest by this share of what the farthest is beyond one of the next. */
	private static final double BEYOND = 0.5;
	private static final int NEXT = 7;
	/** Levels between letters and background from which a channel tells anything. */
	private static final int CONTRAST = 48;
	/** Difference of coverages that makes a fringe, and the share of pixels that are fringes at least. */
	private static final double FRINGE = 0.15, FRINGES = 0.1;
	/** How much of it agrees on the order of stripes, from 0 to 1; two colours side by side agree on nothing. */
	private static final double ORDERED = 0.6;

	private final RgbaImage picture;
	private final Bounds at;
	private final int[] letters = new int[3];
	private final int[] behind = new int[3];

	private SubpixelText(final RgbaImage picture, final Bounds at) {
		this.picture = picture;
		this.at = at;
	}

	/**
	 * The colour of such text.
	 *
	 * @param picture with the text on its background, which is of one colour; not changed. What is transparent does not
	 * count
	 * @param at where the text stands, with some background around it; may reach beyond the picture
	 * @param solid by index, row by row over these bounds: whether a pixel is mostly letter
	 * @param clear the same: whether nothing of a letter is there
	 * @return {@code 0xRRGGBB}; empty if the text has no such fringes
	 */
	public static OptionalInt colour(final RgbaImage picture, final Bounds at, final IntPredicate solid,
		final IntPredicate clear)
	{
		return new SubpixelText(picture, at).colour(solid, clear);
	}

	private OptionalInt colour(final IntPredicate solid, final IntPredicate clear) {
		final int[] inside = opaque(solid);
		final int[] around = opaque(clear);
		if (inside.length < NEXT || around.length == 0) return OptionalInt.empty();
		int first = -1;
		int last = -1;
		for (int c = 0; c < 3; c++) {
			behind[c] = levels(c, around)[around.length / 2];
			letters[c] = farthest(levels(c, inside), behind[c]);
			if (Math.abs(letters[c] - behind[c]) < CONTRAST) continue;
			if (first < 0) first = c;
			last = c;
		}
		// Fringes of one channel alone are its smooth edges.
		return first == last || !fringed(inside, first, last) ? OptionalInt.empty()
			: OptionalInt.of(letters[0] << 16 | letters[1] << 8 | letters[2]);
	}

	private int[] opaque(final IntPredicate which) {
		return IntStream.range(0, at.width() * at.height())
			.filter(i -> which.test(i) && isOpaque(at.x() + i % at.width(), at.y() + i / at.width()))
			.toArray();
	}

	private boolean isOpaque(final int x, final int y) {
		return x >= 0 && y >= 0 && x < picture.width() && y < picture.height()
			&& picture.plane(RgbaImage.ALPHA)[y * picture.width() + x] == -1;
	}

	private int[] levels(final int channel, final int[] pixels) {
		return Arrays.stream(pixels)
			.map(i -> level(channel, at.x() + i % at.width(), at.y() + i / at.width()))
			.sorted()
			.toArray();
	}

	private int level(final int channel, final int x, final int y) {
		return picture.plane(channel)[y * picture.width() + x] & 0xff;
	}

	/** The letters' level, from those of their pixels in ascending order. */
	private static int farthest(final int[] levels, final int behind) {
		final int n = levels.length;
		final boolean lighter = Arrays.stream(levels).average().orElseThrow() > behind;
		final int most = levels[lighter ? n - 1 : 0];
		final int next = levels[lighter ? n - NEXT : NEXT - 1];
		return (int) Math.round(Math.max(0, Math.min(255, most + BEYOND * (most - next))));
	}

	private boolean fringed(final int[] inside, final int first, final int last) {
		int fringes = 0;
		double agreed = 0;
		double all = 0;
		for (final int i : inside) {
			final int x = at.x() + i % at.width();
			final int y = at.y() + i / at.width();
			final double ahead = cover(x, y, last) - cover(x, y, first);
			if (Math.abs(ahead) < FRINGE) continue;
			fringes++;
			double rise = 0;
			for (final int c : new int[] { first, last }) rise += cover(x + 1, y, c) - cover(x - 1, y, c);
			agreed += ahead * rise;
			all += Math.abs(ahead * rise);
		}
		return fringes > FRINGES * inside.length && all > 0 && Math.abs(agreed) > ORDERED * all;
	}

	/** How much of a pixel a letter covers as one channel sees it. */
	private double cover(final int x, final int y, final int channel) {
		if (!isOpaque(x, y)) return 0;
		final double level = level(channel, x, y) - behind[channel];
		return Math.max(0, Math.min(1, level / (letters[channel] - behind[channel])));
	}
}
