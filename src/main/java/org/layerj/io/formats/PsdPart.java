package org.layerj.io.formats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.io.formats.FoundLayer.FoundGroup;
import org.layerj.layers.Bounds;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;

/** A layer of a PSD on its way out of its groups, which change how much of it is seen. */
final class PsdPart {

	private final PsdRecord record;
	private final PsdPixels pixels;
	private final Bounds bounds;
	private final Optional<FoundGroup> group;
	/** What it says and where its letters are, if that is known. */
	final Map<KnownText, Region> text = new LinkedHashMap<>();
	double opacity;
	boolean visible;
	boolean locked;

	PsdPart(final PsdRecord record, final PsdPixels pixels, final Bounds bounds, final Optional<FoundGroup> group) {
		this.record = record;
		this.pixels = pixels;
		this.bounds = bounds;
		this.group = group;
		this.opacity = record.opacity();
		this.visible = !record.hidden();
		this.locked = record.locked();
		record.text().ifPresent(t -> text.put(t, letters()));
	}

	/**
	 * One layer of parts that lie over each other, from the bottom to the top; how much is shown of them, it has
	 * itself.
	 */
	static PsdPart joined(final PsdRecord record, final List<PsdPart> parts, final PsdPixels pixels,
		final Bounds bounds, final Optional<FoundGroup> group)
	{
		final PsdPart all = new PsdPart(record, pixels, bounds, group);
		for (int k = 0; k < parts.size(); k++) {
			final PsdPart part = parts.get(k);
			if (!part.visible) continue;
			pixels.over(part.pixels, part.bounds.x() - bounds.x(), part.bounds.y() - bounds.y(), part.opacity, k == 0);
			all.text.putAll(part.text);
		}
		return all;
	}

	private Region letters() {
		final byte[] alpha = pixels.alpha();
		return new Region(bounds, Optional.of(Mask.of(bounds.width(), bounds.height(), i -> alpha[i] != 0)));
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
		return pixels.found(key, record.name(), bounds, opacity, visible, locked, group);
	}
}
