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

	/** Text drawn for stripes, as a layer of everything that is not background. */
	private static Layer striped(final Object stripes, final int size, final int colour, final int behind) {
		final BufferedImage image = new BufferedImage(300, 80, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setColor(new Color(behind));
		g.fillRect(0, 0, 300, 80);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, stripes);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
		g.setColor(new Color(colour));
		g.drawString("Hamburg 2026", 20, 40);
		g.dispose();
		final int[] argb = image.getRGB(0, 0, 300, 80, null, 0, 300);
		for (int i = 0; i < argb.length; i++) if ((argb[i] & 0xffffff) == behind) argb[i] = 0;
		return Layer.of("t", "T", RgbaImage.ofArgb(300, 80, argb));
	}

	@ParameterizedTest
	@CsvSource({ "12", "14", "18", "24", "40" })
	void fringesOfScreensAreNotTheColour(final int size) {
		for (final Object stripes : new Object[] { RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HRGB,
			RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HBGR })
		{
			for (final int[] colours : new int[][] { { 0x000000, 0xffffff }, { 0xffffff, 0x000000 },
				{ 0x202020, 0xeeeedd }, { 0x102060, 0xffffff }, { 0xffee88, 0x203040 } })
			{
				final int found = TextLook.of(striped(stripes, size, colours[0], colours[1])).orElseThrow().colour();
				// Thin strokes are nowhere quite of their colour.
				final int near = size < 18 ? 40 : 8;
				for (int shift = 0; shift < 24; shift += 8)
					assertEquals(colours[0] >> shift & 0xff, found >> shift & 0xff, near,
						size + " " + Integer.toHexString(found) + " " + Integer.toHexString(colours[0]));
			}
		}
	}

	@Test
	void whatHasNoFringesIsLeftAlone() {
		for (final int size : new int[] { 12, 18, 30 }) {
			final Layer grey = striped(RenderingHints.VALUE_TEXT_ANTIALIAS_ON, size, 0xc83264, 0xffffff);
			assertTrue(SubpixelText.colour(grey).isEmpty());
			// Two colours side by side, as in text of which a part is marked.
			final int[] argb = grey.pixels().argb();
			for (int i = 0; i < argb.length; i++)
				if (i % 300 > 90 && argb[i] != 0)
					argb[i] = argb[i] & 0xff00ff00 | argb[i] << 16 & 0xff0000 | argb[i] >> 16 & 0xff;
			assertTrue(SubpixelText.colour(Layer.of("t", "T", RgbaImage.ofArgb(300, 80, argb))).isEmpty());
		}
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
		final Layer specks = layer("specks", new Bounds(0, 0, 1200, 1200),
			(x, y) -> x % 2 == 0 && (y + x / 2) % 3 != 2 ? 0xff000000 : 0);
		assertEquals(0, TextLook.of(specks).orElseThrow().colour());
	}
}
