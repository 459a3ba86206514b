package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatteTest {

	private static final int SIDE = 11;

	/** Stripes on white, each a share of a colour; upright or lying. */
	private static ColourImage stripes(final boolean upright, final float[] share, final int[] colours) {
		final float[][] rgb = new float[3][SIDE * SIDE];
		for (int i = 0; i < SIDE * SIDE; i++) {
			final int k = upright ? i % SIDE : i / SIDE;
			for (int c = 0; c < 3; c++) rgb[c][i] = share[k] * (colours[k] >> 16 - 8 * c & 0xff) + (1 - share[k]) * 255;
		}
		return new ColourImage(SIDE, SIDE, rgb);
	}

	private static Matte matte(final boolean upright, final float[] share, final int[] colours, final int from,
		final int to)
	{
		final Masks masks = new Masks(SIDE, SIDE);
		return Matte.of(stripes(upright, share, colours), stripes(upright, new float[SIDE], colours), masks.of(i -> {
			final int k = upright ? i % SIDE : i / SIDE;
			return k >= from && k <= to;
		}), masks.of(i -> true));
	}

	private static void check(final Matte matte, final boolean upright, final float[] share, final int[] colours) {
		for (int i = 0; i < SIDE * SIDE; i++) {
			final int k = upright ? i % SIDE : i / SIDE;
			assertEquals(share[k], matte.alpha()[i], 1e-4, "alpha of stripe " + k);
			for (int c = 0; c < 3 && share[k] > 0; c++)
				assertEquals(colours[k] >> 16 - 8 * c & 0xff, matte.colours().rgb()[c][i], 0.01,
					"colour of stripe " + k);
		}
	}

	/** Red at one edge, blue at the other, and between them green, which neither edge may take. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void edgesHaveTheColourOfTheNearestInnerPixel(final boolean upright) {
		final float[] share = { 0, 0, .2f, .6f, 1, 1, 1, .6f, .2f, 0, 0 };
		final int[] colours = new int[SIDE];
		Arrays.fill(colours, 0, 5, 0xc01000);
		colours[5] = 0x009020;
		Arrays.fill(colours, 6, SIDE, 0x1020d0);
		check(matte(upright, share, colours, 3, 7), upright, share, colours);
	}

	/** Of a line that has no inside, the colour is that of its middle. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void linesHaveTheColourThatDiffersMost(final boolean upright) {
		final float[] share = { 0, 0, 0, 0, .3f, 1, .5f, 0, 0, 0, 0 };
		final int[] colours = new int[SIDE];
		Arrays.fill(colours, 0x203050);
		check(matte(upright, share, colours, 5, 6), upright, share, colours);
	}

	/** A pixel that no mixture of the edge's colour and the background explains is part of the thing, or nothing. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void whatIsNoMixtureIsAllOrNothing(final boolean upright) {
		final float[] share = { 0, 0, 1, 1, 1, 1, 1, 1, .5f, 0, 0 };
		final int[] colours = new int[SIDE];
		Arrays.fill(colours, 0xc01000);
		// Green: at the left edge beyond the foreground, at the right the foreground's last stripe.
		colours[2] = 0x009020;
		colours[7] = 0x009020;
		final Matte matte = matte(upright, share, colours, 3, 7);
		for (int i = 0; i < SIDE * SIDE; i++) {
			final int k = upright ? i % SIDE : i / SIDE;
			if (k == 2) assertEquals(0, matte.alpha()[i]);
			if (k == 7) assertEquals(1, matte.alpha()[i]);
			if (k == 7) assertEquals(0x90, matte.colours().rgb()[1][i], 0.01);
		}
	}
}
