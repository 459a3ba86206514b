package org.layerj.eval;

import java.util.List;
import java.util.stream.IntStream;
import org.layerj.layers.RgbaImage;

/**
 * How well an RGBA picture is reproduced, colour and alpha together: both pictures are laid on solid colours and compared
 * there as opaque pictures (AlphaVAE, arXiv 2507.09308, which blends over "canonical backgrounds"; Qwen-Image-Layered reports the same).
 * The colours here are black, grey, white, red, green, blue, yellow, cyan and magenta. Colours that alpha hides do
 * not count, as nobody sees them.
 *
 * @param psnr mean over the solid colours of the peak signal-to-noise ratio in dB, each at most {@value #CAP}; higher is better
 * @param ssim mean over the solid colours of the structural similarity, −1…1; 1 is best
 */
public record BlendedReconstruction(double psnr, double ssim) {

	/** A reconstruction that only differs by rounding to 8 bits has about 59 dB; without an end, flat layers would own the mean. */
	public static final int CAP = 60;

	/** {@code 0xRRGGBB}. */
	private static final List<Integer> CANVASES = List.of(0x000000, 0x808080, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0x00ffff, 0xff00ff);

	/** Compares two pictures of one size. */
	public static BlendedReconstruction of(final RgbaImage prediction, final RgbaImage truth) {
		if (prediction.width() != truth.width() || prediction.height() != truth.height()) throw new IllegalArgumentException("Pictures of different sizes: "
			+ prediction + ", " + truth);
		final double[][] scores = CANVASES.parallelStream().map(canvas -> {
			final double[][] p = on(canvas, prediction);
			final double[][] t = on(canvas, truth);
			return new double[] { psnr(p, t), ssim(p, t, truth.width(), truth.height()) };
		}).toArray(double[][]::new);
		return new BlendedReconstruction(IntStream.range(0, scores.length).mapToDouble(i -> scores[i][0]).average().orElseThrow(), IntStream.range(0, scores.length)
			.mapToDouble(i -> scores[i][1]).average().orElseThrow());
	}

	/** The picture on a solid colour, not rounded: three planes 0…255. */
	private static double[][] on(final int canvas, final RgbaImage picture) {
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		final double[][] out = new double[3][alpha.length];
		for (int c = 0; c < 3; c++) {
			final int under = canvas >> 16 - 8 * c & 255;
			final byte[] in = picture.plane(c);
			for (int i = 0; i < alpha.length; i++) {
				final double a = (alpha[i] & 255) / 255.0;
				out[c][i] = a * (in[i] & 255) + (1 - a) * under;
			}
		}
		return out;
	}

	/** 10 log₁₀(255² / MSE), the mean over all pixels and colours; at most {@link #CAP}. */
	static double psnr(final double[][] p, final double[][] t) {
		double sum = 0;
		long n = 0;
		for (int c = 0; c < p.length; c++) {
			for (int i = 0; i < p[c].length; i++) sum += (p[c][i] - t[c][i]) * (p[c][i] - t[c][i]);
			n += p[c].length;
		}
		return sum == 0 ? CAP : Math.min(CAP, 10 * Math.log10(255.0 * 255 * n / sum));
	}

	/** Wang et al. 2004: Gaussian window of 11 × 11, σ 1.5, population statistics, full windows only; mean over the colours. */
	static double ssim(final double[][] p, final double[][] t, final int width, final int height) {
		if (width < Window.SIZE || height < Window.SIZE) throw new IllegalArgumentException("SSIM needs " + Window.SIZE + " pixels each way, not " + width + " × "
			+ height);
		double sum = 0;
		for (int c = 0; c < p.length; c++) {
			final double[] x = p[c];
			final double[] y = t[c];
			final double[] mx = Window.mean(i -> x[i], width, height);
			final double[] my = Window.mean(i -> y[i], width, height);
			final double[] xx = Window.mean(i -> x[i] * x[i], width, height);
			final double[] yy = Window.mean(i -> y[i] * y[i], width, height);
			final double[] xy = Window.mean(i -> x[i] * y[i], width, height);
			double mean = 0;
			for (int i = 0; i < mx.length; i++) {
				final double c1 = Math.pow(.01 * 255, 2);
				final double c2 = Math.pow(.03 * 255, 2);
				mean += (2 * mx[i] * my[i] + c1) * (2 * (xy[i] - mx[i] * my[i]) + c2) / ((mx[i] * mx[i] + my[i] * my[i] + c1) * (xx[i] - mx[i] * mx[i] + yy[i] - my[i]
					* my[i] + c2));
			}
			sum += mean / mx.length;
		}
		return sum / p.length;
	}

	/** Weighted means over the window around every pixel that has a full one. */
	private static final class Window {

		private static final int SIZE = 11;
		private static final double[] WEIGHTS = weights();

		private interface Values {

			double at(int i);
		}

		private static double[] weights() {
			final double[] w = IntStream.range(0, SIZE).mapToDouble(k -> Math.exp(-Math.pow((k - SIZE / 2) / 1.5, 2) / 2)).toArray();
			final double sum = IntStream.range(0, SIZE).mapToDouble(k -> w[k]).sum();
			return IntStream.range(0, SIZE).mapToDouble(k -> w[k] / sum).toArray();
		}

		private static double[] mean(final Values values, final int width, final int height) {
			final int w = width - SIZE + 1;
			final int h = height - SIZE + 1;
			final double[] rows = new double[w * height];
			for (int y = 0; y < height; y++) for (int x = 0; x < w; x++) {
				double sum = 0;
				for (int k = 0; k < SIZE; k++) sum += WEIGHTS[k] * values.at(y * width + x + k);
				rows[y * w + x] = sum;
			}
			final double[] out = new double[w * h];
			for (int y = 0; y < h; y++) for (int k = 0; k < SIZE; k++) for (int x = 0; x < w; x++) out[y * w + x] += WEIGHTS[k] * rows[(y + k) * w + x];
			return out;
		}
	}
}
