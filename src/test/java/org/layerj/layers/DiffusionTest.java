package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class DiffusionTest {

	private static final int W = 90;
	private static final int H = 70;

	/** Letters on a slow ramp, a dark bar close by: what is dark beyond the edge must not shine into the holes. */
	@Test
	void continuesARampBesideSomethingDark() {
		final double[] plane = new double[W * H];
		for (int i = 0; i < plane.length; i++) plane[i] = dark(i) ? 20 : ramp(i);
		final IntPredicate hole = i -> i % W > 10 && i % W < 80 && i / W > 20 && i / W < 44;
		final double[] filled = Diffusion.fill(plane, W, H, hole.negate(), 0);
		double sum = 0;
		int count = 0;
		for (int i = 0; i < plane.length; i++) {
			if (!hole.test(i)) assertEquals(plane[i], filled[i]);
			else {
				sum += Math.abs(filled[i] - ramp(i));
				count++;
			}
		}
		assertTrue(sum / count < 1, "mean error of " + sum / count + " levels");
	}

	private static boolean dark(final int i) {
		return i / W >= 46 && i / W < 52;
	}

	private static double ramp(final int i) {
		return 200 + i / W * .5 + i % W * .2;
	}

	@Test
	void staysBetweenTheSamplesAround() {
		final double[] plane = new double[W * H];
		for (int i = 0; i < plane.length; i++) plane[i] = i % W < W / 2 ? 10 : 250;
		final double[] filled = Diffusion.fill(plane, W, H, i -> i % W < 20 || i % W > 70, 0);
		for (int i = 0; i < plane.length; i++) assertTrue(filled[i] >= 10 && filled[i] <= 250);
		final int middle = H / 2 * W;
		for (int x = 1; x < W; x++) assertTrue(filled[middle + x] >= filled[middle + x - 1] - 1e-9, "rises at " + x);
	}

	@Test
	void nothingKnownIsWhatIsSaid() {
		for (final double v : Diffusion.fill(new double[12], 4, 3, i -> false, 7)) assertEquals(7, v);
	}

	@Test
	void whatIsNotFiniteIsNotKnown() {
		final double[] plane = { 5, Double.NaN, 5, 5 };
		assertEquals(5, Diffusion.fill(plane, 2, 2, i -> i != 1, 0)[2]);
	}
}
