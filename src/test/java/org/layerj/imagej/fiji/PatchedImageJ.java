package org.layerj.imagej.fiji;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.imagej.patcher.LegacyInjector;
import org.layerj.Jvm;

/**
 * A JVM in which ImageJ is patched as in Fiji, and then a program is run. {@code main} is what happens in that JVM; the
 * other methods start it. Mentions no class of ImageJ, which would be loaded unpatched.
 */
public final class PatchedImageJ {

	private static final int MINUTES = 40;

	private PatchedImageJ() {}

	/** First the class that has the program's {@code main}, then its arguments. */
	public static void main(final String[] args) throws Exception {
		LegacyInjector.preinit();
		try {
			Class.forName(args[0])
				.getMethod("main", String[].class)
				.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
			System.exit(0);
		}
		catch (final Throwable t) {
			t.printStackTrace(System.out);
			System.exit(1);
		}
	}

	/**
	 * Runs a program without a screen.
	 *
	 * @param jvm options for the JVM
	 * @return what it printed
	 * @throws AssertionError with that, if the program failed
	 */
	static String headless(final Class<?> program, final List<String> jvm, final String... args)
		throws IOException, InterruptedException
	{
		final List<String> all = new ArrayList<>(jvm);
		all.add("-Djava.awt.headless=true");
		return run(program, all, Optional.empty(), args);
	}

	/**
	 * Runs a program on a screen of its own, so that the user's mouse does not move.
	 *
	 * @return what it printed; empty where there is no {@code Xvfb}
	 */
	static Optional<String> onScreen(final Class<?> program, final String... args)
		throws IOException, InterruptedException
	{
		if (Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.noneMatch(p -> Files.isExecutable(Path.of(p, "Xvfb")))) return Optional.empty();
		final Process screen =
			new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1400x900x24", "-nolisten", "tcp")
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
		try (BufferedReader number = screen.inputReader()) {
			final String display = number.readLine();
			return display == null ? Optional.empty() : Optional
				.of(run(program, List.of("-Djava.awt.headless=false"), Optional.of(":" + display.strip()), args));
		}
		finally {
			screen.destroy();
		}
	}

	private static String run(final Class<?> program, final List<String> jvm, final Optional<String> display,
		final String... args) throws IOException, InterruptedException
	{
		final Path log = Files.createTempFile("patched", ".txt");
		try {
			final List<String> command =
				Jvm.command("-Xmx400m", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-cp", classPath());
			command.addAll(jvm);
			command.addAll(List.of(PatchedImageJ.class.getName(), program.getName()));
			command.addAll(List.of(args));
			final ProcessBuilder builder =
				new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
			// With an arena per thread glibc keeps freed memory in steps of up to 200 MB, and MemoryRun could not tell
			// that from a leak.
			builder.environment().put("MALLOC_ARENA_MAX", "1");
			display.ifPresent(d -> builder.environment().put("DISPLAY", d));
			final Process process = builder.start();
			final boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
			process.destroyForcibly().waitFor();
			final String reported = Files.readString(log);
			if (!ended || process.exitValue() != 0)
				throw new AssertionError((ended ? "" : "still running after " + MINUTES + " minutes\n") + reported);
			return reported;
		}
		finally {
			Files.delete(log);
		}
	}

	/** The class path of the tests; Maven's exec plugin runs programs in a class loader of its own. */
	private static String classPath() {
		if (!(PatchedImageJ.class.getClassLoader() instanceof URLClassLoader loader))
			return System.getProperty("java.class.path");
		return Stream.of(loader.getURLs())
			.map(url -> new File(URI.create(url.toString())).getPath())
			.collect(Collectors.joining(File.pathSeparator));
	}
}
