package org.layerj.layers;

import java.util.function.IntPredicate;

/**
 * Fills holes in a plane from around them: push-pull (Gortler et al., <em>The Lumigraph</em>, 1996). Known samples are
 * averaged into ever coarser planes, and each coarser one fills what the finer leaves open. Smooth, and free of
 * anything that could be taken for a detail.
 */
public final class Diffusion {

	private Diffusion() {}

	/**
	 * The plane with its holes filled.
	 *
	 * @param plane row by row; samples that are not known or not finite play no part
	 * @param known by index
	 * @param otherwise what to fill with if nothing is known at all
	 * @return known samples as they are, between the least and the largest of them elsewhere
	 */
	public static double[] fill(final double[] plane, final int width, final int height, final IntPredicate known,
		final double otherwise)
	{
		final double[] sum = new double[plane.length];
		final double[] weight = new double[plane.length];
		boolean any = false;
		for (int i = 0; i < plane.length; i++) {
			if (!known.test(i) || !Double.isFinite(plane[i])) continue;
			sum[i] = plane[i];
			weight[i] = 1;
			any = true;
		}
		final double[] out = plane.clone();
		if (any) pull(sum, weight, width, height);
		for (int i = 0; i < out.length; i++) if (!known.test(i)) out[i] = any ? sum[i] : otherwise;
		return out;
	}

	/** Means where the weight is 1; filled in where it is 0, mixed between. */
	private static void pull(final double[] mean, final double[] weight, final int w, final int h) {
		if (w == 1 && h == 1) return;
		final int hw = (w + 1) / 2;
		final int hh = (h + 1) / 2;
		final double[] coarse = new double[hw * hh];
		final double[] coarseWeight = new double[hw * hh];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			coarse[y / 2 * hw + x / 2] += weight[i] * mean[i];
			coarseWeight[y / 2 * hw + x / 2] += weight[i];
		}
		for (int i = 0; i < coarse.length; i++) {
			if (coarseWeight[i] > 0) coarse[i] /= coarseWeight[i];
			coarseWeight[i] = Math.min(1, coarseWeight[i]);
		}
		pull(coarse, coarseWeight, hw, hh);
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			if (weight[i] >= 1) continue;
			mean[i] = weight[i] * mean[i] + (1 - weight[i]) * between(coarse, hw, hh, x, y);
			weight[i] = 1;
		}
	}

	private static double between(final double[] p, final int w, final int h, final int x, final int y) {
		final int x0 = x / 2;
		final int y0 = y / 2;
		final int x1 = Math.max(0, Math.min(w - 1, x % 2 == 0 ? x0 - 1 : x0 + 1));
		final int y1 = Math.max(0, Math.min(h - 1, y % 2 == 0 ? y0 - 1 : y0 + 1));
		return 0.5625 * p[y0 * w + x0] + 0.1875 * (p[y0 * w + x1] + p[y1 * w + x0]) + 0.0625 * p[y1 * w + x1];
	}
}
