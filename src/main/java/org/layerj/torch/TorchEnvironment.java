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

	/** What DJL heeds first: folders with a PyTorch. */
	static final String PATH = "PYTORCH_LIBRARY_PATH";
	private static final String VERSION = "PYTORCH_VERSION";

	private TorchEnvironment() {}

	/**
	 * Why PyTorch could not be started, and what to do; nothing if the variables are not in the way.
	 *
	 * @param setting the value of a variable, null if it has none
	 */
	static Optional<String> problem(final Function<String, String> setting) {
		final String path = Optional.ofNullable(setting.apply(PATH)).orElse("").strip();
		return path.isEmpty() || Arrays.stream(path.split(File.pathSeparator)).anyMatch(TorchEnvironment::hasTorch)
			? Optional.empty() : Optional.of(PATH + " is " + path + ", where there is no "
				+ System.mapLibraryName("torch") + "; let it name the folder lib of a PyTorch, or unset it.");
	}

	/**
	 * Whether DJL would fetch another version than the one that is installed with this program: images with a PyTorch
	 * of their own set {@code PYTORCH_VERSION}.
	 *
	 * @param setting the value of a variable, null if it has none
	 * @param bundled the version that is installed with this program
	 */
	static boolean asksForAnotherVersion(final Function<String, String> setting, final String bundled) {
		return !bundled.startsWith(Optional.ofNullable(setting.apply(VERSION)).orElse("").strip());
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
