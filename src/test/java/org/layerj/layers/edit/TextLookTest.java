package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.layerj.layers.edit.Pictures.layer;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.GraphicsEnvironment;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

class TextLookTest {

	/** Machines without typefaces cannot write. */
	@BeforeAll
	static void typefaces() {
		assumeTrue(GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0);
	}

	private static Layer written(final int size, final String... lines) {
		final BufferedImage image = new BufferedImage(300, 160, BufferedImage.TYPE_INT_ARGB);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
		g.setColor(new Color(0xc83264));
		for (int i = 0; i < lines.length; i++) g.drawString(lines[i], 20, 40 + i * (size + 10));
		g.dispose();
		return Layer.of("t", "T", RgbaImage.ofArgb(300, 160, image.getRGB(0, 0, 300, 160, null, 0, 300)));
	}

	@ParameterizedTest
	@CsvSource({ "12,50 µm", "18,Scale", "24,Typography", "32,B", "18,10 i.j" })
	void sizeColourAndBaselineAreMeasured(final int size, final String text) {
		final TextLook look = TextLook.of(written(size, text)).orElseThrow();
		assertEquals(0xc83264, look.colour());
		assertEquals(1, look.lines().size());
		assertEquals(40, look.lines().get(0).baseline(), 1);
		assertEquals(size, look.size(), 0.12 * size);
		assertEquals(20, look.lines().get(0).left(), 0.15 * size);
	}

	@Test
	void linesAreCounted() {
		final TextLook look = TextLook.of(written(16, "Control", "100 nm", "High i")).orElseThrow();
		assertEquals(3, look.lines().size());
		assertEquals(66, look.lines().get(1).baseline(), 1);
		assertEquals(92, look.lines().get(2).baseline(), 1);
	}

	@Test
	void nothingHasNoLook() {
		assertTrue(TextLook.of(Layer.of("e", "E", RgbaImage.blank(9, 9))).isEmpty());
		final Layer smudge = Pictures.layer("s", new Bounds(2, 3, 4, 5), (x, y) -> 0x10000000);
		assertEquals(5, TextLook.of(smudge).orElseThrow().lines().get(0).capitals());
	}

	/** Specks that overlap in height are one line of text; comparing all with all would take minutes. */
	@Test
	@Timeout(60)
	void manySpecksAreNoText() {
		final Layer specks = layer("specks", new Bounds(0, 0, 1200, 1200), (x, y) -> x % 2 == 0 && (y + x / 2) % 3 != 2 ? 0xff000000 : 0);
		assertEquals(0, TextLook.of(specks).orElseThrow().colour());
	}
}
