package org.layerj.io.formats;

/**
 * How large a pixel is in the world, or on paper.
 *
 * @param width in metres, above 0
 * @param height in metres, above 0
 */
public record PixelSize(double width, double height) {

	/** Metres in an inch. */
	public static final double INCH = 0.0254;

	public PixelSize {
		if (!(width > 0 && height > 0) || Double.isInfinite(width) || Double.isInfinite(height)) throw new IllegalArgumentException("A pixel is not " + width + " × "
			+ height + " m large.");
	}

	/** Square pixels of which so many are in an inch. */
	public static PixelSize ofDpi(final double dpi) {
		return new PixelSize(INCH / dpi, INCH / dpi);
	}

	/** Pixels per inch, from left to right. */
	public double dpiX() {
		return INCH / width;
	}

	/** Pixels per inch, from top to bottom. */
	public double dpiY() {
		return INCH / height;
	}
}
