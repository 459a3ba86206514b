package org.layerj.layers;

import java.util.Optional;

/** The smallest rectangle that contains every pixel with alpha above 0. */
public final class AlphaBounds {

	private AlphaBounds() {}

	/**
	 * The bounds of a picture, relative to its upper left corner; empty if it is transparent everywhere.
	 *
	 * @param image not changed
	 * @return the smallest rectangle around every pixel with alpha above 0
	 */
	public static Optional<Bounds> of(final RgbaImage image) {
		final byte[] alpha = image.plane(RgbaImage.ALPHA);
		final int w = image.width();
		int left = w;
		int right = -1;
		int top = -1;
		int bottom = -1;
		for (int y = 0; y < image.height(); y++) {
			int first = y * w;
			final int end = first + w;
			while (first < end && alpha[first] == 0) first++;
			if (first == end) continue;
			int last = end - 1;
			while (alpha[last] == 0) last--;
			left = Math.min(left, first - y * w);
			right = Math.max(right, last - y * w);
			if (top < 0) top = y;
			bottom = y;
		}
		return top < 0 ? Optional.empty() : Optional.of(new Bounds(left, top, right - left + 1, bottom - top + 1));
	}

	/**
	 * The bounds of a layer, on the canvas; empty if it is transparent everywhere.
	 *
	 * @param layer not changed
	 * @return the smallest rectangle around every pixel with alpha above 0
	 */
	public static Optional<Bounds> of(final Layer layer) {
		return of(layer.pixels()).map(b -> b.at(layer.bounds().x() + b.x(), layer.bounds().y() + b.y()));
	}
}
