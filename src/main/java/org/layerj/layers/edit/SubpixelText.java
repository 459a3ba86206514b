package org.layerj.layers.edit;

import java.util.OptionalInt;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/**
 * Text that was drawn for the three stripes of a screen's pixels (ClearType and the like): red, green and blue cover a
 * letter's edge by different amounts, so edges have coloured fringes, and the commonest colour is one of a fringe. What
 * the letters are painted with is each channel's level where it covers most.
 * <p>
 * Recognised by the fringes' order: at left edges one of red and blue is ahead of the other, at right edges behind it.
 */
final class SubpixelText {

	/** Alpha from which a pixel counts. */
	private static final int SOLID = 96;
	/** The share of pixels that have a level to make it the letters' own: strokes are thin. */
	private static final double CORE = 0.01;
	private static final int FEWEST = 3;
	/** Levels between letters and what is behind them from which a channel tells anything. */
	private static final int CONTRAST = 48;
	/** Difference of coverages that makes a fringe, and the share of pixels that are fringes at least. */
	private static final double FRINGE = 0.15, FRINGES = 0.1;
	/** How much of it agrees on the order of stripes, from 0 to 1; two colours side by side agree on nothing. */
	private static final double ORDERED = 0.6;

	private SubpixelText() {}

	/** The colour {@code 0xRRGGBB} of such text; nothing if a layer is none. */
	static OptionalInt colour(final Layer layer) {
		final RgbaImage image = layer.pixels();
		final int[] letters = new int[3];
		final int[] behind = new int[3];
		int telling = 0;
		for (int c = 0; c < 3; c++) {
			final boolean dark = darkerInside(image, c);
			letters[c] = quantile(image, c, dark);
			behind[c] = quantile(image, c, !dark);
			if (Math.abs(letters[c] - behind[c]) >= CONTRAST) telling++;
		}
		// Fringes of one channel alone are its smooth edges.
		final boolean ends =
			Math.abs(letters[0] - behind[0]) >= CONTRAST && Math.abs(letters[2] - behind[2]) >= CONTRAST;
		if (telling < 2 || !ends || !fringed(image, letters, behind)) return OptionalInt.empty();
		return OptionalInt.of(letters[0] << 16 | letters[1] << 8 | letters[2]);
	}

	/** Whether a channel's levels are lower within the letters than along their edges. */
	private static boolean darkerInside(final RgbaImage image, final int channel) {
		final byte[] alpha = image.plane(RgbaImage.ALPHA);
		final double[] sum = new double[2];
		final double[] weight = new double[2];
		for (int y = 0; y < image.height(); y++) for (int x = 0; x < image.width(); x++) {
			final int i = y * image.width() + x;
			if (alpha[i] == 0) continue;
			final int edge = clear(image, x - 1, y) || clear(image, x + 1, y) ? 1 : 0;
			sum[edge] += (image.plane(channel)[i] & 0xff) * (double) (alpha[i] & 0xff);
			weight[edge] += alpha[i] & 0xff;
		}
		return weight[0] > 0 && weight[1] > 0 && sum[0] / weight[0] < sum[1] / weight[1];
	}

	private static boolean clear(final RgbaImage image, final int x, final int y) {
		return x < 0 || x >= image.width() || image.plane(RgbaImage.ALPHA)[y * image.width() + x] == 0;
	}

	/** The lowest or the highest level that is no exception. */
	private static int quantile(final RgbaImage image, final int channel, final boolean lowest) {
		final int[] counts = new int[256];
		int all = 0;
		for (int i = 0; i < image.plane(channel).length; i++) {
			if ((image.plane(RgbaImage.ALPHA)[i] & 0xff) < SOLID) continue;
			counts[image.plane(channel)[i] & 0xff]++;
			all++;
		}
		int left = (int) Math.max(FEWEST, CORE * all);
		for (int k = 0; k < 256; k++) {
			left -= counts[lowest ? k : 255 - k];
			if (left <= 0) return lowest ? k : 255 - k;
		}
		return 0;
	}

	private static boolean fringed(final RgbaImage image, final int[] letters, final int[] behind) {
		int solid = 0;
		int fringes = 0;
		double agreed = 0;
		double all = 0;
		for (int y = 0; y < image.height(); y++) for (int x = 0; x < image.width(); x++) {
			if ((image.plane(RgbaImage.ALPHA)[y * image.width() + x] & 0xff) < SOLID) continue;
			solid++;
			final double ahead = cover(image, x, y, 2, letters, behind) - cover(image, x, y, 0, letters, behind);
			if (Math.abs(ahead) < FRINGE) continue;
			fringes++;
			double rise = 0;
			for (final int c : new int[] { 0, 2 })
				rise += cover(image, x + 1, y, c, letters, behind) - cover(image, x - 1, y, c, letters, behind);
			agreed += ahead * rise;
			all += Math.abs(ahead * rise);
		}
		return fringes > FRINGES * solid && all > 0 && Math.abs(agreed) > ORDERED * all;
	}

	/** How much of a pixel a letter covers as one channel sees it. */
	private static double cover(final RgbaImage image, final int x, final int y, final int channel, final int[] letters,
		final int[] behind)
	{
		if (x < 0 || x >= image.width()) return 0;
		final int i = y * image.width() + x;
		final double level = (image.plane(channel)[i] & 0xff) - behind[channel];
		return Math.max(0, Math.min(1, level / (letters[channel] - behind[channel])))
			* (image.plane(RgbaImage.ALPHA)[i] & 0xff) / 255;
	}
}
