package org.layerj.decompose;

import java.nio.file.Path;
import java.util.Optional;

/** Opens models. What the user interfaces are given, so that tests can give them a model that costs nothing. */
@FunctionalInterface
public interface DecomposerFactory {

	/**
	 * Opens a model; reads headers, loads no weights.
	 *
	 * @param folder a model folder, or a file in one, or empty for the built-in model
	 * @param tokenizer a folder with a tokenizer, for single files that bring none
	 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:n}
	 * @throws RuntimeException with one sentence for the user if there is no usable model or no such device
	 */
	Decomposer open(Optional<Path> folder, Optional<Path> tokenizer, String device);
}
