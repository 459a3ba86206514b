package org.layerj.imagej.macro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.layerj.decompose.InvalidOptionException;

/**
 * An option of a command.
 *
 * @param key one word in lower case: macro key and, with a capital, label in the dialog
 * @param value if it is left out
 * @param choices all that is allowed; empty for free text
 */
public record Option(String key, String value, List<String> choices) {

	/** One that takes any text. */
	public static Option text(final String key, final String value) {
		return new Option(key, value, List.of());
	}

	/** One of these; the first is the default. */
	public static Option choice(final String key, final String... choices) {
		return new Option(key, choices[0], List.of(choices));
	}

	/** The key as a dialog shows it, with a capital. */
	public String label() {
		return Character.toUpperCase(key.charAt(0)) + key.substring(1);
	}

	/**
	 * The value of every option.
	 *
	 * @param command named in the sentence of the exception
	 * @param text a macro's options, {@code key=value key=[long value]}; null for none, as ImageJ has it
	 * @throws InvalidOptionException if there is no such option, or a value is not among its choices
	 */
	public static Map<String, String> parse(final String command, final List<Option> options, final String text) {
		// A command without options says nothing of those it is given; ImageJ's recorder and others add some.
		return options.isEmpty() ? Map.of() : checked(options, MacroOptions.parse(command, options.stream().map(Option::key).toList(), text));
	}

	/** The same values, in the spelling of the choices; what is missing or blank is the default. */
	public static Map<String, String> checked(final List<Option> options, final Map<String, String> values) {
		final Map<String, String> checked = new LinkedHashMap<>();
		for (final Option o : options) checked.put(o.key, o.checked(values.getOrDefault(o.key, o.value)));
		return checked;
	}

	private String checked(final String given) {
		final String text = given == null || given.isBlank() ? value : given;
		if (choices.isEmpty()) return text;
		return choices.stream().filter(c -> c.equalsIgnoreCase(text.strip())).findFirst().orElseThrow(() -> new InvalidOptionException(key, "The option " + key
			+ " must be " + listed() + ", not " + text + "."));
	}

	private String listed() {
		final List<String> names = new ArrayList<>(choices);
		final String last = names.remove(names.size() - 1);
		return names.isEmpty() ? last : String.join(", ", names) + " or " + last;
	}
}
