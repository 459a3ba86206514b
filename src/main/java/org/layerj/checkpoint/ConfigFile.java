package org.layerj.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A {@code config.json} of a model folder, read key by key. A key of the wrong type, or a missing key without a
 * default, ends in a {@link ModelException} that names file and key.
 */
public final class ConfigFile {

	/** Sanity limit of a width, vocabulary or other count, so that products of a few sizes stay far from overflow. */
	static final int MAX_SIZE = 1 << 22;
	/** Sanity limit of a number of blocks: each is a list of tensors we enumerate. */
	static final int MAX_BLOCKS = 2000;

	private final String path;
	private final String where;
	private final JsonObject json;
	private final Set<String> asked = new HashSet<>();

	private ConfigFile(final String path, final String where, final JsonObject json) {
		this.path = path;
		this.where = where;
		this.json = json;
	}

	public static ConfigFile read(final ModelFiles files, final String path) {
		return new ConfigFile(path, path + " of model " + files.name(), Json.object(files, path));
	}

	/** Whether the key is there and not null. */
	public boolean has(final String key) {
		asked.add(key);
		return json.has(key) && !json.get(key).isJsonNull();
	}

	/** All keys, in the order of the file. */
	Set<String> keys() {
		return json.keySet();
	}

	/**
	 * To be called when everything needed was read: what the file says besides is compared with what can be honoured.
	 *
	 * @param notes receives the unknown keys, in one message
	 * @throws ModelException if a key has a value that is not implemented
	 */
	void rest(final OtherKeys others, final Consumer<String> notes) {
		if (has("quantization_config")) throw new ModelException("The weights that " + where
			+ " belongs to are quantised"
			+ child("quantization_config")
				.map(q -> " with " + Json.show(q.text("quant_method", "a method it does not name")))
				.orElse("")
			+ " (quantization_config), which cannot be read; take the official weights, ComfyUI's single files or a GGUF.");
		for (final String key : others.fixedKeys()) {
			if (json.has(key) && !others.allows(key, json.get(key))) throw wrong(key, others.expected(key));
		}
		final List<String> unknown = new ArrayList<>();
		for (final String key : json.keySet())
			if (!asked.contains(key) && !others.knows(key)) unknown.add(Json.show(key));
		if (!unknown.isEmpty()) notes.accept(unused(path, unknown));
	}

	/** The note on keys that are not used. */
	static String unused(final String path, final List<String> keys) {
		return "What " + path + " says about " + String.join(", ", keys.subList(0, Math.min(5, keys.size())))
			+ (keys.size() > 5 ? " and " + (keys.size() - 5) + " more" : "") + " is not used.";
	}

	/**
	 * The class in an entry {@code ["library", "Class"]} of model_index.json; empty where a part is switched off with
	 * nulls.
	 */
	Optional<String> className(final String key) {
		asked.add(key);
		final JsonElement e = json.get(key);
		if (e == null || !e.isJsonArray() || e.getAsJsonArray().size() != 2)
			throw wrong(key, "a list of library and class");
		final JsonElement name = e.getAsJsonArray().get(1);
		if (name.isJsonNull()) return Optional.empty();
		if (!name.isJsonPrimitive() || !name.getAsJsonPrimitive().isString())
			throw wrong(key, "a list of library and class");
		return Optional.of(name.getAsString());
	}

	/** A nested object, empty if the key is missing. */
	public Optional<ConfigFile> child(final String key) {
		if (!has(key)) return Optional.empty();
		return Optional.of(new ConfigFile(path, where, get(key, "an object", JsonElement::getAsJsonObject)));
	}

	public int integer(final String key) {
		return get(key, "a whole number", ConfigFile::integer);
	}

	public int integer(final String key, final int otherwise) {
		return has(key) ? integer(key) : otherwise;
	}

	/** A whole number from 1 to 4194304: a size or a count. */
	public int size(final String key) {
		final int n = integer(key);
		if (n < 1) throw wrong(key, "at least 1");
		if (n > MAX_SIZE) throw wrong(key, "at most " + MAX_SIZE);
		return n;
	}

	public int size(final String key, final int otherwise) {
		return has(key) ? size(key) : otherwise;
	}

