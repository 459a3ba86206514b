package org.layerj.imagej.macro;

import ij.macro.Interpreter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.layerj.decompose.InvalidOptionException;

/**
 * A command's options as macros write them: {@code key=value key=[value with spaces]}; {@code key=&name} is the macro variable of that name.
 *
 * <p>ImageJ's own {@code Macro.getValue} finds keys inside of other values too, so that {@code text=[x = 3, y=4]} would move a layer.
 */
public final class MacroOptions {

	private MacroOptions() {}

	/**
	 * @param command named in the sentence of the exception
	 * @param keys all that are allowed
	 * @param options may be null, ImageJ's way of saying that there are none
	 * @return the options given, in their order
	 * @throws InvalidOptionException if a key is not among those allowed, or stands without a value
	 */
	public static Map<String, String> parse(final String command, final List<String> keys, final String options) {
		final Map<String, String> values = new LinkedHashMap<>();
		final String text = options == null ? "" : options.strip();
		int at = 0;
		while (at < text.length()) {
			final int equals = text.indexOf('=', at);
			final int space = text.indexOf(' ', at);
			if (equals < 0 || space >= 0 && space < equals) {
				throw new InvalidOptionException("", "The options of " + command + " are written key=value, but " + text.substring(at, space < 0 ? text.length() : space)
					+ " has no value.");
			}
			final String key = text.substring(at, equals).toLowerCase(Locale.ROOT);
			if (!keys.contains(key)) throw new InvalidOptionException(key, command + " has no option " + key + "; there are " + String.join(", ", keys) + ".");
			final boolean bracket = text.startsWith("[", equals + 1);
			final int end = bracket ? closing(text, equals + 1) : space(text, equals);
			final String value = text.substring(equals + (bracket ? 2 : 1), end);
			values.put(key, bracket ? value : variable(value));
			at = end + (bracket ? 1 : 0);
			while (at < text.length() && text.charAt(at) == ' ') at++;
		}
		return values;
	}

	/** Options as a macro can repeat them; empty values are left out. */
	public static String text(final Map<String, String> values) {
		return values.entrySet().stream().filter(e -> !e.getValue().isEmpty()).map(e -> e.getKey() + "=" + quoted(e.getValue())).collect(Collectors.joining(" "));
	}

	private static String quoted(final String value) {
		return value.matches("[^\\s\\[\\]'&=]+") ? value : "[" + value + "]";
	}

	private static int space(final String text, final int from) {
		final int space = text.indexOf(' ', from);
		return space < 0 ? text.length() : space;
	}

	private static int closing(final String text, final int open) {
		int depth = 0;
		for (int i = open; i < text.length(); i++) {
			if (text.charAt(i) == '[') depth++;
			if (text.charAt(i) == ']' && --depth == 0) return i;
		}
		throw new InvalidOptionException("", "A bracket is opened but not closed in " + text.substring(open) + ".");
	}

	private static String variable(final String value) {
		final Interpreter macro = Interpreter.getInstance();
		if (!value.startsWith("&") || macro == null) return value;
		final String found = macro.getVariableAsString(value.substring(1));
		return found == null ? value : found;
	}
}
