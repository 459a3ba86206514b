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
}
