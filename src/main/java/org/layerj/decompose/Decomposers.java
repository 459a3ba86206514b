package org.layerj.decompose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.layerj.checkpoint.ModelFiles;

/** Opens models. */
public final class Decomposers {

	private Decomposers() {}

	/** What there is to check of something that has no files: a sentence; nothing for models that have some. */
	public static Optional<String> withoutFiles(final Optional<Path> folder) {
		return isClassical(folder) ? Optional.of("classical: the method without a network; it needs no model folder, no PyTorch and no graphics card, and works on any computer.")
			: Optional.empty();
	}

	private static boolean isClassical(final Optional<Path> folder) {
		return folder.filter(f -> f.toString().equals(ClassicalDecomposer.NAME) && !Files.isDirectory(f)).isPresent();
	}

	/**
	 * See {@link DecomposerFactory#open}; in the place of a folder, {@value ClassicalDecomposer#NAME} is the classical method.
	 *
	 * @throws InvalidOptionException if the classical method is asked for on a graphics card, too
	 */
	public static Decomposer open(final Optional<Path> folder, final String device) {
		if (isClassical(folder)) {
			ClassicalDecomposer.refusal(device).ifPresent(sentence -> {
				throw new InvalidOptionException("device", sentence);
			});
			return new ClassicalDecomposer();
		}
		return ModelDecomposer.open(folder.map(ModelFiles::folder).orElseGet(ModelFiles::builtIn), device);
	}
}
