package org.layerj.install;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.layerj.Jvm;

/**
 * Java in a process of its own, for what can be tried only once per process, or may end it.
 *
 * @param status exit status
 * @param output all that was printed, errors too
 */
public record Child(int status, String output) {

	/**
	 * Runs a class.
	 *
	 * @param flags of Java, without the class path
	 * @param arguments the class and what it is given
	 */
	public static Child run(final List<Path> classPath, final List<String> flags, final Path log,
		final String... arguments) throws IOException, InterruptedException
	{
		final List<String> command = Jvm.command("-Xmx512m", "-Djava.awt.headless=true");
		command.addAll(flags);
		command
			.addAll(List.of("-cp", String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList())));
		command.addAll(List.of(arguments));
		final ProcessBuilder builder =
			new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		// The tests' own choice of a PyTorch is not what is tried here.
		builder.environment()
			.keySet()
			.removeAll(List.of("PYTORCH_LIBRARY_PATH", "PYTORCH_VERSION", "PYTORCH_FLAVOR", "DJL_CACHE_DIR",
				"JAVA_TOOL_OPTIONS"));
		final Process process = builder.start();
		if (!process.waitFor(5, TimeUnit.MINUTES)) process.destroyForcibly().waitFor();
		return new Child(process.exitValue(), Files.readString(log));
	}

	/** The class path of the tests. */
	public static List<Path> classPath() {
		return Stream.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
			.split(File.pathSeparator)).map(Path::of).toList();
	}

	/** The jars of a folder, by artifact: file names without versions. */
	public static Map<String, Path> jars(final Path folder) throws IOException {
		try (Stream<Path> all = Files.list(folder)) {
			return byArtifact(all.filter(f -> f.toString().endsWith(".jar")).toList());
		}
	}

	/** The same, of any files. */
	public static Map<String, Path> byArtifact(final List<Path> jars) {
		final Map<String, Path> named = new java.util.TreeMap<>();
		for (final Path jar : jars) named.put(jar.getFileName().toString().replaceFirst("-\\d.*", ""), jar);
		return named;
	}
}
