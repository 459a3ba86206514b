package org.layerj.layers.edit;

/** The transfer curve of sRGB (IEC 61966-2-1), between 8-bit levels and linear light 0 … 1. */
final class Srgb {

	private static final double[] LINEAR = new double[256];
	static {
		for (int i = 0; i < LINEAR.length; i++) {
			final double v = i / 255.0;
			LINEAR[i] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
		}
	}

	private Srgb() {}

	/** Linear light of a level 0 … 255. */
	static double linear(final int level) {
		return LINEAR[level];
	}

	/** The level 0 … 255 nearest to an amount of light; clipped. */
	static int level(final double linear) {
		final double v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
		return (int) Math.max(0, Math.min(255, Math.round(v * 255)));
	}
}
