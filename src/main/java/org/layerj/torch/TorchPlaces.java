package org.layerj.torch;

import ai.djl.util.Utils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Where a PyTorch may be on this computer.
 *
 * @param named the folder that the user has named; empty if none
 * @param cache DJL's, with a folder for each version
 * @param environments folders of Python and conda environments, the active ones first
 * @param packages folders with Python packages besides those of the environments
 * @param system where the system itself keeps CUDA's libraries
 */
record TorchPlaces(Optional<Path> named, Path cache, List<Path> environments, List<Path> packages, List<Path> system) {

	private static final boolean WINDOWS =
		System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("windows");

	/** Those of this computer. */
	static TorchPlaces here() {
		return of(
			// A process that this program has started gets it by a property.
			key -> key.equals("PYTORCH_LIBRARY_PATH") ? Utils.getEnvOrSystemProperty(key) : System.getenv(key),
			CudaLoading.named(), Utils.getEngineCacheDir("pytorch").toAbsolutePath(),
			Path.of(System.getProperty("user.home", ".")));
	}

	/**
	 * @param variable the value of an environment variable, null if it has none
	 * @param chosen the folder that the user has chosen; blank if none
	 */
	static TorchPlaces of(final UnaryOperator<String> variable, final String chosen, final Path cache,
		final Path home)
	{
		final Optional<Path> named = path(chosen).or(() -> Optional.ofNullable(variable.apply("PYTORCH_LIBRARY_PATH"))
			.flatMap(p -> Stream.of(p.split(File.pathSeparator)).flatMap(f -> path(f).stream()).findFirst()));
		final Set<Path> environments = new LinkedHashSet<>();
		for (final String active : List.of("VIRTUAL_ENV", "CONDA_PREFIX"))
			path(variable.apply(active)).ifPresent(environments::add);
		for (final String folder : Optional.ofNullable(variable.apply("PATH")).orElse("").split(File.pathSeparator))
			path(folder).filter(TorchPlaces::hasPython).ifPresent(bin -> {
				environments.add(WINDOWS ? bin : bin.toAbsolutePath().normalize().getParent());
			});
		final List<Path> system = new ArrayList<>();
		for (final String folder : Optional.ofNullable(variable.apply("LD_LIBRARY_PATH"))
			.orElse("")
			.split(File.pathSeparator)) path(folder).ifPresent(system::add);
		for (final String folder : List.of("/usr/local/cuda/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib64"))
			system.add(Path.of(folder));
		return new TorchPlaces(named, cache, List.copyOf(environments), List.of(home.resolve(".local")),
			List.copyOf(system));
	}

	private static Optional<Path> path(final String text) {
		try {
			return text == null || text.isBlank() ? Optional.empty() : Optional.of(Path.of(text.strip()));
		}
		catch (final InvalidPathException e) {
			return Optional.empty();
		}
	}

	private static boolean hasPython(final Path bin) {
		return Stream.of("python", "python3", "python.exe").anyMatch(p -> Files.exists(bin.resolve(p)));
	}

	/** The folders {@code torch} of Python's packages in an environment. */
	static List<Path> packages(final Path environment) {
		final List<Path> found = new ArrayList<>();
		final List<Path> sites = new ArrayList<>(List.of(environment.resolve("Lib/site-packages")));
		for (final String lib : List.of("lib", "lib64")) {
			if (!Files.isDirectory(environment.resolve(lib))) continue;
			try (Stream<Path> all = Files.list(environment.resolve(lib))) {
				all.filter(p -> p.getFileName().toString().matches("python3[.0-9]*")).sorted().forEach(p -> {
					sites.add(p.resolve("site-packages"));
					sites.add(p.resolve("dist-packages"));
				});
			}
			catch (final IOException e) {
				// Not readable.
			}
		}
		for (final Path site : sites) {
			final Path torch = site.resolve("torch");
			if (Files.isDirectory(torch) && found.stream().noneMatch(f -> same(f, torch))) found.add(torch);
		}
		return found;
	}

	/** Whether two paths lead to the same folder: {@code lib64} is mostly a link to {@code lib}. */
	static boolean same(final Path a, final Path b) {
		try {
			return Files.isSameFile(a, b);
		}
		catch (final IOException e) {
			return a.equals(b);
		}
	}
}
