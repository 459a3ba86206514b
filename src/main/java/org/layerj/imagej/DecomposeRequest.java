package org.layerj.imagej;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.layerj.common.LocaleNames;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.child.Isolation;
import org.layerj.imagej.macro.Option;
import org.layerj.io.Repeat;

/**
 * What a dialog or a macro asks for, read from text so that all entries accept the same and complain in the same words.
 *
 * @param options for the model
 * @param model which model
 * @param isolation whether it runs in a process of its own
 * @param output where to write the result as a folder as well; empty for nowhere
 * @param slices which slices of a stack
 * @param reuse whether the masks found on the first of them are used for all
 * @param hints what the user knows of the layers
 * @param like the run that is repeated
 */
record DecomposeRequest(DecomposeOptions options, ModelName model, Isolation isolation, Optional<Path> output,
	SliceChoice slices, boolean reuse, Hints hints, Repeat like)
{

	private static final String LIKE = "like";
	private static final String HINTS = "hints";

	/** What {@link #parse} reads: public API, since macros use it. Empty is the model's default. */
	static final List<Option> OPTIONS = List.of(Option.text("layers", DecomposeOptions.AUTO),
		Option.text("resolution", ""), Option.text("steps", ""), Option.text("guidance", ""), Option.text("seed", ""),
		Option.text("prompt", ""), Option.text("negative", ""), Option.text("model", ModelInfo.BUILT_IN),
		Option.text("tokenizer", ""), Option.text("device", DecomposeOptions.AUTO), Option.text("isolation", "none"),
		Option.text("output", ""), Option.flag("raw"), Option.text("rescale", "true"), Option.text("lora", ""),
		Option.text("shift", DecomposeOptions.AUTO), Option.text("stepcache", "0"), Option.flag("elements"),
		Option.text("slices", "current"), Option.flag("reuse"), Option.choice(HINTS, "none", "manager", "overlay"),
		Option.text(LIKE, ""));
	/** The keys of these. */
	static final List<String> KEYS = OPTIONS.stream().map(Option::key).toList();
	/** Those of them that a dialog asks for. */
	static final List<String> FIELDS = KEYS.stream().filter(k -> !k.equals(LIKE)).toList();
	/** Those that are not about the model's run. */
	private static final Set<String> OURS =
		Set.of("model", "tokenizer", "lora", "isolation", "output", "slices", "reuse", HINTS, LIKE);

	/**
	 * @param values text for any of the {@link #KEYS}; blank or missing is the default, which never depends on what has
	 * been {@linkplain ModelChoice chosen} on this computer
	 * @throws InvalidOptionException if one of them cannot work
	 */
	static DecomposeRequest parse(final Map<String, String> values) {
		DecomposeOptions options = DecomposeOptions.defaults();
		for (final String key : KEYS) {
			if (!OURS.contains(key) && values.containsKey(key)) options = options.with(key, values.get(key));
		}
		return new DecomposeRequest(options,
			ModelName.of(values.getOrDefault("model", ""))
				.withTokenizer(path("tokenizer", values))
				.withLora(values.getOrDefault("lora", "")),
			Isolation.of(values.getOrDefault("isolation", "")), path("output", values),
			new SliceChoice(values.getOrDefault("slices", "")), yes("reuse", values), hints(values),
			path(LIKE, values).map(Repeat::of).orElse(Repeat.NONE));
	}

	/**
	 * What was asked for, with the options of the run that {@code like} names where nothing else is said.
	 *
	 * @throws InvalidOptionException if it names no record of a run
	 */
	static Map<String, String> repeated(final Map<String, String> given) {
		final Map<String, String> all =
			new LinkedHashMap<>(path(LIKE, given).map(Repeat::of).orElse(Repeat.NONE).options());
		given.forEach((key, value) -> {
			if (!value.isBlank() || !all.containsKey(key)) all.put(key, value);
		});
		return all;
	}

	private static boolean yes(final String key, final Map<String, String> values) {
		final String value = values.getOrDefault(key, "").strip();
		if (!value.isEmpty() && !value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false"))
			throw new InvalidOptionException(key, "The option " + key + " must be true or false, not " + value + ".");
		return value.equalsIgnoreCase("true");
	}

	private static Hints hints(final Map<String, String> values) {
		final String value = values.getOrDefault(HINTS, "").strip();
		for (final Hints hints : Hints.values()) if (hints.name().equalsIgnoreCase(value)) return hints;
		if (value.isEmpty()) return Hints.NONE;
		throw new InvalidOptionException(HINTS,
			"The option hints must be none, manager or overlay, not " + value + ".");
	}

	private static Optional<Path> path(final String key, final Map<String, String> values) {
		final String text = values.getOrDefault(key, "").strip();
		try {
			return text.isEmpty() ? Optional.empty() : Optional.of(Path.of(text));
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException(key,
				LocaleNames.unreadable(text).orElse("The option " + key + " must be a folder, not " + text + "."));
		}
	}
}
