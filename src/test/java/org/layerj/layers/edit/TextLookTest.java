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
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
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

	/** On nothing. */
	private static Optional<TextLook> look(final Layer layer) {
		final Bounds b = layer.bounds();
		return TextLook.of(layer, Compositor.flatten(new LayerStack(b.right(), b.bottom(), List.of(layer))));
	}

	@ParameterizedTest
	@CsvSource({ "12,50 µm", "18,Scale", "24,Typography", "32,B", "18,10 i.j" })
	void sizeColourAndBaselineAreMeasured(final int size, final String text) {
		final TextLook look = look(written(size, text)).orElseThrow();
		assertEquals(0xc83264, look.colour());
		assertEquals(1, look.lines().size());
		assertEquals(40, look.lines().get(0).baseline(), 1);
		assertEquals(size, look.size(), 0.12 * size);
		assertEquals(20, look.lines().get(0).left(), 0.15 * size);
	}

	/** Text on a plain background, as it is seen on a screen. */
	private static RgbaImage picture(final String text, final Object stripes, final int size, final int colour,
		final int behind)
	{
		final BufferedImage image = new BufferedImage(300, 80, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setColor(new Color(behind));
		g.fillRect(0, 0, 300, 80);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, stripes);
		g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
		g.setColor(new Color(colour));
		g.drawString(text, 20, 40);
		g.dispose();
		return RgbaImage.ofArgb(300, 80, image.getRGB(0, 0, 300, 80, null, 0, 300));
	}

	/**
	 * What is not background, unmixed as decomposing does: alpha is the largest share of any channel, colours are what
	 * is left over.
	 */
	private static Layer unmixed(final RgbaImage picture, final int colour, final int behind) {
		final int[] argb = picture.argb();
		for (int i = 0; i < argb.length; i++) {
			double alpha = 0;
			for (int shift = 0; shift < 24; shift += 8) {
				final int b = behind >> shift & 0xff;
				final int f = colour >> shift & 0xff;
				if (f != b) alpha = Math.max(alpha, ((argb[i] >> shift & 0xff) - b) / (double) (f - b));
			}
			final int a = (int) Math.round(255 * Math.min(1, alpha));
			int rgb = 0;
			for (int shift = 16; shift >= 0 && a > 0; shift -= 8) {
				final int b = behind >> shift & 0xff;
				final long level = Math.round(b + ((argb[i] >> shift & 0xff) - b) * 255.0 / a);
				rgb = rgb << 8 | (int) Math.max(0, Math.min(255, level));
			}
			argb[i] = a << 24 | rgb;
		}
		return Layer.of("t", "T", RgbaImage.ofArgb(picture.width(), picture.height(), argb));
	}

	private static void assertNear(final int expected, final int found, final int levels, final String what) {
		for (int shift = 0; shift < 24; shift += 8)
			assertEquals(expected >> shift & 0xff, found >> shift & 0xff, levels,
				String.format("%s: %06x, not %06x", what, found, expected));
	}

	/** Dark and light letters on light, dark and coloured backgrounds. */
	@ParameterizedTest
	@CsvSource({ "000000, ffffff", "ffffff, 000000", "c00000, ffffff", "000080, ffffff", "333333, ffffff",
		"006400, f0f0e0", "808080, ffffff", "ffff00, 202060", "ffee88, 203040", "202020, eeeedd", "ff0000, ffffff",
		"d62728, ffffff", "cccccc, 303030", "ffffff, 1f77b4", "000000, ffe080", "804000, d0e8ff" })
	void fringesOfScreensAreNotTheColour(final String letters, final String background) {
		final int colour = Integer.parseInt(letters, 16);
		final int behind = Integer.parseInt(background, 16);
		for (final Object stripes : new Object[] { RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HRGB,
			RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HBGR }) for (int size = 11; size <= 24; size++)
		{
			final RgbaImage picture = picture("Hamburg 2026", stripes, size, colour, behind);
			final Layer layer = unmixed(picture, colour, behind);
			// Up to 13 pixels a plain typeface has hardly a stroke that covers a stripe wholly.
			final int levels = size < 12 ? 30 : size < 14 ? 20 : 10;
			assertNear(colour, TextLook.of(layer, picture).orElseThrow().colour(), levels, size + " " + stripes);
		}
	}

	@Test
	void whatHasNoFringesIsLeftAlone() {
		for (final int size : new int[] { 11, 12, 18, 30 }) {
			final RgbaImage grey =
				picture("Hamburg 2026", RenderingHints.VALUE_TEXT_ANTIALIAS_ON, size, 0xc83264, 0xffffff);
			assertTrue(striped(grey).isEmpty());
			// Two colours side by side, as in text of which a part is marked.
			final int[] argb = grey.argb();
			for (int i = 0; i < argb.length; i++)
				if (i % 300 > 90) argb[i] = argb[i] & 0xff00ff00 | argb[i] << 16 & 0xff0000 | argb[i] >> 16 & 0xff;
			assertTrue(striped(RgbaImage.ofArgb(300, 80, argb)).isEmpty());
		}
	}

	private static OptionalInt striped(final RgbaImage picture) {
		return SubpixelText.colour(picture, new Bounds(0, 0, 300, 80),
			i -> (picture.argb(i % 300, i / 300) & 0xff00) < 0xb000,
			i -> (picture.argb(i % 300, i / 300) & 0xffffff) == 0xffffff);
	}

	@Test
	void linesAreCounted() {
		final TextLook look = look(written(16, "Control", "100 nm", "High i")).orElseThrow();
		assertEquals(3, look.lines().size());
		assertEquals(66, look.lines().get(1).baseline(), 1);
		assertEquals(92, look.lines().get(2).baseline(), 1);
	}

	@Test
	void nothingHasNoLook() {
		assertTrue(look(Layer.of("e", "E", RgbaImage.blank(9, 9))).isEmpty());
		final Layer smudge = Pictures.layer("s", new Bounds(2, 3, 4, 5), (x, y) -> 0x10000000);
		assertEquals(5, look(smudge).orElseThrow().lines().get(0).capitals());
	}

	/** Specks that overlap in height are one line of text; comparing all with all would take minutes. */
	@Test
	@Timeout(60)
	void manySpecksAreNoText() {
		final Layer specks = layer("specks", new Bounds(0, 0, 1200, 1200),
			(x, y) -> x % 2 == 0 && (y + x / 2) % 3 != 2 ? 0xff000000 : 0);
		assertEquals(0, look(specks).orElseThrow().colour());
	}
}
