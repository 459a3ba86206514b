package org.layerj.eval;

import org.layerj.layers.RgbaImage;

/**
 * A full-canvas layer with straight alpha in floats 0…1, so that merged layers are not rounded.
 *
 * @param rgba four planes of width · height values
 */
record FloatLayer(int width, int height, float[][] rgba) {

	private static final int ALPHA = RgbaImage.ALPHA;

	static FloatLayer of(final RgbaImage picture) {
		final float[][] planes = new float[RgbaImage.PLANES][picture.width() * picture.height()];
		for (int c = 0; c < RgbaImage.PLANES; c++) {
			final byte[] in = picture.plane(c);
			for (int i = 0; i < in.length; i++) planes[c][i] = (in[i] & 255) / 255f;
		}
		return new FloatLayer(picture.width(), picture.height(), planes);
	}

	/**
	 * This layer with another one over it. Where both are transparent, this layer's colour stays: the published code
	 * composites with Pillow, which does so, and the colour error counts hidden colours too.
	 */
	FloatLayer under(final FloatLayer top) {
		final float[][] out = new float[RgbaImage.PLANES][rgba[0].length];
		for (int i = 0; i < out[0].length; i++) {
			final float a = top.rgba[ALPHA][i];
			final float b = rgba[ALPHA][i] * (1 - a);
			out[ALPHA][i] = a + b;
			for (int c = 0; c < ALPHA; c++)
				out[c][i] = a + b == 0 ? rgba[c][i] : (top.rgba[c][i] * a + rgba[c][i] * b) / (a + b);
		}
		return new FloatLayer(width, height, out);
	}

	/** Whether some pixel has alpha above 0 in both layers. */
	boolean meets(final FloatLayer other) {
		for (int i = 0; i < rgba[ALPHA].length; i++) if (rgba[ALPHA][i] > 0 && other.rgba[ALPHA][i] > 0) return true;
		return false;
	}

	/**
	 * Mean absolute colour difference where {@code truth} has alpha above 0; colour under alpha 0 of this layer counts.
	 */
	double rgbL1(final FloatLayer truth) {
		double sum = 0;
		long pixels = 0;
		for (int i = 0; i < truth.rgba[ALPHA].length; i++) {
			if (truth.rgba[ALPHA][i] <= 0) continue;
			pixels++;
			for (int c = 0; c < ALPHA; c++) sum += Math.abs((double) rgba[c][i] - truth.rgba[c][i]) / 3;
		}
		return sum / (pixels + 1e-8);
	}

	/** Σ min(α) / Σ max(α); 0 where both layers are empty. */
	double alphaIou(final FloatLayer truth) {
		double low = 0;
		double high = 0;
		for (int i = 0; i < truth.rgba[ALPHA].length; i++) {
			low += Math.min(rgba[ALPHA][i], truth.rgba[ALPHA][i]);
			high += Math.max(rgba[ALPHA][i], truth.rgba[ALPHA][i]);
		}
		return high > 0 ? low / high : 0;
	}

	/** ½ (RGB L1 + 1 − IoU); not symmetric, since the truth's alpha masks the colours. */
	double cost(final FloatLayer truth) {
		return (rgbL1(truth) + 1 - alphaIou(truth)) / 2;
	}
}
