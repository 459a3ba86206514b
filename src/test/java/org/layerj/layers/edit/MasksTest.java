package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasksTest {

	private static boolean[] mask(final String rows) {
		final String cells = rows.replace(" ", "");
		final boolean[] out = new boolean[cells.length()];
		for (int i = 0; i < out.length; i++) out[i] = cells.charAt(i) == '#';
		return out;
	}

	private static String text(final boolean[] mask, final int width) {
		final StringBuilder out = new StringBuilder();
		for (int i = 0; i < mask.length; i++)
			out.append(i > 0 && i % width == 0 ? " " : "").append(mask[i] ? '#' : '.');
		return out.toString();
	}

	private static int[] pixels(final boolean[] mask) {
		return IntStream.range(0, mask.length).filter(i -> mask[i]).toArray();
	}

	@Test
	void dilationAndErosionAreSquareAndStopAtTheEdges() {
		final Masks masks = new Masks(5, 4);
		assertEquals("##... ##... ..... .....", text(masks.dilate(mask("#.... ..... ..... ....."), 1), 5));
		assertEquals("..... ...## ...## ...##", text(masks.dilate(mask("..... ..... ....# ....."), 1), 5));
		// The canvas goes on beyond its edges.
		assertEquals("##... ##... ..... .....", text(masks.erode(mask("###.. ###.. ###.. ....."), 1), 5));
	}

	@Test
	void componentsAreJoinedByCornersOnlyIfAsked() {
		final Masks masks = new Masks(4, 3);
		final boolean[] mask = mask("#..# .#.. ...#");
		assertEquals(4, masks.components(mask, false, (i, j) -> true).size());
		final List<int[]> parts = masks.components(mask, true, (i, j) -> true);
		assertEquals(3, parts.size());
		assertArrayEquals(new int[] { 0, 5 }, parts.get(0));
		assertEquals(12, masks.components(mask("#### #### ####"), true, (i, j) -> false).size());
	}

	@Test
	void onlyHolesThatPassAreFilled() {
		final Masks masks = new Masks(6, 4);
		final String ring = "###### #.##.# #..### ######";
		assertEquals("###### ###### ###### ######", text(masks.filled(pixels(mask(ring)), hole -> true), 6));
		assertEquals("###### #.#### #..### ######",
			text(masks.filled(pixels(mask(ring)), hole -> hole.length == 1), 6));
		assertEquals("##.... #.#### ##.... ......",
			text(masks.filled(pixels(mask("##.... #.#### ##.... ......")), hole -> false), 6));
	}

	@Test
	void thicknessIsTheNumberOfErosions() {
		final Masks masks = new Masks(7, 7);
		assertEquals(1, masks.thickness(pixels(mask("....... ####### ....... ....... ....... ....... ......."))));
		assertEquals(2, masks.thickness(pixels(mask("....... .###... .###... .###... ....... ....... ......."))));
		assertEquals(3, masks.thickness(pixels(mask("....... .#####. .#####. .#####. .#####. .#####. ......."))));
	}

	@Test
	void unknownPixelsAreFilledSmoothlyAndKnownOnesKept() {
		final float[] ramp = new float[64];
		for (int i = 0; i < 64; i++) ramp[i] = 20 * (i % 8);
		final float[] holed = ramp.clone();
		final boolean[] known = new boolean[64];
		for (int i = 0; i < 64; i++) {
			known[i] = i % 8 < 3 || i % 8 > 4;
			if (!known[i]) holed[i] = 255;
		}
		final ColourImage filled = new ColourImage(8, 8, new float[][] { holed, holed, holed }).filled(known);
		for (int i = 0; i < 64; i++) {
			if (known[i]) assertEquals(ramp[i], filled.rgb()[0][i], 0);
			else assertEquals(ramp[i], filled.rgb()[0][i], 3, "pixel " + i);
		}
	}

	/** Against the definition, with radii beyond the canvas, too. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3, 7, 40 })
	void dilatedAndErodedByAnyRadius(final int radius) {
		final int w = 23;
		final int h = 17;
		final Masks canvas = new Masks(w, h);
		final Random random = new Random(radius);
		for (int k = 0; k < 5; k++) {
			final double share = k / 100.0;
			final boolean[] mask = canvas.of(i -> random.nextDouble() < share);
			final boolean[] near = canvas.of(i -> {
				for (int j = 0; j < mask.length; j++) {
					if (mask[j] && Math.abs(i % w - j % w) <= radius && Math.abs(i / w - j / w) <= radius) return true;
				}
				return false;
			});
			assertArrayEquals(near, canvas.dilate(mask, radius));
			assertArrayEquals(canvas.of(i -> !near[i]), canvas.erode(canvas.of(i -> !mask[i]), radius));
		}
	}
}
