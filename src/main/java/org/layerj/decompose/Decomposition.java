package org.layerj.decompose;

import java.util.Optional;
import org.layerj.elements.Elements;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Samples;
import org.layerj.refine.Refinement;

/**
 * The result of a run.
 *
 * @param layers the layered picture, of the input's size
 * @param run the record of the run
 * @param elements the parts of the picture, where the method knows them
 */
public record Decomposition(LayerStack layers, RunRecord run, Optional<Elements> elements) {

	/** The result of a method without elements. */
	public Decomposition(final LayerStack layers, final RunRecord run) {
		this(layers, run, Optional.empty());
	}

	/**
	 * With the samples of the picture in its layers, if it has any; a network's own pixels, without refinement, are
	 * 8-bit colours and stay so.
	 *
	 * @param samples as large as the layers' canvas
	 */
	Decomposition withSamples(final Optional<Samples> samples) {
		return samples.isEmpty() || run.settings().raw() ? this
			: new Decomposition(Refinement.withSamples(layers, samples), run, elements);
	}
}
