package org.layerj.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/**
 * A {@code config.json} of a model folder, read key by key. A key of the wrong type, or a missing key without a default, ends in a
 * {@link ModelException} that names file and key.
 */
public final class ConfigFile {

	private final String where;
	private final JsonObject json;

	private ConfigFile(final String where, final JsonObject json) {
		this.where = where;
		this.json = json;
	}

	public static ConfigFile read(final ModelFiles files, final String path) {
		return new ConfigFile(path + " of model " + files.name(), Json.object(files, path));
	}

	/** Whether the key is there and not null. */
	public boolean has(final String key) {
		return json.has(key) && !json.get(key).isJsonNull();
	}

	/** A nested object, empty if the key is missing. */
	public Optional<ConfigFile> child(final String key) {
		if (!has(key)) return Optional.empty();
		return Optional.of(new ConfigFile(where, get(key, "an object", JsonElement::getAsJsonObject)));
	}

	/** This object's keys, and those of another one of the same file where this one has none. */
	public ConfigFile orElse(final ConfigFile other) {
		final JsonObject both = other.json.deepCopy();
		json.entrySet().stream().filter(e -> !e.getValue().isJsonNull()).forEach(e -> both.add(e.getKey(), e.getValue()));
		return new ConfigFile(where, both);
	}

	public int integer(final String key) {
		return get(key, "a whole number", e -> e.getAsBigDecimal().intValueExact());
	}

	public int integer(final String key, final int otherwise) {
		return has(key) ? integer(key) : otherwise;
	}

	/** A whole number of at least 1: a size or a count. */
	public int size(final String key) {
		final int n = integer(key);
		if (n < 1) throw wrong(key, "at least 1");
		return n;
	}

	public int size(final String key, final int otherwise) {
		return has(key) ? size(key) : otherwise;
	}

	public double number(final String key, final double otherwise) {
		return has(key) ? get(key, "a number", JsonElement::getAsDouble) : otherwise;
	}

	/** A number, or empty where the key is missing, null or {@code false} (diffusers writes "off" in all three ways). */
	public Optional<Double> optionalNumber(final String key) {
		if (!has(key) || json.get(key).isJsonPrimitive() && json.get(key).getAsJsonPrimitive().isBoolean()) return Optional.empty();
		return Optional.of(number(key, 0));
	}

	public boolean flag(final String key, final boolean otherwise) {
		return has(key) ? get(key, "true or false", e -> {
			if (!e.getAsJsonPrimitive().isBoolean()) throw new IllegalStateException();
			return e.getAsBoolean();
		}) : otherwise;
	}

	public String text(final String key, final String otherwise) {
		return has(key) ? get(key, "text", JsonElement::getAsString) : otherwise;
	}

	/** A list of whole numbers, or a single one written without a list. */
	public int[] integersOrOne(final String key) {
		return json.has(key) && json.get(key).isJsonPrimitive() ? new int[] { integer(key) } : integers(key);
	}

	public int[] integers(final String key) {
		final JsonArray list = get(key, "a list of whole numbers", JsonElement::getAsJsonArray);
		final int[] out = new int[list.size()];
		for (int i = 0; i < out.length; i++) {
			final JsonElement e = list.get(i);
			out[i] = guarded(key, "a list of whole numbers", () -> e.getAsBigDecimal().intValueExact());
		}
		return out;
	}

	public double[] numbers(final String key) {
		final JsonArray list = get(key, "a list of numbers", JsonElement::getAsJsonArray);
		final double[] out = new double[list.size()];
		for (int i = 0; i < out.length; i++) {
			final JsonElement e = list.get(i);
			out[i] = guarded(key, "a list of numbers", e::getAsDouble);
		}
		return out;
	}

	public boolean[] flags(final String key) {
		final JsonArray list = get(key, "a list of true and false", JsonElement::getAsJsonArray);
		final boolean[] out = new boolean[list.size()];
		for (int i = 0; i < out.length; i++) {
			final JsonElement e = list.get(i);
			out[i] = guarded(key, "a list of true and false", e::getAsBoolean);
		}
		return out;
	}

	/** The exception for a value that is readable but not one we can work with. */
	public ModelException wrong(final String key, final String expected) {
		return new ModelException("The value of " + key + " in " + where + " should be " + expected + " but is " + json.get(key) + ".");
	}

	private <T> T get(final String key, final String expected, final Function<JsonElement, T> as) {
		if (!has(key)) throw new ModelException("The key " + key + " is missing in " + where + ".");
		return guarded(key, expected, () -> as.apply(json.get(key)));
	}

	private <T> T guarded(final String key, final String expected, final java.util.function.Supplier<T> read) {
		try {
			return read.get();
		}
		catch (final IllegalStateException | NumberFormatException | UnsupportedOperationException | ArithmeticException | ClassCastException e) {
			throw wrong(key, expected);
		}
	}
}
