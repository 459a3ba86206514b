package org.layerj.decompose;

import java.nio.file.Path;
import java.util.Optional;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/** See {@link DecomposerFactory#open}. */
	public static Decomposer open(final Optional<Path> folder, final String device) {
		throw new DecompositionException("This build has no model.");
	}
}
