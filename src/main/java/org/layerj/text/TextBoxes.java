package org.layerj.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * From the probability of text to rectangles around lines: connected pixels above a threshold, the smallest rectangle
 * around each group, grown to the outline of the letters (the end of differentiable binarization; Liao et al., AAAI
 * 2020).
 */
final class TextBoxes {

	/**
	 * Least probability of a pixel; least mean probability over a rectangle; a line's core grows by so much times area
	 * over circumference.
	 */
	private static final int PIXEL = (int) (0.3 * 255);
	private static final double MEAN = 0.4;
	/** Shorter side of a core of which the rectangle has mostly edge pixels. */
	private static final double RAGGED = 8;
	/** Least mean of such a core where the picture is seen at its own size or larger: a digit alone. */
	static final double MEAN_RAGGED = 0.3;
	private static final double GROW = 1.6;
	/** Fewest pixels, and shortest side, of a core. */
	private static final int PIXELS = 6;
	private static final double SIDE = 2;
	/** Rectangles this close to upright, in radians, are made so: their edges are ragged, not turned. */
	private static final double UPRIGHT = Math.toRadians(3);

	/** A rectangle, its longer side not necessarily the reading direction, and the mean probability over its core. */
	record Box(Quad quad, double score) {}

	private TextBoxes() {}

	/** All boxes of a map, from top to bottom. */
	static List<Box> of(final ProbabilityMap map) {
		return of(map, MEAN);
	}

	/**
	 * All boxes of a map, from top to bottom.
	 *
	 * @param small least mean probability over a core that is only a few pixels high or wide
	 */
	static List<Box> of(final ProbabilityMap map, final double small) {
		final int w = map.width();
		final int n = w * map.height();
		final byte[] p = map.values();
		final boolean[] seen = new boolean[n];
		final List<Box> boxes = new ArrayList<>();
		int[] queue = new int[1024];
		for (int i = 0; i < n; i++) {
			if (seen[i] || (p[i] & 0xff) <= PIXEL) continue;
			int size = 0;
			queue[size++] = i;
			seen[i] = true;
			long sum = 0;
			for (int k = 0; k < size; k++) {
				final int at = queue[k];
				sum += p[at] & 0xff;
				final int x = at % w;
				final int y = at / w;
				for (int v = Math.max(0, y - 1); v <= Math.min(map.height() - 1, y + 1); v++) {
					for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) {
						final int next = v * w + u;
						if (seen[next] || (p[next] & 0xff) <= PIXEL) continue;
						seen[next] = true;
						if (size == queue.length) queue = Arrays.copyOf(queue, 2 * size);
						queue[size++] = next;
					}
				}
			}
			if (size < PIXELS) continue;
			final Quad core = smallest(hull(queue, size, w));
			final double score = Math.min(1, sum / 255.0 / core.area());
			if (Math.min(core.width(), core.height()) < SIDE
				|| score < (Math.min(core.width(), core.height()) < RAGGED ? small : MEAN)) continue;
			boxes.add(new Box(core.grown(GROW * core.area() / (2 * (core.width() + core.height()))), score));
		}
		return boxes;
	}

	/** Corners of the convex hull of pixels, around (Andrew's monotone chain). */
	private static List<double[]> hull(final int[] pixels, final int size, final int w) {
		// Only the ends of each row can be on the hull.
		int top = Integer.MAX_VALUE;
		int bottom = -1;
		for (int k = 0; k < size; k++) {
			top = Math.min(top, pixels[k] / w);
			bottom = Math.max(bottom, pixels[k] / w);
		}
		final int[] left = new int[bottom - top + 1];
		final int[] right = new int[bottom - top + 1];
		Arrays.fill(left, Integer.MAX_VALUE);
		Arrays.fill(right, -1);
		for (int k = 0; k < size; k++) {
			final int row = pixels[k] / w - top;
			left[row] = Math.min(left[row], pixels[k] % w);
			right[row] = Math.max(right[row], pixels[k] % w);
		}
		final List<double[]> points = new ArrayList<>();
		for (int row = 0; row < left.length; row++) {
			if (right[row] < 0) continue;
			for (int y = top + row; y <= top + row + 1; y++) {
				points.add(new double[] { left[row], y });
				points.add(new double[] { right[row] + 1, y });
			}
		}
		points.sort(Comparator.<double[]> comparingDouble(a -> a[0]).thenComparingDouble(a -> a[1]));
		final double[][] chain = new double[2 * points.size()][];
		int m = 0;
		for (int pass = 0; pass < 2; pass++) {
			final int start = m;
			for (int k = 0; k < points.size(); k++) {
				final double[] q = points.get(pass == 0 ? k : points.size() - 1 - k);
				while (m >= start + 2 && cross(chain[m - 2], chain[m - 1], q) <= 0) m--;
				chain[m++] = q;
			}
			m--;
		}
		return Arrays.asList(chain).subList(0, m);
	}

	private static double cross(final double[] o, final double[] a, final double[] b) {
		return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
	}

	/**
	 * The rectangle of least area around a convex polygon: one of its sides lies on the polygon. The upright one if
	 * that is hardly larger.
	 */
	private static Quad smallest(final List<double[]> hull) {
		Quad best = around(hull, 0);
		for (int k = 0; k < hull.size(); k++) {
			final double[] a = hull.get(k);
			final double[] b = hull.get((k + 1) % hull.size());
			// To −45° … 45°: what is upright is known only later.
			final double angle = Math.IEEEremainder(Math.atan2(b[1] - a[1], b[0] - a[0]), Math.PI / 2);
			if (Math.abs(angle) < UPRIGHT) continue;
			final Quad q = around(hull, angle);
			// A ragged blob is always a little smaller at some odd angle.
			if (q.area() < (best.angle() == 0 ? 0.9 : 1) * best.area()) best = q;
		}
		return best;
	}

	private static Quad around(final List<double[]> hull, final double angle) {
		final double c = Math.cos(angle);
		final double s = Math.sin(angle);
		double u0 = Double.MAX_VALUE;
		double u1 = -Double.MAX_VALUE;
		double v0 = Double.MAX_VALUE;
		double v1 = -Double.MAX_VALUE;
		for (final double[] p : hull) {
			final double u = p[0] * c + p[1] * s;
			final double v = p[1] * c - p[0] * s;
			u0 = Math.min(u0, u);
			u1 = Math.max(u1, u);
			v0 = Math.min(v0, v);
			v1 = Math.max(v1, v);
		}
		final double u = (u0 + u1) / 2;
		final double v = (v0 + v1) / 2;
		return new Quad(u * c - v * s, u * s + v * c, u1 - u0, v1 - v0, angle);
	}
}
