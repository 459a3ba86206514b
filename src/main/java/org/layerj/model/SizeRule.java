package org.layerj.model;

/**
 * The size at which the network works: as many pixels as a square of {@code resolution}, the picture's aspect ratio,
 * both sides multiples of 32 (halves to even). The picture is stretched to it, neither cropped nor padded.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record SizeRule(int width, int height) {

	private static final int GRID = 32;

	/** The working size of a picture of this size. A side that would vanish, for an extreme aspect ratio, is 0. */
	public static SizeRule of(final int width, final int height, final int resolution) {
		return of(width, height, resolution, GRID);
	}

	/**
	 * The same for an autoencoder that needs sides of other multiples: rounded to 32 first, then down, as the pipeline
	 * does.
	 *
	 * @param multiple pixels per token and side
	 */
	public static SizeRule of(final int width, final int height, final int resolution, final int multiple) {
		final double ratio = (double) width / height;
		final double w = Math.sqrt((double) resolution * resolution * ratio);
		final double h = w / ratio;
		return new SizeRule((int) Math.rint(w / GRID) * GRID / multiple * multiple,
			(int) Math.rint(h / GRID) * GRID / multiple * multiple);
	}
}
