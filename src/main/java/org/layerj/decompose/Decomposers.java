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
		if (folder.filter(f -> f.toString().equals(ClassicalDecomposer.NAME) && !Files.isDirectory(f)).isPresent()) {
			ClassicalDecomposer.refusal(device).ifPresent(sentence -> {
				throw new InvalidOptionException("device", sentence);
			});
			return new ClassicalDecomposer();
		}
		if (folder.filter(f -> f.toString().equals(SegmentDecomposer.NAME) && !Files.isDirectory(f)).isPresent()) {
			SegmentDecomposer.refusal(device).ifPresent(message -> {
				throw new InvalidOptionException("device", message);
			});
			return new SegmentDecomposer();
		}
		return ModelDecomposer.open(folder.map(ModelFiles::folder).orElseGet(ModelFiles::builtIn), device);
	}
}
