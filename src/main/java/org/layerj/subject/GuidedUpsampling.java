package org.layerj.subject;

import java.util.Arrays;

/**
 * A soft mask from a small size to the picture's own, its edges taken from the picture: the guided filter with a colour
 * guide (He, Sun and Tang, PAMI 2013), in the fast form that solves in the small size and applies in the large one (He
 * and Sun, 2015).
 * <p>
 * Around each pixel the mask is taken for a linear function of the colour, alpha = a · rgb + b; a and b are found in
 * the small size by least squares and vary smoothly.
 */
final class GuidedUpsampling {

	/**
	 * Half the side of a window in pixels of the small size, and how much a is held down, in squares of a colour's
	 * range.
	 */
	private static final int RADIUS = 4;
	private static final double HOLD = 1e-4;

	private final int width;
	private final int height;
	/** a for red, green and blue, and b. */
	private final double[][] line;

	/**
	 * Solves in the small size.
	 *
	 * @param rgb red, green and blue plane, 0 … 255
	 * @param mask 0 … 1
	 */
	GuidedUpsampling(final byte[][] rgb, final float[] mask, final int width, final int height) {
		this.width = width;
		this.height = height;
		final int n = width * height;
		final double[][] i = new double[3][n];
		for (int c = 0; c < 3; c++) for (int k = 0; k < n; k++) i[c][k] = (rgb[c][k] & 0xff) / 255.0;
		final double[] p = new double[n];
		for (int k = 0; k < n; k++) p[k] = mask[k];
		final double[][] mean = { box(i[0]), box(i[1]), box(i[2]) };
		final double[] meanP = box(p);
		final double[][] withP = new double[3][];
		final double[][] pairs = new double[6][];
		for (int c = 0, m = 0; c < 3; c++) {
			withP[c] = box(times(i[c], p));
			for (int d = c; d < 3; d++) pairs[m++] = box(times(i[c], i[d]));
		}
		final double[][] out = new double[4][n];
		for (int k = 0; k < n; k++) {
			final double[][] s = new double[3][3];
			for (int c = 0, m = 0; c < 3; c++)
				for (int d = c; d < 3; d++, m++)
					s[c][d] = s[d][c] = pairs[m][k] - mean[c][k] * mean[d][k] + (c == d ? HOLD : 0);
			final double[] v = new double[3];
			for (int c = 0; c < 3; c++) v[c] = withP[c][k] - mean[c][k] * meanP[k];
			final double[] a = solve(s, v);
			out[3][k] = meanP[k];
			for (int c = 0; c < 3; c++) {
				out[c][k] = a[c];
				out[3][k] -= a[c] * mean[c][k];
			}
		}
		line = Arrays.stream(out).map(this::box).toArray(double[][]::new);
	}

	/**
	 * The mask of the large picture, of which the small one is a reduction.
	 *
	 * @param rgb planes of the large picture
	 * @return 0 … 255
	 */
	byte[] apply(final byte[][] rgb, final int toWidth, final int toHeight) {
		final byte[] out = new byte[toWidth * toHeight];
		for (int y = 0; y < toHeight; y++) {
			final double v = Math.max(0, Math.min(height - 1, (y + 0.5) * height / toHeight - 0.5));
			final int y0 = (int) v;
			final int y1 = Math.min(height - 1, y0 + 1);
			for (int x = 0; x < toWidth; x++) {
				final double u = Math.max(0, Math.min(width - 1, (x + 0.5) * width / toWidth - 0.5));
				final int x0 = (int) u;
				final int x1 = Math.min(width - 1, x0 + 1);
				double alpha = 0;
				for (int c = 0; c < 4; c++) {
					final double[] f = line[c];
					final double top = f[y0 * width + x0] * (x0 + 1 - u) + f[y0 * width + x1] * (u - x0);
					final double bottom = f[y1 * width + x0] * (x0 + 1 - u) + f[y1 * width + x1] * (u - x0);
					alpha += (top * (y0 + 1 - v) + bottom * (v - y0))
						* (c == 3 ? 1 : (rgb[c][y * toWidth + x] & 0xff) / 255.0);
				}
				out[y * toWidth + x] = (byte) Math.round(255 * Math.max(0, Math.min(1, alpha)));
			}
		}
		return out;
	}

	private static double[] times(final double[] a, final double[] b) {
		final double[] out = new double[a.length];
		for (int k = 0; k < a.length; k++) out[k] = a[k] * b[k];
		return out;
	}

	/** Mean over a window around each pixel, or as much of it as lies in the picture. */
	private double[] box(final double[] x) {
		final double[] sums = new double[(width + 1) * (height + 1)];
		for (int v = 0; v < height; v++) {
			double row = 0;
			for (int u = 0; u < width; u++) {
				row += x[v * width + u];
				sums[(v + 1) * (width + 1) + u + 1] = sums[v * (width + 1) + u + 1] + row;
			}
		}
		final double[] out = new double[x.length];
		for (int v = 0; v < height; v++) for (int u = 0; u < width; u++) {
			final int top = Math.max(0, v - RADIUS) * (width + 1);
			final int bottom = Math.min(height, v + RADIUS + 1) * (width + 1);
			final int left = Math.max(0, u - RADIUS);
			final int right = Math.min(width, u + RADIUS + 1);
			out[v * width + u] = (sums[bottom + right] - sums[bottom + left] - sums[top + right] + sums[top + left])
				/ ((bottom - top) / (width + 1) * (right - left));
		}
		return out;
	}

	/** Cramer's rule for a symmetric positive 3 × 3 system. */
	private static double[] solve(final double[][] s, final double[] v) {
		final double[] out = new double[3];
		final double all = determinant(s);
		for (int c = 0; c < 3; c++) {
			final double[][] t = { s[0].clone(), s[1].clone(), s[2].clone() };
			for (int r = 0; r < 3; r++) t[r][c] = v[r];
			out[c] = determinant(t) / all;
		}
		return out;
	}

	private static double determinant(final double[][] m) {
		return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1]) - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
			+ m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
	}
}
