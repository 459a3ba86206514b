package org.layerj.imagej;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.layerj.decompose.ModelInfo;
import org.layerj.remote.ServerAddress;

/**
 * What the dialog of <em>Decompose...</em> has to offer: models by name, and the fields that the chosen one takes.
 * Knows no windows.
 */
final class DecomposeFields {

	/** Those that few need. */
	static final List<String> ADVANCED =
		List.of("resolution", "steps", "guidance", "seed", "prompt", "negative", "tokenizer", "lora", "shift",
			"stepcache", "device", "isolation", "output", "raw", "elements", "rescale", "hints");
	/** Those that only stacks have. */
	static final List<String> STACK = List.of("slices", "reuse");

	/** Those that the built-in default knows as well. */
	private static final Set<String> ANY_MODEL = Set.of("output", "raw", "elements", "hints");
	/** Those of models on this computer. */
	private static final Set<String> HERE = Set.of("lora", "shift", "stepcache");
	/** Those of models that read. */
	private static final Set<String> READERS = Set.of("prompt", "negative", "guidance", "rescale", "tokenizer");

	/** The choice behind which the field for a folder or an address appears. */
	static final String FOLDER = "a model folder or server:";

	/**
	 * A model to choose from.
	 *
	 * @param key what a macro would write
	 * @param label human-readable: its name and what it needs
	 */
	record Model(String key, String label) {}

	private DecomposeFields() {}

	/**
	 * The models there are on this computer, as far as is known.
	 *
	 * @param chosen what <em>Models and Devices...</em> has chosen; blank for nothing
	 */
	static List<Model> models(final String chosen) {
		final List<Model> models = new ArrayList<>();
		models.add(new Model(ModelInfo.BUILT_IN, "built-in: reads text, groups segments; any computer"));
		if (!chosen.isBlank() && models.stream().noneMatch(m -> m.key().equals(chosen)))
			models.add(new Model(chosen, name(chosen) + ": chosen in Models and Devices"));
		models.add(new Model("", FOLDER));
		return List.copyOf(models);
	}

	private static String name(final String folder) {
		if (ServerAddress.is(folder)) return folder;
		try {
			return Optional.ofNullable(Path.of(folder).getFileName())
				.filter(f -> Files.isDirectory(Path.of(folder)))
				.map(Path::toString)
				.orElse(folder);
		}
		catch (final InvalidPathException e) {
			return folder;
		}
	}

	/**
	 * Keys of the fields that are seen.
	 *
	 * @param keys those that the command has at all
	 * @param model empty as long as it is not known
	 * @param advanced whether those that few need are unfolded
	 * @param stack whether there is more than one slice
	 */
	static Set<String> visible(final List<String> keys, final Optional<ModelInfo> model, final boolean advanced,
		final boolean stack)
	{
		final Set<String> visible = new LinkedHashSet<>();
		for (final String key : keys) {
			if (ADVANCED.contains(key) ? advanced && model.filter(m -> !takes(m, key)).isEmpty()
				: stack || !STACK.contains(key)) visible.add(key);
		}
		return visible;
	}

	/** Whether an option means anything to a model. */
	static boolean takes(final ModelInfo model, final String key) {
		if (ANY_MODEL.contains(key)) return true;
		if (model.folder().equals(ModelInfo.BUILT_IN)) return false;
		// A server chooses its devices itself.
		if ((key.equals("device") || key.equals("isolation")) && ServerAddress.is(model.folder())) return false;
		if (HERE.contains(key)) return !ServerAddress.is(model.folder());
		if (READERS.contains(key)) return model.readsPrompts();
		return !key.equals("resolution") || model.resolutions().size() != 1;
	}

	/** What a field says besides its name: the model's default. */
	static String hint(final ModelInfo model, final String key) {
		return switch (key) {
			case "resolution" -> model.resolutions().isEmpty() ? String.valueOf(model.defaults().resolution())
				: String.join(" or ", model.resolutions().stream().map(String::valueOf).toList());
			case "steps" -> String.valueOf(model.defaults().steps());
			case "guidance" -> String.valueOf(model.defaults().guidance());
			case "seed" -> String.valueOf(model.defaults().seed());
			default -> "";
		};
	}
}
