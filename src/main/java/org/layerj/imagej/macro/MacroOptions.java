package org.layerj.imagej.macro;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import java.awt.GraphicsEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.layerj.decompose.InvalidOptionException;

/**
 * A command's options as macros write them: {@code key=value key=[value with spaces] key='value with spaces'}, and the
 * bare word for an option that is true or false; {@code key=&name} is the macro variable of that name.
 * <p>
 * The only place where options are read. ImageJ's own {@code Macro.getValue} and {@code GenericDialog} look for
 * {@code key=} anywhere in the text, so that a prompt or a layer's text with {@code output=x} in it would be obeyed.
 */
public final class MacroOptions {

	/**
	 * ImageJ's own mark for the thread of whoever called {@code IJ.run}, see {@code ij.IJ.run} and
	 * {@code ij.Macro.getOptions}.
	 */
	private static final String CALLER = "Run$_";

	private MacroOptions() {}

	/**
	 * The options that a macro or script gave to the command that runs in this thread, blank if it gave none. Empty if
	 * a person asked, who can be shown a dialog: by a menu, a button or a tool.
	 * <p>
	 * {@link IJ#isMacro()} says only that some macro is running, maybe another one, for hours; so the thread has to
	 * bear the mark as well.
	 */
	public static Optional<String> given() {
		final Optional<String> options = Optional.ofNullable(Macro.getOptions());
		final boolean macro = IJ.isMacro() && Thread.currentThread().getName().startsWith(CALLER);
		return options.isPresent() || !macro && !GraphicsEnvironment.isHeadless() ? options : Optional.of("");
	}

	/**
	 * Reads a macro's options.
	 *
	 * @param command named in the message of the exception
	 * @param options all that are allowed
	 * @param text as the macro wrote them
	 * @return the options given, in their order
	 * @throws InvalidOptionException if a key is not among those allowed, given twice or without a value, or a bracket
	 * or quote has no match
	 */
	public static Map<String, String> parse(final String command, final List<Option> options, final String text) {
		final Map<String, String> values = new LinkedHashMap<>();
		int at = skip(text, 0);
		while (at < text.length()) {
			int end = at;
			while (end < text.length() && text.charAt(end) != '=' && !Character.isWhitespace(text.charAt(end))) end++;
			final String key = text.substring(at, end).toLowerCase(Locale.ROOT);
			final Optional<Option> option = options.stream().filter(o -> o.key().equals(key)).findFirst();
			final String value;
			if (end < text.length() && text.charAt(end) == '=') {
				if (option.isEmpty()) throw new InvalidOptionException(key,
					command + " has no option " + key + "; there are " + listed(options) + ".");
				final int begin = end + 1;
				end = end(text, begin);
				value = value(text.substring(begin, end));
			}
			else if (option.filter(Option::isFlag).isPresent()) value = "true";
			else throw new InvalidOptionException("", "The options of " + command
				+ " are written key=value or key=[several words], but " + text.substring(at, end) + " has no value.");
			if (values.put(key, value) != null)
				throw new InvalidOptionException(key, "The option " + key + " of " + command + " is given twice.");
			at = skip(text, end);
		}
		return values;
	}

	/** Options as a macro can repeat them; empty values are left out. */
	public static String text(final Map<String, String> values) {
		return values.entrySet()
			.stream()
			.filter(e -> !e.getValue().isEmpty())
			.map(e -> e.getKey() + "=" + quoted(e.getValue()))
			.collect(Collectors.joining(" "));
	}

	private static String listed(final List<Option> options) {
		return options.stream().map(Option::key).collect(Collectors.joining(", "));
	}

	private static String quoted(final String value) {
		if (value.matches("[^\\s\\[\\]'&=]+")) return value;
		return balanced(value) || value.contains("'") ? "[" + value + "]" : "'" + value + "'";
	}

	private static int skip(final String text, final int from) {
		int at = from;
		while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
		return at;
	}

	/** Where the value that begins here ends. */
	private static int end(final String text, final int begin) {
		if (text.startsWith("'", begin)) {
			final int quote = text.indexOf('\'', begin + 1);
			return complete(text, begin, quote < 0 ? 0 : quote + 1);
		}
		if (text.startsWith("[", begin)) {
			int depth = 0;
			for (int i = begin; i < text.length(); i++) {
				if (text.charAt(i) == '[') depth++;
				if (text.charAt(i) == ']' && --depth == 0) return complete(text, begin, i + 1);
			}
			return complete(text, begin, 0);
		}
		int end = begin;
		while (end < text.length() && !Character.isWhitespace(text.charAt(end))) end++;
		return balanced(text.substring(begin, end)) ? end : complete(text, begin, 0);
	}

	/** Behind a value comes a space or nothing; an end of 0 is none. */
	private static int complete(final String text, final int begin, final int end) {
		if (end > 0 && (end == text.length() || Character.isWhitespace(text.charAt(end)))) return end;
		throw new InvalidOptionException("", "Brackets or quotes do not match in " + text.substring(begin).strip()
			+ "; write a value with spaces or brackets as key=[value], with as many ] as [.");
	}

	private static boolean balanced(final String text) {
		int depth = 0;
		for (final char c : text.toCharArray()) {
			if (c == '[') depth++;
			if (c == ']' && --depth < 0) return false;
		}
		return depth == 0;
	}

	private static String value(final String written) {
		if (written.startsWith("[") || written.startsWith("'")) return written.substring(1, written.length() - 1);
		final Interpreter macro = Interpreter.getInstance();
		if (!written.startsWith("&") || macro == null) return written;
		final String found = macro.getVariableAsString(written.substring(1));
		return found == null ? written : found;
	}
}
