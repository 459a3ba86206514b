package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.lang.Character.UnicodeScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.layers.RgbaImage;
import org.layerj.torch.Device;

class TextFinderTest {

	private static final TextFinder FINDER = new TextFinder(Device.CPU);
	private static final Color GREY = new Color(70, 70, 70);
	private static final Color YELLOW = new Color(255, 230, 60);

	@AfterAll
	static void close() {
		FINDER.close();
	}

	/**
	 * A plot with a title, numbers along the axis, lone letters below, a name that stands on end and a box with a name.
	 */
	private static DrawnText figure() {
		final DrawnText d = new DrawnText(420, 320, Color.WHITE).line(Color.BLACK, 1, 80, 50, 80, 270)
			.line(Color.BLACK, 1, 80, 270, 400, 270);
		for (int k = 0; k < 4; k++) {
			d.fill(new Color(230, 159 - 30 * k, 60 * k), 110 + 75 * k, 200 - 40 * k, 40, 70 + 40 * k);
			d.write("ABDE".substring(k, k + 1), 18, Color.BLACK, 130 + 75 * k, 292, 0);
		}
		for (int k = 0; k < 5; k++) d.write("" + 2 * k, 18, Color.BLACK, 60, 260 - 48 * k, 0);
		d.write("Height by plot", 22, Color.BLACK, 240, 24, 0);
		d.write("length", 18, Color.BLACK, 24, 160, -90);
		d.fill(new Color(0, 90, 160), 100, 66, 110, 40);
		d.write("Control", 20, Color.WHITE, 155, 86, 0);
		return d;
	}

	private static final List<String> WORDS = List.of("Height by plot", "length", "Control");

	private static FoundText find(final RgbaImage picture) {
		return FINDER.find(picture, Progress.none());
	}

	private static List<String> lines(final FoundText text) {
		return text.lines().stream().map(TextLine::text).toList();
	}

	private static TextLine line(final FoundText text, final String string) {
		return text.lines()
			.stream()
			.filter(l -> l.text().equals(string))
			.findFirst()
			.orElseThrow(() -> new AssertionError(string + " is not among " + lines(text)));
	}

	private static RgbaImage turned(final RgbaImage picture) {
		final RgbaImage out = RgbaImage.blank(picture.height(), picture.width());
		for (int c = 0; c < RgbaImage.PLANES; c++)
			for (int y = 0; y < picture.height(); y++) for (int x = 0; x < picture.width(); x++)
			{
				out.plane(c)[(picture.width() - 1 - x) * picture.height() + y] =
					picture.plane(c)[y * picture.width() + x];
			}
		return out;
	}

	private static RgbaImage inverted(final RgbaImage picture) {
		final RgbaImage out = picture.copy();
		for (int c = 0; c < 3; c++)
			for (int i = 0; i < out.plane(c).length; i++) out.plane(c)[i] = (byte) ~out.plane(c)[i];
		return out;
	}

	@Test
	void readsTitleNumbersLoneLettersAndTheLabelThatStandsOnEnd() {
		final FoundText found = find(figure().picture());
		for (final String wanted : List.of("0", "2", "4", "6", "8", "A", "B", "D", "E")) line(found, wanted);
		final TextLine title = line(found, "Height by plot");
		assertEquals(List.of("Height", "by", "plot"), title.words().stream().map(TextWord::text).toList());
		assertEquals(UnicodeScript.LATIN, title.script());
		assertEquals(UnicodeScript.COMMON, line(found, "8").script());
		assertTrue(title.confidence() > 0.9 && title.confidence() <= 1);
		assertEquals(-Math.PI / 2, line(found, "length").quad().angle(), 0.05);
		// The title is read first, and numbers of the axis from top to bottom.
		assertEquals("Height by plot", lines(found).get(0));
		assertTrue(lines(found).indexOf("8") < lines(found).indexOf("2"));
		// Words lie where they stand: side by side, each as wide as its share.
		final Quad by = title.words().get(1).quad();
		assertTrue(title.words().get(0).quad().x() < by.x() && by.x() < title.words().get(2).quad().x());
		assertTrue(by.width() < title.words().get(0).quad().width());
		assertEquals(found, find(figure().picture()));
	}

	@Test
	void readsTheSameTextOnATurnedAndOnAnInvertedPicture() {
		final RgbaImage picture = figure().picture();
		final FoundText turned = find(turned(picture));
		final FoundText inverted = find(inverted(picture));
		for (final String w : List.of("Height by plot", "Control"))
			assertEquals(-Math.PI / 2, line(turned, w).quad().angle(), 0.05);
		for (final String w : WORDS) line(inverted, w);
	}

