package org.layerj.io.formats;

import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/** What there is to see of a layer. */
final class Visible {

	private Visible() {}

	/** The smallest part of the layer's pixels with all that are not fully transparent; none if all are. */
	static Optional<Bounds> of(final Layer layer) {
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		final int w = layer.bounds().width();
		int left = w;
		int right = -1;
		int top = -1;
		int bottom = -1;
		for (int y = 0; y < layer.bounds().height(); y++) for (int x = 0; x < w; x++) {
			if (alpha[y * w + x] == 0) continue;
			left = Math.min(left, x);
			right = Math.max(right, x);
			if (top < 0) top = y;
			bottom = y;
		}
		return right < 0 ? Optional.empty() : Optional.of(new Bounds(left, top, right - left + 1, bottom - top + 1));
	}
}
