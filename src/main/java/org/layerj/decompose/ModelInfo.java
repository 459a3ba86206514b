package org.layerj.decompose;

import java.util.List;
import java.util.Set;

/**
 * What a user, a dialog or a record needs to know of a model.
 *
 * @param name short human-readable name
 * @param folder the model folder or the server's address as given, or {@code built-in}
 * @param hash identifies the weights and configuration; the same for the same files, wherever they lie; empty if they
 * are on a server, which does not say
 * @param defaults the value of every option that the user leaves open
 * @param readsPrompts whether prompts have any effect
 * @param maxLayers largest number of layers the model can be asked for
 * @param resolutions the resolutions it was made for, in rising order; empty if it takes any
 */
public record ModelInfo(String name, String folder, String hash, Settings defaults, boolean readsPrompts, int maxLayers,
	List<Integer> resolutions)
{

	/** The {@link #folder} of the model inside the jar. */
	public static final String BUILT_IN = "built-in";

	public ModelInfo {
		resolutions = List.copyOf(resolutions);
	}

	/**
	 * The options with this model's defaults filled in.
	 *
	 * @param options what the user asks for
	 * @return a value for every option
	 * @throws InvalidOptionException if the model cannot do what is asked
	 */
	public Settings settings(final DecomposeOptions options) {
		final Settings all =
			new Settings(options.layers().orElse(defaults.layers()), options.resolution().orElse(defaults.resolution()),
				options.steps().orElse(defaults.steps()), options.guidance().orElse(defaults.guidance()),
				options.seed().orElse(defaults.seed()), options.prompt().orElse(defaults.prompt()),
				options.negative().orElse(defaults.negative()), options.device(), options.raw(), options.rescale(),
				options.layers().isEmpty(), options.shift().orElse(0), options.stepcache(), options.elements());
		if (all.layers() > maxLayers) throw new InvalidOptionException("layers",
			"The model " + name + " makes at most " + maxLayers + " layers, not " + all.layers() + ".");
		if (!resolutions.isEmpty() && !resolutions.contains(all.resolution()))
			throw new InvalidOptionException("resolution",
				"The model " + name + " works at resolution "
					+ String.join(" or ", resolutions.stream().map(String::valueOf).toList()) + ", not "
					+ all.resolution() + ".");
		return all;
	}

	/** How records of provenance name the model that generated pixels. */
	Set<String> generators() {
		return Set.of(RunRecord.by(name, hash));
	}
}
