package org.layerj.decompose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.layerj.checkpoint.ModelFiles;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/**
	 * See {@link DecomposerFactory#open}; in the place of a folder, {@value ClassicalDecomposer#NAME} is the classical method.
	 *
	 * @throws InvalidOptionException if the classical method is asked for on a graphics card, too
	 */
	public static Decomposer open(final Optional<Path> folder, final String device) {
		return classical(folder, device).orElseGet(() -> ModelDecomposer.open(files(folder), device));
	}

	/**
	 * The same, to ask for {@link Decomposer#model} and {@link Decomposer#forecast} only: does not start PyTorch, so that a dialog can tell at once what a run will
	 * roughly cost.
	 */
	public static Decomposer outline(final Optional<Path> folder, final String device) {
		return classical(folder, device).orElseGet(() -> ModelDecomposer.outline(files(folder), device));
	}

	private static Optional<Decomposer> classical(final Optional<Path> folder, final String device) {
		if (folder.filter(f -> f.toString().equals(ClassicalDecomposer.NAME) && !Files.isDirectory(f)).isPresent()) {
			ClassicalDecomposer.refusal(device).ifPresent(sentence -> {
				throw new InvalidOptionException("device", sentence);
			});
			return Optional.of(new ClassicalDecomposer());
		}
		return Optional.empty();
	}

	private static ModelFiles files(final Optional<Path> folder) {
		return folder.map(ModelFiles::folder).orElseGet(ModelFiles::builtIn);
	}
}
