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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link GuiWalk} on a screen of its own, so that nobody's mouse moves. Skipped where there is no {@code Xvfb}, or
 * where Java has no windows.
 */
class GuiWalkTest {

	@TempDir
	Path dir;

	@Test
	void aWalkThroughImageJ() throws IOException, InterruptedException {
		assumeTrue(Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
			.anyMatch(p -> Files.isExecutable(Path.of(p, "Xvfb"))), "no Xvfb");
		final Process screen =
			new ProcessBuilder("Xvfb", "-displayfd", "1", "-screen", "0", "1400x800x24", "-nolisten", "tcp")
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
		try (BufferedReader number = screen.inputReader()) {
			final String display = number.readLine();
			assumeTrue(display != null, "Xvfb does not start");
			final Path log = dir.resolve("walk.txt");
			final ProcessBuilder walk =
				new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
					"-cp", System.getProperty("java.class.path"), GuiWalk.class.getName(), "target/screenshots", "fast")
					.redirectErrorStream(true)
					.redirectOutput(log.toFile());
			walk.environment().put("DISPLAY", ":" + display.strip());
			final Process walker = walk.start();
			final boolean ended = walker.waitFor(120, TimeUnit.SECONDS);
			walker.destroyForcibly().waitFor();
			final String told = Files.readString(log);
			assertTrue(ended, told);
			assumeTrue(walker.exitValue() != GuiWalk.NO_SCREEN, told);
			assertEquals(0, walker.exitValue(), told);
		}
		finally {
			screen.destroy();
		}
	}
}
