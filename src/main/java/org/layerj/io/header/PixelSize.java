package org.layerj.io.header;

import java.util.Optional;

/**
 * How large a pixel is in the world, or on paper.
 *
 * @param width in metres, above 0
 * @param height in metres, above 0
 */
public record PixelSize(double width, double height) {

	/** Metres in an inch. */
	public static final double INCH = 0.0254;
	/** More dots in an inch or a centimetre than anything has that can be seen. */
	private static final double MOST = 1e12;

	public PixelSize {
		if (!(width > 0 && height > 0) || Double.isInfinite(width) || Double.isInfinite(height))
			throw new IllegalArgumentException("A pixel is not " + width + " × " + height + " m large.");
	}

	/**
	 * Square pixels of which so many are in an inch.
	 *
	 * @param dpi above 0
	 * @return in metres
	 */
	public static PixelSize ofDpi(final double dpi) {
		return new PixelSize(INCH / dpi, INCH / dpi);
	}

	/** So many pixels in a length of so many metres; none if that makes no size. */
	static Optional<PixelSize> ofDots(final double x, final double y, final double length) {
		final boolean sound = x > 0 && y > 0 && x < MOST && y < MOST && length / x > 0 && length / y > 0;
		return sound ? Optional.of(new PixelSize(length / x, length / y)) : Optional.empty();
	}

	/** {@return the pixels per inch, from left to right} */
	public double dpiX() {
		return INCH / width;
	}

	/** {@return the pixels per inch, from top to bottom} */
	public double dpiY() {
		return INCH / height;
	}
}
