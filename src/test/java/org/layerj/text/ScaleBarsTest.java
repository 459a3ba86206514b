package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scale bars beside text that is known. */
class ScaleBarsTest {

	private static final Color GREY = new Color(90, 90, 90);

	private static FoundText found(final Object... textsAndQuads) {
		final List<TextLine> lines = new ArrayList<>();
		for (int k = 0; k < textsAndQuads.length; k += 2) {
			final String text = (String) textsAndQuads[k];
			final Quad quad = ((Quad) textsAndQuads[k + 1]).grown(2);
			final List<TextWord> words = new ArrayList<>();
			int at = 0;
			for (final String w : text.split(" ")) {
				final double step = quad.width() / text.length();
				words.add(new TextWord(w, 0.95, quad.part(at * step, (at + w.length()) * step), UnicodeScript.COMMON));
				at += w.length() + 1;
			}
			lines.add(new TextLine(text, 0.95, quad, UnicodeScript.COMMON, words));
		}
		return new FoundText(List.of(new TextBlock(lines)));
	}

	private static String said(final String line) {
		final Quad quad = new Quad(50, 20, 80, 20, 0);
		return found(line, quad).lines()
			.stream()
			.flatMap(l -> WrittenLength.of(l).stream())
			.map(l -> l.number() + " " + l.unit().symbol())
			.collect(Collectors.joining(", "));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "25 µm|25.0 µm", "0.5 mm|0.5 mm", "200nm|200.0 nm", "1 cm|1.0 cm", "50 um|50.0 µm", "10 Å|10.0 Å",
			"0,5 mm|0.5 mm", "1,000 nm|1000.0 nm", "0,125 mm|0.125 mm", "Scale bar: 25 μm.|25.0 µm", "(5 m)|5.0 m",
			"− 50 um|50.0 µm", "−1 cm|1.0 cm", ".5 µm|0.5 µm", "a: 5 µm, b: 2 nm|5.0 µm, 2.0 nm" })
	void lengthsAreRead(final String line, final String length) {
		assertEquals(length, said(line));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "2 kb", "25 mM", "5 µm²", "3 µm/s", "2-5 µm", "2 × 5 µm", "3 mm × 4",
		"x = −5 µm", "0 µm", "1 000 nm", "4 200 nm", "1.5 pm", "20 min", "Mm", "5 Mm", "A5 mm", "10A", "5 nmol" })
	void whatIsNoLengthIsNone(final String line) {
		assertEquals("", said(line));
	}

	private static List<ScaleBar> bars(final DrawnText d, final Object... textsAndQuads) {
		return ScaleBars.of(d.picture(), found(textsAndQuads));
	}

	@Test
	void aBarAboveBelowOrBesideItsTextIsMeasured() {
		for (final boolean upright : new boolean[] { false, true }) for (final int thick : new int[] { 1, 2, 5, 8 }) {
			final DrawnText d = new DrawnText(300, 300, GREY);
			final Quad text = d.write("25 µm", 18, Color.WHITE, 150, 150, 0);
			if (upright) d.fill(Color.WHITE, 110 - thick, 100, thick, 97);
			else d.fill(Color.WHITE, 103, thick % 2 == 0 ? 165 : 133 - thick, 97, thick);
			final List<ScaleBar> bars = bars(d, "25 µm", text);
			assertEquals(1, bars.size(), upright + " " + thick);
			final ScaleBar bar = bars.get(0);
			assertEquals(97, bar.pixels(), 0.01);
			assertEquals(25 / 97.0, bar.perPixel(), 1e-4);
			assertEquals(LengthUnit.MICROMETRE, bar.unit());
			assertEquals(!upright, bar.isLevel());
			assertEquals(upright ? 148.5 : 151.5, upright ? bar.bar().y() : bar.bar().x(), 0.01);
		}
	}

	/** The ends of a bar between pixels, as anti-aliasing shows them, on any background and in any colour. */
	@Test
	void lengthIsAFractionOfAPixel() {
		for (final Color colour : List.of(Color.WHITE, Color.BLACK, new Color(200, 30, 40))) {
			for (final double part : new double[] { 0.25, 0.5, 0.75 }) {
				final DrawnText d = new DrawnText(260, 120, GREY);
				final Quad text = d.write("2 mm", 18, colour, 130, 40, 0);
				d.fill(colour, 100, 60, 60, 3);
				d.fill(mix(colour, part), 99, 60, 1, 3).fill(mix(colour, 1 - part / 2), 160, 60, 1, 3);
				assertEquals(61 + part / 2, bars(d, "2 mm", text).get(0).pixels(), 0.02);
			}
		}
	}

	private static Color mix(final Color c, final double part) {
		return new Color((int) Math.round(90 + part * (c.getRed() - 90)),
			(int) Math.round(90 + part * (c.getGreen() - 90)), (int) Math.round(90 + part * (c.getBlue() - 90)));
	}

	@Test
	void endTicksCountToTheirMiddle() {
		final DrawnText d = new DrawnText(260, 120, Color.WHITE);
		final Quad text = d.write("200 nm", 18, Color.BLACK, 130, 40, 0);
		d.fill(Color.BLACK, 81, 60, 98, 2).fill(Color.BLACK, 80, 57, 2, 8).fill(Color.BLACK, 178, 57, 2, 8);
		assertEquals(98, bars(d, "200 nm", text).get(0).pixels(), 0.01);
	}

	/** Short ticks have no row but the one beside the bar. */
	@Test
	void shortEndTicksCountToTheirMiddle() {
		for (final int shorter : new int[] { 1, 2 }) {
			final DrawnText d = new DrawnText(260, 120, Color.WHITE);
			final Quad text = d.write("200 nm", 18, Color.BLACK, 130, 40, 0);
			d.fill(Color.BLACK, 81, 60, 98, 4);
			for (final int x : new int[] { 80, 177 }) d.fill(Color.BLACK, x, 60 - shorter, 3, 4 + 2 * shorter);
			assertEquals(97, bars(d, "200 nm", text).get(0).pixels(), 0.1);
		}
	}

	/** Bar and ticks of a pixel, between pixels: each is paler than its colour, and neither as pale as the other. */
	@Test
	void thinEndTicksBetweenPixelsCountToTheirMiddle() {
		final DrawnText d = new DrawnText(260, 120, GREY);
		final Quad text = d.write("200 nm", 18, Color.WHITE, 130, 40, 0);
		d.fill(mix(Color.WHITE, 0.45), 81, 60, 98, 1).fill(mix(Color.WHITE, 0.55), 81, 61, 98, 1);
		for (final int x : new int[] { 80, 178 }) {
			d.fill(mix(Color.WHITE, 0.25), x, 55, 1, 12).fill(mix(Color.WHITE, 0.75), x + 1, 55, 1, 12);
		}
		assertEquals(98, bars(d, "200 nm", text).get(0).pixels(), 0.2);
	}

	/** A side of a frame between pixels is two lines, of which the fainter has no corners of its colour. */
	@Test
	void theEdgeOfALineIsNoBar() {
		final DrawnText d = new DrawnText(260, 160, Color.WHITE);
		final Quad text = d.write("2 mm", 18, Color.BLACK, 130, 70, 0);
		d.fill(new Color(44, 44, 44), 70, 49, 120, 1).fill(Color.BLACK, 70, 50, 120, 1);
		d.fill(new Color(211, 211, 211), 72, 51, 116, 1);
		d.fill(Color.BLACK, 70, 88, 120, 2).fill(Color.BLACK, 70, 50, 2, 40).fill(Color.BLACK, 188, 50, 2, 40);
		assertEquals(List.of(), bars(d, "2 mm", text));
	}

	private static DrawnText lines(final int[]... rectangles) {
		final DrawnText d = new DrawnText(260, 160, Color.WHITE);
		Arrays.stream(rectangles).forEach(r -> d.fill(Color.BLACK, r[0], r[1], r[2], r[3]));
		return d;
	}

	@Test
	void framesAxesDashesAndLegendsAreNone() {
		final int[][] frame = { { 70, 50, 120, 2 }, { 70, 88, 120, 2 }, { 70, 50, 2, 40 }, { 188, 50, 2, 40 } };
		final int[][] rules = { { 70, 50, 120, 2 }, { 70, 88, 120, 2 } };
		final int[][] axis = { { 50, 90, 160, 2 }, { 50, 92, 2, 5 }, { 130, 92, 2, 5 }, { 208, 92, 2, 5 } };
		final int[][] dashes = { { 100, 90, 20, 2 }, { 130, 90, 20, 2 }, { 160, 90, 20, 2 } };
		final int[][] far = { { 100, 140, 60, 3 } };
		final int[][] thick = { { 100, 85, 60, 30 } };
		for (final int[][] none : List.of(frame, rules, axis, dashes, far, thick)) {
			final DrawnText d = lines(none);
			final Quad text = d.write("25 µm", 18, Color.BLACK, 130, 70, 0);
			assertEquals(List.of(), bars(d, "25 µm", text), Arrays.deepToString(none));
		}
		final DrawnText legend = lines(new int[][] { { 20, 40, 24, 3 }, { 20, 80, 24, 3 } });
		final Quad first = legend.write("25 µm", 18, Color.BLACK, 80, 41, 0);
		final Quad second = legend.write("50 µm", 18, Color.BLACK, 80, 81, 0);
		assertEquals(List.of(), bars(legend, "25 µm", first, "50 µm", second));
		assertEquals(List.of(), bars(legend, "25 µm", first, "Control", second));
	}

	/** Level and upright; the numbers are written where the picture has them, and nothing else tells. */
	@Test
	void anAxisWithoutTicksATableAndAChartAreNone() {
		final DrawnText axis = lines(new int[][] { { 50, 60, 160, 2 } });
		final Quad zero = axis.write("0", 14, Color.BLACK, 50, 78, 0);
		final Quad end = axis.write("10 mm", 14, Color.BLACK, 200, 78, 0);
		assertEquals(List.of(), bars(axis, "0", zero, "10 mm", end));
		assertEquals(1, bars(axis, "10 mm", end).size());

		final DrawnText upright = lines(new int[][] { { 80, 20, 2, 120 } });
		final Quad first = upright.write("0 mm", 14, Color.BLACK, 50, 24, 0);
		final Quad middle = upright.write("5 mm", 14, Color.BLACK, 50, 80, 0);
		assertEquals(List.of(), bars(upright, "0 mm", first, "5 mm", middle));
		assertEquals(1, bars(upright, "5 mm", middle).size());

		final DrawnText table = lines(new int[][] { { 40, 30, 150, 1 } });
		final Quad row = table.write("25 µm", 14, Color.BLACK, 66, 42, 0);
		final Quad next = table.write("2 mm", 14, Color.BLACK, 62, 64, 0);
		assertEquals(List.of(), bars(table, "25 µm", row, "2 mm", next));

		final DrawnText chart = lines(new int[][] { { 90, 40, 70, 6 }, { 90, 66, 110, 6 } });
		final Quad label = chart.write("25 µm", 14, Color.BLACK, 60, 43, 0);
		assertEquals(List.of(), bars(chart, "25 µm", label));
	}

	/** A line thinner than a pixel: where ticks cross it, it is of another colour, as if it ended there. */
	@Test
	void aPartOfAnAxisBetweenTicksIsNone() {
		for (final int tick : new int[] { -4, 0 }) {
			final int[][] ticks = { { 50, 90 + tick, 1, 5 }, { 130, 90 + tick, 1, 5 } };
			final DrawnText axis = new DrawnText(260, 160, Color.WHITE).fill(new Color(120, 120, 120), 50, 90, 190, 1);
			for (final int[] t : ticks) axis.fill(Color.BLACK, t[0], t[1], t[2], t[3]);
			final Quad middle = axis.write("5 mm", 12, Color.BLACK, 130, 106, 0);
			assertEquals(List.of(), bars(axis, "5 mm", middle));
		}
		final DrawnText bar = new DrawnText(260, 160, Color.WHITE).fill(new Color(120, 120, 120), 50, 90, 81, 1);
		for (final int x : new int[] { 50, 130 }) bar.fill(Color.BLACK, x, 88, 1, 5);
		final Quad below = bar.write("5 mm", 12, Color.BLACK, 90, 106, 0);
		assertEquals(80, bars(bar, "5 mm", below).get(0).pixels(), 0.2);
	}

	/** Labels that stand near one another are read as one line. */
	@Test
	void numbersReadAsOneLineMakeAnAxis() {
		final DrawnText axis = lines(new int[][] { { 50, 60, 160, 2 } });
		final Quad zero = axis.write("0", 14, Color.BLACK, 50, 78, 0);
		axis.write("5", 14, Color.BLACK, 130, 78, 0);
		final Quad both = new Quad(90, 78, 80 + zero.width(), 12, 0);
		final Quad end = axis.write("10 mm", 14, Color.BLACK, 200, 78, 0);
		assertEquals(List.of(), bars(axis, "0 5", both, "10 mm", end));
		assertEquals(1, bars(axis, "n 5", both, "10 mm", end).size());
	}

	@Test
	void aLineThatIsNothingButTheBarIsNoText() {
		for (final boolean upright : new boolean[] { true, false }) {
			final DrawnText d = new DrawnText(300, 120, GREY);
			final Quad bar = upright ? new Quad(103.5, 52, 7, 24, 0) : new Quad(133, 74, 40, 4, 0);
			d.fill(Color.WHITE, (int) (bar.x() - bar.width() / 2), (int) (bar.y() - bar.height() / 2),
				(int) bar.width(), (int) bar.height());
			final Quad five = d.write("5 nm", 13, Color.WHITE, 133, 52, 0);
			final FoundText text = found(upright ? "I" : "1", bar, "5 nm", five, "I", new Quad(200, 20, 2, 12, 0));
			final List<TextLine> kept = ScaleBars.withoutBars(new LineMattes(Rgb.of(d.picture())), text.lines());
			assertEquals(List.of("5 nm", "I"), kept.stream().map(TextLine::text).toList());
		}
	}

	/** Its other sides are too far away to be seen. */
	@Test
	void aSideOfARoundedFrameIsNone() {
		for (final int side : new int[] { -1, 1 }) {
			final DrawnText d = lines(new int[][] { { 70, 50, 120, 2 }, { 68, 50 + side, 2, 2 },
				{ 190, 50 + side, 2, 2 }, { 67, 50 + 2 * side, 1, 2 }, { 192, 50 + 2 * side, 1, 2 },
				{ 66, 50 + 3 * side, 1, 3 }, { 193, 50 + 3 * side, 1, 3 } });
			final Quad text = d.write("25 µm", 18, Color.BLACK, 130, 70, 0);
			assertEquals(List.of(), bars(d, "25 µm", text));
		}
	}

	@Test
	void linesBetweenFieldsAndErrorBarsAreNone() {
		final DrawnText strip = lines(new int[][] { { 100, 60, 1, 30 }, { 230, 60, 1, 30 } });
		final Quad field = strip.write("200 nm", 14, Color.BLACK, 60, 75, 0);
		assertEquals(List.of(), bars(strip, "200 nm", field));

		final int[][] caps = { { 120, 20, 20, 2 }, { 120, 70, 20, 2 }, { 129, 22, 2, 48 } };
		final DrawnText error = lines(caps);
		final Quad below = error.write("2 mm", 14, Color.BLACK, 130, 88, 0);
		assertEquals(List.of(), bars(error, "2 mm", below));
	}

	/** What a bar beside, above or below the letters does to the box of a line. */
	@Test
	void lettersAreBoxedWithoutABar() {
		final int[][] none = {};
		final int[][] beside = { { 40, 30, 3, 60 } };
		final int[][] ticks = { { 20, 58, 50, 3 }, { 20, 52, 2, 15 }, { 68, 52, 2, 15 } };
		final int[][] below = { { 100, 80, 60, 3 } };
		final int[][] goesOn = { { -9, 58, 80, 3 }, { 69, 52, 2, 15 } };
		final int[][] high = { { 84, 48, 5, 26 } };
		for (final int[][] bar : List.of(none, beside, ticks, below, goesOn, high)) {
			final DrawnText d = lines(bar);
			final Quad letters = d.write("25 µm", 18, Color.BLACK, 130, 60, 0);
			final Quad line = new Quad(110, 60, 200, 70, 0);
			final Quad tight = LetterRuns.of(LineMatte.of(Rgb.of(d.picture()), line)).tight(line);
			assertEquals(letters.x(), tight.x(), 2, Arrays.deepToString(bar));
			assertEquals(letters.width(), tight.width(), 4, Arrays.deepToString(bar));
			assertTrue(tight.height() < 26, Arrays.deepToString(bar) + " " + tight);
		}
	}

	/** Two letters and a bar below them, in a box that the bar has turned. */
	@Test
	void fewLettersInATurnedBoxAreBoxedWithoutABar() {
		final DrawnText d =
			lines(new int[] { 84, 80, 94, 6 }, new int[] { 83, 76, 2, 14 }, new int[] { 177, 76, 2, 14 });
		final Quad letters = d.write("1 m", 18, Color.BLACK, 130, 62, 0);
		final Quad box = new Quad(117, 70, 82, 34, -0.15).level();
		final Quad tight = LetterRuns.of(LineMatte.of(Rgb.of(d.picture()), box)).tight(box);
		assertEquals(letters.x(), tight.x(), 2);
		assertEquals(letters.width(), tight.width(), 3);
		assertEquals(letters.height(), tight.height(), 3);
	}

	/** Each as it was found or read in a picture: a box that holds the plate, too, a bar that was read as a line. */
	@Test
	void aBarInTheBoxOfItsTextIsTheBar() {
		for (final Color plate : List.of(Color.WHITE, Color.BLACK)) {
			final Color ink = plate == Color.WHITE ? Color.BLACK : new Color(255, 230, 60);
			final DrawnText below = new DrawnText(300, 120, GREY).fill(plate, 100, 30, 90, 54);
			below.write("25 µm", 22, ink, 145, 46, 0);
			below.fill(ink, 131, 66, 27, 8);
			assertEquals(27, bars(below, "25 µm", new Quad(145, 57, 110, 68, 0)).get(0).pixels(), 0.01);

			final DrawnText beside = new DrawnText(300, 120, GREY).fill(plate, 100, 30, 90, 40);
			beside.write("10 Å", 18, ink, 152, 50, 0);
			beside.fill(ink, 110, 39, 6, 22);
			final ScaleBar angstrom = bars(beside, "10A", new Quad(145, 50, 98, 46, 0)).get(0);
			assertEquals(22, angstrom.pixels(), 0.01);
			assertEquals(LengthUnit.ANGSTROM, angstrom.unit());
		}
		final DrawnText read = new DrawnText(300, 120, GREY).fill(Color.WHITE, 100, 40, 7, 24);
		final Quad five = read.write("5 nm", 13, Color.WHITE, 133, 52, 0);
		assertEquals(24, bars(read, "I", new Quad(103.5, 52, 7, 24, 0), "5 nm", five).get(0).pixels(), 0.01);
		// As high as the digits, it is a letter.
		final DrawnText letter = new DrawnText(300, 120, GREY).fill(Color.WHITE, 100, 46, 2, 12);
		final Quad ten = letter.write("5 nm", 16, Color.WHITE, 133, 52, 0);
		assertEquals(List.of(), bars(letter, "I", new Quad(101, 52, 2, 12, 0), "5 nm", ten));
	}

	@Test
	void eachTextHasItsOwnBar() {
		final DrawnText d = lines(new int[][] { { 20, 60, 60, 3 }, { 150, 60, 90, 3 } });
		final Quad first = d.write("25 µm", 18, Color.BLACK, 50, 41, 0);
		final Quad second = d.write("0.5 mm", 18, Color.BLACK, 195, 41, 0);
		final List<ScaleBar> bars = bars(d, "25 µm", first, "Control", new Quad(130, 120, 60, 20, 0), "0.5 mm", second);
		assertEquals(List.of("25 µm", "0.5 mm"), bars.stream().map(ScaleBar::text).toList());
		assertEquals(60, bars.get(0).pixels(), 0.01);
		assertEquals(90, bars.get(1).pixels(), 0.01);
	}

	@Test
	void unitsHaveManyNames() {
		for (final String micro : List.of("µm", "μm", "um", "micron", "microns"))
			assertEquals(LengthUnit.MICROMETRE, LengthUnit.of(micro).orElseThrow());
		assertTrue(LengthUnit.of("pixel").isEmpty() && LengthUnit.of("Mm").isEmpty());
	}
}
