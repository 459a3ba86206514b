package org.layerj.imagej;

import ij.Macro;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelInfo;

/**
 * What a dialog or a macro asks for, read from text so that all entries accept the same and complain in the same words.
 *
 * @param options for the model
 * @param model model folder; empty for the built-in one
 * @param output where to write the result as a folder as well; empty for nowhere
 * @param slices which slices of a stack
 * @param reuse whether the masks found on the first of them are used for all
 */
record DecomposeRequest(DecomposeOptions options, Optional<Path> model, Optional<Path> output, SliceChoice slices, boolean reuse) {

	/** The keys of {@link #parse}: public API, since macros use them. */
	static final List<String> KEYS = List.of("layers", "resolution", "steps", "guidance", "seed", "prompt", "negative", "model", "device", "output", "raw",
		"slices", "reuse");
	/** Those that are true or false; as in ImageJ's own commands, the bare word means true. */
	static final Set<String> FLAGS = Set.of("raw", "reuse");
	/** Those that are not about the model's run. */
	private static final Set<String> OURS = Set.of("model", "output", "slices", "reuse");

	/**
	 * @param values text for any of the {@link #KEYS}; blank or missing is the default, which never depends on what has been {@linkplain
	 *          ModelChoice chosen} on this computer
	 * @throws InvalidOptionException if one of them cannot work
	 */
	static DecomposeRequest parse(final Map<String, String> values) {
		DecomposeOptions options = DecomposeOptions.defaults();
		for (final String key : KEYS) {
			if (!OURS.contains(key) && values.containsKey(key)) options = options.with(key, values.get(key));
		}
		return new DecomposeRequest(options, path("model", values).filter(p -> !p.toString().equals(ModelInfo.BUILT_IN)), path("output", values), new SliceChoice(values.getOrDefault("slices", "")), yes("reuse", values));
	}

	/**
	 * The keys and values of a macro's options; a flag that stands there alone is true.
	 *
	 * @param options as ImageJ gives them, for example {@code layers=4 prompt=[two words] raw}; null for none
	 */
	static Map<String, String> macro(final String options) {
		final Map<String, String> values = new HashMap<>();
		if (options == null) return values;
		final List<String> words = List.of(options.replaceAll("\\[[^\\]]*\\]", "").strip().split("\\s+"));
		for (final String key : KEYS) {
			final String value = Macro.getValue(options, key, null);
			if (value != null) values.put(key, value);
			else if (FLAGS.contains(key) && words.contains(key)) values.put(key, "true");
		}
		return values;
	}

	/**
	 * Looks for what {@link #macro} would pass over: a misspelt option must not give the layers of another one.
	 *
	 * @param options as ImageJ gives them; null for none
	 * @throws InvalidOptionException if there is a key that is not among the {@link #KEYS}, or a word without one
	 */
	static void check(final String options) {
		String text = options == null ? "" : options;
		for (String outer = ""; !outer.equals(text);) {
			outer = text;
			text = text.replaceAll("\\[[^\\[\\]]*\\]", "");
		}
		for (final String word : text.strip().split("\\s+")) {
			final String key = word.replaceFirst("=.*", "");
			// Fiji's recorder may name the image, which is the current one anyway.
			if (word.isEmpty() || key.equals("image") || FLAGS.contains(word)) continue;
			if (!word.contains("=")) throw new InvalidOptionException("", "The options of Decompose... are written key=value or key=[several words], but " + word
				+ " has no value.");
			if (!KEYS.contains(key)) throw new InvalidOptionException(key, "Decompose... has no option " + key + "; there are " + String.join(", ", KEYS) + ".");
		}
	}

	private static boolean yes(final String key, final Map<String, String> values) {
		final String value = values.getOrDefault(key, "").strip();
		if (!value.isEmpty() && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) throw new InvalidOptionException(key, "The option " + key
			+ " must be true or false, not " + value + ".");
		return value.equalsIgnoreCase("true");
	}

	private static Optional<Path> path(final String key, final Map<String, String> values) {
		final String text = values.getOrDefault(key, "").strip();
		try {
			return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException(key, "The option " + key + " must be a folder, not " + text + ".");
		}
	}
}
