package org.layerj.io.formats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.layerj.io.header.Xmp;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.VisibleProvenance;

/**
 * A layered picture as a file holds it.
 *
 * @param layers canvas and layers
 * @param metadata what goes with them
 * @param notes after reading: sentences for the user about what the file has and layers here cannot have, such as blend
 * modes
 * @param texts what is known to be written in layers, by their ids; the pixels show the same. Formats with live text
 * write these and what is left of the layer.
 */
public record LayerDocument(LayerStack layers, LayerMetadata metadata, List<String> notes,
	Map<String, LiveText> texts)
{

	/** Part of the note that a file does not say where its pixels come from. */
	public static final String NO_RECORD = "the file holds no record of them";

	public LayerDocument {
		notes = List.copyOf(notes);
		texts = Map.copyOf(texts);
	}

	/** A document of which no text is known. */
	public LayerDocument(final LayerStack layers, final LayerMetadata metadata, final List<String> notes) {
		this(layers, metadata, notes, Map.of());
	}

	/**
	 * The same with texts that are known.
	 *
	 * @param known texts by the id of their layer
	 * @return the same with them
	 */
	public LayerDocument withTexts(final Map<String, LiveText> known) {
		return new LayerDocument(layers, metadata, notes, known);
	}

	/** {@return the same with what was read in the picture, too, where the metadata has its elements} */
	public LayerDocument withReadText() {
		return metadata.elements(layers).map(e -> withRead(ReadLine.of(layers, e))).orElse(this);
	}

	/**
	 * With lines that were read for sure, too.
	 *
	 * @param lines any; those that are not certain are left out
	 * @return the same with them
	 */
	public LayerDocument withRead(final List<ReadLine> lines) {
		final Map<String, LiveText> all = new HashMap<>(texts);
		all.putAll(LiveText.of(layers, lines, texts.keySet()));
		return withTexts(all);
	}

	/** A document to be written. */
	public LayerDocument(final LayerStack layers, final LayerMetadata metadata) {
		this(layers, metadata, List.of());
	}

	/** What the file says of all its layers, as XMP. */
	String xmp() {
		return Xmp.of(VisibleProvenance.inside(layers.layers(), metadata.origin()), "");
	}

	/** What a picture of one layer says. */
	String xmp(final Layer layer) {
		return Xmp.of(VisibleProvenance.inside(List.of(layer), metadata.origin()), "");
	}

	/** What a picture of all layers together says. */
	String xmpOfComposite() {
		return Xmp.of(VisibleProvenance.declaration(layers, metadata.origin()), "");
	}
}
