package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;

class ColourPairTest {

	/** Two bars on white. */
	private static RgbaImage bars(final int one, final int other) {
		return Pictures.picture(60, 40, (x, y) -> 0xff000000
			| (y < 10 || y > 30 ? 0xffffff : x > 8 && x < 24 ? one : x > 32 && x < 48 ? other : 0xffffff));
	}

	@Test
	void redAndGreenOfOneLightnessAreAlikeForSome() {
		final List<ColourPair> pairs = ColourPair.alike(bars(0xb06000, 0x708800));
		assertEquals(1, pairs.size(), pairs::toString);
		assertEquals(Set.of(0xb06000, 0x708800), Set.of(pairs.get(0).first(), pairs.get(0).second()));
		assertEquals(List.of(), ColourPair.alike(bars(0x0000ff, 0xffaa00)), "blue and orange are not");
		assertEquals(List.of(), ColourPair.alike(bars(0xb06000, 0xb26200)), "these are meant to look the same");
	}

	/** Colours of different panels need not be distinguished. */
	@Test
	void onlyColoursThatStandBesideOneAnotherArePairs() {
		for (final int gap : new int[] { 12, 40 }) {
			final RgbaImage panels = Pictures.picture(250, 60, (x, y) -> 0xff000000 | (y < 10 || y > 50 ? 0xffffff
				: x > 70 && x < 90 ? 0xb06000 : x > 90 + gap && x < 110 + gap ? 0x708800 : 0xffffff));
			assertEquals(gap == 12 ? 1 : 0, ColourPair.alike(panels).size(), gap + " pixels");
		}
	}

	/**
	 * Points of a chart cover little beside its plate, but all of what is coloured; what is transparent is not there.
	 */
	@Test
	void pointsOnAGreyPlateAreMainColours() {
		final RgbaImage chart = Pictures.picture(300, 200, (x, y) -> 0xff000000
			| (y < 40 ? 0xffffff : x % 30 < 8 && y % 30 < 8 ? x % 60 < 30 ? 0x8b0000 : 0x006400 : 0xd0d0d0));
		assertEquals(1, ColourPair.alike(chart).size());
		final byte[] alpha = chart.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) if (chart.plane(0)[i] == (byte) 0x8b) alpha[i] = 0;
		assertEquals(List.of(), ColourPair.alike(chart));
	}

	@Test
	void photographsHaveNoAreasOfOneColour() {
		final Random random = new Random(4);
		assertEquals(List.of(), ColourPair.alike(Pictures.picture(60, 40, (x, y) -> 0xff000000 | random.nextInt())));
	}

	@Test
	void aPixelIsFlatIfItsFourNeighboursDifferByThreeLevelsAtMost() {
		for (final int[] at : new int[][] { { 1, 0 }, { 0, 1 }, { 2, 1 }, { 1, 2 } })
			for (int shift = 0; shift <= 16; shift += 8)
			{
				final int level = 1 << shift;
				assertTrue(ColourPair.isFlat(
					Pictures.picture(3, 3, (x, y) -> x == at[0] && y == at[1] ? 0xff000000 | 3 * level : 0xff000000), 1,
					1));
				final RgbaImage four =
					Pictures.picture(3, 3, (x, y) -> x == at[0] && y == at[1] ? 0xff000000 | 4 * level : 0xff000000);
				assertFalse(ColourPair.isFlat(four, 1, 1));
			}
	}

	/** Which of the two is the commoner one, and which of them is on the left, does not matter. */
	@Test
	void eitherColourMayBeOnEitherSideAndAboveOrBelow() {
		final int red = 0xb06000;
		final int green = 0x708800;
		for (final int[] c : new int[][] { { red, green }, { green, red } })
			for (final int[] s : new int[][] { { 30, 12 }, { 12, 30 } })
			{
				final RgbaImage beside = Pictures.picture(300, 60, (x, y) -> 0xff000000 | (y < 10 || y > 50 ? 0xffffff
					: x >= 100 && x < 100 + s[0] ? c[0] : x >= 120 + s[0] && x < 162 ? c[1] : 0xffffff));
				assertEquals(1, ColourPair.alike(beside).size());
				final RgbaImage below = Pictures.picture(60, 300, (x, y) -> beside.argb(y, x));
				assertEquals(1, ColourPair.alike(below).size());
			}
	}

	@Test
	void theRightEdgeIsNotBesideTheLeftOne() {
		final RgbaImage panels = Pictures.picture(250, 60,
			(x, y) -> 0xff000000 | (y < 10 || y > 50 ? 0xffffff : x < 20 ? 0x708800 : x >= 230 ? 0xb06000 : 0xffffff));
		assertEquals(List.of(), ColourPair.alike(panels));
		final RgbaImage mirrored = Pictures.picture(250, 60, (x, y) -> panels.argb(249 - x, y));
		assertEquals(List.of(), ColourPair.alike(mirrored));
	}

	/** Bluish green is grey for those without green cones. */
	@Test
	void greysArePairsToo() {
		final List<ColourPair> pairs = ColourPair.alike(bars(0x009e73, 0x888888));
		assertEquals(1, pairs.size(), pairs::toString);
		assertEquals(Set.of(0x009e73, 0x888888), Set.of(pairs.get(0).first(), pairs.get(0).second()));
		assertEquals(ColourVision.DEUTAN, pairs.get(0).vision());
	}

	/** Eight points are less than a fiftieth of what is not background, but all of what is coloured. */
	@Test
	void pointsOnAPlateOnAWhiteBackgroundAreMainColours() {
		final RgbaImage chart =
			Pictures.picture(300, 300, (x, y) -> 0xff000000 | (x < 20 || x >= 220 || y < 20 || y >= 170 ? 0xffffff
				: y > 90 && y < 98 && x % 20 < 8 && x > 40 && x < 200 ? x % 40 < 20 ? 0x8b0000 : 0x006400 : 0xd0d0d0));
		assertEquals(1, ColourPair.alike(chart).size());
	}
}
