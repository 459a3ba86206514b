package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.MainColours.MainColour;

class MainColoursTest {

	/** Pairs of a colour {@code 0xAARRGGBB} and how many pixels it has. */
	private static Layer layer(final int... coloursAndCounts) {
		int n = 0;
		for (int k = 1; k < coloursAndCounts.length; k += 2) n += coloursAndCounts[k];
		final int[] argb = new int[n];
		for (int k = 0, at = 0; k < coloursAndCounts.length; at += coloursAndCounts[k + 1], k += 2)
			Arrays.fill(argb, at, at + coloursAndCounts[k + 1], coloursAndCounts[k]);
		return Layer.of("l", "L", RgbaImage.ofArgb(n, 1, argb));
	}

	private static List<MainColour> of(final int... coloursAndCounts) {
		return MainColours.of(List.of(layer(coloursAndCounts)));
	}

	@Test
	void coloursOfAFiftiethAreMainColoursAndFewerAreNot() {
		assertEquals(List.of(new MainColour(0xff0000, 150), new MainColour(0x0000ff, 44), new MainColour(0x00c000, 4)),
			of(0xffff0000, 150, 0xff0000ff, 44, 0xff00c000, 4, 0xffffff00, 2));
	}

	@Test
	void coloursThatLookAlikeCountTogether() {
		assertEquals(List.of(new MainColour(0xd02020, 60), new MainColour(0x2040c0, 45)),
			of(0xffd02020, 40, 0xffd82820, 20, 0xff2040c0, 30, 0xff2048c8, 15));
		assertEquals(List.of(new MainColour(0x2040c0, 60), new MainColour(0x101010, 45), new MainColour(0x606060, 5)),
			of(0xff2040c0, 60, 0xff101010, 40, 0xff181818, 5, 0xff606060, 5));
	}

	@Test
	void theColourIsTheCommonestOfItsKindExactly() {
		assertEquals(List.of(new MainColour(0xd12223, 12)), of(0xffd12223, 5, 0xffd02020, 4, 0xffd02722, 3));
		assertEquals(0xd12223, MainColours.dominant(layer(0xffd12223, 5, 0xff2040c0, 4)));
		assertEquals(0, MainColours.dominant(layer(0x00ffffff, 9)), "nothing has none");
	}

	@Test
	void thinPixelsHardlyCount() {
		// .2² · 100 = 4.
		assertEquals(0xd02020, MainColours.dominant(layer(0x332040c0, 100, 0xffd02020, 5)));
		assertEquals(0x2040c0, MainColours.dominant(layer(0x332040c0, 100, 0xffd02020, 3)));
	}

	@Test
	void mixturesAtEdgesAreNoMainColours() {
		final int half = 0xff000000 | MainColours.mix(0xd02020, 0x2040c0, 0.5);
		assertEquals(List.of(new MainColour(0xd02020, 50), new MainColour(0x2040c0, 40)),
			of(0xffd02020, 50, 0xff2040c0, 40, half, 10));
	}
}
