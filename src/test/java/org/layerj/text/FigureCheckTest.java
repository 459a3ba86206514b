package org.layerj.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FigureCheck.Finding;
import org.layerj.text.FigureCheck.Kind;

class FigureCheckTest {

	/** Each line at a place, 20 pixels high. */
	private static FoundText lines(final Object... textsAndPlaces) {
		final List<TextBlock> blocks = new ArrayList<>();
		for (int k = 0; k < textsAndPlaces.length; k += 3) {
			final String text = (String) textsAndPlaces[k];
			final Quad quad =
				new Quad((int) textsAndPlaces[k + 1], (int) textsAndPlaces[k + 2], 8 * text.length(), 20, 0);
			blocks.add(new TextBlock(List.of(new TextLine(text, 1, quad, UnicodeScript.LATIN,
				List.of(new TextWord(text, 1, quad, UnicodeScript.LATIN))))));
		}
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
		final List<Finding> found = new FigureCheck(25.4, 6, 600).of(plain(), lines("Control", 100, 100));
		assertEquals(List.of(Kind.TEXT, Kind.RESOLUTION), found.stream().map(Finding::kind).toList());
		assertEquals(List.of(), new FigureCheck(60, 6, 100).of(plain(), lines("Control", 100, 100)));
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
