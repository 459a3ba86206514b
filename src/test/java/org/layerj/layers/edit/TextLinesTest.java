package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.TextLook.Line;

/** Letters that are blocks, for what no typeface shows exactly. */
class TextLinesTest {

	/** Rectangles in a layer whose corner lies at (100, 200); coordinates are the layer's. */
	private static List<Line> lines(final Bounds... blocks) {
		return TextLook.of(Pictures.layer("t", new Bounds(100, 200, 60, 50), (x, y) -> {
			for (final Bounds b : blocks) if (b.contains(x, y)) return 0xff102030;
			return 0;
		})).orElseThrow().lines();
	}

	private static Bounds block(final int left, final int top, final int right, final int bottom) {
		return new Bounds(left, top, right - left, bottom - top);
	}

	@Test
	void lettersStandOnTheBaselineAndOthersDoNotCount() {
		assertEquals(List.of(new Line(102, 215, 10)),
			lines(block(5, 5, 10, 15), block(12, 8, 17, 15), block(20, 8, 25, 15), block(27, 8, 32, 19),
				block(34, 13, 36, 18), block(38, 10, 42, 11), block(2, 9, 4, 10)),
			"capital, two small letters, a descender, comma, hyphens");
	}

	@Test
	void theLowestOfALineIsNotItsBaselineIfItHangs() {
		// As many descenders as letters: the smaller number is the baseline.
		assertEquals(List.of(new Line(105, 215, 10)), lines(block(5, 5, 10, 15), block(12, 8, 17, 19)));
	}

	@Test
	void whatLeansBeginsWhereItsFootIs() {
		final Layer slash = Pictures.layer("s", new Bounds(100, 200, 20, 20),
			(x, y) -> y >= 4 && y < 16 && (x == 17 - y || x == 18 - y) ? 0xff102030 : 0);
		assertEquals(List.of(new Line(102, 216, 12)), TextLook.of(slash).orElseThrow().lines());
	}

	@Test
	void faintEdgesDoNotMakeLettersLarger() {
		final Layer soft = Pictures.layer("s", new Bounds(100, 200, 20, 20),
			(x, y) -> x >= 5 && x < 9 && y >= 4 && y < 16 ? (y == 4 || y == 15 ? 95 : y == 5 ? 96 : 255) << 24 : 0);
		assertEquals(List.of(new Line(105, 215, 10)), TextLook.of(soft).orElseThrow().lines());
	}

	/** A dot 2 high on a stem 8 high. */
	@Test
	void aDotBelongsToTheLetterRightBelow() {
		assertEquals(List.of(new Line(105, 224, 8)), lines(block(5, 11, 7, 13), block(5, 16, 7, 24)), "3 apart");
		assertEquals(List.of(new Line(105, 213, 2), new Line(105, 225, 8)),
			lines(block(5, 11, 7, 13), block(5, 17, 7, 25)), "4 apart");
		assertEquals(List.of(new Line(105, 214, 3), new Line(105, 225, 9)),
			lines(block(5, 11, 8, 14), block(5, 16, 8, 25)), "a third as high is too large for a dot");
	}

	/** An exclamation mark: a dot 2 high below a stem 12 high. */
	@Test
	void aDotBelongsToTheLetterRightAbove() {
		assertEquals(List.of(new Line(105, 217, 12)), lines(block(5, 5, 7, 17), block(5, 19, 7, 21)), "2 apart");
		assertEquals(List.of(new Line(105, 217, 12), new Line(105, 222, 2)),
			lines(block(5, 5, 7, 17), block(5, 20, 7, 22)), "3 apart");
		assertEquals(List.of(new Line(105, 217, 12), new Line(105, 223, 4)),
			lines(block(5, 5, 7, 17), block(5, 19, 9, 23)), "a third as high is too large for a dot");
	}

	/** Upright strokes as a screen with red, green and blue stripes shows them, each 10 stripes wide. */
	private static RgbaImage stripes(final int letters, final int behind, final int margin) {
		return Pictures.picture(25 + 2 * margin, 9, (x, y) -> {
			int rgb = 0;
			boolean any = false;
			for (int c = 0; c < 3; c++) {
				// The first stroke begins at a pixel's second stripe, another at its third, another at its first.
				final boolean on = Math.floorMod(3 * (x - margin) + c - 1, 25) < 10 && x >= margin && x < 25 + margin;
				any |= on;
				rgb = rgb << 8 | (on ? letters : behind) >> 16 - 8 * c & 0xff;
			}
			return any ? 0xff000000 | rgb : 0;
		});
	}

	private static OptionalInt colour(final RgbaImage picture) {
		return SubpixelText.colour(Layer.of("t", "T", picture));
	}

	@Test
	void theColourOfStripesIsThatOfEachChannelWhereItCoversAll() {
		for (final int[] c : new int[][] { { 0x102030, 0xffffff }, { 0xf0e8d0, 0x102030 }, { 0xc03040, 0x20e0f0 } })
			for (final int margin : new int[] { 0, 3 })
				assertEquals(OptionalInt.of(c[0]), colour(stripes(c[0], c[1], margin)), "margin " + margin);
	}

	/** A stroke that fills its layer, so that nothing transparent lies beside it. */
	@Test
	void strokesMayFillTheirLayer() {
		for (final int[] c : new int[][] { { 0x102030, 0xffffff }, { 0xf0e8d0, 0x102030 } })
			assertEquals(OptionalInt.of(c[0]), colour(stripes(c[0], c[1], 0).crop(Bounds.all(4, 9))));
	}

	/** A channel that is nearly the same behind the letters says nothing about stripes. */
	@Test
	void redAndBlueAreNeededForStripes() {
		assertTrue(colour(stripes(0x200020, 0x34ff34, 3)).isEmpty(), "green");
		assertTrue(colour(stripes(0x200000, 0x34ffff, 3)).isEmpty(), "green and blue");
		assertTrue(colour(stripes(0x000020, 0xffff34, 3)).isEmpty(), "red and green");
		assertEquals(OptionalInt.of(0x002000), colour(stripes(0x002000, 0xff34ff, 3)), "red and blue");
	}

	/** As compression leaves them at the edges of black letters on white. */
	@Test
	void aTenthOfAColourIsNoFringe() {
		assertTrue(colour(Pictures.picture(30, 9, (x, y) -> switch (x % 10) {
			case 3 -> 0xffffffe5;
			case 4, 5, 6 -> 0xff000000;
			case 7 -> 0xffe5ffff;
			default -> 0;
		})).isEmpty());
		assertEquals(OptionalInt.of(0), colour(Pictures.picture(30, 9, (x, y) -> switch (x % 10) {
			case 3 -> 0xffffffcc;
			case 4, 5, 6 -> 0xff000000;
			case 7 -> 0xffccffff;
			default -> 0;
		})), "a fifth is");
	}

	@Test
	void whatIsHardlyThereTellsNothing() {
		final int[] argb = stripes(0x102030, 0xffffff, 3).argb();
		for (int i = 0; i < argb.length; i++) if (argb[i] != 0) argb[i] = 0x40000000 | argb[i] & 0xffffff;
		assertTrue(colour(RgbaImage.ofArgb(31, 9, argb)).isEmpty());
	}
}
