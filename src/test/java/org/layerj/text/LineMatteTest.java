package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pixels of a box are letters, whatever else the box holds. */
class LineMatteTest {

	private static final Color DARK = new Color(24, 26, 30);
	private static final Color BLUE = new Color(0, 114, 178);
	private static final Color GREY = new Color(190, 190, 190);

	private static float[] covered(final DrawnText drawn, final Quad quad, final int width, final int height) {
		final LineMatte matte = LineMatte.of(Rgb.of(drawn.picture()), quad);
		final float[] out = new float[width * height];
		for (int y = 0; y < matte.bounds.height(); y++) for (int x = 0; x < matte.bounds.width(); x++) {
			out[(matte.bounds.y() + y) * width + matte.bounds.x() + x] = matte.alpha[y * matte.bounds.width() + x];
		}
		return out;
	}

	/** A box as the detector makes it: larger than the letters on all sides. */
	private static Quad box(final Quad letters) {
		return letters.grown(0.25 * letters.height());
	}

	@ParameterizedTest
	@ValueSource(ints = { -14, -4, 6, 14 })
	void lettersOverTheEdgeOfAPlateAreAllOfTheLetters(final int edge) {
		final DrawnText drawn = new DrawnText(240, 100, DARK).fill(BLUE, 0, 50 + edge, 130, 60);
		final Quad quad = drawn.write("Region", 24, Color.WHITE, 120, 50, 0);
		final double overlap = drawn.overlap(covered(drawn, box(quad), 240, 100));
		assertTrue(overlap > 0.9, "IoU " + overlap);
	}

	@Test
	void aLargePlateUnderHalfOfTheBoxIsNoLetter() {
		final DrawnText drawn = new DrawnText(240, 100, DARK).fill(GREY, 0, 0, 240, 38);
		final Quad quad = drawn.write("Phase II", 14, Color.WHITE, 120, 50, 0);
		// A box that reaches far over the edge of the plate.
		final Quad tall = new Quad(120, 45, quad.width() + 8, 30, 0);
		final double overlap = drawn.overlap(covered(drawn, tall, 240, 100));
		assertTrue(overlap > 0.85, "IoU " + overlap);
	}

	/** The plate is all in the box, and is as thin as letters beside them; its edges are blends. */
	@Test
	void aPlateAroundTheTextIsNoLetter() {
		for (final Color plate : new Color[] { Color.WHITE, Color.BLACK, BLUE }) {
			final DrawnText drawn = new DrawnText(240, 100, GREY).fill(plate, 60, 30, 120, 40);
			drawn.fill(new Color((plate.getRGB() >> 1 & 0x7f7f7f) + 0x5f5f5f), 59, 30, 1, 40);
			final Quad quad = drawn.write("25 µm", 24, plate == Color.WHITE ? Color.BLACK : Color.WHITE, 120, 48, 0);
			final double overlap = drawn.overlap(covered(drawn, new Quad(120, 50, 134, 50, 0), 240, 100));
			assertTrue(overlap > 0.9, quad + " IoU " + overlap);
		}
		// A box around a character of that shape.
		final DrawnText drawn = new DrawnText(240, 100, GREY);
		final Quad quad = drawn.write("\u25a1", 40, Color.BLACK, 120, 48, 0);
		assertTrue(drawn.overlap(covered(drawn, box(quad), 240, 100)) > 0.8);
	}

	/** A bright cell that the first letter touches, as white as the letters. */
	@Test
	void whatIsThickAndReachesInIsNoLetter() {
		final int width = 260;
		final DrawnText drawn = new DrawnText(width, 120, GREY.darker()).fill(Color.WHITE, 10, 10, 62, 100);
		final Quad quad = drawn.write("Mutant", 40, Color.WHITE, 130, 60, 0);
		assertTrue(quad.x() - quad.width() / 2 < 70, quad.toString());
		final float[] found = covered(drawn, box(quad), width, 120);
		for (int y = 0; y < 120; y++) for (int x = 0; x < 70; x++) assertTrue(found[y * width + x] < 0.5, x + ", " + y);
		// All but the part of the first letter that is on the cell.
		assertTrue(drawn.overlap(found) > 0.85, "IoU " + drawn.overlap(found));
	}

	@Test
	void aScaleBarUnderTheTextIsNoLetter() {
		final DrawnText drawn = new DrawnText(200, 100, DARK).fill(Color.WHITE, 55, 64, 90, 5);
		final Quad quad = drawn.write("25 µm", 24, Color.WHITE, 100, 46, 0);
		final double overlap = drawn.overlap(covered(drawn, new Quad(100, 52, quad.width() + 10, 40, 0), 200, 100));
		assertTrue(overlap > 0.9, "IoU " + overlap);
	}

	@Test
	void whereNothingStandsOutThereAreNoLetters() {
		final DrawnText drawn = new DrawnText(200, 100, BLUE);
		assertTrue(LineMatte.of(Rgb.of(drawn.picture()), new Quad(106, 51, 26, 24, 0)).isEmpty());
		final Quad letter = drawn.write("A", 20, Color.WHITE, 106, 51, 0);
		assertFalse(LineMatte.of(Rgb.of(drawn.picture()), box(letter)).isEmpty());
	}

	/** Of any height, level or not: as far as pixels of the reduced copy can tell. */
	@ParameterizedTest
	@CsvSource({ "60, 0", "140, 0", "140, -90", "300, 0", "300, 20" })
	void lettersOfTallLinesAreMeasuredInAReducedCopy(final int size, final double degrees) {
		final DrawnText drawn = new DrawnText(1100, 1100, new Color(240, 240, 230));
		final Quad quad = drawn.write("Hm 5", size, Color.BLACK, 550, 550, degrees);
		final Quad box = quad.grown(0.15 * quad.height());
		final LineMattes mattes = new LineMattes(Rgb.of(drawn.picture()));
		final LineMattes.Measured measured = mattes.of(box);
		assertTrue(measured.scale() * box.height() <= 2 * TextRecogniser.HEIGHT);
		assertTrue(measured.scale() == 1 || measured.scale() * box.height() > TextRecogniser.HEIGHT);
		final double off = 1.5 / measured.scale();
		final Quad tight = measured.matte().tight(0, Double.MAX_VALUE).scaled(1 / measured.scale());
		assertEquals(quad.x(), tight.x(), off);
		assertEquals(quad.y(), tight.y(), off);
		assertEquals(quad.width(), tight.width(), off);
		assertEquals(quad.height(), tight.height(), off);
		assertSame(measured, mattes.of(new Quad(box.x(), box.y(), box.width(), box.height(), box.angle())));
	}
}
