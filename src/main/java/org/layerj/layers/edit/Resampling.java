package org.layerj.layers.edit;

import java.awt.geom.AffineTransform;
import java.util.stream.IntStream;

/**
 * Cubic convolution of planes (R. Keys, IEEE Trans. ASSP 29, 1981; a = −0.5). A plane holds one sample per pixel, row
 * by row; pixel (x, y) is the square from (x, y) to (x + 1, y + 1).
 */
final class Resampling {

	private Resampling() {}

	/**
	 * A plane in another size. Where it shrinks, the filter is as wide as the reduction, so that it averages over
	 * everything that is dropped. Weights are divided by their sum, so that edges do not fade.
	 */
	static float[] resize(final float[] plane, final int width, final int height, final int toWidth,
		final int toHeight)
	{
		final float[] narrow = toWidth == width ? plane : rows(plane, width, height, toWidth);
		return toHeight == height ? narrow : columns(narrow, toWidth, height, toHeight);
	}

	/**
	 * A plane seen through a mapping that neither enlarges nor shrinks much; 0 beyond its edges.
	 *
	 * @param back from points of the result to points of the plane
	 */
	static float[] map(final float[] plane, final int width, final int height, final int toWidth, final int toHeight,
		final AffineTransform back)
	{
		final float[] out = new float[Math.multiplyExact(toWidth, toHeight)];
		IntStream.range(0, toHeight).parallel().forEach(y -> {
			for (int x = 0; x < toWidth; x++) {
				final double u =
					back.getScaleX() * (x + 0.5) + back.getShearX() * (y + 0.5) + back.getTranslateX() - 0.5;
				final double v =
					back.getShearY() * (x + 0.5) + back.getScaleY() * (y + 0.5) + back.getTranslateY() - 0.5;
				out[y * toWidth + x] = (float) at(plane, width, height, u, v);
			}
		});
		return out;
	}

	private static double at(final float[] plane, final int width, final int height, final double u, final double v) {
		final int x0 = (int) Math.floor(u);
		final int y0 = (int) Math.floor(v);
		if (x0 < -2 || y0 < -2 || x0 > width || y0 > height) return 0;
		double sum = 0;
		for (int y = Math.max(0, y0 - 1); y <= Math.min(height - 1, y0 + 2); y++) {
			double row = 0;
			for (int x = Math.max(0, x0 - 1); x <= Math.min(width - 1, x0 + 2); x++)
				row += cubic(u - x) * plane[y * width + x];
			sum += cubic(v - y) * row;
		}
		return sum;
	}

	private static float[] rows(final float[] in, final int width, final int height, final int toWidth) {
		final float[] out = new float[Math.multiplyExact(toWidth, height)];
		final Taps[] taps = taps(width, toWidth);
		IntStream.range(0, height).parallel().forEach(y -> {
			for (int x = 0; x < toWidth; x++) {
				double sum = 0;
				for (int k = 0; k < taps[x].weights.length; k++)
					sum += taps[x].weights[k] * in[y * width + taps[x].first + k];
				out[y * toWidth + x] = (float) sum;
			}
		});
		return out;
	}

	private static float[] columns(final float[] in, final int width, final int height, final int toHeight) {
		final float[] out = new float[Math.multiplyExact(width, toHeight)];
		final Taps[] taps = taps(height, toHeight);
		IntStream.range(0, toHeight).parallel().forEach(y -> {
			for (int x = 0; x < width; x++) {
				double sum = 0;
				for (int k = 0; k < taps[y].weights.length; k++)
					sum += taps[y].weights[k] * in[(taps[y].first + k) * width + x];
				out[y * width + x] = (float) sum;
			}
		});
		return out;
	}

	/** Which pixels one of the result is made of, and with what weights. */
	private record Taps(int first, double[] weights) {}

	private static Taps[] taps(final int in, final int out) {
		final double scale = (double) in / out;
		final double stretch = Math.max(1, scale);
		final Taps[] taps = new Taps[out];
		for (int i = 0; i < out; i++) {
			final double centre = (i + 0.5) * scale - 0.5;
			final int first = Math.max(0, (int) Math.ceil(centre - 2 * stretch));
			final double[] weights = new double[Math.min(in - 1, (int) Math.floor(centre + 2 * stretch)) - first + 1];
			double sum = 0;
			for (int k = 0; k < weights.length; k++) sum += weights[k] = cubic((first + k - centre) / stretch);
			for (int k = 0; k < weights.length; k++) weights[k] /= sum;
			taps[i] = new Taps(first, weights);
		}
		return taps;
	}

	private static double cubic(final double distance) {
		final double t = Math.abs(distance);
		if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
		if (t < 2) return ((-0.5 * t + 2.5) * t - 4) * t + 2;
		return 0;
	}
}
