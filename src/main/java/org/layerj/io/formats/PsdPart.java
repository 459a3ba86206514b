package org.layerj.io.formats;

import java.util.Optional;
import org.layerj.io.formats.FoundLayer.FoundGroup;
import org.layerj.layers.Bounds;

/** A layer of a PSD on its way out of its groups, which change how much of it is seen. */
final class PsdPart {

	private final PsdRecord record;
	private final PsdPixels pixels;
	private final Bounds bounds;
	private final Optional<FoundGroup> group;
	double opacity;
	boolean visible;

	PsdPart(final PsdRecord record, final PsdPixels pixels, final Bounds bounds, final Optional<FoundGroup> group) {
		this.record = record;
		this.pixels = pixels;
		this.bounds = bounds;
		this.group = group;
		this.opacity = record.opacity();
		this.visible = !record.hidden();
	}

	Bounds bounds() {
		return bounds;
	}

	/** How much a pixel of the canvas covers, without the layer's opacity: 0 … 1. */
	double alpha(final int x, final int y) {
		return bounds.contains(x, y)
			? (pixels.alpha()[(y - bounds.y()) * bounds.width() + x - bounds.x()] & 0xff) / 255.0 : 0;
	}

	/** Makes a pixel of the canvas that lies in the layer cover more or less. */
	void scale(final int x, final int y, final double factor) {
		if (factor == 1 || !bounds.contains(x, y)) return;
		final int i = (y - bounds.y()) * bounds.width() + x - bounds.x();
		pixels.alpha()[i] = (byte) Math.max(0, Math.min(255, Math.round((pixels.alpha()[i] & 0xff) * factor)));
	}

	FoundLayer found() {
		final String key = record.id().isPresent() ? String.valueOf(record.id().getAsInt()) : "";
		return pixels.found(key, record.name(), bounds, opacity, visible, group);
	}
}