	/** Every item of a list of texts, or nothing where the key is missing. */
	List<String> texts(final String key) {
		if (!has(key)) return List.of();
		final List<String> out = new ArrayList<>();
		for (final JsonElement e : get(key, "a list of texts", JsonElement::getAsJsonArray))
			out.add(guarded(key, "a list of texts", e::getAsString));
		return out;
	}

	/** A finite number. */
	public double number(final String key, final double otherwise) {
		return has(key) ? get(key, "a number", ConfigFile::number) : otherwise;
	}

	/**
	 * A number, or empty where the key is missing, null or {@code false} (diffusers writes "off" in all three ways).
	 */
	public Optional<Double> optionalNumber(final String key) {
		if (!has(key) || json.get(key).isJsonPrimitive() && json.get(key).getAsJsonPrimitive().isBoolean())
			return Optional.empty();
		return Optional.of(number(key, 0));
	}

	public boolean flag(final String key, final boolean otherwise) {
		return has(key) ? get(key, "true or false", ConfigFile::flag) : otherwise;
	}

	public String text(final String key, final String otherwise) {
		return has(key) ? get(key, "text", e -> {
			if (!e.getAsJsonPrimitive().isString()) throw new IllegalStateException();
			return e.getAsString();
		}) : otherwise;
	}

	/** A list of whole numbers, or a single one written without a list. */
	public int[] integersOrOne(final String key) {
		final int[] list = has(key) && json.get(key).isJsonPrimitive() ? new int[] { integer(key) } : integers(key);
		if (list.length == 0) throw wrong(key, "at least one whole number");
		return list;
	}

	public int[] integers(final String key) {
		final JsonArray list = get(key, "a list of whole numbers", JsonElement::getAsJsonArray);
		final int[] out = new int[list.size()];
		for (int i = 0; i < out.length; i++) {
			final JsonElement e = list.get(i);
			out[i] = guarded(key, "a list of whole numbers", () -> integer(e));
		}
		return out;
	}

	public double[] numbers(final String key) {
		final JsonArray list = get(key, "a list of numbers", JsonElement::getAsJsonArray);
		final double[] out = new double[list.size()];
		for (int i = 0; i < out.length; i++) {
			final JsonElement e = list.get(i);
			out[i] = guarded(key, "a list of numbers", () -> number(e));
		}
		return out;
	}

	public boolean[] flags(final String key) {
		final JsonArray list = get(key, "a list of true and false", JsonElement::getAsJsonArray);
		final boolean[] out = new boolean[list.size()];
		for (int i = 0; i < out.length; i++) {
			final JsonElement e = list.get(i);
			out[i] = guarded(key, "a list of true and false", () -> flag(e));
		}
		return out;
	}

	/** The exception for a value that is readable but not one we can work with. */
	public ModelException wrong(final String key, final String expected) {
		return new ModelException("The value of " + key + " in " + where + " should be " + expected + " but is "
			+ (has(key) ? Json.show(json.get(key).toString()) : "missing") + ".");
	}

	// Gson reads "5" and [5] as the number 5 and any text as false; a configuration that says so is wrong.

	private static int integer(final JsonElement e) {
		if (!e.getAsJsonPrimitive().isNumber()) throw new IllegalStateException();
		return e.getAsBigDecimal().intValueExact();
	}

	private static double number(final JsonElement e) {
		if (!e.getAsJsonPrimitive().isNumber() || !Double.isFinite(e.getAsDouble())) throw new IllegalStateException();
		return e.getAsDouble();
	}

	private static boolean flag(final JsonElement e) {
		if (!e.getAsJsonPrimitive().isBoolean()) throw new IllegalStateException();
		return e.getAsBoolean();
	}

	private <T> T get(final String key, final String expected, final Function<JsonElement, T> as) {
		if (!has(key)) throw new ModelException("The key " + key + " is missing in " + where + ".");
		return guarded(key, expected, () -> as.apply(json.get(key)));
	}

	private <T> T guarded(final String key, final String expected, final java.util.function.Supplier<T> read) {
		try {
			return read.get();
		}
		catch (final IllegalStateException | NumberFormatException | UnsupportedOperationException | ArithmeticException
			| ClassCastException e)
		{
			throw wrong(key, expected);
		}
	}
}
