package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Layers that are locked. Their pixels, place and opacity stay, and they are not removed; they may be hidden and shown,
 * renamed, put at another height, copied and unlocked.
 */
public final class Locks {

	/** The end of a message about a locked layer: what to do. */
	public static final String HOW = "unlock it first, in the Layers Window or by the action unlock of Edit Layer.";

	private Locks() {}

	/**
	 * Makes sure that a layer is not locked.
	 *
	 * @param layer to be edited
	 * @return the layer, if it is not locked
	 * @throws EditException if it is
	 */
	public static Layer free(final Layer layer) {
		if (layer.locked())
			throw new EditException("Layer " + layer.name() + " is locked, so it was not changed; " + HOW);
		return layer;
	}

	/**
	 * The stack after an edit, if that has not changed a locked layer.
	 *
	 * @param before the stack before the edit
	 * @param after the stack after it
	 * @return {@code after}
	 * @throws EditException if it has not
	 * @throws EditException if a locked layer is another one or gone
	 */
	public static LayerStack checked(final LayerStack before, final LayerStack after) {
		for (final Layer l : before.layers()) if (l.locked() && !stays(l, after)) free(l);
		return after;
	}

	/**
	 * The locked layers that have been changed.
	 *
	 * @param before the stack before an edit
	 * @param after the stack after it
	 * @return layers of {@code before}
	 */
	public static List<Layer> changed(final LayerStack before, final LayerStack after) {
		return before.layers().stream().filter(l -> l.locked() && !stays(l, after)).toList();
	}

	/**
	 * The stack with locked layers as they were before; removed ones are put back in their place.
	 *
	 * @param before the stack before an edit
	 * @param after the stack after it, of the same canvas
	 * @return {@code after} with the locked layers of {@code before}
	 */
	public static LayerStack restored(final LayerStack before, final LayerStack after) {
		final List<Layer> layers = new ArrayList<>(after.layers());
		for (int k = 0; k < before.size(); k++) {
			final Layer l = before.get(k);
			if (!l.locked() || stays(l, after)) continue;
			final Optional<Layer> now = after.find(l.id());
			if (now.isPresent()) layers.set(layers.indexOf(now.get()), as(l, now.get()));
			else layers.add(Math.min(k, layers.size()), l);
		}
		return new LayerStack(after.width(), after.height(), layers);
	}

	private static boolean stays(final Layer layer, final LayerStack after) {
		return after.find(layer.id()).filter(now -> as(layer, now).equals(now)).isPresent();
	}

	/** A layer with what may change of another one. */
	private static Layer as(final Layer layer, final Layer now) {
		return new Layer(layer.id(), now.name(), layer.bounds(), layer.pixels(), layer.opacity(), now.visible(),
			now.locked(), now.parent(), layer.provenance(), layer.samples());
	}
}
