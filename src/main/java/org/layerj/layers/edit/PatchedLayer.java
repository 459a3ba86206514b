package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * A layer that is being changed in rectangles, by several threads, each in its own. Costs nothing as long as nothing is
 * changed.
 */
final class PatchedLayer {

	private static final Kind[] KINDS = Kind.values();

	/** What is known of some pixels of a rectangle of the canvas. */
	private record Patch(Bounds on, Mask where, Provenance provenance) {}

	private final Layer layer;
	private final Bounds most;
	private final List<Patch> patches = new ArrayList<>();
	private Bounds bounds;
	private Optional<RgbaImage> pixels = Optional.empty();
	private Optional<Samples> values = Optional.empty();
	private boolean isFilled;
	/** Around all that is different. */
	private Optional<Bounds> reach = Optional.empty();

	/**
	 * @param most the rectangle of the canvas beyond which nothing will be changed
	 */
	PatchedLayer(final Layer layer, final Bounds most) {
		this.layer = layer;
		this.most = most;
		bounds = layer.bounds();
	}

	/** A layer as it is in a part of the canvas, as large as that. */
	static Layer window(final Layer layer, final Bounds part) {
		final Bounds b = layer.bounds();
		final Layer there = layer.at(b.x() - part.x(), b.y() - part.y());
		final Provenance known =
			layer.provenance().window(part.x() - b.x(), part.y() - b.y(), part.width(), part.height());
		final RgbaImage pixels = there.onCanvas(part.width(), part.height());
		final Layer moved = layer.withPixels(Bounds.all(part.width(), part.height()), pixels, known);
		return there.samplesOnCanvas(part.width(), part.height()).map(moved::withSamples).orElse(moved);
	}

	/** The layer's own pixels, of its own bounds, to be filled where {@link #put} will say what comes of that. */
	RgbaImage pixels() {
		own();
		isFilled = true;
		return pixels.orElseThrow();
	}

	/** What {@link #pixels} has become in a part of the canvas; empty if it was not asked for. */
	synchronized Optional<RgbaImage> filled(final Bounds part) {
		return pixels.filter(p -> isFilled)
			.map(p -> p.crop(new Bounds(part.x() - bounds.x(), part.y() - bounds.y(), part.width(), part.height())));
	}

	/**
	 * Changes a part of the canvas.
	 *
	 * @param before what it was there, as large as the part
	 * @param after what it is to be
	 * @param where which pixels may be different
	 */
	void put(final Bounds part, final Layer before, final Layer after, final boolean[] where) {
		final Mask changed = Mask.of(part.width(), part.height(), i -> where[i] && !same(before, after, i));
		if (changed.count() == 0 && !isFilled) return;
		write(part, after, where, changed);
	}

	private synchronized void write(final Bounds part, final Layer after, final boolean[] where, final Mask changed) {
		own();
		if (changed.count() > 0) {
			final Bounds box = box(changed);
			final Bounds here = box.at(part.x() + box.x(), part.y() + box.y());
			reach = Optional.of(reach.map(r -> r.union(here)).orElse(here));
		}
		if (reach.isPresent() && !bounds.union(reach.get()).equals(bounds)) grow(bounds.union(most));
		final RgbaImage to = pixels.orElseThrow();
		for (int i = 0; i < where.length; i++) {
			if (!where[i] || !bounds.contains(part.x() + i % part.width(), part.y() + i / part.width())) continue;
			final int at =
				(part.y() + i / part.width() - bounds.y()) * bounds.width() + part.x() + i % part.width() - bounds.x();
			for (int c = 0; c < RgbaImage.PLANES; c++) to.plane(c)[at] = after.pixels().plane(c)[i];
			for (int c = 0; values.isPresent() && c < values.get().channels(); c++)
				values.get().copy(c, at, after.samples().orElseThrow(), i);
		}
		if (changed.count() > 0) patches.add(new Patch(part, changed, after.provenance()));
	}

	private static Bounds box(final Mask mask) {
		int left = mask.width();
		int top = mask.height();
		int right = 0;
		int bottom = 0;
		for (int y = 0; y < mask.height(); y++) for (int x = 0; x < mask.width(); x++) {
			if (!mask.get(y * mask.width() + x)) continue;
			left = Math.min(left, x);
			right = Math.max(right, x + 1);
			top = Math.min(top, y);
			bottom = y + 1;
		}
		return new Bounds(left, top, right - left, bottom - top);
	}

	private void own() {
		if (pixels.isPresent()) return;
		pixels = Optional.of(layer.pixels().copy());
		values = layer.samples().map(Samples::copy);
	}

	private void grow(final Bounds to) {
		final Bounds part = new Bounds(to.x() - bounds.x(), to.y() - bounds.y(), to.width(), to.height());
		pixels = pixels.map(p -> p.crop(part));
		values = values.map(v -> v.crop(part));
		bounds = to;
	}

	private static boolean same(final Layer a, final Layer b, final int i) {
		for (int c = 0; c < RgbaImage.PLANES; c++) if (a.pixels().plane(c)[i] != b.pixels().plane(c)[i]) return false;
		for (int c = 0; a.samples().isPresent() && c < a.samples().get().channels(); c++)
			if (!a.samples().get().same(c, i, b.samples().orElseThrow(), i)) return false;
		for (final Kind kind : KINDS) if (a.provenance().share(kind, i) != b.provenance().share(kind, i)) return false;
		return true;
	}

	/** The layer now; the same object if nothing is different. Its bounds reach as far as what is. */
	Layer layer() {
		if (patches.isEmpty()) return layer;
		final Bounds to = layer.bounds().union(reach.orElseThrow());
		if (!to.equals(bounds)) grow(to);
		final Layer made = layer.withPixels(to, pixels.orElseThrow(), provenance());
		return values.map(made::withSamples).orElse(made);
	}

	private Provenance provenance() {
		final Bounds was = layer.bounds();
		return layer.provenance()
			.window(bounds.x() - was.x(), bounds.y() - was.y(), bounds.width(), bounds.height())
			.patched(patches.stream()
				.map(
					p -> new Provenance.Patch(p.on.x() - bounds.x(), p.on.y() - bounds.y(), p.provenance, p.where::get))
				.toList());
	}
}
