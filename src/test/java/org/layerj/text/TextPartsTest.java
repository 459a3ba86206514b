package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.layers.Bounds;

/** Geometry, characters, boxes and reading order, without networks. */
class TextPartsTest {

	@Test
	void rectanglesOverlapByWhatTheyShare() {
		final Quad a = new Quad(5, 5, 10, 10, 0);
		assertEquals(100, a.overlap(a), 1e-9);
		assertEquals(25, a.overlap(new Quad(10, 10, 10, 10, 0)), 1e-9);
		assertEquals(0, a.overlap(new Quad(30, 5, 10, 10, 0.3)), 0);
		// A square turned by 45° inside of it.
		assertEquals(50, a.overlap(new Quad(5, 5, Math.sqrt(50), Math.sqrt(50), Math.PI / 4)), 1e-9);
		assertEquals(50, new Quad(5, 5, Math.sqrt(50), Math.sqrt(50), Math.PI / 4).overlap(a), 1e-9);
	}

	@Test
	void cornersRunAsOneReads() {
		final double[][] up = new Quad(10, 20, 8, 4, -Math.PI / 2).corners();
		// Text that reads upwards begins below; its upper edge is on the left.
		assertEquals(8, up[0][0], 1e-9);
		assertEquals(24, up[0][1], 1e-9);
		assertEquals(8, up[1][0], 1e-9);
		assertEquals(16, up[1][1], 1e-9);
		assertEquals(new Bounds(8, 16, 4, 8), new Quad(10, 20, 8, 4, -Math.PI / 2).bounds(100, 100));
		final Quad part = new Quad(10, 20, 8, 4, -Math.PI / 2).part(0, 2);
		assertEquals(23, part.y(), 1e-9);
		assertEquals(2, part.width(), 1e-9);
		assertEquals(new Bounds(0, 0, 3, 3), new Quad(0, 0, 6, 6, 0).bounds(50, 50));
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 20, 37, -30, 90 })
	void aBarOfProbabilityIsARectangleAtItsAngleAndGrown(final double degrees) {
		final int size = 200;
		final byte[] p = new byte[size * size];
		final Quad bar = new Quad(100, 90, 120, 14, Math.toRadians(degrees));
		for (int y = 0; y < size; y++) for (int x = 0; x < size; x++) {
			if (new Quad(x + 0.5, y + 0.5, 0.01, 0.01, 0).overlap(bar) > 0.00005) p[y * size + x] = (byte) 230;
		}
		p[5 * size + 5] = (byte) 255; // a speck is no line
		final List<TextBoxes.Box> boxes = TextBoxes.of(new ProbabilityMap(size, size, p));
		assertEquals(1, boxes.size());
		final Quad q = boxes.get(0).quad();
		final boolean swapped = q.height() > q.width();
		assertEquals(0, Math.IEEEremainder(q.angle() + (swapped ? Math.PI / 2 : 0) - Math.toRadians(degrees), Math.PI),
			0.03);
		assertEquals(100, q.x(), 1);
		assertEquals(90, q.y(), 1);
		final double grown = 1.6 * 120 * 14 / (2 * (120 + 14));
		assertEquals(14 + 2 * grown, Math.min(q.width(), q.height()), 4);
		assertEquals(120 + 2 * grown, Math.max(q.width(), q.height()), 4);
		assertTrue(boxes.get(0).score() > 0.7 && boxes.get(0).score() <= 1);
	}

	@Test
	void nothingAboveTheThresholdIsNoBox() {
		assertEquals(List.of(), TextBoxes.of(new ProbabilityMap(1, 1, new byte[1])));
		final byte[] faint = new byte[400];
		java.util.Arrays.fill(faint, (byte) 70);
		assertEquals(List.of(), TextBoxes.of(new ProbabilityMap(20, 20, faint)));
	}

	private static String asShown(final String text) {
		return Characters.asShown(text.codePoints().mapToObj(c -> new TextRecogniser.Glyph(c, 1, 0)).toList())
			.stream()
			.map(TextRecogniser.Glyph::text)
			.collect(Collectors.joining());
	}

	@ParameterizedTest
	@CsvSource({ "25 μm, 25 µm", "λμν, λμν", "-0.5, −0.5", "–80 ºC, −80 °C", "x = -3, x = −3", "p53-null, p53-null",
		"2019-20, 2019-20", "mm-², mm⁻²", "37 ℃, 37 °C", "∆F/F, ΔF/F", "（a：b）, (a:b)", "（北京）, （北京）", "A-B, A-B",
		"1.5 µn, 1.5 µm", "20μn, 20µm", "5 µnol, 5 µnol", "µn, µn", "5 nn, 5 nn" })
	void lookalikesAreWrittenAsAuthorsTypeThem(final String read, final String wanted) {
		assertEquals(wanted, asShown(read));
	}

	@ParameterizedTest
	@CsvSource({ "25 µm, LATIN", "12.5 %, COMMON", "αβγ x, GREEK", "µ, COMMON", "Москва, CYRILLIC", "北京 a, HAN" })
	void theScriptIsThatOfMostLetters(final String text, final UnicodeScript script) {
		assertEquals(script, Characters.script(text));
	}

	private static TextLine line(final String text, final double x, final double y, final double width,
		final double height)
	{
		final Quad quad = new Quad(x + width / 2, y + height / 2, width, height, 0);
		return new TextLine(text, 1, quad, UnicodeScript.LATIN,
			List.of(new TextWord(text, 1, quad, UnicodeScript.LATIN)));
	}

	@Test
	void columnsAreReadOneAfterTheOtherAndTheTitleFirst() {
		final FoundText text = ReadingOrder
			.of(List.of(line("right 1", 120, 40, 80, 12), line("left 2", 0, 55, 80, 12), line("title", 40, 0, 120, 20),
				line("left 1", 0, 40, 80, 12), line("right 2", 120, 55, 80, 12), line("foot", 0, 120, 200, 12)));
		assertEquals(List.of("title", "left 1", "left 2", "right 1", "right 2", "foot"),
			text.lines().stream().map(TextLine::text).toList());
		assertEquals(List.of(1, 2, 2, 1), text.blocks().stream().map(b -> b.lines().size()).toList());
		assertEquals("left 1\nleft 2", text.blocks().get(1).text());
	}

	@ParameterizedTest
	@CsvSource({ "TI H, true", "T I TI TXI, true", "I I, true", "王, true", "H-I | I, true", "I, false", "II, false",
		"XIX, false", "HI, false", "T, false", "T1, false", "THE, false", "王水, false", "5-HT, false" })
	void errorBarsAreNoLetters(final String text, final boolean lines) {
		assertEquals(lines, Characters.mayBeLines(text));
	}
}
