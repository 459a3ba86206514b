package org.layerj.layers.edit;

import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** Edits of a stack that change no pixel: which layers there are, and in which order. */
public final class Stacking {

	private Stacking() {}

	/** The stack without a layer; the last one stays, since an image of layers has at least one. */
	public static LayerStack delete(final LayerStack stack, final String id) {
		if (stack.size() == 1) throw new EditException(
			"Layer " + stack.get(0).name() + " is the only one left and cannot be deleted; hide it instead.");
		return stack.without(id);
	}

	/** The stack with a copy of a layer right above it, under a new id. Blank names become "… copy". */
	public static LayerStack duplicate(final LayerStack stack, final String id, final String name) {
		final int index = stack.indexOf(id);
		final Layer layer = stack.get(index);
		final String copy = name.isBlank() ? layer.name() + " copy" : name;
		return stack.insert(index + 1, withId(layer, freshId(stack, layer.id())).withName(copy));
	}

	/**
	 * The stack with a layer at another height.
	 *
	 * @param position 1 is the bottom; beyond the top counts as the top
	 */
	public static LayerStack order(final LayerStack stack, final String id, final int position) {
		return stack.move(id, Math.max(1, Math.min(stack.size(), position)) - 1);
	}

	/** An id no layer of the stack has or names as its parent, made of another one: {@code id-2}, {@code id-3} … */
	public static String freshId(final LayerStack stack, final String id) {
		for (int n = 2;; n++)
			if (stack.find(id + "-" + n).isEmpty()
				&& stack.layers().stream().flatMap(l -> l.parent().stream()).noneMatch((id + "-" + n)::equals))
				return id + "-" + n;
	}

	/** The same layer under another id. */
	public static Layer withId(final Layer layer, final String id) {
		return new Layer(id, layer.name(), layer.bounds(), layer.pixels(), layer.opacity(), layer.visible(),
			layer.parent().filter(p -> !p.equals(id)), layer.provenance(), layer.samples());
	}
}
