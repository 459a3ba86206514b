package org.layerj.eval;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.layerj.layers.RgbaImage;

/**
 * How well a model's RGBA-VAE reproduces the true layers and the inputs of figures, all cut to sides the VAE can take.
 *
 * @param layerPsnr {@link BlendedReconstruction} in dB, mean over all true layers
 * @param layerSsim the same for SSIM
 * @param inputPsnr PSNR in dB of the inputs, which have no empty areas that flatter the mean
 * @param inputSsim SSIM of the inputs
 * @param thinAlphaIou soft alpha IoU, mean over the thin layers: those whose alpha sums up to between 0 and a twentieth
 * of the canvas
 * @param thinLayers their number
 * @param saturationKept Σ(max − min of R, G, B) of the decoded inputs over that of the inputs; below 1, colours fade
 * @param secondsPerLayer encoding and decoding of one layer
 */
record VaeScore(double layerPsnr, double layerSsim, double inputPsnr, double inputSsim, double thinAlphaIou,
	int thinLayers, double saturationKept, double secondsPerLayer)
{

	private static final double THIN = .05;

	static VaeScore of(final VaeRoundTrip vae, final Collection<TruthFigure> figures) {
		final List<BlendedReconstruction> layers = new ArrayList<>();
		final List<BlendedReconstruction> inputs = new ArrayList<>();
		final List<Double> thin = new ArrayList<>();
		double before = 0;
		double after = 0;
		long nanos = 0;
		for (final TruthFigure figure : figures) {
			for (final RgbaImage whole : figure.layers()) {
				final RgbaImage layer = vae.fit(whole);
				final long begun = System.nanoTime();
				final RgbaImage decoded = vae.of(layer);
				nanos += System.nanoTime() - begun;
				layers.add(BlendedReconstruction.of(decoded, layer));
				final double share = coverage(layer);
				if (share > 0 && share < THIN) thin.add(FloatLayer.of(decoded).alphaIou(FloatLayer.of(layer)));
			}
			final RgbaImage input = vae.fit(figure.input());
			final RgbaImage decoded = vae.of(input);
			inputs.add(BlendedReconstruction.of(decoded, input));
			before += saturation(input);
			after += saturation(decoded);
		}
		return new VaeScore(psnr(layers), ssim(layers), psnr(inputs), ssim(inputs),
			thin.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN), thin.size(), after / before,
			nanos / 1e9 / layers.size());
	}

	private static double psnr(final List<BlendedReconstruction> scores) {
		return scores.stream().mapToDouble(BlendedReconstruction::psnr).average().orElse(Double.NaN);
	}

	private static double ssim(final List<BlendedReconstruction> scores) {
		return scores.stream().mapToDouble(BlendedReconstruction::ssim).average().orElse(Double.NaN);
	}

	private static double coverage(final RgbaImage layer) {
		double sum = 0;
		for (final byte a : layer.plane(RgbaImage.ALPHA)) sum += (a & 255) / 255.0;
		return sum / (layer.width() * (double) layer.height());
	}

	private static double saturation(final RgbaImage picture) {
		double sum = 0;
		for (int i = 0; i < picture.plane(0).length; i++) {
			final int r = picture.plane(0)[i] & 255;
			final int g = picture.plane(1)[i] & 255;
			final int b = picture.plane(2)[i] & 255;
			sum += Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b));
		}
		return sum;
	}
}
