package org.layerj.torch;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds another PyTorch in this process. Of two, the second fails: its libraries are joined to those of the first by
 * their names, miss symbols there, or register themselves twice, which ends the JVM. So it has to be known before ours
 * is loaded.
 */
final class LoadedTorch {

	private static final Pattern NAME = Pattern
		.compile("(lib)?(torch|torch_cpu|torch_cuda|torch_python|c10|c10_cuda)(\\.so(\\.\\d+)*|\\.dylib|\\.dll)");
	private static final int PATH = 32_768;

	private LoadedTorch() {}

	/** The files of PyTorch that this process has loaded; none if the system does not tell. */
	static List<Path> files() {
		final String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		try {
			final Stream<String> loaded = system.contains("linux") ? linux()
				: system.contains("mac") ? mac() : system.contains("windows") ? windows() : Stream.empty();
			return loaded.distinct()
				.filter(f -> NAME.matcher(Path.of(f).getFileName().toString()).matches())
				.map(Path::of)
				.toList();
		}
		catch (IOException | LinkageError | RuntimeException e) {
			return List.of();
		}
	}

	/**
	 * A message about the PyTorch that is in the way; empty if there is none.
	 *
	 * @param files what is loaded
	 * @param ours folders that ours may come from
	 */
	static Optional<String> inTheWay(final List<Path> files, final List<Path> ours) {
		final List<Path> folders = ours.stream().map(LoadedTorch::real).toList();
		return files.stream()
			.filter(f -> !folders.contains(real(f).getParent()))
			.findFirst()
			.map(f -> "PyTorch could not be started, because another one is in this program already: " + f + owner(f)
				+ "; there can be only one, so restart the program and run Decompose Layers without the " + "other.");
	}

	/** By whom, as far as the folder tells. */
	private static String owner(final Path file) {
		final String path = file.toString().replace('\\', '/');
		if (path.contains("/engines/")) return ", loaded by deepImageJ or another plugin that uses JDLL";
		if (path.contains("/site-packages/") || path.contains("/dist-packages/")) return ", loaded by Python";
		return path.contains("/.djl.ai/") ? ", loaded by another plugin that uses DJL" : "";
	}

	private static Path real(final Path path) {
		try {
			return path.toRealPath();
		}
		catch (final IOException e) {
			return path.toAbsolutePath().normalize();
		}
	}

	/** The last column of the process's memory map; what has been deleted meanwhile is marked so. */
	private static Stream<String> linux() throws IOException {
		return Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
			.lines()
			.filter(l -> l.indexOf('/') > 0)
			.map(l -> new String(l.substring(l.indexOf('/')).getBytes(StandardCharsets.ISO_8859_1),
				StandardCharsets.UTF_8).replaceFirst(" \\(deleted\\)$", ""));
	}

	private static Stream<String> mac() {
		final NativeLibrary system = NativeLibrary.getProcess();
		final List<String> files = new ArrayList<>();
		final int count = system.getFunction("_dyld_image_count").invokeInt(new Object[0]);
		for (int i = 0; i < count; i++)
			files.add(system.getFunction("_dyld_get_image_name").invokeString(new Object[] { i }, false));
		return files.stream();
	}

	private static Stream<String> windows() {
		final NativeLibrary kernel = NativeLibrary.getInstance("kernel32");
		final List<String> files = new ArrayList<>();
		for (final String name : List.of("torch.dll", "torch_cpu.dll", "torch_cuda.dll", "torch_python.dll", "c10.dll",
			"c10_cuda.dll"))
		{
			final Pointer module =
				kernel.getFunction("GetModuleHandleW").invokePointer(new Object[] { new WString(name) });
			if (module == null) continue;
			final char[] file = new char[PATH];
			final int length = kernel.getFunction("GetModuleFileNameW").invokeInt(new Object[] { module, file, PATH });
			files.add(new String(file, 0, length));
		}
		return files.stream();
	}
}
