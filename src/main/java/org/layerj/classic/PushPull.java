package org.layerj.classic;

/**
 * Fills the unknown pixels of a picture smoothly from the known ones: averages of the known pixels are pulled up a
 * pyramid of halved pictures, and what is missing is pushed down again (Gortler et al., The Lumigraph, 1996); some
 * rounds of diffusion smooth the result.
 */
final class PushPull {

	/** Rounds of diffusion; enough to wash out the pyramid's blocks, not to cross a panel. */
	private static final int ROUNDS = 12;

	private PushPull() {}

	/** The picture with all pixels outside of {@code known} replaced. If nothing is known, the picture itself. */
	static ColourImage fill(final ColourImage picture, final boolean[] known) {
		if (Masks.count(known) == 0) return picture;
		final float[] weight = new float[known.length];
		for (int i = 0; i < weight.length; i++) weight[i] = known[i] ? 1 : 0;
		final float[][] out = new float[3][];
		for (int c = 0; c < 3; c++) out[c] = picture.rgb()[c].clone();
		fill(out, weight, picture.width(), picture.height());
		for (int c = 0; c < 3; c++) diffuse(out[c], known, picture.width(), picture.height());
		return new ColourImage(picture.width(), picture.height(), out);
	}

	/** Replaces values by as much as their weight is short of 1. */
	private static void fill(final float[][] v, final float[] weight, final int width, final int height) {
		if (width == 1 && height == 1) return;
		final int w = (width + 1) / 2;
		final int h = (height + 1) / 2;
		final float[][] small = new float[v.length][w * h];
		final float[] smallWeight = new float[w * h];
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			final int j = y / 2 * w + x / 2;
			for (int c = 0; c < v.length; c++) small[c][j] += weight[i] * v[c][i];
			smallWeight[j] += weight[i];
		}
		for (int j = 0; j < smallWeight.length; j++) {
			if (smallWeight[j] > 0) for (int c = 0; c < v.length; c++) small[c][j] /= smallWeight[j];
			smallWeight[j] = Math.min(1, smallWeight[j]);
		}
		fill(small, smallWeight, w, h);
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			if (weight[i] >= 1) continue;
			// Bilinear: the nearest small pixel counts 3/4 in each direction.
			final int nearX = x / 2;
			final int nearY = y / 2;
			final int farX = Math.max(0, Math.min(w - 1, nearX + (x % 2 == 0 ? -1 : 1)));
			final int farY = Math.max(0, Math.min(h - 1, nearY + (y % 2 == 0 ? -1 : 1)));
			for (int c = 0; c < v.length; c++) {
				final float below = (9 * small[c][nearY * w + nearX] + 3 * small[c][nearY * w + farX]
					+ 3 * small[c][farY * w + nearX] + small[c][farY * w + farX]) / 16;
				v[c][i] = weight[i] * v[c][i] + (1 - weight[i]) * below;
			}
		}
	}

	private static void diffuse(final float[] v, final boolean[] known, final int width, final int height) {
		for (int round = 0; round < ROUNDS; round++) {
			for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				if (known[i]) continue;
				v[i] = (v[x > 0 ? i - 1 : i] + v[x < width - 1 ? i + 1 : i] + v[y > 0 ? i - width : i]
					+ v[y < height - 1 ? i + width : i]) / 4;
			}
		}
	}
}
