package org.layerj.imagej.window;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * What the Layers Window shows at one moment; made outside of the event thread.
 *
 * @param rows one per layer, the top one first
 * @param selected id of the layer that commands work on
 * @param undo what would be undone
 * @param redo what would be done again
 */
record LayersModel(String title, List<LayerRow> rows, String selected, Optional<String> undo, Optional<String> redo) {

	LayersModel {
		rows = List.copyOf(rows);
	}

	/** The present state. */
	static LayersModel of(final OpenLayers open, final Thumbnails thumbnails) {
		return open.atOnce(() -> {
			final String selected = open.selected();
			final LayerStack layers = open.layers();
			thumbnails.keep(layers);
			final List<LayerRow> rows = new ArrayList<>();
			for (int i = layers.size() - 1; i >= 0; i--) {
				final Layer l = layers.get(i);
				rows.add(new LayerRow(l.id(), l.name(), l.visible(), l.locked(), l.opacity(), l.syntheticFraction(),
					depth(layers, l), branch(layers, l), thumbnails.of(l)));
			}
			return new LayersModel(open.name(), rows, selected, open.undoName(), open.redoName());
		});
	}

	/** Row of the selected layer; -1 if there is none. */
	int selectedRow() {
		return row(selected);
	}

	/** Row of a layer, counted without elements; -1 if it is gone. */
	int row(final String id) {
		for (int i = 0; i < rows.size(); i++) if (rows.get(i).id().equals(id)) return i;
		return -1;
	}

	/** Height in the stack, 0 at the bottom, of the layer in a row. */
	int index(final int row) {
		return rows.size() - 1 - row;
	}

	/**
	 * Height in the stack that the layer in one row gets by being dropped before another.
	 *
	 * @param before 0 … number of rows
	 */
	int indexWhenDropped(final int row, final int before) {
		return rows.size() - 1 - (before > row ? before - 1 : before);
	}

	private static String branch(final LayerStack layers, final Layer layer) {
		if (layer.parent().isEmpty()) return "";
		final Optional<Layer> parent = layers.find(layer.parent().get());
		if (parent.isEmpty()) return "\u00b7 ";
		return layers.indexOf(parent.get().id()) < layers.indexOf(layer.id()) ? "\u250c " : "\u2514 ";
	}

	/** Ancestors may be gone, or, in foreign files, go round in circles. */
	private static int depth(final LayerStack layers, final Layer layer) {
		final Set<String> seen = new HashSet<>(Set.of(layer.id()));
		Optional<String> parent = layer.parent();
		while (parent.isPresent() && seen.add(parent.get())) parent = layers.find(parent.get()).flatMap(Layer::parent);
		return seen.size() - 1;
	}
}
