package org.layerj.layers;

import java.util.Arrays;

/**
 * Resizes 8-bit pictures exactly as the Python imaging library Pillow does, which prepared every picture the networks
 * were trained on.
 * <p>
 * Each axis is filtered in turn, with a filter as wide as the reduction, so that shrinking averages over everything it
 * drops. Filter values are fixed-point numbers with 22 fractional bits and each pass is rounded back to bytes; results
 * agree with Pillow 13 to the last bit. A plane holds one channel, row by row, values 0..255 as unsigned bytes.
 */
public final class PillowResize {

	/** Interpolation filters, by Pillow's names. */
	public enum Filter {

		/** The mean of an area. */
		BOX(0.5) {

			@Override
			double at(final double x) {
				return x > -0.5 && x <= 0.5 ? 1 : 0;
			}
		},
		/** Linear, of radius 1 pixel of the smaller picture. */
		BILINEAR(1) {

			@Override
			double at(final double x) {
				return Math.max(0, 1 - Math.abs(x));
			}
		},
		/** Keys' cubic convolution with a = -0.5. */
		BICUBIC(2) {

			@Override
			double at(final double x) {
				final double t = Math.abs(x);
				if (t < 1) return (1.5 * t - 2.5) * t * t + 1;
				if (t < 2) return (((t - 5) * t + 8) * t - 4) * -0.5;
				return 0;
			}
		},
		/** Sinc windowed by a sinc three times as wide. */
		LANCZOS(3) {

			@Override
			double at(final double x) {
				return x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0;
			}
		};

		private final double support;

		Filter(final double support) {
			this.support = support;
		}

		abstract double at(double x);

		private static double sinc(final double x) {
			if (x == 0) return 1;
			final double t = x * Math.PI;
			return StrictMath.sin(t) / t;
		}
	}

	/** 32 bits less 8 for the pixel and 2 for what a filter with negative values can add up to. */
	private static final int FRACTION = 22;

	private PillowResize() {}

	/**
	 * One channel in another size.
	 *
	 * @param plane width · height bytes; not changed
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param toWidth in pixels, at least 1
	 * @param toHeight in pixels, at least 1
	 * @param filter how samples are weighted
	 * @return toWidth · toHeight bytes; a copy if the size is the same
	 */
	public static byte[] plane(final byte[] plane, final int width, final int height, final int toWidth,
		final int toHeight, final Filter filter)
	{
		check(plane, width, height, toWidth, toHeight);
		if (toWidth == width && toHeight == height) return plane.clone();
		// Where the height shrinks far more than the width, Pillow 13 begins with it; up to Pillow 12 the width always
		// came first.
		// The order shows only in how the pass in between is rounded.
		if (height > toHeight && height - toHeight > 2 * (width - toWidth)) {
			final byte[] low = columns(plane, width, height, toHeight, filter);
			return toWidth == width ? low : rows(low, width, toHeight, toWidth, filter);
		}
		final byte[] narrow = toWidth == width ? plane : rows(plane, width, height, toWidth, filter);
		return toHeight == height ? narrow : columns(narrow, toWidth, height, toHeight, filter);
	}

	/**
	 * Several channels in another size, each by itself; right for RGB, and for RGBA only where the picture is opaque.
	 *
	 * @param planes of width · height bytes each; not changed
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param toWidth in pixels, at least 1
	 * @param toHeight in pixels, at least 1
	 * @param filter how samples are weighted
	 * @return planes of toWidth · toHeight bytes
	 */
	public static byte[][] planes(final byte[][] planes, final int width, final int height, final int toWidth,
		final int toHeight, final Filter filter)
	{
		final byte[][] out = new byte[planes.length][];
		for (int c = 0; c < planes.length; c++) out[c] = plane(planes[c], width, height, toWidth, toHeight, filter);
		return out;
	}

	/**
	 * A whole picture in another size; the resampling of {@link #rgba}.
	 *
	 * @param p not changed
	 * @param width of the result in pixels, at least 1
	 * @param height of the result in pixels, at least 1
	 * @param filter how samples are weighted
	 * @return a picture of this size
	 */
	public static RgbaImage picture(final RgbaImage p, final int width, final int height, final Filter filter) {
		final byte[][] out = rgba(new byte[][] { p.plane(0), p.plane(1), p.plane(2), p.plane(RgbaImage.ALPHA) },
			p.width(), p.height(), width, height, filter);
		return RgbaImage.ofPlanes(width, height, out[0], out[1], out[2], out[RgbaImage.ALPHA]);
	}

