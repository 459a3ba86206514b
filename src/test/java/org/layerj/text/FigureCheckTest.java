package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FigureCheck.Finding;
import org.layerj.text.FigureCheck.Kind;

class FigureCheckTest {

	/** Each line at a place, 20 pixels high. */
	private static FoundText lines(final Object... textsAndPlaces) {
		final List<TextBlock> blocks = new ArrayList<>();
		for (int k = 0; k < textsAndPlaces.length; k += 3)
			blocks.add(line((String) textsAndPlaces[k], (int) textsAndPlaces[k + 1], (int) textsAndPlaces[k + 2], 20));
		return new FoundText(blocks);
	}

	private static TextBlock line(final String text, final int x, final int y, final double height) {
		final Quad quad = new Quad(x, y, 8 * text.length(), height, 0);
		return new TextBlock(List.of(new TextLine(text, 1, quad, UnicodeScript.LATIN,
			List.of(new TextWord(text, 1, quad, UnicodeScript.LATIN)))));
	}

	private static FoundText and(final FoundText text, final TextBlock... more) {
		final List<TextBlock> blocks = new ArrayList<>(text.blocks());
		blocks.addAll(List.of(more));
		return new FoundText(blocks);
	}

	private static RgbaImage plain(final int... rgb) {
		final int[] argb = new int[400 * 300];
		Arrays.fill(argb, 0xffffffff);
		for (int k = 0; k < rgb.length; k++)
			for (int y = 0; y < 100; y++)
				Arrays.fill(argb, (150 + y) * 400 + k * 60, (150 + y) * 400 + k * 60 + 40, rgb[k]);
		return RgbaImage.ofArgb(400, 300, argb);
	}

	private static List<String> panels(final FoundText text) {
		return new FigureCheck(10, 0.1, 1).of(plain(), text).stream().map(Finding::message).toList();
	}

	@Test
	void panelLettersComeInRowsOrInColumns() {
		assertEquals(List.of(), panels(lines("A", 20, 20, "B", 220, 25, "C", 20, 170, "D", 220, 170)));
		assertEquals(List.of(), panels(lines("a)", 20, 20, "c)", 220, 25, "b)", 20, 170, "d)", 220, 170)));
		assertEquals(List.of("There is no panel B"), panels(lines("A", 20, 20, "C", 20, 170, "D", 220, 170)));
		assertEquals(List.of("Panels are in the order D, B, C, A"),
			panels(lines("D", 20, 20, "B", 220, 25, "C", 20, 170, "A", 220, 170)));
		assertEquals(List.of("There are two panels B"), panels(lines("A", 20, 20, "B", 220, 25, "B", 20, 170)));
		assertEquals(List.of(), panels(lines("N", 20, 20, "S", 20, 200, "Control", 100, 100)), "these are no panels");
	}

	/** A small c is read as a capital, smaller than the others by what small letters are. */
	@Test
	void lettersOfOneFormInBothCasesCountWhereTheirSizeFits() {
		final FoundText abd = lines("a", 20, 20, "b", 220, 20, "d", 220, 170);
		assertEquals(List.of("There is no panel C"), panels(abd));
		assertEquals(List.of(), panels(and(abd, line("C", 20, 170, 14))));
		assertEquals(List.of("There are two panels C"),
			panels(and(lines("a", 20, 20, "b", 220, 20), line("C", 20, 170, 14), line("C", 220, 170, 14))));
		assertEquals(List.of(), panels(and(abd, line("C", 20, 170, 14), line("C", 90, 250, 13))), "another size");
		assertEquals(List.of("There is no panel C"), panels(and(abd, line("C", 20, 170, 20))), "a capital");
		assertEquals(List.of("There is no panel C"), panels(and(abd, line("X", 100, 290, 14))), "the name of an axis");
		assertEquals(List.of(), panels(and(lines("A", 20, 20, "B", 220, 20, "D", 220, 170), line("c", 20, 170, 28))));
	}

	@Test
	void namesOfCategoriesAreNoPanels() {
		final TextBlock[] names = { line("A", 40, 120, 17.5), line("B", 60, 120, 17.5), line("C", 80, 120, 17.5) };
		assertEquals(List.of("Panels are in the order A, C, B"),
			panels(and(lines("A", 20, 20, "C", 20, 170, "B", 220, 170), names)));
		final FoundText two = lines("A", 40, 120, "B", 60, 120, "A", 240, 120, "B", 260, 120);
		assertEquals(List.of(), panels(two), "in two charts");
		assertEquals(List.of(), panels(and(two, line("a", 20, 20, 30), line("b", 220, 20, 30))));
	}

	@Test
	void aLetterThatIsMissedIsLookedForInItsSize() {
		final PanelLetters letters =
			PanelLetters.of(lines("a", 20, 20, "b", 220, 20, "d", 220, 170), new double[] { 17, 17, 17 });
		assertEquals(List.of('C'), letters.missing());
		assertEquals(List.of(), letters.with("(C)", new Quad(20, 170, 30, 22, 0)).missing());
		assertEquals(letters, letters.with("e", new Quad(20, 170, 10, 20, 0)));
		assertEquals(letters, letters.with("c", new Quad(20, 170, 3, 5, 0)));
	}

