package org.layerj.decompose;

import java.util.Optional;
import org.layerj.elements.Elements;
import org.layerj.layers.LayerStack;

/**
 * The outcome of a run.
 *
 * @param layers the layered picture, of the input's size
 * @param run how it came about
 * @param elements the parts of the picture, where the method knows them
 */
public record Decomposition(LayerStack layers, RunRecord run, Optional<Elements> elements) {

	/** The outcome of a method that knows of layers only. */
	public Decomposition(final LayerStack layers, final RunRecord run) {
		this(layers, run, Optional.empty());
	}
}
