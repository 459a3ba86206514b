package org.layerj.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ColourFieldTest {

	private static final int CELL = 4;
	private static final float[] BINOMIAL = { 1 / 16f, 4 / 16f, 6 / 16f, 4 / 16f, 1 / 16f };

	private static float[] at(final ColourField field, final int x, final int y) {
		final float[] out = { -1, -1, -1, -1, -1, -1 };
		field.sample(x, y, out, 1);
		assertEquals(-1, out[0]);
		assertEquals(-1, out[5]);
		return new float[] { out[1], out[2], out[3], out[4] };
	}

	/** The middle of a cell lies between four pixels, so their mean. */
	private static float weight(final ColourField field, final int column, final int row) {
		float sum = 0;
		for (int k = 0; k < 4; k++) sum += at(field, column * CELL + 1 + k % 2, row * CELL + 1 + k / 2)[3] / 4;
		return sum;
	}

	@Test
	void oneColourEverywhereIsThatColourUpToTheBorders() {
		final ColourField field = new ColourField(42, 43, CELL);
		assertEquals(11, field.width);
		assertEquals(11, field.height);
		for (int y = 0; y < 43; y++) for (int x = 0; x < 42; x++) field.add(x, y, .5f, 10, 20, 30);
		field.smooth(2);
		for (int y = 0; y < 43; y++) for (int x = 0; x < 42; x++) {
			final float[] c = at(field, x, y);
			for (int k = 0; k < 3; k++) assertEquals(10 * (k + 1), c[k] / c[3], 1e-4, x + "," + y);
		}
		assertEquals(.5, at(field, 20, 20)[3], 1e-6, "the weight of a pixel, where it is known all around");
	}

	@Test
	void aCellIsSpreadByTheBinomialWeights() {
		final ColourField field = new ColourField(44, 44, CELL);
		for (int y = 20; y < 24; y++) for (int x = 20; x < 24; x++) field.add(x, y, 1, 100, 0, 50);
		field.smooth(1);
		for (int v = -2; v <= 2; v++) for (int u = -2; u <= 2; u++) {
			// Bilinear interpolation between a cell's middle and its neighbours', an eighth of the way to each side.
			final double[] across = { 0, 0 };
			for (int k = -1; k <= 1; k++) {
				final double share = k == 0 ? 7 / 8. : 1 / 16.;
				across[0] += share * binomial(u + k);
				across[1] += share * binomial(v + k);
			}
			assertEquals(across[0] * across[1], weight(field, 5 + u, 5 + v), 1e-6, u + "," + v);
		}
		final float[] c = at(field, 26, 18);
		assertEquals(100, c[0] / c[3], 1e-3);
		assertEquals(0, c[1] / c[3], 1e-3);
		assertEquals(50, c[2] / c[3], 1e-3);
		assertEquals(0, weight(field, 9, 5), "beyond its reach");
	}

	private static double binomial(final int offset) {
		return Math.abs(offset) > 2 ? 0 : BINOMIAL[offset + 2];
	}

	@Test
	void aClearedRowIsForgottenAndNoOther() {
		final ColourField field = new ColourField(16, 16, CELL);
		for (int y = 0; y < 16; y++) for (int x = 0; x < 16; x++) field.add(x, y, 1, 1, 1, 1);
		field.clearRow(1);
		field.smooth(0);
		assertEquals(1, at(field, 8, 0)[3], 1e-6);
		assertEquals(1 / 8f, weight(field, 2, 1), 1e-6);
		assertEquals(1, at(field, 8, 15)[3], 1e-6);
	}
}
