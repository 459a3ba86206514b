package org.layerj.imagej.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;

/**
 * What a slice label says of a layer: its name in the first line, then {@code key: value} lines, which ImageJ's own
 * {@code getProp(key)} reads too. Keys: {@code name id x y width height opacity visible locked parent synthetic},
 * {@code locked} only of layers that are, and {@code channel}, the name of the channel where that is not red, green or
 * blue.
 * <p>
 * Values are {@linkplain Latin written in Latin-1}, all that survives ImageJ's TIFF reader. A name beyond that is
 * repeated under the key {@code name}, which counts as long as the first line is the name or what the reader makes of
 * it; so users may rename layers.
 *
 * @param name the layer's name
 * @param values the other lines
 */
record LayerLabel(String name, Map<String, String> values) {

	private static final String[] KEYS =
		{ "name", "id", "x", "y", "width", "height", "opacity", "visible", "locked", "parent", "synthetic", "channel" };

	static LayerLabel of(final Layer layer) {
		final Map<String, String> v = new HashMap<>();
		final String name = oneLine(layer.name());
		if (!Latin.escape(name).equals(name)) v.put("name", Latin.escape(name));
		v.put("id", Latin.escape(layer.id()));
		v.put("x", String.valueOf(layer.bounds().x()));
		v.put("y", String.valueOf(layer.bounds().y()));
		v.put("width", String.valueOf(layer.bounds().width()));
		v.put("height", String.valueOf(layer.bounds().height()));
		v.put("opacity", String.valueOf(layer.opacity()));
		v.put("visible", String.valueOf(layer.visible()));
		if (layer.locked()) v.put("locked", "true");
		layer.parent().ifPresent(p -> v.put("parent", Latin.escape(p)));
		v.put("synthetic", String.valueOf(layer.syntheticFraction()));
		return new LayerLabel(name, v);
	}

	/** The same for one channel of a layer; without a name, the same. */
	LayerLabel withChannel(final String channel) {
		if (channel.isBlank()) return this;
		final Map<String, String> v = new HashMap<>(values);
		v.put("channel", Latin.escape(oneLine(channel)));
		return new LayerLabel(name, v);
	}

	static LayerLabel parse(final String text) {
		final String[] lines = text.split("\n", -1);
		final Map<String, String> v = new HashMap<>();
		for (int i = 1; i < lines.length; i++) {
			final int colon = lines[i].indexOf(": ");
			if (colon > 0) v.put(lines[i].substring(0, colon), lines[i].substring(colon + 2));
		}
		final String full = Latin.unescape(v.getOrDefault("name", ""));
		return new LayerLabel(lines[0].equals(Latin.asReadFromTiff(full)) ? full : lines[0], v);
	}

	String text() {
		final StringBuilder out = new StringBuilder(name);
		for (final String key : KEYS) {
			if (values.containsKey(key)) out.append('\n').append(key).append(": ").append(values.get(key));
		}
		return out.toString();
	}

	Optional<String> id() {
		return Optional.ofNullable(values.get("id")).map(Latin::unescape).filter(s -> !s.isBlank());
	}

	/** Name of the channel; empty if it has none. */
	String channel() {
		return Latin.unescape(values.getOrDefault("channel", ""));
	}

	Optional<String> parent() {
		return Optional.ofNullable(values.get("parent")).map(Latin::unescape).filter(s -> !s.isBlank());
	}

	Optional<Bounds> bounds() {
		try {
			return Optional.of(new Bounds(integer("x"), integer("y"), integer("width"), integer("height")));
		}
		catch (IllegalArgumentException | ArithmeticException e) {
			return Optional.empty();
		}
	}

	/** 0 … 1; opaque if the label does not say. */
	double opacity() {
		try {
			final double o = Double.parseDouble(values.getOrDefault("opacity", "1"));
			return o >= 0 && o <= 1 ? o : 1;
		}
		catch (final NumberFormatException e) {
			return 1;
		}
	}

	boolean visible() {
		return !"false".equals(values.get("visible"));
	}

	boolean locked() {
		return "true".equals(values.get("locked"));
	}

	private int integer(final String key) {
		return Integer.parseInt(values.getOrDefault(key, ""));
	}

	private static String oneLine(final String text) {
		return text.replaceAll("\\R", " ");
	}
}
