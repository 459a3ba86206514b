package org.layerj.layers;

/**
 * Shows a mask over a picture as diagonal stripes, so that what is synthetic can be distinguished from what was
 * recorded.
 */
public final class Hatch {

	/** Colour of the stripes: one that neither micrographs nor drawings have much of. */
	public static final int COLOUR = 0xffff00c8;

	/** Distance of the stripes and their thickness, in pixels. */
	private static final int PERIOD = 8;
	private static final int THICKNESS = 2;

	private Hatch() {}

	/**
	 * The picture with stripes where the mask is set; there it becomes opaque, elsewhere it stays as it is.
	 *
	 * @param picture a layer or a composite; not changed
	 * @param mask of its size
	 */
	public static RgbaImage over(final RgbaImage picture, final Mask mask) {
		return over(picture, mask, Bounds.all(picture.width(), picture.height()));
	}

	/**
	 * The same for a mask that lies elsewhere than the picture's corner.
	 *
	 * @param place where the picture lies on the canvas: stripes of several layers then fit together
	 */
	public static RgbaImage over(final RgbaImage picture, final Mask mask, final Bounds place) {
		if (mask.width() != picture.width() || mask.height() != picture.height())
			throw new IllegalArgumentException(mask + " is not as large as " + picture + ".");
		final RgbaImage out = picture.copy();
		for (int y = 0; y < picture.height(); y++) for (int x = 0; x < picture.width(); x++) {
			final int i = y * picture.width() + x;
			if (!mask.get(i) || Math.floorMod(x + place.x() + y + place.y(), PERIOD) >= THICKNESS) continue;
			for (int c = 0; c < RgbaImage.PLANES; c++)
				out.plane(c)[i] = (byte) (COLOUR >> (c == RgbaImage.ALPHA ? 24 : 16 - 8 * c));
		}
		return out;
	}
}
