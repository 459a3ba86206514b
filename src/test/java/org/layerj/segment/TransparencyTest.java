package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.RgbaImage;

class TransparencyTest {

	private static final int W = 240;
	private static final int H = 180;
	private static final Color ORANGE = new Color(250, 150, 20);
	private static final Shape COVER = new Ellipse2D.Double(80, 20, 80, 140);

	private BufferedImage image;
	private Segments segments;

	@ParameterizedTest
	@CsvSource({ "77", "128", "191", "217" })
	void aCoverOverTwoCurvesIsTranslucent(final int alpha) {
		final Map<Integer, Transparency.Cover> covers = covers(alpha, Color.RED, new Color(20, 60, 160), true);
		final double through = 1 - alpha / 255.0;
		for (final int[] at : new int[][] { { 120, 40 }, { 120, 140 }, { 120, 70 }, { 120, 110 } }) {
			final Transparency.Cover cover = covers.get(segments.labels()[at[1] * W + at[0]]);
			assertTrue(cover != null, at[1] + " in " + covers);
			assertEquals(through, cover.through(), .03);
			assertArrayEquals(new double[] { 250, 150, 20 }, cover.own(), 12);
		}
		// What lies beneath is what goes on there.
		assertEquals(segments.labels()[70 * W + 20], beneath(covers, 120, 70));
		assertEquals(segments.labels()[5 * W + 5], beneath(covers, 120, 40));
		// On both sides of it, in two pieces.
		assertEquals(Set.of(segments.labels()[70 * W + 20], segments.labels()[70 * W + 220]),
			Set.copyOf(covers.get(segments.labels()[70 * W + 120]).ends()));
		assertFalse(covers.containsKey(segments.labels()[70 * W + 20]));
		assertFalse(covers.containsKey(segments.labels()[5 * W + 5]));
	}

	private int beneath(final Map<Integer, Transparency.Cover> covers, final int x, final int y) {
		return covers.get(segments.labels()[y * W + x]).beneath();
	}

	@Test
	void whatIsOpaqueOrLiesBelowIsNoCover() {
		assertEquals(Map.of(), covers(255, Color.RED, new Color(20, 60, 160), true));
		assertEquals(Map.of(), covers(128, Color.RED, new Color(20, 60, 160), false));
	}

	/** Any grey lies between two others. */
	@Test
	void greysSayNothing() {
		image = drawn(new Color(120, 120, 120, 128), Color.BLACK, new Color(60, 60, 60), true);
		assertEquals(Map.of(), covers());
	}

	private Map<Integer, Transparency.Cover> covers(final int alpha, final Color first, final Color second,
		final boolean over)
	{
		image = drawn(new Color(ORANGE.getRed(), ORANGE.getGreen(), ORANGE.getBlue(), alpha), first, second, over);
		return covers();
	}

	private Map<Integer, Transparency.Cover> covers() {
		final RgbaImage picture = RgbaImage.ofArgb(W, H, image.getRGB(0, 0, W, H, null, 0, W));
		segments = Segments.of(picture);
		return Transparency.of(EdgeSharpening.of(picture), segments);
	}

	private static BufferedImage drawn(final Color cover, final Color first, final Color second, final boolean over) {
		final BufferedImage out = new BufferedImage(W, H, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = out.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setPaint(new GradientPaint(0, 0, new Color(225, 232, 240), W, H, new Color(250, 250, 250)));
		g.fillRect(0, 0, W, H);
		for (int k = 0; k < 3; k++) {
			if (k == (over ? 2 : 0)) {
				g.setColor(cover);
				g.fill(COVER);
				continue;
			}
			g.setStroke(new BasicStroke(6));
			g.setColor((over ? k : k - 1) == 0 ? first : second);
			final int y = (over ? k : k - 1) == 0 ? 70 : 110;
			g.draw(new Line2D.Double(10, y, W - 10, y));
		}
		g.dispose();
		return out;
	}
}
