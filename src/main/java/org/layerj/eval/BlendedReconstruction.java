package org.layerj.eval;

import java.util.List;
import java.util.stream.IntStream;
import org.layerj.layers.RgbaImage;

/**
 * How well an RGBA picture is reproduced, colour and alpha together: both pictures are laid on solid colours and
 * compared there as opaque pictures (AlphaVAE, arXiv 2507.09308, which blends over "canonical backgrounds";
 * Qwen-Image-Layered reports the same). The colours here are black, grey, white, red, green, blue, yellow, cyan and
 * magenta. Colours at alpha 0 do not count.
 *
 * @param psnr mean over the solid colours of the peak signal-to-noise ratio in dB, each at most {@value #CAP}; higher
 * is better
 * @param ssim mean over the solid colours of the structural similarity, −1…1; 1 is best
 */
public record BlendedReconstruction(double psnr, double ssim) {

	/**
	 * A reconstruction that only differs by rounding to 8 bits has about 59 dB; without an end, flat layers would own
	 * the mean.
	 */
	public static final int CAP = 60;

	/** {@code 0xRRGGBB}. */
	private static final List<Integer> CANVASES =
		List.of(0x000000, 0x808080, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0x00ffff, 0xff00ff);

	/** Compares two pictures of one size. */
	public static BlendedReconstruction of(final RgbaImage prediction, final RgbaImage truth) {
		if (prediction.width() != truth.width() || prediction.height() != truth.height())
			throw new IllegalArgumentException("Pictures of different sizes: " + prediction + ", " + truth);
		// Nine canvases are only three values in each channel, so each channel is compared three times and not nine.
		final List<Integer> values = CANVASES.stream()
			.flatMap(canvas -> IntStream.range(0, 3).mapToObj(c -> value(canvas, c)))
			.distinct()
			.toList();
		final Channel[][] channels = new Channel[3][256];
		IntStream.range(0, 3 * values.size()).parallel().forEach(k -> {
			final int under = values.get(k / 3);
			channels[k % 3][under] =
				Channel.of(on(under, prediction, k % 3), on(under, truth, k % 3), truth.width(), truth.height());
		});
		double psnr = 0;
		double ssim = 0;
		for (final int canvas : CANVASES) {
			final List<Channel> three = IntStream.range(0, 3).mapToObj(c -> channels[c][value(canvas, c)]).toList();
			psnr += psnr(three.stream().mapToDouble(Channel::mse).average().orElseThrow());
			ssim += three.stream().mapToDouble(Channel::ssim).average().orElseThrow();
		}
		return new BlendedReconstruction(psnr / CANVASES.size(), ssim / CANVASES.size());
	}

	private static int value(final int rgb, final int channel) {
		return rgb >> 16 - 8 * channel & 255;
	}

	/** One channel of the picture on a solid value, not rounded: 0…255. */
	private static double[] on(final int under, final RgbaImage picture, final int channel) {
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		final byte[] in = picture.plane(channel);
		final double[] out = new double[alpha.length];
		for (int i = 0; i < out.length; i++) {
			final double a = (alpha[i] & 255) / 255.0;
			out[i] = a * (in[i] & 255) + (1 - a) * under;
		}
		return out;
	}

	/** 10 log₁₀(255² / MSE), at most {@link #CAP}. */
	static double psnr(final double mse) {
		return Math.min(CAP, 10 * Math.log10(255.0 * 255 / mse));
	}

	/** How far two channels are apart: the mean squared error, and structural similarity. */
	record Channel(double mse, double ssim) {

		/** SSIM of Wang et al. 2004: Gaussian window of 11 × 11, σ 1.5, population statistics, full windows only. */
		static Channel of(final double[] x, final double[] y, final int width, final int height) {
			if (width < Window.SIZE || height < Window.SIZE) throw new IllegalArgumentException(
				"SSIM needs " + Window.SIZE + " pixels each way, not " + width + " × " + height);
			double squares = 0;
			for (int i = 0; i < x.length; i++) squares += (x[i] - y[i]) * (x[i] - y[i]);
			if (squares == 0) return new Channel(0, 1);
			final double[] mx = Window.mean(x, x, false, width, height);
			final double[] my = Window.mean(y, y, false, width, height);
			final double[] xx = Window.mean(x, x, true, width, height);
			final double[] yy = Window.mean(y, y, true, width, height);
			final double[] xy = Window.mean(x, y, true, width, height);
			final double c1 = Math.pow(.01 * 255, 2);
			final double c2 = Math.pow(.03 * 255, 2);
			double sum = 0;
			for (int i = 0; i < mx.length; i++) {
				final double mean = (2 * mx[i] * my[i] + c1) / (mx[i] * mx[i] + my[i] * my[i] + c1);
				sum += mean * (2 * (xy[i] - mx[i] * my[i]) + c2) / (xx[i] - mx[i] * mx[i] + yy[i] - my[i] * my[i] + c2);
			}
			return new Channel(squares / x.length, sum / mx.length);
		}
	}

	/** Weighted means over the window around every pixel that has a full one. */
	private static final class Window {

		private static final int SIZE = 11;
		private static final double[] WEIGHTS = weights();

		private static double[] weights() {
			final double[] w =
				IntStream.range(0, SIZE).mapToDouble(k -> Math.exp(-Math.pow((k - SIZE / 2) / 1.5, 2) / 2)).toArray();
			final double sum = IntStream.range(0, SIZE).mapToDouble(k -> w[k]).sum();
			return IntStream.range(0, SIZE).mapToDouble(k -> w[k] / sum).toArray();
		}

		/** Weighted means of x, or of x · y. */
		private static double[] mean(final double[] x, final double[] y, final boolean product, final int width,
			final int height)
		{
			final int w = width - SIZE + 1;
			final int h = height - SIZE + 1;
			final double[] values = x.clone();
			if (product) for (int i = 0; i < values.length; i++) values[i] *= y[i];
			final double[] rows = new double[w * height];
			for (int row = 0; row < height; row++)
				for (int k = 0; k < SIZE; k++)
					for (int i = 0; i < w; i++) rows[row * w + i] += WEIGHTS[k] * values[row * width + i + k];
			final double[] out = new double[w * h];
			for (int row = 0; row < h; row++)
				for (int k = 0; k < SIZE; k++)
					for (int i = 0; i < w; i++) out[row * w + i] += WEIGHTS[k] * rows[(row + k) * w + i];
			return out;
		}
	}
}