	@Test
	void coloursThatSomeCannotTellApartAreNamed() {
		final List<Finding> bad = new FigureCheck(10, 0.1, 1).of(plain(0xff429e91, 0xffc46696, 0xff202020), lines());
		assertEquals(1, bad.size(), bad.toString());
		assertTrue(
			bad.get(0)
				.message()
				.matches("#429e91 and #c46696 look alike .*deutan.*|#c46696 and #429e91 look alike .*deutan.*"),
			bad.get(0).message());
		assertEquals(List.of(), new FigureCheck(10, 0.1, 1).of(plain(0xff0072b2, 0xffe69f00, 0xff000000), lines()));
	}

	@Test
	void sizesAreThoseInPrint() {
		// 400 pixels on 1 inch: 17 pixels are 3 points.
		final FoundText text = lines("Control", 100, 100, "Mutant", 200, 100, "Rescue", 300, 100);
		final List<Finding> found = new FigureCheck(25.4, 6, 600).of(plain(), text);
		assertEquals(List.of(Kind.TEXT, Kind.TEXT, Kind.TEXT, Kind.RESOLUTION),
			found.stream().map(Finding::kind).toList());
		assertEquals(List.of(), new FigureCheck(60, 6, 100).of(plain(), lines("Control", 100, 100)));
	}

	@Test
	void aWidthOfWholePixelsMayBeOneTooFew() {
		// 85 mm at 300 dpi are 1003.9 pixels.
		final FigureCheck check = new FigureCheck(85, 0.1, 300);
		assertEquals(List.of(), check.of(RgbaImage.blank(1003, 10), lines()));
		assertEquals(1, check.of(RgbaImage.blank(1002, 10), lines()).size());
	}

	/** What looks like a letter is read as one anywhere, in any size. */
	@Test
	void fewCharactersCountWhereSeveralHaveOneSize() {
		final FigureCheck check = new FigureCheck(60, 6, 100);
		final TextBlock ten = line("10", 50, 50, 8);
		assertEquals(List.of(), check.of(plain(), and(lines(), ten, line("T", 90, 50, 5), line("1", 100, 50, 3))));
		assertEquals(3, check.of(plain(), and(lines(), ten, line("5", 90, 50, 8), line("0", 100, 50, 8))).size());
		assertEquals(List.of(),
			check.of(plain(), and(lines(), line("X", 50, 50, 7), line("x", 90, 50, 7), line("C", 100, 50, 7))),
			"a small x that is read as a capital");
		assertEquals(List.of(),
			check.of(plain(), and(lines(), line("1 0", 50, 50, 8), line("1 5", 90, 50, 8), line("2 0", 130, 50, 8))),
			"with a space that was a gap");
	}

	private static int noise(final Random random, final int r, final int g, final int b, final int by) {
		final int n = random.nextInt(by);
		return 0xff000000 | Math.min(255, r + n) << 16 | Math.min(255, g + n) << 8 | Math.min(255, b + n);
	}

	/** A panel of a figure with a chart, 120 x 100 of 400 x 300 pixels. */
	@Test
	void picturesInAFigureAreMicrographsByTheirColours() {
		final Random random = new Random(3);
		final Map<String, IntFunction<Integer>> micrographs = Map.of("grey", i -> noise(random, 70, 70, 70, 40),
			"a dye on black", i -> i % 5 == 0 ? noise(random, 10, 150, 20, 40) : noise(random, 0, 0, 0, 20), "a stain",
			i -> i % 3 == 0 ? noise(random, 120, 70, 160, 20) : noise(random, 220, 170, 210, 20));
		final Map<String, IntFunction<Integer>> others =
			Map.of("a blot", i -> noise(random, 200, 200, 200, 20), "a dark sky", i -> noise(random, 0, 30, 70, 20),
				"a forest", i -> noise(random, 60, 120, 50, 60), "smooth", i -> 0xff000000 | 0x10101 * (60 + i % 120));
		for (final Map<String, IntFunction<Integer>> pictures : List.of(micrographs, others))
			pictures.forEach((name, pixel) -> {
				final RgbaImage figure = plain(0xff0072b2, 0xffe69f00);
				for (int i = 0; i < 120 * 100; i++) {
					final int at = (20 + i / 120) * 400 + 250 + i % 120;
					final int rgb = pixel.apply(i);
					for (int c = 0; c < 3; c++) figure.plane(c)[at] = (byte) (rgb >> 16 - 8 * c);
				}
				assertEquals(pictures == micrographs ? List.of(Kind.SCALE) : List.of(),
					new FigureCheck(10, 0.1, 1).of(figure, lines()).stream().map(Finding::kind).toList(), name);
			});
	}

	@Test
	void textureInGreyWithoutABarIsAMicrographThatLacksOne() {
		final Random random = new Random(3);
		final int[] argb = new int[400 * 300];
		for (int i = 0; i < argb.length; i++) argb[i] = 0xff000000 | 0x10101 * (40 + random.nextInt(60));
		final RgbaImage cells = RgbaImage.ofArgb(400, 300, argb);
		assertEquals(List.of(Kind.SCALE),
			new FigureCheck(10, 0.1, 1).of(cells, lines()).stream().map(Finding::kind).toList());
		for (int i = 0; i < argb.length; i++) argb[i] = 0xff000000 | random.nextInt(0x1000000);
		assertEquals(List.of(), new FigureCheck(10, 0.1, 1).of(RgbaImage.ofArgb(400, 300, argb), lines()),
			"what has all colours is a photograph");
	}
}
