package org.layerj.decompose;

import java.util.Optional;
import org.layerj.elements.Elements;
import org.layerj.elements.ElementsJson;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Samples;
import org.layerj.refine.Refinement;

/**
 * The result of a run.
 *
 * @param layers the layered picture, of the input's size
 * @param run the record of the run
 * @param elements the parts of the picture, where the method knows them
 * @param elementsRecord their record as JSON, tied to these layers; empty if it is still to be made
 */
public record Decomposition(LayerStack layers, RunRecord run, Optional<Elements> elements,
	Optional<String> elementsRecord)
{

	/** The result of a method with or without elements. */
	public Decomposition(final LayerStack layers, final RunRecord run, final Optional<Elements> elements) {
		this(layers, run, elements, Optional.empty());
	}

	/** The result of a method without elements. */
	public Decomposition(final LayerStack layers, final RunRecord run) {
		this(layers, run, Optional.empty());
	}

	/** {@return the record of the elements as JSON, tied to these layers; empty if there are no elements} */
	@Override
	public Optional<String> elementsRecord() {
		return elementsRecord.or(() -> elements.map(e -> ElementsJson.of(e, layers).toString()));
	}

	/** The same with the record of the elements made, which all that is written of it holds. */
	Decomposition recorded() {
		return new Decomposition(layers, run, elements, elementsRecord());
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
