package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;

class EdgeSharpeningTest {

	private static int[] row(final int... values) {
		final int[] plane = new int[3 * values.length];
		for (int y = 0; y < 3; y++) System.arraycopy(values, 0, plane, y * values.length, values.length);
		return Arrays.copyOfRange(EdgeSharpening.of(new int[][] { plane, plane, plane }, values.length, 3)[1],
			values.length, 2 * values.length);
	}

	@Test
	void mixedPixelsGoToTheNearerSide() {
		assertArrayEquals(new int[] { 10, 10, 240, 240, 240 }, row(10, 10, 180, 240, 240));
		assertArrayEquals(new int[] { 10, 10, 10, 240, 240 }, row(10, 10, 60, 240, 240));
	}

	@Test
	void thinLinesAndFaintStepsStay() {
		assertArrayEquals(new int[] { 240, 240, 120, 240, 240 }, row(240, 240, 120, 240, 240));
		assertArrayEquals(new int[] { 100, 100, 105, 110, 110 }, row(100, 100, 105, 110, 110));
	}

	/** A gradient with a disc and a line on it, both anti-aliased: a segment each. */
	@Test
	void aDiscAndALineOnAGradientAreThreeSegments() {
		final BufferedImage b = new BufferedImage(120, 90, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < 90; y++) for (int x = 0; x < 120; x++) {
			final int v = 200 + (x + y) / 5;
			b.setRGB(x, y, v << 16 | v << 8 | v);
		}
		final Graphics2D g = b.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		g.setColor(Color.RED);
		g.fill(new Ellipse2D.Double(10.3, 20.6, 41, 37));
		g.setColor(Color.BLUE);
		g.setStroke(new BasicStroke(2.5f));
		g.draw(new Line2D.Double(65.2, 70.1, 110.7, 15.4));
		g.dispose();
		final RgbaImage picture = RgbaImage.blank(120, 90);
		for (int i = 0; i < 120 * 90; i++) {
			final int rgb = b.getRGB(i % 120, i / 120);
			for (int c = 0; c < 3; c++) picture.plane(c)[i] = (byte) (rgb >> 16 - 8 * c);
			picture.plane(RgbaImage.ALPHA)[i] = -1;
		}
		assertEquals(3, Segments.of(picture).count());
	}
}
