package org.layerj.layers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * A layered picture: a canvas and the layers on it. Edits return a new stack; layers are shared, not copied.
 *
 * @param width canvas width in pixels
 * @param height canvas height in pixels
 * @param layers from the bottom (index 0) to the top; ids are unique. A stack without layers is a transparent picture.
 */
public record LayerStack(int width, int height, List<Layer> layers) {

	/** Throws {@link IllegalArgumentException} if the canvas is empty or an id occurs twice. */
	public LayerStack {
		if (width < 1 || height < 1) throw new IllegalArgumentException(
			"A canvas is at least 1 × 1 pixels, not " + width + " × " + height + ".");
		layers = List.copyOf(layers);
		final Set<String> ids = new HashSet<>();
		for (final Layer layer : layers)
			if (!ids.add(layer.id())) throw new IllegalArgumentException("Two layers have the id " + layer.id() + ".");
	}

	/** {@return the number of layers} */
	public int size() {
		return layers.size();
	}

	/**
	 * {@return the format of the layers' samples, if every layer has samples in that format; what the stack is
	 * composited in then}
	 */
	public Optional<SampleFormat> format() {
		if (layers.isEmpty() || layers.get(0).samples().isEmpty()) return Optional.empty();
		final SampleFormat first = layers.get(0).samples().get().format();
		return layers.stream().allMatch(l -> l.samples().filter(v -> v.format().equals(first)).isPresent())
			? Optional.of(first) : Optional.empty();
	}

	/**
	 * The layer at this height; 0 is the bottom.
	 *
	 * @param index 0 … size − 1
	 * @return the layer
	 * @throws IndexOutOfBoundsException if there is none
	 */
	public Layer get(final int index) {
		return layers.get(index);
	}

	/**
	 * The layer with this id, if there is one.
	 *
	 * @param id of a layer
	 * @return the layer; empty if there is none
	 */
	public Optional<Layer> find(final String id) {
		return layers.stream().filter(l -> l.id().equals(id)).findFirst();
	}

	/**
	 * The height of the layer with this id.
	 *
	 * @param id of a layer of the stack
	 * @return 0 is the bottom
	 * @throws NoSuchElementException if there is none
	 */
	public int indexOf(final String id) {
		for (int i = 0; i < layers.size(); i++) if (layers.get(i).id().equals(id)) return i;
		throw new NoSuchElementException("There is no layer with the id " + id + ".");
	}

	/**
	 * The layer with the same id replaced in place, or, if the id is new, this layer on top.
	 *
	 * @param layer of the stack's format, if the stack has samples
	 * @return another stack
	 */
	public LayerStack with(final Layer layer) {
		final List<Layer> changed = new ArrayList<>(layers);
		if (find(layer.id()).isPresent()) changed.set(indexOf(layer.id()), layer);
		else changed.add(layer);
		return new LayerStack(width, height, changed);
	}

	/**
	 * This new layer put in at a height.
	 *
	 * @param index that the layer will have, 0 … size
	 * @param layer whose id is new
	 * @return a stack with one layer more
	 * @throws IllegalArgumentException if there is one with this id
	 */
	public LayerStack insert(final int index, final Layer layer) {
		final List<Layer> changed = new ArrayList<>(layers);
		changed.add(index, layer);
		return new LayerStack(width, height, changed);
	}

	/**
	 * The stack without one layer.
	 *
	 * @param id of a layer of the stack
	 * @return a stack with one layer less
	 * @throws NoSuchElementException if there is none
	 */
	public LayerStack without(final String id) {
		final List<Layer> changed = new ArrayList<>(layers);
		changed.remove(indexOf(id));
		return new LayerStack(width, height, changed);
	}

	/**
	 * The layer with this id taken out and put in again so that it ends up at the given height.
	 *
	 * @param id of a layer of the stack
	 * @param index that the layer will have, 0 … size − 1
	 * @return a stack in another order
	 * @throws NoSuchElementException if there is no such layer
	 */
	public LayerStack move(final String id, final int index) {
		final List<Layer> changed = new ArrayList<>(layers);
		changed.add(index, changed.remove(indexOf(id)));
		return new LayerStack(width, height, changed);
	}
}
