package org.layerj.imagej;

import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** The simple edits of the Layers Window; each can be undone. A layer that is gone in the meantime is left alone. */
final class LayerActions {

	private LayerActions() {}

	static void rename(final OpenLayers open, final String id, final String name) {
		if (!name.isBlank()) change(open, "Rename", id, l -> l.withName(name.strip()));
	}

	static void setVisible(final OpenLayers open, final String id, final boolean visible) {
		change(open, visible ? "Show" : "Hide", id, l -> l.withVisible(visible));
	}

	/**
	 * @param opacity 0 … 1
	 */
	static void setOpacity(final OpenLayers open, final String id, final double opacity) {
		change(open, "Opacity of", id, l -> l.withOpacity(opacity));
	}

	/**
	 * @param index height in the stack, 0 at the bottom; beyond either end is that end
	 */
	static void reorder(final OpenLayers open, final String id, final int index) {
		apply(open, "Reorder", id, s -> s.move(id, Math.max(0, Math.min(s.size() - 1, index))));
	}

	static void delete(final OpenLayers open, final String id) {
		apply(open, "Delete", id, s -> s.without(id));
	}

	/** A copy above the layer, which is selected then. */
	static void duplicate(final OpenLayers open, final String id) {
		final Set<String> before = ids(open.layers());
		apply(open, "Duplicate", id, s -> {
			final Layer l = s.get(s.indexOf(id));
			return s.insert(s.indexOf(id) + 1, new Layer(OverlayElements.free(id + "-copy", ids(s)), l.name() + " copy", l.bounds(), l.pixels(), l.opacity(), l.visible(), l
				.parent(), l.synthetic(), l.values()));
		});
		final Set<String> added = ids(open.layers());
		added.removeAll(before);
		added.forEach(open::select);
	}

	private static void change(final OpenLayers open, final String verb, final String id, final UnaryOperator<Layer> edit) {
		apply(open, verb, id, s -> s.with(edit.apply(s.get(s.indexOf(id)))));
	}

	private static void apply(final OpenLayers open, final String verb, final String id, final UnaryOperator<LayerStack> edit) {
		try {
			open.apply(verb + " " + open.layers().find(id).orElseThrow().name(), edit);
		}
		catch (final NoSuchElementException e) {
			// Someone else was quicker; the window will show it.
		}
	}

	private static Set<String> ids(final LayerStack layers) {
		return layers.layers().stream().map(Layer::id).collect(Collectors.toCollection(HashSet::new));
	}
}
