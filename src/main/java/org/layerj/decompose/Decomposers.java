package org.layerj.decompose;

import java.nio.file.Path;
import java.util.Optional;
import org.layerj.checkpoint.ModelFiles;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/** See {@link DecomposerFactory#open}. */
	public static Decomposer open(final Optional<Path> folder, final String device) {
		return ModelDecomposer.open(folder.map(ModelFiles::folder).orElseGet(ModelFiles::builtIn), device);
	}
}