	/**
	 * A picture with straight alpha in another size. As in Pillow, colours are weighted by alpha (rounded to bytes)
	 * while they are filtered, so that the hidden colour of transparent pixels does not bleed into visible ones.
	 *
	 * @param rgba four planes: red, green, blue, alpha
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param toWidth in pixels, at least 1
	 * @param toHeight in pixels, at least 1
	 * @param filter how samples are weighted
	 * @return four planes of toWidth · toHeight bytes
	 */
	public static byte[][] rgba(final byte[][] rgba, final int width, final int height, final int toWidth,
		final int toHeight, final Filter filter)
	{
		if (rgba.length != 4) throw new IllegalArgumentException("Four planes are needed, not " + rgba.length);
		for (final byte[] plane : rgba) check(plane, width, height, toWidth, toHeight);
		if (width == toWidth && height == toHeight)
			return new byte[][] { rgba[0].clone(), rgba[1].clone(), rgba[2].clone(), rgba[3].clone() };
		final byte[][] weighted =
			{ premultiply(rgba[0], rgba[3]), premultiply(rgba[1], rgba[3]), premultiply(rgba[2], rgba[3]), rgba[3] };
		final byte[][] out = planes(weighted, width, height, toWidth, toHeight, filter);
		for (int c = 0; c < 3; c++) unpremultiply(out[c], out[3]);
		return out;
	}

	private static void check(final byte[] plane, final int width, final int height, final int toWidth,
		final int toHeight)
	{
		if (width < 1 || height < 1 || toWidth < 1 || toHeight < 1) throw new IllegalArgumentException(
			"Pictures have at least one pixel: " + width + "x" + height + " to " + toWidth + "x" + toHeight);
		if (plane.length != Math.multiplyExact(width, height))
			throw new IllegalArgumentException("A plane of " + plane.length + " bytes is not " + width + "x" + height);
	}

	private static byte[] rows(final byte[] in, final int width, final int height, final int toWidth,
		final Filter filter)
	{
		final Taps taps = new Taps(width, toWidth, filter);
		final byte[] out = new byte[Math.multiplyExact(toWidth, height)];
		for (int y = 0; y < height; y++) {
			for (int x = 0; x < toWidth; x++) {
				final int first = y * width + taps.first[x];
				final int[] weights = taps.weights[x];
				int sum = 1 << FRACTION - 1;
				for (int k = 0; k < weights.length; k++) sum += (in[first + k] & 255) * weights[k];
				out[y * toWidth + x] = clip(sum);
			}
		}
		return out;
	}

	private static byte[] columns(final byte[] in, final int width, final int height, final int toHeight,
		final Filter filter)
	{
		final Taps taps = new Taps(height, toHeight, filter);
		final byte[] out = new byte[Math.multiplyExact(width, toHeight)];
		final int[] sums = new int[width]; // a row at a time, to walk through memory in its order
		for (int y = 0; y < toHeight; y++) {
			Arrays.fill(sums, 1 << FRACTION - 1);
			for (int k = 0; k < taps.weights[y].length; k++) {
				final int row = (taps.first[y] + k) * width;
				final int weight = taps.weights[y][k];
				for (int x = 0; x < width; x++) sums[x] += (in[row + x] & 255) * weight;
			}
			for (int x = 0; x < width; x++) out[y * width + x] = clip(sums[x]);
		}
		return out;
	}

	private static byte clip(final int sum) {
		return (byte) Math.max(0, Math.min(255, sum >> FRACTION));
	}

	/** Colour · alpha / 255, rounded. */
	private static byte[] premultiply(final byte[] colour, final byte[] alpha) {
		final byte[] out = new byte[colour.length];
		for (int i = 0; i < out.length; i++) {
			final int t = (colour[i] & 255) * (alpha[i] & 255) + 128;
			out[i] = (byte) ((t >> 8) + t >> 8);
		}
		return out;
	}

	/** Colour · 255 / alpha, rounded down; colours that overshoot their alpha end at 255. */
	private static void unpremultiply(final byte[] colour, final byte[] alpha) {
		for (int i = 0; i < colour.length; i++) {
			final int a = alpha[i] & 255;
			if (a != 0 && a != 255) colour[i] = (byte) Math.min(255, 255 * (colour[i] & 255) / a);
		}
	}

	/** For each pixel of the result, the pixels it is made of and their weights. */
	private static final class Taps {

		private final int[] first;
		private final int[][] weights;

		Taps(final int in, final int out, final Filter filter) {
			final double scale = (double) in / out;
			final double stretch = Math.max(1, scale);
			final double support = filter.support * stretch;
			first = new int[out];
			weights = new int[out][];
			for (int i = 0; i < out; i++) {
				final double centre = (i + 0.5) * scale;
				first[i] = Math.max(0, (int) (centre - support + 0.5));
				final double[] exact = new double[Math.min(in, (int) (centre + support + 0.5)) - first[i]];
				double sum = 0;
				for (int k = 0; k < exact.length; k++) {
					exact[k] = filter.at((k + first[i] - centre + 0.5) * (1 / stretch));
					sum += exact[k];
				}
				weights[i] = new int[exact.length];
				for (int k = 0; k < exact.length; k++) {
					final double w = (sum == 0 ? exact[k] : exact[k] / sum) * (1 << FRACTION);
					weights[i][k] = (int) (w < 0 ? w - 0.5 : w + 0.5);
				}
			}
		}
	}
}
