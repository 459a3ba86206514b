package org.layerj.layers.edit;

import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/** Where a layer has pixels at all. */
public final class Ink {

	private Ink() {}

	/** The smallest bounds, in canvas coordinates, that hold every pixel with alpha above 0; empty if there is none. */
	public static Optional<Bounds> bounds(final Layer layer) {
		final Bounds b = layer.bounds();
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		int left = b.width();
		int right = -1;
		int top = -1;
		int bottom = -1;
		for (int y = 0; y < b.height(); y++) {
			for (int x = 0; x < b.width(); x++) {
				if (alpha[y * b.width() + x] == 0) continue;
				left = Math.min(left, x);
				right = Math.max(right, x);
				if (top < 0) top = y;
				bottom = y;
			}
		}
		return right < 0 ? Optional.empty()
			: Optional.of(new Bounds(b.x() + left, b.y() + top, right - left + 1, bottom - top + 1));
	}

	/**
	 * The same layer without transparent margins, whatever colour hides in them; the layer itself if it has none or
	 * nothing but those.
	 */
	public static Layer trim(final Layer layer) {
		final Optional<Bounds> ink = bounds(layer);
		return ink.isEmpty() || ink.get().equals(layer.bounds()) ? layer : Gather.cut(layer, ink.get(), i -> true);
	}
}
