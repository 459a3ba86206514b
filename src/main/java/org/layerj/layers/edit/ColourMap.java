package org.layerj.layers.edit;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.layerj.layers.RgbaImage;

/** Pictures whose colours are a function of other pictures' colours. */
final class ColourMap {

	/** Entries of the memory for colours already computed; pictures have few colours at a time. */
	private static final int REMEMBERED = 1 << 14;

	private ColourMap() {}

	/**
	 * @param map colour {@code 0xRRGGBB} to colour; always the same for the same
	 * @return a picture with the same alpha; colours under alpha 0 are left as they are
	 */
	static RgbaImage apply(final RgbaImage picture, final IntUnaryOperator map) {
		final RgbaImage out = picture.copy();
		final byte[] red = out.plane(RgbaImage.RED);
		final byte[] green = out.plane(RgbaImage.GREEN);
		final byte[] blue = out.plane(RgbaImage.BLUE);
		final byte[] alpha = out.plane(RgbaImage.ALPHA);
		final int[] asked = new int[REMEMBERED];
		final int[] answer = new int[REMEMBERED];
		Arrays.fill(asked, -1);
		for (int i = 0; i < alpha.length; i++) {
			if (alpha[i] == 0) continue;
			final int rgb = (red[i] & 0xff) << 16 | (green[i] & 0xff) << 8 | blue[i] & 0xff;
			final int slot = (rgb * 0x9e3779b1) >>> 18;
			if (asked[slot] != rgb) {
				asked[slot] = rgb;
				answer[slot] = map.applyAsInt(rgb);
			}
			red[i] = (byte) (answer[slot] >> 16);
			green[i] = (byte) (answer[slot] >> 8);
			blue[i] = (byte) answer[slot];
		}
		return out;
	}
}
