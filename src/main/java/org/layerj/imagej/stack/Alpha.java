package org.layerj.imagej.stack;

import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;

/** Where a picture is not transparent. */
public final class Alpha {

	private Alpha() {}

	/** The smallest rectangle with all pixels of alpha above 0; empty if there are none. */
	public static Optional<Bounds> box(final RgbaImage image) {
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
}
