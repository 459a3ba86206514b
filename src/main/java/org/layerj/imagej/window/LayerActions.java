package org.layerj.imagej.window;

import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.edit.EditField;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.edit.EditRun;
import org.layerj.imagej.macro.MacroRecord;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * The edits that the Layers Window does without asking: each is an action of <em>Edit Layer...</em>, can be undone, and
 * is recorded if ImageJ's recorder is open. A layer that is gone in the meantime is left alone.
 */
final class LayerActions {

	private LayerActions() {}

	static void rename(final OpenLayers open, final String id, final String name) {
		if (!name.isBlank()) edit(open, EditAction.RENAME, id, "name", name.strip());
	}

	static void setVisible(final OpenLayers open, final String id, final boolean visible) {
		edit(open, visible ? EditAction.SHOW : EditAction.HIDE, id);
	}

	static void setLocked(final OpenLayers open, final String id, final boolean locked) {
		edit(open, locked ? EditAction.LOCK : EditAction.UNLOCK, id);
	}

	/**
	 * @param opacity 0 … 1
	 */
	static void setOpacity(final OpenLayers open, final String id, final double opacity) {
		edit(open, EditAction.OPACITY, id, "value", String.valueOf(opacity));
	}

	/**
	 * @param index height in the stack, 0 at the bottom; beyond either end is that end
	 */
	static void reorder(final OpenLayers open, final String id, final int index) {
		edit(open, EditAction.ORDER, id, "index",
			String.valueOf(Math.max(0, Math.min(open.layers().size() - 1, index)) + 1));
	}

	static void delete(final OpenLayers open, final String id) {
		edit(open, EditAction.DELETE, id);
	}

	/** A copy above the layer, which is selected then. */
	static void duplicate(final OpenLayers open, final String id) {
		final Set<String> before = ids(open.layers());
		edit(open, EditAction.DUPLICATE, id);
		final Set<String> added = ids(open.layers());
		added.removeAll(before);
		added.forEach(open::select);
	}

	/** Makes one layer of this and the one below, which then is selected. */
	static void mergeDown(final OpenLayers open, final String id) {
		edit(open, EditAction.MERGE, id);
	}

	/** Makes one layer of two, wherever they lie. */
	static void merge(final OpenLayers open, final String id, final String other) {
		final LayerStack layers = open.layers();
		layers.find(other)
			.ifPresent(l -> edit(open, EditAction.MERGE, id, "to", EditField.called(layers, layers.indexOf(other))));
	}

	static void undo(final OpenLayers open) {
		if (open.undo().isPresent()) record(EditRequest.of(EditAction.UNDO));
	}

	static void redo(final OpenLayers open) {
		if (open.redo().isPresent()) record(EditRequest.of(EditAction.REDO));
	}

	private static void edit(final OpenLayers open, final EditAction action, final String id, final String... pairs) {
		final LayerStack layers = open.layers();
		final String[] all = new String[pairs.length + 2];
		all[0] = "layer";
		System.arraycopy(pairs, 0, all, 2, pairs.length);
		try {
			all[1] = EditField.called(layers, layers.indexOf(id));
		}
		catch (final NoSuchElementException e) {
			// Someone else was quicker; the window will show it.
			return;
		}
		final EditRequest request = EditRequest.of(action, all);
		// Whatever is selected in the image, the window's buttons mean the layer.
		new EditRun(request, Optional.empty()).on(open);
		record(request);
	}

	private static void record(final EditRequest request) {
		MacroRecord.of(EditRequest.COMMAND, request.values());
	}

	private static Set<String> ids(final LayerStack layers) {
		return layers.layers().stream().map(Layer::id).collect(Collectors.toCollection(HashSet::new));
	}
}
