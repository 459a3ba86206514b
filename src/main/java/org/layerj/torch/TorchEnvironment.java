package org.layerj.torch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * What environment variables of PyTorch say that DJL would heed without a word: a folder without a PyTorch it
 * overlooks, and another version than ours it would fetch, which it may not.
 */
final class TorchEnvironment {

	private static final String PATH = "PYTORCH_LIBRARY_PATH", VERSION = "PYTORCH_VERSION";

	private TorchEnvironment() {}

	/**
	 * Why PyTorch could not be started, and what to do; nothing if the variables are not in the way.
	 *
	 * @param setting the value of a variable, null if it has none
	 * @param bundled the version that is installed with this program, empty if there is none
	 */
	static Optional<String> problem(final Function<String, String> setting, final Optional<String> bundled) {
		final String path = Optional.ofNullable(setting.apply(PATH)).orElse("").strip();
		if (!path.isEmpty()) return Arrays.stream(path.split(File.pathSeparator)).anyMatch(TorchEnvironment::hasTorch)
			? Optional.empty() : Optional.of(PATH + " is " + path + ", where there is no "
				+ System.mapLibraryName("torch") + "; let it name the folder lib of a PyTorch, or unset it.");
		final String version = Optional.ofNullable(setting.apply(VERSION)).orElse("").strip();
		if (version.isEmpty() || bundled.isEmpty() || bundled.get().startsWith(version)) return Optional.empty();
		return Optional.of(VERSION + " is " + version
			+ ", as images with a PyTorch of their own set it, and Decompose Layers brings PyTorch " + bundled.get()
			+ "; unset it for this program (env -u " + VERSION + " -u PYTORCH_FLAVOR …), or let " + PATH
			+ " name a PyTorch " + bundled.get() + ".");
	}

	private static boolean hasTorch(final String folder) {
		try {
			final Path path = Path.of(folder);
			final String library = System.mapLibraryName("torch");
			return Files.isRegularFile(path) ? path.getFileName().toString().equals(library)
				: Files.isRegularFile(path.resolve(library));
		}
		catch (final InvalidPathException e) {
			return false;
		}
	}
}
