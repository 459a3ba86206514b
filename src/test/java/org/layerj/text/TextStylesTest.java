package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.RgbaImage;
import org.layerj.text.TextStyle.Family;

/** Size, colour, weight and family of text, with the fonts that Java has wherever the test runs. */
class TextStylesTest {

	private record Written(RgbaImage picture, FoundText text) {}

	private static Written written(final String string, final Font font, final Color colour, final double degrees) {
		return written(string, font, colour, degrees, new Color(240, 238, 225), RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
	}

	private static Written written(final String string, final Font font, final Color colour, final double degrees,
		final Color background, final Object smooth)
	{
		final BufferedImage image = new BufferedImage(420, 300, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, smooth);
		g.setColor(background);
		g.fillRect(0, 0, 420, 300);
		g.setColor(colour);
		g.setFont(font);
		final Rectangle2D box = font.createGlyphVector(g.getFontRenderContext(), string).getVisualBounds();
		g.setTransform(AffineTransform.getRotateInstance(Math.toRadians(degrees), 210, 150));
		g.drawString(string, (float) (210 - box.getCenterX()), (float) (150 - box.getCenterY()));
		g.dispose();
		final int[] rgb = image.getRGB(0, 0, 420, 300, null, 0, 420);
		final Quad quad =
			new Quad(210, 150, box.getWidth(), box.getHeight(), Math.toRadians(degrees)).grown(0.2 * box.getHeight());
		final TextWord word = new TextWord(string, 1, quad, UnicodeScript.LATIN);
		final TextLine line = new TextLine(string, 1, quad, UnicodeScript.LATIN, List.of(word));
		return new Written(RgbaImage.ofArgb(420, 300, rgb), new FoundText(List.of(new TextBlock(List.of(line)))));
	}

	private static TextStyle style(final Written w) {
		final TextStyles.Styles styles = TextStyles.of(w.picture, w.text, TextMatte.of(w.picture, w.text));
		assertEquals(styles.lines().get(0).map(TextStyle::family), styles.words().get(0).map(TextStyle::family));
		return styles.lines().get(0).orElseThrow();
	}

	@ParameterizedTest
	@CsvSource({ "SansSerif, 0, 24, 0", "SansSerif, 1, 18, 0", "Serif, 0, 30, 0", "Monospaced, 0, 20, 0",
		"SansSerif, 0, 26, -90", "Serif, 1, 28, 30" })
	void textLooksAsItWasWritten(final String name, final int style, final int size, final double degrees) {
		final Font font = new Font(name, style, size);
		final TextStyle s = style(written("Rate (Hz) again", font, new Color(0, 90, 160), degrees));
		assertEquals(size, s.size(), 0.05 * size);
		assertEquals(Font.BOLD == style, s.bold());
		final Family family = switch (name) {
			case "Serif" -> Family.SERIF;
			case "Monospaced" -> Family.MONO;
			default -> Family.SANS;
		};
		assertEquals(family, s.family());
		for (int shift = 0; shift <= 16; shift += 8)
			assertEquals(0x005aa0 >> shift & 0xff, s.rgb() >> shift & 0xff, 10, String.format("%06x", s.rgb()));
	}

	@Test
	void thinStrokesHaveTheirFullColour() {
		final TextStyle s = style(written("minimum at 12", new Font("SansSerif", Font.PLAIN, 11), Color.BLACK, 0));
		assertTrue((s.rgb() & 0xff) <= 40 && (s.rgb() >> 16) <= 40, String.format("%06x", s.rgb()));
	}

	@ParameterizedTest
	@CsvSource({ "000000, ffffff", "ffffff, 000000", "c00000, ffffff", "000080, ffffff", "333333, ffffff",
		"006400, f0f0e0", "808080, ffffff", "ffff00, 202060", "ffffff, 1f77b4" })
	void fringesOfScreensAreNotTheColour(final String letters, final String background) {
		for (final Object stripes : new Object[] { RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HRGB,
			RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HBGR }) for (final int size : new int[] { 11, 12, 14, 18, 24 })
		{
			final int colour = Integer.parseInt(letters, 16);
			final TextStyle s = style(written("Rate (Hz) again", new Font("SansSerif", Font.PLAIN, size),
				new Color(colour), 0, new Color(Integer.parseInt(background, 16)), stripes));
			for (int shift = 0; shift <= 16; shift += 8)
				assertEquals(colour >> shift & 0xff, s.rgb() >> shift & 0xff, size < 14 ? 25 : 10,
					String.format("%06x, not %s, %d %s", s.rgb(), letters, size, stripes));
		}
	}

	@Test
	void slantedLettersAreItalic() {
		assertTrue(style(written("Slanted words", new Font("Serif", Font.ITALIC, 28), Color.BLACK, 0)).italic());
	}

	@Test
	void whereNothingIsWrittenThereIsNoStyle() {
		final Written w = written(" ", new Font("SansSerif", Font.PLAIN, 20), Color.BLACK, 0);
		final FoundText ghost = new FoundText(
			List.of(new TextBlock(List.of(new TextLine("ghost", 1, new Quad(200, 100, 60, 20, 0), UnicodeScript.LATIN,
				List.of(new TextWord("ghost", 1, new Quad(200, 100, 60, 20, 0), UnicodeScript.LATIN)))))));
		final TextStyles.Styles styles = TextStyles.of(w.picture, ghost, TextMatte.of(w.picture, ghost));
		assertEquals(List.of(Optional.empty()), styles.lines());
		assertEquals(List.of(Optional.empty()), styles.words());
	}
}
