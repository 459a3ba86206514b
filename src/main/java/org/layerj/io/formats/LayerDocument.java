package org.layerj.io.formats;

import java.util.List;
import org.layerj.layers.LayerStack;

/**
 * A layered picture as a file holds it.
 *
 * @param layers canvas and layers
 * @param metadata what goes with them
 * @param notes after reading: sentences for the user about what the file has and layers here cannot have, such as blend modes
 */
public record LayerDocument(LayerStack layers, LayerMetadata metadata, List<String> notes) {

	public LayerDocument {
		notes = List.copyOf(notes);
	}

	/** A document to be written. */
	public LayerDocument(final LayerStack layers, final LayerMetadata metadata) {
		this(layers, metadata, List.of());
	}
}
