package org.layerj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelReport;

/** The command line with a model in a process of its own. */
class IsolatedRunTest {

	@TempDir
	Path dir;

	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int run(final String isolation, final Path picture) {
		final PrintStream quiet = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
		return new Main(Decomposers::open, ModelReport::of, quiet, new PrintStream(err, true, StandardCharsets.UTF_8),
			false).run(picture.toString(), "--isolation", isolation, "--output", dir.resolve("out").toString());
	}

	@Test
	void aPictureIsDecomposedInAnotherProcess() throws IOException {
		final Path picture = dir.resolve("p.png");
		ImageIO.write(new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
		assertEquals(Main.OK, run("process:600m:1", picture), err::toString);
		assertTrue(Files.exists(dir.resolve("out/layers.json")));
		assertEquals(Main.USAGE, run("thread", picture));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("The option isolation must be none, process,"),
			err::toString);
	}
}