	@Test
	void whiteLettersOnNothingAreReadToo() {
		final RgbaImage text = figure().text();
		final RgbaImage white = text.copy();
		for (int c = 0; c < 3; c++) Arrays.fill(white.plane(c), (byte) -1);
		line(find(text), "Height by plot");
		line(find(white), "Height by plot");
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 20000", "3, 50", "5, 900", "90, 70" })
	void nothingIsFoundWhereThereIsNothing(final int width, final int height) {
		final RgbaImage transparent = RgbaImage.blank(width, height);
		assertEquals(List.of(), find(transparent).blocks());
		final RgbaImage grey = RgbaImage.blank(width, height);
		for (int c = 0; c < RgbaImage.PLANES; c++) Arrays.fill(grey.plane(c), (byte) (c == RgbaImage.ALPHA ? 255 : 90));
		assertEquals(List.of(), find(grey).blocks());
		assertEquals(List.of(), TextMatte.of(grey, find(grey)));
	}

	/** A scale bar with end ticks, before the words and below them; a thin one on a plate, that looks like a minus. */
	@Test
	void aBarIsNoLetterOfTheWordsAtIt() {
		final DrawnText before = new DrawnText(300, 120, Color.WHITE).fill(Color.BLACK, 40, 57, 90, 6)
			.fill(Color.BLACK, 39, 52, 3, 16)
			.fill(Color.BLACK, 129, 52, 3, 16);
		before.write("20nm", 17, Color.BLACK, 158, 60, 0);
		final DrawnText below = new DrawnText(300, 200, GREY).fill(YELLOW, 195, 106, 94, 7)
			.fill(YELLOW, 194, 101, 3, 17)
			.fill(YELLOW, 288, 101, 3, 17);
		below.write("1 mm", 13, YELLOW, 242, 91, 0);
		final DrawnText plate =
			new DrawnText(440, 340, Color.BLACK).fill(Color.WHITE, 16, 268, 190, 29).fill(Color.BLACK, 24, 282, 118, 2);
		plate.write("100 µm", 14, Color.BLACK, 174, 282, 0);
		assertEquals(List.of("20nm"), lines(find(before.picture())));
		assertEquals(List.of("1 mm"), lines(find(below.picture())));
		assertEquals(List.of("100 µm"), lines(find(plate.picture())));
	}

	@Test
	void textOverTheSeamsOfTilesIsReadOnce() {
		// The picture four times beside itself is wider than a tile.
		final RgbaImage one = figure().picture();
		final RgbaImage four = RgbaImage.blank(4 * one.width(), one.height());
		for (int c = 0; c < RgbaImage.PLANES; c++) for (int y = 0; y < one.height(); y++) for (int k = 0; k < 4; k++) {
			System.arraycopy(one.plane(c), y * one.width(), four.plane(c), y * four.width() + k * one.width(),
				one.width());
		}
		final FoundText found = find(four);
		for (final String w : WORDS) {
			assertEquals(4, lines(found).stream().filter(w::equals).count(), w + " in " + lines(found));
		}
	}

	@Test
	void tellsHowFarItIsAndStopsWhenAsked() {
		final RgbaImage picture = figure().picture();
		final List<Double> reported = new ArrayList<>();
		FINDER.find(picture, new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				reported.add(fraction);
			}
		});
		for (int k = 1; k < reported.size(); k++)
			assertTrue(reported.get(k) >= reported.get(k - 1) - 1e-9, "" + reported);
		assertEquals(1, reported.get(reported.size() - 1), 0);
		assertThrows(CancellationException.class, () -> FINDER.find(picture, new Progress() {

			@Override
			public void check() {
				throw new CancellationException();
			}
		}));
	}

	@Test
	void showsTheDetectorsMapAtASizeThatIsAskedFor() {
		final ProbabilityMap map = FINDER.probability(figure().picture(), 300, 229, Progress.none());
		assertEquals(300, map.width());
		assertEquals(229, map.height());
		// In the title, and in the middle of a box.
		assertTrue(map.at(210 * 300 / 420, 24 * 229 / 320) > 0.6);
		assertTrue(map.at(355 * 300 / 420, 180 * 229 / 320) < 0.2);
	}

	@Test
	void theMattesOfAllWordsAreTheTextLayer() {
		final DrawnText figure = figure();
		final RgbaImage picture = figure.picture();
		final FoundText found = find(picture);
		final List<WordMatte> mattes = TextMatte.of(picture, found);
		assertEquals(found.words(), mattes.stream().map(WordMatte::word).toList());
		final float[] covered = new float[picture.width() * picture.height()];
		for (final WordMatte m : mattes) {
			float most = 0;
			for (int y = 0, k = 0; y < m.bounds().height(); y++) for (int x = 0; x < m.bounds().width(); x++, k++) {
				final int at = (m.bounds().y() + y) * picture.width() + m.bounds().x() + x;
				covered[at] = Math.max(covered[at], m.alpha()[k]);
				most = Math.max(most, m.alpha()[k]);
				assertTrue(m.alpha()[k] >= 0 && m.alpha()[k] <= 1);
			}
			assertTrue(most > 0.9, m.word().text());
		}
		assertTrue(figure.overlap(covered) > 0.9, "IoU " + figure.overlap(covered));
		boolean soft = false;
		for (final float a : covered) soft |= a > 0.2 && a < 0.8;
		assertTrue(soft);
	}

	@Test
	void readsTheBundledFigure() {
		final FoundText found =
			find(PictureReader.read(Path.of("src/main/resources/org/layerj/sample/figure.png")).image());
		for (final String wanted : List.of("a", "b", "Tubulin / Hoechst", "Mutant", "Intensity", "Cells per field",
			"25 µm", "Mock", "siRNA")) line(found, wanted);
		assertFalse(lines(found).stream().anyMatch(String::isBlank));
	}
}
