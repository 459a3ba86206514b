package org.layerj.layers;

import java.util.Optional;

/**
 * A part of the canvas, as a selection marks it: a rectangle, or some of its pixels.
 *
 * @param bounds where it lies; cut to the canvas by whoever uses it
 * @param mask which of the pixels are meant, as large as the bounds; all if there is none
 */
public record Region(Bounds bounds, Optional<Mask> mask) {

	public Region {
		if (mask.isPresent() && (mask.get().width() != bounds.width() || mask.get().height() != bounds.height()))
			throw new IllegalArgumentException(mask.get() + " is not as large as " + bounds + ".");
	}

	/**
	 * All of a rectangle.
	 *
	 * @param bounds of the region
	 * @return a region of all of its pixels
	 */
	public static Region of(final Bounds bounds) {
		return new Region(bounds, Optional.empty());
	}

	/**
	 * Whether a pixel of the canvas is meant.
	 *
	 * @param x column, counted from 0 at the left
	 * @param y row, counted from 0 at the top
	 * @return whether it is in the region
	 */
	public boolean contains(final int x, final int y) {
		return bounds.contains(x, y) && (mask.isEmpty() || mask.get().get(x - bounds.x(), y - bounds.y()));
	}

	/**
	 * The part of it that lies on a canvas; none if no pixel does.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return a region cut at the canvas' edges
	 */
	public Optional<Region> on(final int width, final int height) {
		final int left = Math.max(0, bounds.x());
		final int top = Math.max(0, bounds.y());
		final int right = Math.min(width, bounds.right());
		final int bottom = Math.min(height, bounds.bottom());
		if (left >= right || top >= bottom) return Optional.empty();
		final Bounds b = new Bounds(left, top, right - left, bottom - top);
		final Region cut = b.equals(bounds) ? this : new Region(b,
			mask.map(m -> Mask.of(b.width(), b.height(), i -> contains(b.x() + i % b.width(), b.y() + i / b.width()))));
		return cut.mask.isPresent() && cut.mask.get().count() == 0 ? Optional.empty() : Optional.of(cut);
	}
}
