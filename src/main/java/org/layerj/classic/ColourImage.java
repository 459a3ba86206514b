package org.layerj.classic;

import java.util.Arrays;
import org.layerj.layers.RgbaImage;

/**
 * What the baselines compute with: an opaque picture in floats.
 *
 * @param rgb three planes of width · height values 0…255
 */
record ColourImage(int width, int height, float[][] rgb) {

	/** The picture's colours; where it is translucent, on white. */
	static ColourImage of(final RgbaImage picture) {
		final float[][] planes = new float[3][picture.width() * picture.height()];
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		for (int c = 0; c < 3; c++) {
			final byte[] in = picture.plane(c);
			for (int i = 0; i < in.length; i++) {
				final float a = (alpha[i] & 255) / 255f;
				planes[c][i] = (in[i] & 255) * a + 255 * (1 - a);
			}
		}
		return new ColourImage(picture.width(), picture.height(), planes);
	}

	int pixels() {
		return width * height;
	}

	/** Largest difference of the three colours between two pixels of two pictures. */
	float apart(final int i, final ColourImage other, final int j) {
		float max = 0;
		for (int c = 0; c < 3; c++) max = Math.max(max, Math.abs(rgb[c][i] - other.rgb[c][j]));
		return max;
	}

	ColourImage copy() {
		return new ColourImage(width, height, new float[][] { rgb[0].clone(), rgb[1].clone(), rgb[2].clone() });
	}

	/** These colours with an alpha of 0…1 each. */
	RgbaImage toLayer(final float[] alpha) {
		final byte[][] planes = new byte[RgbaImage.PLANES][pixels()];
		for (int i = 0; i < alpha.length; i++) {
			for (int c = 0; c < 3; c++) planes[c][i] = round(rgb[c][i]);
			planes[RgbaImage.ALPHA][i] = round(alpha[i] * 255);
		}
		return RgbaImage.ofPlanes(width, height, planes[0], planes[1], planes[2], planes[3]);
	}

	RgbaImage toOpaque() {
		final float[] alpha = new float[pixels()];
		Arrays.fill(alpha, 1);
		return toLayer(alpha);
	}

	private static byte round(final float value) {
		return (byte) Math.max(0, Math.min(255, Math.round(value)));
	}
}
