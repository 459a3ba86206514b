package org.layerj.imagej;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.decompose.RunJson;
import org.layerj.decompose.RunRecord;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Latin;
import org.layerj.layers.Layer;

/**
 * Notes which model has generated pixels of which layer, with every option, as properties of the hyperstack: lists of
 * {@linkplain RunJson run records}. Which pixels these are says the layer's provenance. What was undone is known by the
 * layer being what it was before.
 */
final class Generated {

	/** Beginning of the property, followed by the layer's id. */
	static final String PROPERTY = "decompose.generated.";
	private static final String BEFORE = "before";

	private Generated() {}

	/** Notes a run that has just changed a layer. */
	static void keep(final OpenLayers open, final Layer before, final RunRecord run) {
		final JsonArray all = new JsonArray();
		effective(open, before.id(), before).forEach(all::add);
		final JsonObject note = RunJson.of(run);
		note.addProperty(BEFORE, fingerprint(before));
		all.add(note);
		write(open, before.id(), all);
	}

	/** Drops the notes of runs that were undone, before another edit makes that final. */
	static void forgetUndone(final OpenLayers open, final EditAction next) {
		if (next == EditAction.UNDO || next == EditAction.REDO) return;
		for (final Layer layer : open.layers().layers()) {
			final List<JsonObject> all = read(open.hyperstack(), layer.id());
			final List<JsonObject> left = effective(open, layer.id(), layer);
			if (left.size() == all.size()) continue;
			final JsonArray notes = new JsonArray();
			left.forEach(notes::add);
			write(open, layer.id(), notes);
		}
	}

	/** The runs up to the one that, if the layer looks as before it, was undone. */
	private static List<JsonObject> effective(final OpenLayers open, final String id, final Layer now) {
		final String seen = fingerprint(now);
		return read(open.hyperstack(), id).stream()
			.takeWhile(note -> !(note.has(BEFORE) && seen.equals(note.get(BEFORE).getAsString())))
			.toList();
	}

	private static List<JsonObject> read(final ImagePlus hyperstack, final String id) {
		try {
			return Optional.ofNullable(hyperstack.getProp(PROPERTY + Latin.escape(id)))
				.map(JsonParser::parseString)
				.map(JsonElement::getAsJsonArray)
				.map(all -> all.asList().stream().map(JsonElement::getAsJsonObject))
				.orElseGet(Stream::empty)
				.toList();
		}
		catch (JsonParseException | IllegalStateException | ClassCastException e) {
			// Changed by hand; then nothing is known.
			return List.of();
		}
	}

	private static void write(final OpenLayers open, final String id, final JsonArray notes) {
		open.hyperstack().setProp(PROPERTY + Latin.escape(id), notes.isEmpty() ? null : Latin.json(notes.toString()));
	}

	private static String fingerprint(final Layer layer) {
		return layer.bounds().width() + " x " + layer.bounds().height() + " "
			+ Integer.toHexString(layer.pixels().hashCode());
	}
}
