package org.layerj.imagej.edit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.macro.Option;

/**
 * What <em>Edit Layer...</em> is asked to do, as text from a macro or a dialog.
 *
 * @param values by key; missing and blank ones are left to the action
 */
public record EditRequest(Map<String, String> values) {

	/** The name of the command in macros. */
	public static final String COMMAND = "Edit Layer...";

	/** Everything that can be asked for: public API, since macros use it. */
	public static final List<String> KEYS =
		List.of("action", "layer", "name", "x", "y", "dx", "dy", "angle", "scale", "width", "height", "value", "hue",
			"tint", "lut", "palette", "image", "file", "fit", "alpha", "to", "index", "parts", "text", "font", "size",
			"find", "with", "regex", "prompt", "negative", "model", "seed", "steps", "guidance", "background");
	/** The same for a parser; what is left out is left to the action. */
	public static final List<Option> OPTIONS = KEYS.stream().map(k -> Option.text(k, "")).toList();

	/** Drops blank values and keys that are none of {@link #KEYS}. */
	public EditRequest {
		final Map<String, String> given = new LinkedHashMap<>();
		for (final String key : KEYS) if (!values.getOrDefault(key, "").isBlank()) given.put(key, values.get(key));
		values = given;
	}

	/** A request for one action with key-value pairs. */
	public static EditRequest of(final EditAction action, final String... pairs) {
		final Map<String, String> values = new LinkedHashMap<>(Map.of("action", action.key()));
		for (int i = 0; i < pairs.length; i += 2) values.put(pairs[i], pairs[i + 1]);
		return new EditRequest(values);
	}

	/** What to do; throws {@link InvalidOptionException} if that is not said. */
	public EditAction action() {
		return EditAction.of(text("action").orElseThrow(() -> new InvalidOptionException("action",
			"The option action is missing; it is one of " + EditAction.listed() + ".")));
	}

	boolean has(final String key) {
		return values.containsKey(key);
	}

	/** The value of an option as it was written; empty if it was not given. */
	public Optional<String> text(final String key) {
		return Optional.ofNullable(values.get(key));
	}

	OptionalDouble number(final String key) {
		final Optional<Double> number = parsed(key, "a number", text -> {
			final double d = Double.parseDouble(text);
			if (Double.isNaN(d) || Double.isInfinite(d)) throw new NumberFormatException();
			return d;
		});
		return number.isPresent() ? OptionalDouble.of(number.get()) : OptionalDouble.empty();
	}

	/** A whole number; macros write those with a decimal point too when they come out of a division. */
	OptionalInt integer(final String key) {
		final Optional<Integer> number = parsed(key, "a whole number", text -> {
			final double d = Double.parseDouble(text);
			if (d != Math.rint(d) || Math.abs(d) > Integer.MAX_VALUE) throw new NumberFormatException();
			return (int) d;
		});
		return number.isPresent() ? OptionalInt.of(number.get()) : OptionalInt.empty();
	}

	/** A number that must be given. */
	double required(final String key) {
		return number(key).orElseThrow(() -> new InvalidOptionException(key,
			"The option " + key + " is missing; the action " + text("action").orElse("") + " needs it."));
	}

	/** One of an enum's constants, in whatever capitals; the first if it is not given. */
	public <E extends Enum<E>> E choice(final String key, final Class<E> type) {
		final E[] all = type.getEnumConstants();
		if (!has(key)) return all[0];
		for (final E e : all) if (word(e).equalsIgnoreCase(values.get(key).strip())) return e;
		throw new InvalidOptionException(key, "The option " + key + " must be "
			+ listed(List.of(all).stream().map(EditRequest::word).toList()) + ", not " + values.get(key) + ".");
	}

	/** An enum's constant as users write it. */
	static String word(final Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** "a, b or c". */
	static String listed(final List<String> names) {
		if (names.size() == 1) return names.get(0);
		return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
	}

	private <T> Optional<T> parsed(final String key, final String kind, final Function<String, T> parse) {
		return text(key).map(text -> {
			try {
				return parse.apply(text.strip());
			}
			catch (final NumberFormatException e) {
				throw new InvalidOptionException(key, "The option " + key + " must be " + kind + ", not " + text + ".");
			}
		});
	}
}
