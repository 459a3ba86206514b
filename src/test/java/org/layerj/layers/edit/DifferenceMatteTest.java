package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.RgbaImage;

class DifferenceMatteTest {

	private static final int SIDE = 96;

	/** A disc's share of a pixel, from 16 samples. */
	private static double disc(final int x, final int y, final double radius) {
		int in = 0;
		for (int k = 0; k < 16; k++)
			if (Math.hypot(x + (k % 4 + 0.5) / 4 - 48, y + (k / 4 + 0.5) / 4 - 50) < radius) in++;
		return in / 16.0;
	}

	private static RgbaImage picture(final boolean textured, final double radius, final int shift, final int noise) {
		final Random random = new Random(7);
		final int[] argb = new int[SIDE * SIDE];
		for (int i = 0; i < argb.length; i++) {
			final double share = disc(i % SIDE, i / SIDE, radius);
			final int[] behind =
				textured ? new int[] { 150 + i % SIDE / 2, 190, 240 - i / SIDE } : new int[] { 255, 255, 255 };
			final int[] front = { 40, 60, 170 };
			argb[i] = 0xff000000;
			for (int c = 0; c < 3; c++) {
				final double v =
					share * front[c] + (1 - share) * (behind[c] + shift) + noise * (2 * random.nextDouble() - 1);
				argb[i] |= (int) Math.max(0, Math.min(255, Math.round(v))) << 16 - 8 * c;
			}
		}
		return RgbaImage.ofArgb(SIDE, SIDE, argb);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatHasComeBackALittleDifferentStillHasItsShape(final boolean textured) {
		final RgbaImage matte = DifferenceMatte.of(picture(textured, 30, -6, 4), picture(textured, 0, 0, 0));
		double error = 0;
		for (int y = 0; y < SIDE; y++) for (int x = 0; x < SIDE; x++) {
			final double truth = disc(x, y, 30);
			final int argb = matte.argb(x, y);
			error += Math.abs((argb >>> 24) / 255.0 - truth);
			if (truth == 0 && disc(x, y, 33) == 0) assertEquals(0, argb >>> 24, x + ", " + y);
			if (disc(x, y, 27) == 1) assertEquals(255, argb >>> 24, x + ", " + y);
			if (argb >>> 24 < 128) continue;
			assertEquals(40, argb >> 16 & 255, 20);
			assertEquals(60, argb >> 8 & 255, 20);
			assertEquals(170, argb & 255, 20);
		}
		// Of an edge of 188 pixels.
		assertTrue(error < 188 * 0.2, "sum of errors " + error);
	}

	@Test
	void nothingInFrontGivesNothing() {
		final RgbaImage matte = DifferenceMatte.of(picture(true, 0, 5, 4), picture(true, 0, 0, 0));
		assertEquals(Optional.empty(), AlphaBounds.of(matte));
	}
}
