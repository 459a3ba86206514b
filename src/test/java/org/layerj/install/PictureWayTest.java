package org.layerj.install;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way of a picture from an entry to files, as {@link PictureWay} records it: at most 14 steps (23 from the command
 * line before there were {@code Task} and {@code ReadText}). A package is entered once; the exceptions have a line each
 * below. Whoever makes the way longer needs a reason.
 */
class PictureWayTest {

	@TempDir
	Path dir;

	@Test
	void thePictureEntersEveryPackageOnce() throws IOException, InterruptedException {
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
		assertEquals(List.of("cluster PictureRun.run", //
			"decompose Task.run", //
			"segment SegmentProposal.of", //
			"text ReadText.of", //
			"refine Refinement.of", //
			"exact ExactRecomposition.of", //
			"provenance Provenance.seal", //
			"elements ElementFinder.of", //
			"io LayerFolder.write", //
			"tracking Fingerprints.text", //
			"imagej HyperstackTiff.write", //
			// Once to find them, once to write them with what shows to which layers they belong.
			"elements ElementsJson.of"), Files.readAllLines(dir.resolve("cli.txt")));
		assertEquals(List.of("decompose Task.run", //
			"segment SegmentProposal.of", //
			"text ReadText.of", //
			"refine Refinement.of", //
			"exact ExactRecomposition.of", //
			"provenance Provenance.seal", //
			"elements ElementFinder.of", //
			"tracking Fingerprints.text", //
			"elements ElementsJson.of", //
			// A window is no file that would know what it is, and its hyperstack has to say so too.
			"io Source.ofPixels", //
			"io Source.origin", //
			"io LayerFolder.write"), Files.readAllLines(dir.resolve("plugin.txt")));
	}
}
