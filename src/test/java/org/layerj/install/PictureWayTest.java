package org.layerj.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a picture from an entry to files, as {@link PictureWay} records it: at most 14 steps (23 from the command
 * line before there were {@code Task} and {@code ReadText}). A package is entered once. Whoever makes the way longer
 * needs a reason.
 */
class PictureWayTest {

	private static final List<String> DECOMPOSED = List.of("decompose Task.run", "segment SegmentProposal.of",
		"text ReadText.of", "layers.edit SubpixelText.colour", "refine Refinement.of", "exact ExactRecomposition.of",
		"provenance Provenance.seal", "elements ElementFinder.of", "elements ElementsJson.of");

	@TempDir
	Path dir;

	@Test
	void theWayIsAsRecorded() throws IOException, InterruptedException {
		final BufferedImage picture = new BufferedImage(120, 80, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = picture.createGraphics();
		g.setColor(Color.WHITE);
		g.fillRect(0, 0, 120, 80);
		g.setColor(new Color(0x3060c0));
		g.fillRect(10, 30, 60, 40);
		g.setColor(Color.BLACK);
		g.drawString("Words", 20, 20);
		g.dispose();
		final Path file = dir.resolve("picture.png");
		ImageIO.write(picture, "png", file.toFile());
		final Child child = Child.run(Child.classPath(), List.of(), dir.resolve("log"), PictureWay.class.getName(),
			file.toString(), dir.toString());
		assertEquals(0, child.status(), child::output);
		assertTrue(Files.exists(dir.resolve("plugin/layers.json")), child::output);
		assertTrue(Files.exists(dir.resolve("cli/layers.json")), child::output);
		assertEquals(
			way(List.of("cluster PictureRun.run"),
				List.of("io LayerFolder.write", "tracking Fingerprints.text", "imagej HyperstackTiff.write")),
			recorded("cli"));
		// By the plugin; a window is no file that would know what it is, and its hyperstack has to say so too.
		assertEquals(way(List.of(),
			List.of("tracking Fingerprints.text", "io Source.ofPixels", "io Source.origin", "io LayerFolder.write")),
			recorded("plugin"));
		for (final String entry : List.of("cli", "plugin")) {
			assertNoneIsEnteredTwice(recorded(entry));
			assertTrue(recorded(entry).size() <= 14);
		}
	}

	private static void assertNoneIsEnteredTwice(final List<String> way) {
		final List<String> packages = new ArrayList<>();
		for (final String step : way) {
			final String name = step.split(" ")[0];
			if (packages.isEmpty() || !packages.get(packages.size() - 1).equals(name)) packages.add(name);
		}
		assertEquals(List.copyOf(new LinkedHashSet<>(packages)), packages);
	}

	/** The way with what both entries have in common. */
	private static List<String> way(final List<String> before, final List<String> after) {
		return Stream.of(before, DECOMPOSED, after).flatMap(List::stream).toList();
	}

	private List<String> recorded(final String entry) throws IOException {
		return Files.readAllLines(dir.resolve(entry + ".txt"));
	}
}
