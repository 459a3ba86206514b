package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.layerj.io.PictureReader;
import org.layerj.layers.NativeSize;
import org.layerj.layers.RgbaImage;
import org.layerj.torch.Device;

class TextFinderTest {

	private static final TextFinder FINDER = new TextFinder(Device.CPU);

	@AfterAll
	static void close() {
		FINDER.close();
	}

	private static RgbaImage figure(final String name, final String file) {
		return PictureReader.read(Path.of("src/test/resources/org/layerj/evaluation", name, file)).image();
	}

	private static FoundText find(final RgbaImage picture) {
		return FINDER.find(picture, NativeSize.Watch.NONE);
	}

	private static List<String> lines(final FoundText text) {
		return text.lines().stream().map(TextLine::text).toList();
	}

	private static TextLine line(final FoundText text, final String string) {
		return text.lines().stream().filter(l -> l.text().equals(string)).findFirst().orElseThrow(() -> new AssertionError(string + " is not among " + lines(text)));
	}

	private static RgbaImage turned(final RgbaImage picture) {
		final RgbaImage out = RgbaImage.blank(picture.height(), picture.width());
		for (int c = 0; c < RgbaImage.PLANES; c++) for (int y = 0; y < picture.height(); y++) for (int x = 0; x < picture.width(); x++) {
			out.plane(c)[(picture.width() - 1 - x) * picture.height() + y] = picture.plane(c)[y * picture.width() + x];
		}
		return out;
	}

	private static RgbaImage inverted(final RgbaImage picture) {
		final RgbaImage out = picture.copy();
		for (int c = 0; c < 3; c++) for (int i = 0; i < out.plane(c).length; i++) out.plane(c)[i] = (byte) ~out.plane(c)[i];
		return out;
	}

	@Test
	void readsTitleNumbersLoneLettersAndTheLabelThatStandsOnEnd() {
		final FoundText found = find(figure("foreign-r-boxes", "input.png"));
		for (final String wanted : List.of("0", "2", "4", "6", "8", "A", "B", "C", "D")) line(found, wanted);
		final TextLine title = line(found, "Height by plot");
		assertEquals(List.of("Height", "by", "plot"), title.words().stream().map(TextWord::text).toList());
		assertEquals(UnicodeScript.LATIN, title.script());
		assertEquals(UnicodeScript.COMMON, line(found, "8").script());
		assertTrue(title.confidence() > 0.9 && title.confidence() <= 1);
		assertEquals(-Math.PI / 2, line(found, "cm").quad().angle(), 0.05);
		// The title is read first, and numbers of the axis from top to bottom.
		assertEquals("Height by plot", lines(found).get(0));
		assertTrue(lines(found).indexOf("8") < lines(found).indexOf("2"));
		// Words lie where they stand: side by side, each as wide as its share.
		final Quad by = title.words().get(1).quad();
		assertTrue(title.words().get(0).quad().x() < by.x() && by.x() < title.words().get(2).quad().x());
		assertTrue(by.width() < title.words().get(0).quad().width());
		assertEquals(found, find(figure("foreign-r-boxes", "input.png")));
	}

	@Test
	void readsTheSameTextOnATurnedAndOnAnInvertedPicture() {
		final RgbaImage picture = figure("foreign-tikz-loop", "input.png");
		final List<String> wanted = List.of("Fitting loop", "model", "report", "refine");
		final FoundText turned = find(turned(picture));
		final FoundText inverted = find(inverted(picture));
		for (final String w : wanted) {
			assertEquals(-Math.PI / 2, line(turned, w).quad().angle(), 0.05);
			line(inverted, w);
		}
	}

	@Test
	void whiteLettersOnNothingAreReadToo() {
		final RgbaImage text = figure("foreign-r-boxes", "layer-04.png");
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

	@Test
	void textOverTheSeamsOfTilesIsReadOnce() {
		// The picture four times beside itself is wider than a tile.
		final RgbaImage one = figure("foreign-tikz-loop", "input.png");
		final RgbaImage four = RgbaImage.blank(4 * one.width(), one.height());
		for (int c = 0; c < RgbaImage.PLANES; c++) for (int y = 0; y < one.height(); y++) for (int k = 0; k < 4; k++) {
			System.arraycopy(one.plane(c), y * one.width(), four.plane(c), y * four.width() + k * one.width(), one.width());
		}
		final FoundText found = find(four);
		for (final String w : List.of("Fitting loop", "model", "report", "refine")) assertEquals(4, lines(found).stream().filter(w::equals).count(), w + " in " + lines(found));
	}

	@Test
	void tellsHowFarItIsAndStopsWhenAsked() {
		final RgbaImage picture = figure("foreign-graphviz-tree", "input.png");
		final List<Double> told = new ArrayList<>();
		FINDER.find(picture, told::add);
		for (int k = 1; k < told.size(); k++) assertTrue(told.get(k) >= told.get(k - 1) - 1e-9, "" + told);
		assertEquals(1, told.get(told.size() - 1), 0);
		assertThrows(CancellationException.class, () -> FINDER.find(picture, new NativeSize.Watch() {

			@Override
			public void done(final double fraction) {}

			@Override
			public void check() {
				throw new CancellationException();
			}
		}));
	}

	@Test
	void showsTheDetectorsMapAtASizeThatIsAskedFor() {
		final ProbabilityMap map = FINDER.probability(figure("foreign-r-boxes", "input.png"), 256, 205, NativeSize.Watch.NONE);
		assertEquals(256, map.width());
		assertEquals(205, map.height());
		// In the title, and in the middle of a box.
		assertTrue(map.at(199 * 256 / 360, 13 * 205 / 288) > 0.6);
		assertTrue(map.at(99 * 256 / 360, 160 * 205 / 288) < 0.2);
	}

	@Test
	void theMattesOfAllWordsAreTheTextLayer() {
		final RgbaImage picture = figure("foreign-r-boxes", "input.png");
		final byte[] truth = figure("foreign-r-boxes", "layer-04.png").plane(RgbaImage.ALPHA);
		final FoundText found = find(picture);
		final List<WordMatte> mattes = TextMatte.of(picture, found);
		assertEquals(found.words(), mattes.stream().map(WordMatte::word).toList());
		final float[] covered = new float[truth.length];
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
		double both = 0;
		double either = 0;
		boolean soft = false;
		for (int i = 0; i < truth.length; i++) {
			both += Math.min(covered[i], (truth[i] & 0xff) / 255.0);
			either += Math.max(covered[i], (truth[i] & 0xff) / 255.0);
			soft |= covered[i] > 0.2 && covered[i] < 0.8;
		}
		// Type of 10 pixels, and stars that are not found.
		assertTrue(both / either > 0.75, "IoU " + both / either);
		assertTrue(soft);
	}

	@Test
	void readsTheBundledFigure() {
		final FoundText found = find(PictureReader.read(Path.of("src/main/resources/org/layerj/sample/figure.png")).image());
		for (final String wanted : List.of("a", "b", "Tubulin / Hoechst", "Mutant", "Intensity", "Cells per field", "25 µm", "Mock", "siRNA")) line(found, wanted);
		assertFalse(lines(found).stream().anyMatch(String::isBlank));
	}
}
