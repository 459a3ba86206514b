package org.layerj.imagej.edit;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.gui.TextRoi;
import java.awt.Color;
import java.awt.Rectangle;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Latin;
import org.layerj.io.formats.KnownText;
import org.layerj.io.formats.LiveText;
import org.layerj.layers.Layer;

/**
 * Remembers what was written in which layer, as properties of the hyperstack, and for as long as nothing else has been
 * done to the layer's pixels. A layer that is moved takes its text along.
 */
public final class TextNotes {

	private static final String PROPERTY = "decompose.text.";
	private static final String PIXELS = "pixels";

	private TextNotes() {}

	/** Notes what has just been written in a layer. Turned text is not noted: it has no box of its own. */
	static void keep(final OpenLayers open, final String id, final TextRoi roi) {
		final Optional<Layer> layer = open.layers().find(id);
		if (layer.isEmpty() || roi.getAngle() != 0) return;
		final Rectangle box = roi.getBounds();
		final Color colour = Optional.ofNullable(roi.getStrokeColor()).orElse(Color.black);
		final KnownText text = new KnownText(roi.getText().stripTrailing(), roi.getCurrentFont().getFamily(),
			roi.getCurrentFont().isBold(), roi.getCurrentFont().isItalic(), roi.getCurrentFont().getSize2D(),
			colour.getRGB() & 0xffffff, box.x - layer.get().bounds().x(), box.y - layer.get().bounds().y(),
			Math.max(1, box.width), Math.max(1, box.height));
		final JsonObject note = new Gson().toJsonTree(text).getAsJsonObject();
		note.addProperty(PIXELS, fingerprint(layer.get()));
		open.hyperstack().setProp(PROPERTY + Latin.escape(id), Latin.json(note.toString()));
	}

	/** What is known to be written in the layers as they are now, by their ids. */
	public static Map<String, LiveText> of(final OpenLayers open) {
		final Map<String, LiveText> known = new HashMap<>();
		for (final Layer layer : open.layers().layers())
			read(open, layer).ifPresent(text -> known.put(layer.id(), LiveText.all(text)));
		return known;
	}

	private static Optional<KnownText> read(final OpenLayers open, final Layer layer) {
		final String note = open.hyperstack().getProp(PROPERTY + Latin.escape(layer.id()));
		if (note == null) return Optional.empty();
		try {
			final JsonObject json = JsonParser.parseString(note).getAsJsonObject();
			if (!json.get(PIXELS).getAsString().equals(fingerprint(layer))) return Optional.empty();
			final KnownText t = new Gson().fromJson(json, KnownText.class);
			return Optional.of(new KnownText(t.text(), t.font(), t.bold(), t.italic(), t.size(), t.rgb(),
				t.x() + layer.bounds().x(), t.y() + layer.bounds().y(), t.width(), t.height()));
		}
		catch (final RuntimeException e) {
			// Changed by hand; then nothing is known.
			return Optional.empty();
		}
	}

	private static String fingerprint(final Layer layer) {
		return layer.bounds().width() + " x " + layer.bounds().height() + " "
			+ Integer.toHexString(layer.pixels().hashCode());
	}
}
