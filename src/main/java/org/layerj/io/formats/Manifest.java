package org.layerj.io.formats;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.layerj.io.header.Broken;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.SampleFormat;
import org.layerj.provenance.ProvenanceText;
import org.layerj.tracking.Fingerprints;

/**
 * What layers have and file formats lack: exact opacity, ids, lineage, where pixels come from, how values are shown. It
 * goes into every file as JSON in ASCII, in a place where the format allows for such things, with a key per layer by
 * which a layer is found again.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param metadata of the document
 * @param values how values are shown, if the layers have values
 * @param layers from the bottom to the top, by key
 * @param groups ids of the layers that groups stand for, by key
 */
record Manifest(int width, int height, LayerMetadata metadata, Optional<SampleFormat> values, Map<String, Entry> layers,
	Map<String, String> groups)
{

	static final String FORMAT = "decompose-layers document 1";

	/**
	 * One layer.
	 *
	 * @param synthetic mask as {@link MaskCode} reads it; in files written before there were records
	 * @param shown what the pixels are if they are not what the values look like, see {@link PixelPatch}
	 * @param provenance where pixels come from, {@link ProvenanceText}
	 * @param prints what pixels were when the file was written, {@link Fingerprints}, the layer being the canvas
	 */
	record Entry(String id, String name, Bounds bounds, double opacity, boolean visible, boolean locked,
		Optional<String> parent, Optional<String> synthetic, Optional<String> shown, Optional<String> provenance,
		Optional<String> prints)
	{}

	/**
	 * The manifest's text.
	 *
	 * @param key of the layer at a height
	 * @param groups keys of groups and the ids they stand for
	 * @param depth how samples go into the file; with 8 bits values are lost, and nothing is said about them
	 */
	static String text(final LayerDocument document, final IntFunction<String> key, final Map<String, String> groups,
		final Depth depth)
	{
		final LayerStack stack = document.layers();
		final JsonObject all = new JsonObject();
		all.addProperty("format", FORMAT);
		all.addProperty("width", stack.width());
		all.addProperty("height", stack.height());
		MetadataJson.put(all, document.metadata());
		if (depth != Depth.RGB8) all.add("values", SamplesJson.of(stack.get(0).samples().orElseThrow().format()));
		final JsonArray layers = new JsonArray();
		for (int k = 0; k < stack.size(); k++) layers.add(layer(stack.get(k), key.apply(k), depth));
		all.add("layers", layers);
		if (!groups.isEmpty()) {
			final JsonObject named = new JsonObject();
			groups.forEach(named::addProperty);
			all.add("groups", named);
		}
		return ascii(all.toString());
	}

	private static JsonObject layer(final Layer layer, final String key, final Depth depth) {
		final JsonObject out = new JsonObject();
		out.addProperty("key", key);
		out.addProperty("id", layer.id());
		out.addProperty("name", layer.name());
		final JsonArray bounds = new JsonArray();
		for (final int v : new int[] { layer.bounds().x(), layer.bounds().y(), layer.bounds().width(),
			layer.bounds().height() }) bounds.add(v);
		out.add("bounds", bounds);
		out.addProperty("opacity", layer.opacity());
		out.addProperty("visible", layer.visible());
		if (layer.locked()) out.addProperty("locked", true);
		layer.parent().ifPresent(p -> out.addProperty("parent", p));
		final Layer written =
			depth == Depth.RGB8 ? layer.withPixels(layer.bounds(), layer.pixels(), layer.provenance()) : layer;
		out.addProperty("provenance", ProvenanceText.of(layer.provenance()));
		// Of the whole layer, beyond the canvas too: the file holds that.
		out.addProperty("prints", Fingerprints.text(written.at(0, 0), layer.bounds().width(), layer.bounds().height()));
		if (depth != Depth.RGB8) PixelPatch.of(layer).ifPresent(p -> out.addProperty("shown", p));
		return out;
	}

	/** Reads a manifest; throws {@link Broken} if it is none. */
	static Manifest parse(final String text) throws Broken {
		try {
			final JsonObject all = JsonParser.parseString(text).getAsJsonObject();
			if (!all.get("format").getAsString().equals(FORMAT)) throw new Broken("a manifest of another kind");
			final Map<String, Entry> layers = new LinkedHashMap<>();
			for (final JsonElement e : all.getAsJsonArray("layers")) {
				final JsonObject layer = e.getAsJsonObject();
				final List<Integer> b = new ArrayList<>();
				layer.getAsJsonArray("bounds").forEach(v -> b.add(v.getAsInt()));
				layers.put(layer.get("key").getAsString(),
					new Entry(layer.get("id").getAsString(), layer.get("name").getAsString(),
						new Bounds(b.get(0), b.get(1), b.get(2), b.get(3)), layer.get("opacity").getAsDouble(),
						layer.get("visible").getAsBoolean(), locked(layer), text(layer, "parent"),
						text(layer, "synthetic"), text(layer, "shown"), text(layer, "provenance"),
						text(layer, "prints")));
			}
			final Map<String, String> groups = new LinkedHashMap<>();
			if (all.has("groups")) all.getAsJsonObject("groups")
				.entrySet()
				.forEach(g -> groups.put(g.getKey(), g.getValue().getAsString()));
			final Optional<SampleFormat> values =
				all.has("values") ? Optional.of(SamplesJson.parse(all.getAsJsonObject("values"))) : Optional.empty();
			return new Manifest(all.get("width").getAsInt(), all.get("height").getAsInt(), MetadataJson.parse(all),
				values, layers, groups);
		}
		catch (final RuntimeException e) {
			// Gson throws half a dozen kinds of exceptions at surprises.
			throw new Broken("a manifest that is damaged");
		}
	}

	static Optional<String> text(final JsonObject object, final String key) {
		return Optional.ofNullable(object.get(key)).map(JsonElement::getAsString);
	}

	/** Left out of layers that are not. */
	static boolean locked(final JsonObject layer) {
		return layer.has("locked") && layer.get("locked").getAsBoolean();
	}

	/** Everything beyond ASCII, and what is half a character, written as JSON allows. */
	private static String ascii(final String json) {
		if (json.chars().allMatch(c -> c < 127)) return json;
		final StringBuilder out = new StringBuilder(json.length() + 64);
		json.chars().forEach(c -> {
			if (c < 127) out.append((char) c);
			else out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
		});
		return out.toString();
	}

	/** Keys that are the layers' numbers, from 1. */
	static IntFunction<String> numbers() {
		return k -> String.valueOf(k + 1);
	}

	/** Whether anything in the manifest speaks of values in this many channels. */
	Optional<SampleFormat> values(final int channels) {
		return values.filter(f -> f.type() == SampleFormat.Type.U16 && f.channels().size() == channels);
	}
}
