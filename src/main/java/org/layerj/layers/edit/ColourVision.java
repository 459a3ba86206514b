package org.layerj.layers.edit;

import org.layerj.layers.RgbaImage;

/**
 * Simulates colour vision deficiencies: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based
 * model for simulation of color vision deficiency", IEEE Trans. Visualization and Computer Graphics 15 (2009),
 * 1291–1298; their matrices for complete deficiency (severity 1.0), applied to linear light. For previews; alpha stays.
 */
public enum ColourVision {

	/** No long-wavelength cones: about 1 % of men. */
	PROTAN(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
	/** No medium-wavelength cones: about 1 % of men; the weaker form is the commonest of all deficiencies. */
	DEUTAN(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
	/** No short-wavelength cones: rare, of both sexes alike. */
	TRITAN(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

	private final double[] matrix;

	ColourVision(final double... matrix) {
		this.matrix = matrix;
	}

	/**
	 * The picture as it appears with this deficiency.
	 *
	 * @param picture not changed; alpha stays
	 * @return a new picture
	 */
	public RgbaImage simulate(final RgbaImage picture) {
		return ColourMap.apply(picture, this::simulate);
	}

	/**
	 * One colour {@code 0xRRGGBB} as it appears with this deficiency.
	 *
	 * @param rgb sRGB
	 * @return sRGB {@code 0xRRGGBB}
	 */
	public int simulate(final int rgb) {
		final double r = Srgb.linear(rgb >> 16 & 0xff);
		final double g = Srgb.linear(rgb >> 8 & 0xff);
		final double b = Srgb.linear(rgb & 0xff);
		int seen = 0;
		for (int row = 0; row < 9; row += 3)
			seen = seen << 8 | Srgb.level(matrix[row] * r + matrix[row + 1] * g + matrix[row + 2] * b);
		return seen;
	}
}
