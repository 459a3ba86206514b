package org.layerj.torch;

import java.nio.file.Path;
import java.util.List;

/**
 * A PyTorch that was found, and whether it can drive a graphics card here.
 *
 * @param folder with its libraries
 * @param source where it was found, human-readable
 * @param version for example {@code 2.7.1}; empty if unknown
 * @param problem why it cannot be used, as part of a sentence; empty if it can
 * @param before CUDA's libraries, in the order in which they have to be loaded before PyTorch's own
 */
public record CudaBuild(Path folder, String source, String version, String problem, List<Path> before) {

	public CudaBuild {
		before = List.copyOf(before);
	}

	/** Whether it can be used. */
	public boolean usable() {
		return problem.isEmpty();
	}

	/** One human-readable line. */
	@Override
	public String toString() {
		return (version.isEmpty() ? "a PyTorch" : "PyTorch " + version) + " of " + source + " (" + folder + ") "
			+ (usable() ? "can be used" : "is not used: " + problem);
	}
}
