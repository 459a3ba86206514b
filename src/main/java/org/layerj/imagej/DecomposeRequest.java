package org.layerj.imagej;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelInfo;

/**
 * What a dialog or a macro asks for, read from text so that all entries accept the same and complain in the same words.
 *
 * @param options for the model
 * @param model model folder; empty for the built-in one
 * @param output where to write the result as a folder as well; empty for nowhere
 */
record DecomposeRequest(DecomposeOptions options, Optional<Path> model, Optional<Path> output) {

	/** The keys of {@link #parse}: public API, since macros use them. */
	static final List<String> KEYS = List.of("layers", "resolution", "steps", "guidance", "seed", "prompt", "negative", "model", "device", "output", "raw");

	/**
	 * @param values text for any of the {@link #KEYS}; blank or missing is the default
	 * @throws InvalidOptionException if one of them cannot work
	 */
	static DecomposeRequest parse(final Map<String, String> values) {
		DecomposeOptions options = DecomposeOptions.defaults();
		for (final String key : KEYS) {
			if (!key.equals("model") && !key.equals("output") && values.containsKey(key)) options = options.with(key, values.get(key));
		}
		return new DecomposeRequest(options, path("model", values).filter(p -> !p.toString().equals(ModelInfo.BUILT_IN)), path("output", values));
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
