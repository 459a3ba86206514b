package org.layerj.layers;

/**
 * A rectangle of whole pixels on the canvas. It may reach beyond the canvas, as a layer that was moved does.
 *
 * @param x left edge
 * @param y upper edge
 * @param width at least 1
 * @param height at least 1
 */
public record Bounds(int x, int y, int width, int height) {

	public Bounds {
		if (width < 1 || height < 1)
			throw new IllegalArgumentException("Bounds are at least 1 × 1 pixels, not " + width + " × " + height + ".");
		Math.addExact(x, width);
		Math.addExact(y, height);
	}

	/**
	 * The whole of a canvas.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return from (0, 0)
	 */
	public static Bounds all(final int width, final int height) {
		return new Bounds(0, 0, width, height);
	}

	/** {@return the first column to the right of the rectangle} */
	public int right() {
		return x + width;
	}

	/** {@return the first row below the rectangle} */
	public int bottom() {
		return y + height;
	}

	/** {@return the number of pixels} */
	public long area() {
		return (long) width * height;
	}

	/**
	 * The smallest rectangle around this and another one.
	 *
	 * @param other anywhere
	 * @return the smallest rectangle that contains both
	 */
	public Bounds union(final Bounds other) {
		final int left = Math.min(x, other.x);
		final int top = Math.min(y, other.y);
		return new Bounds(left, top, Math.max(right(), other.right()) - left, Math.max(bottom(), other.bottom()) - top);
	}

	/**
	 * Whether a pixel of the canvas lies inside.
	 *
	 * @param px column of the canvas
	 * @param py row of the canvas
	 * @return whether it lies inside
	 */
	public boolean contains(final int px, final int py) {
		return px >= x && py >= y && px < right() && py < bottom();
	}

	/**
	 * A rectangle of the same size at another place.
	 *
	 * @param newX column of the upper left corner
	 * @param newY row of it
	 * @return the moved rectangle
	 */
	public Bounds at(final int newX, final int newY) {
		return new Bounds(newX, newY, width, height);
	}
}
