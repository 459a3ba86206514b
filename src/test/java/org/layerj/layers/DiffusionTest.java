package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
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

	/** Samples that are the boundary values of holes of all shapes, some at the border; solved by brute force. */
	@Test
	void holesAreFilledWithTheSolutionOfLaplacesEquation() {
		final int w = 37;
		final int h = 26;
		final double[] plane = new double[w * h];
		final boolean[] hole = new boolean[w * h];
		for (int i = 0; i < plane.length; i++) {
			final int x = i % w;
			final int y = i / w;
			plane[i] = 1e5 + 60 * Math.sin(x * .9) * Math.cos(y * .7) + (x > 20 ? 40 : 0);
			hole[i] =
				Math.hypot(x - 12, y - 12) < 8 || x > 28 && y > 15 || x < 4 && y > 20 || x == 22 || y == 3 && x > 25;
		}
		final double[] wanted = plane.clone();
		for (int i = 0; i < wanted.length; i++) if (hole[i]) wanted[i] = 1e5;
		for (int round = 0; round < 5000; round++) for (int i = 0; i < wanted.length; i++) {
			if (!hole[i]) continue;
			double sum = 0;
			int n = 0;
			for (final int[] d : new int[][] { { -1, 0 }, { 1, 0 }, { 0, -1 }, { 0, 1 } }) {
				final int x = i % w + d[0];
				final int y = i / w + d[1];
				if (x < 0 || y < 0 || x >= w || y >= h) continue;
				sum += wanted[y * w + x];
				n++;
			}
			wanted[i] = sum / n;
		}
		final double[] filled = Diffusion.fill(plane, w, h, i -> !hole[i], 0);
		double most = 0;
		for (int i = 0; i < wanted.length; i++) {
			if (!hole[i]) assertEquals(plane[i], filled[i]);
			most = Math.max(most, Math.abs(wanted[i] - filled[i]));
		}
		assertTrue(most < 160 * 5e-4, "off by " + most + " of a range of 160");
	}

	/** Other holes are no neighbours of those that are solved for, and are filled as well. */
	@Test
	void holesThatAreNotWantedAreFilledWithAverages() {
		final int w = 32;
		final double[] plane = new double[w * w];
		for (int i = 0; i < plane.length; i++) plane[i] = i % w < 8 ? 40 : i % w >= 24 ? 200 : Double.NaN;
		final double[] filled = Diffusion.fill(plane, w, w, i -> i % w < 8 || i % w >= 24, i -> i / w < 16, -5);
		for (int i = 0; i < plane.length; i++) {
			if (i % w < 8 || i % w >= 24) assertEquals(plane[i], filled[i]);
			else if (i / w < 16) assertEquals(40 + 160 * (i % w - 7) / 17., filled[i], .3, "solved at " + i);
			else assertTrue(filled[i] >= 40 && filled[i] <= 200, "between the others at " + i);
		}
		final int row = 28 * w;
		assertTrue(filled[row + 9] < 90 && filled[row + 22] > 150, "nearer to what is nearer");
		for (int x = 9; x < 24; x++) assertTrue(filled[row + x] >= filled[row + x - 1], "rises at " + x);
	}

	@Test
	void oneSampleFillsEverythingAndKnownOnesStay() {
		final double[] plane = { 3, 9, 9, 9, 9, 9 };
		for (final double v : Diffusion.fill(plane, 3, 2, i -> i == 0, 7)) assertEquals(3, v);
		assertEquals(List.of(5., 5., 5., 5.),
			java.util.Arrays.stream(Diffusion.fill(new double[] { 5, 8, 8, 5 }, 2, 2, i -> i % 3 == 0, 0))
				.boxed()
				.toList());
	}

	/** A plane that rises evenly is known from every second of its samples, except at its edges. */
	@Test
	void betweenSamplesOfACoarserGridItIsLinear() {
		final double[] plane = new double[20];
		for (int i = 0; i < 20; i++) plane[i] = 10 * (i % 5) + 100 * (i / 5);
		for (int y = 0; y < 8; y++) for (int x = 0; x < 10; x++) {
			final double u = Math.max(0, Math.min(4, (x - .5) / 2));
			final double v = Math.max(0, Math.min(3, (y - .5) / 2));
			assertEquals(10 * u + 100 * v, Diffusion.between(plane, 5, 4, x, y), 1e-9, x + ", " + y);
		}
	}
}
