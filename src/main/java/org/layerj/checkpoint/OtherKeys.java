package org.layerj.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a kind of configuration file may say besides the keys that its reader asks for: keys whose value has to be the
 * one that is implemented, and keys that make no difference here. With these every key of a file is honoured, rejected
 * by name, or noted ({@link ConfigFile#rest}); none is ignored in silence.
 */
final class OtherKeys {

	private final Map<String, List<JsonElement>> fixed = new LinkedHashMap<>();
	private final Map<String, String> reasons = new LinkedHashMap<>();
	private final Set<String> unused = new HashSet<>();

	/**
	 * A key that has to have one of these values, or be missing or null.
	 *
	 * @param reason human-readable, behind the expected value; may be empty
	 * @param values as JSON
	 */
	OtherKeys fixed(final String key, final String reason, final String... values) {
		fixed.put(key, Arrays.stream(values).map(JsonParser::parseString).toList());
		reasons.put(key, reason);
		return this;
	}

	/** Keys that make no difference to what is computed. */
	OtherKeys unused(final String... keys) {
		unused.addAll(List.of(keys));
		return this;
	}

	/** Whether a key is known; private keys of the libraries begin with an underscore. */
	boolean knows(final String key) {
		return key.startsWith("_") || fixed.containsKey(key) || unused.contains(key);
	}

	Set<String> fixedKeys() {
		return fixed.keySet();
	}

	boolean allows(final String key, final JsonElement value) {
		return value.isJsonNull() || fixed.get(key).stream().anyMatch(f -> same(f, value));
	}

	/** The values a key may have, as part of a sentence. */
	String expected(final String key) {
		return (fixed.get(key).isEmpty() ? "missing"
			: fixed.get(key).stream().map(JsonElement::toString).collect(Collectors.joining(" or ")))
			+ (reasons.get(key).isEmpty() ? "" : " (" + reasons.get(key) + ")");
	}

	private static boolean same(final JsonElement a, final JsonElement b) {
		final boolean numbers = isNumber(a) && isNumber(b);
		return numbers ? a.getAsDouble() == b.getAsDouble() : a.equals(b);
	}

	private static boolean isNumber(final JsonElement e) {
		return e.isJsonPrimitive() && e.getAsJsonPrimitive().isNumber();
	}
}
