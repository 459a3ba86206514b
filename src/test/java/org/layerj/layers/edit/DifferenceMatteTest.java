package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
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

	@ParameterizedTest
	@ValueSource(ints = { 4, 12 })
	void nothingInFrontGivesNothing(final int noise) {
		final RgbaImage matte = DifferenceMatte.of(picture(true, 0, 5, noise), picture(true, 0, 0, 0));
		assertEquals(Optional.empty(), AlphaBounds.of(matte));
	}

	private static RgbaImage opaque(final IntBinaryOperator rgb) {
		return Pictures.picture(SIDE, SIDE, (x, y) -> 0xff000000 | rgb.applyAsInt(x, y));
	}

	private static boolean isIn(final int x, final int y, final int from, final int to) {
		return x >= from && x < to && y >= from && y < to;
	}

	/** Each channel by another amount, and far more than a foreground has to differ. */
	@Test
	void whatTheWholeBackgroundIsShiftedByIsNotForeground() {
		final int before = 0x647896;
		final int now = 0x965a96;
		final RgbaImage matte =
			DifferenceMatte.of(opaque((x, y) -> isIn(x, y, 30, 60) ? before : isIn(x, y, 70, 80) ? 0x14c85a : now),
				opaque((x, y) -> before));
		for (int y = 0; y < SIDE; y++) for (int x = 0; x < SIDE; x++) {
			final int argb = matte.argb(x, y);
			if (isIn(x, y, 30, 60)) assertEquals(0xff000000 | before, argb, "what has the old colour is in front now");
			else if (isIn(x, y, 70, 80)) assertEquals(0xff14c85a, argb);
			else assertEquals(0, argb >>> 24, x + ", " + y);
		}
	}

	/** No picture is brighter than white or darker than black, however much the rest became brighter or darker. */
	@ParameterizedTest
	@ValueSource(ints = { 40, -40 })
	void aShiftEndsAtWhiteAndBlack(final int shift) {
		final int extreme = shift > 0 ? 0xf0 : 0x0f;
		final RgbaImage behind = opaque((x, y) -> (isIn(x, y, 30, 60) ? extreme : 0x80) * 0x010101);
		final RgbaImage picture =
			opaque((x, y) -> (isIn(x, y, 30, 60) ? shift > 0 ? 255 : 0 : 0x80 + shift) * 0x010101);
		assertEquals(Optional.empty(), AlphaBounds.of(DifferenceMatte.of(picture, behind)));
	}

	/**
	 * A few wrong pixels of the margin must not hide a foreground that differs less than they do, nor shift anything.
	 */
	@Test
	void aHundredthOfTheMarginMayBeAnything() {
		// 6 of the 752 pixels of a margin two wide.
		final RgbaImage picture =
			opaque((x, y) -> y == 0 && x % 16 == 0 ? 0x000000 : isIn(x, y, 30, 60) ? 0xa0a0a0 : 0xc8c8c8);
		final RgbaImage matte = DifferenceMatte.of(picture, opaque((x, y) -> 0xc8c8c8));
		assertEquals(Optional.of(new Bounds(30, 30, 30, 30)), AlphaBounds.of(matte));
		assertEquals(0xffa0a0a0, matte.argb(45, 45));
	}

	@Test
	void fiveSpotsTogetherAreNoiseAndSixAreNot() {
		final RgbaImage matte = DifferenceMatte.of(
			opaque((x, y) -> y == 20 && x >= 20 && x < 25 || y == 60 && x >= 60 && x < 66 ? 0 : 0xffffff),
			opaque((x, y) -> 0xffffff));
		assertEquals(Optional.of(new Bounds(60, 60, 6, 1)), AlphaBounds.of(matte));
	}
}
