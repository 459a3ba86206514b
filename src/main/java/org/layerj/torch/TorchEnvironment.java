package org.layerj.torch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What environment variables of PyTorch say that DJL would heed without a word: a folder without a PyTorch it
 * overlooks, and another version than ours it would fetch, which it may not.
 */
final class TorchEnvironment {

	/** What DJL heeds first: folders with a PyTorch. */
	static final String PATH = "PYTORCH_LIBRARY_PATH";
	private static final List<String> LIBRARIES = List.of("c10", "torch_cpu", "torch");
	private static final String VERSION = "PYTORCH_VERSION";

	private TorchEnvironment() {}

	/**
	 * Why PyTorch could not be started, and what to do; nothing if the variables are not in the way.
	 *
	 * @param setting the value of a variable, null if it has none
	 */
	static Optional<String> problem(final Function<String, String> setting) {
		final String path = Optional.ofNullable(setting.apply(PATH)).orElse("").strip();
		if (path.isEmpty()) return Optional.empty();
		final Optional<Path> folder = Arrays.stream(path.split(File.pathSeparator))
			.flatMap(f -> folder(f).stream())
			.filter(f -> Files.isRegularFile(library(f, "torch")))
			.findFirst();
		if (folder.isEmpty()) return Optional.of(PATH + " is " + path + ", where there is no "
			+ System.mapLibraryName("torch") + "; let it name the folder lib of a PyTorch, or unset it.");
		return damage(folder.get())
			.map(what -> PATH + " is " + path + ", where " + what + "; install that PyTorch again, or unset it.");
	}

	private static Path library(final Path folder, final String name) {
		return folder.resolve(System.mapLibraryName(name));
	}

	/** What of the libraries is missing or not whole, which would end the JVM; on Linux, whose format is known. */
	private static Optional<String> damage(final Path folder) {
		for (final String name : LIBRARIES) {
			final Path file = library(folder, name);
			if (!Files.isRegularFile(file)) return Optional.of("there is no " + file.getFileName());
			try {
				if (System.getProperty("os.name", "").equals("Linux")) ElfFile.needed(file);
			}
			catch (final IOException e) {
				return Optional.of(file.getFileName() + " is damaged or incomplete");
			}
		}
		return Optional.empty();
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

	/** The folder that is named, itself or by its library. */
	private static Optional<Path> folder(final String named) {
		try {
			final Path path = Path.of(named).toAbsolutePath();
			final boolean file = Files.isRegularFile(path) && path.endsWith(System.mapLibraryName("torch"));
			return Optional.of(file ? path.getParent() : path);
		}
		catch (final InvalidPathException e) {
			return Optional.empty();
		}
	}
}
