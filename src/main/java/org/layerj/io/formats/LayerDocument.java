package org.layerj.io.formats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.layerj.io.header.Xmp;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.VisibleProvenance;

/**
 * A layered picture with metadata, as in a file.
 *
 * @param layers canvas and layers
 * @param metadata what goes with them
 * @param notes after reading: sentences for the user on features of the file that are not supported, such as blend
 * modes
 * @param texts known text of layers, by their ids; the pixels show the same. Formats with live text write these and the
 * rest of the layer.
 */
public record LayerDocument(LayerStack layers, LayerMetadata metadata, List<String> notes,
	Map<String, LiveText> texts)
{

	/** Part of the note that a file has no record of provenance. */
	public static final String NO_RECORD = "the file holds no record of them";

	public LayerDocument {
		notes = List.copyOf(notes);
		texts = Map.copyOf(texts);
	}

	/** A document without known text. */
	public LayerDocument(final LayerStack layers, final LayerMetadata metadata, final List<String> notes) {
		this(layers, metadata, notes, Map.of());
	}

	/**
	 * The same with known texts.
	 *
	 * @param known texts by the id of their layer
	 * @return the same with them
	 */
	public LayerDocument withTexts(final Map<String, LiveText> known) {
		return new LayerDocument(layers, metadata, notes, known);
	}

	/** {@return the same with the text of the picture's elements, if the metadata has them} */
	public LayerDocument withReadText() {
		return metadata.elements(layers).map(e -> withRead(ReadLine.of(layers, e))).orElse(this);
	}

	/**
	 * The same with lines that were read with enough confidence.
	 *
	 * @param lines any; those below {@link LiveText#SURE} are left out
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
