package org.layerj.classic;

import org.layerj.layers.RgbaImage;

/** How much of each pixel is drawn on the page, as the classical method sees it: all but the backdrop, in one. */
public final class Drawn {

	private Drawn() {}

	/**
	 * Shares of a picture's pixels, 0 … 1; all 0 if there is nothing but a page, or if the page is transparent in
	 * places, where the classical method sees none.
	 *
	 * @param picture any size
	 */
	public static float[] on(final RgbaImage picture) {
		final float[] nothing = new float[Math.multiplyExact(picture.width(), picture.height())];
		for (final byte a : picture.plane(RgbaImage.ALPHA)) if (a != -1) return nothing;
		final ColourImage image = ColourImage.of(picture);
		final Backdrop backdrop = Backdrop.of(image);
		return Masks.count(backdrop.ink()) == 0 ? nothing : Matte.of(image, backdrop).alpha();
	}
}
