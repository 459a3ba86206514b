package org.layerj.imagej.window;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.layerj.Jvm;

/** A screen of its own for programs that need one, so that the user's mouse does not move. */
public final class Screen {

	/** Exit code of a program that found no screen to work on. */
	public static final int NONE = 2;

	private Screen() {}

	/**
	 * Runs a program that must end well; skipped where there is no {@code Xvfb}, or where Java has no windows.
	 *
	 * @param log for what it says, in a folder that is its user's home: no user's settings are read or changed
	 * @param seconds that it may take
	 */
	public static void run(final Class<?> program, final Path log, final long seconds, final String... arguments)
		throws IOException, InterruptedException
	{
		run(1, program, log, seconds, arguments);
	}

	/**
	 * As {@link #run(Class, Path, long, String...)}, on a screen with finer pixels.
	 *
	 * @param scale pixels of the screen for one of Java's, as on a HiDPI display
	 */
	public static void run(final int scale, final Class<?> program, final Path log, final long seconds,
		final String... arguments) throws IOException, InterruptedException
	{
		assumeTrue(Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch(p -> Files.isExecutable(Path.of(p, "Xvfb"))), "no Xvfb");
		final Process screen =
			new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", 1400 * scale + "x" + 800 * scale + "x24",
				"-nolisten", "tcp").redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try (BufferedReader number = screen.inputReader()) {
			final String display = number.readLine();
			assumeTrue(display != null, "Xvfb does not start");
			final ProcessBuilder start =
				new ProcessBuilder(
					Stream
						.concat(
							Jvm.command("-Xmx512m", "-Dsun.java2d.uiScale=" + scale,
								"-Duser.home=" + log.toAbsolutePath().getParent(), "-cp",
								System.getProperty("java.class.path"), program.getName()).stream(),
							Stream.of(arguments))
						.toList())
					.redirectErrorStream(true)
					.redirectOutput(log.toFile());
			start.environment().put("DISPLAY", ":" + display.strip());
			final Process running = start.start();
			final boolean ended = running.waitFor(seconds, TimeUnit.SECONDS);
			running.destroyForcibly().waitFor();
			final String reported = Files.readString(log);
			assertTrue(ended, reported);
			assumeTrue(running.exitValue() != NONE, reported);
			assertEquals(0, running.exitValue(), reported);
		}
		finally {
			screen.destroy();
		}
	}
}
