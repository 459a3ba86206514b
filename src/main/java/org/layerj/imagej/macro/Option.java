package org.layerj.imagej.macro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.InvalidOptionException;

/**
 * An option of a command.
 *
 * @param key one word in lower case: macro key and, with a capital, label in the dialog
 * @param value if it is left out
 * @param choices all that is allowed; empty for free text
 */
public record Option(String key, String value, List<String> choices) {

	private static final List<String> NO_YES = List.of("false", "true");

	/** One that takes any text. */
	public static Option text(final String key, final String value) {
		return new Option(key, value, List.of());
	}

	/** One of these; the first is the default. */
	public static Option choice(final String key, final String... choices) {
		return new Option(key, choices[0], List.of(choices));
	}

	/** True or false, by default false; as in ImageJ's own commands, the bare word in a macro means true. */
	public static Option flag(final String key) {
		return new Option(key, NO_YES.get(0), NO_YES);
	}

	/** Whether it is {@linkplain #flag true or false}. */
	public boolean isFlag() {
		return choices.equals(NO_YES);
	}

	/** The key as a dialog shows it, with a capital. */
	public String label() {
		return Character.toUpperCase(key.charAt(0)) + key.substring(1);
	}

	/** The same values, in the spelling of the choices; what is missing or empty is the default. */
	public static Map<String, String> checked(final List<Option> options, final Map<String, String> values) {
		final Map<String, String> checked = new LinkedHashMap<>();
		for (final Option o : options) checked.put(o.key, o.checked(Optional.ofNullable(values.get(o.key)).orElse("")));
		return checked;
	}

	/** Those values that are not what they would be if they were left out. */
	public static Map<String, String> changed(final List<Option> options, final Map<String, String> values) {
		final Map<String, String> changed = new LinkedHashMap<>();
		checked(options, values).forEach((key, value) -> {
			if (options.stream().noneMatch(o -> o.key.equals(key) && o.value.equals(value))) changed.put(key, value);
		});
		return changed;
	}

	private String checked(final String given) {
		final String text = given.isEmpty() ? value : given;
		if (choices.isEmpty()) return text;
		return choices.stream()
			.filter(c -> c.equalsIgnoreCase(text.strip()))
			.findFirst()
			.orElseThrow(() -> new InvalidOptionException(key,
				"The option " + key + " must be " + listed() + ", not " + text + "."));
	}

	private String listed() {
		final List<String> names = new ArrayList<>(choices);
		final String last = names.remove(names.size() - 1);
		return names.isEmpty() ? last : String.join(", ", names) + " or " + last;
	}
}
