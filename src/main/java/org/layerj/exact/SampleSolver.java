package org.layerj.exact;

import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat.Type;

/**
 * Changes the samples of one pixel and channel as little as possible so that they composite to a given sample exactly:
 * {@link PixelSolver} for any type and range.
 * <p>
 * Minimise Σ Δ_i² subject to Σ w_i (v_i + Δ_i) = S, lo ≤ v_i + Δ_i ≤ hi: Δ_i = w_i r / Σ w_j², layers that reach a
 * bound taken out one after the other. Whole numbers are then rounded, the largest weight taking over the error. Floats
 * are rounded to the nearest float, and what is left is given to one layer after the other, from the largest step w_i ·
 * ulp(v_i) to the smallest, until the composite, rounded to a float, is S. Where that does not lead there, and where S
 * is NaN, an infinity or −0, every layer gets S itself: by the compositor's rule that equal samples stay, this is
 * always a solution.
 * <p>
 * Holds the memory for one pixel; not for use by several threads.
 */
final class SampleSolver {

	private final Type type;
	/**
	 * Number of layers that take part, from the top (0) down; set by the caller together with the first entries of the
	 * arrays.
	 */
	int count;
	/** How much each covers, 0 … 1, of what is below; all above 0. */
	final double[] over;
	final double[] value;

	private final double[] weight;
	private final double[] before;
	private final int[] falling;
	private final boolean[] bound;

	SampleSolver(final Type type, final int layers) {
		this.type = type;
		over = new double[layers];
		value = new double[layers];
		weight = new double[layers];
		before = new double[layers];
		falling = new int[layers];
		bound = new boolean[layers];
	}

	/** To be called when coverages have changed. */
	void weigh() {
		double through = 1;
		for (int i = 0; i < count; i++) {
			weight[i] = over[i] * through;
			through *= 1 - over[i];
			int at = i;
			for (; at > 0 && weight[falling[at - 1]] < weight[i]; at--) falling[at] = falling[at - 1];
			falling[at] = i;
		}
		for (int i = 0; i < count; i++) weight[i] /= 1 - through;
	}

	/** Share, 0 … 1, of the pixel that is this layer's. */
	double weight(final int layer) {
		return weight[layer];
	}

	/**
	 * Makes the samples composite to this one.
	 *
	 * @param wanted a sample of the type
	 * @param lo what no layer may fall below, unless it is there already; not above {@code wanted}
	 * @param hi as {@code lo}, upwards
	 * @return whether every layer has to have the wanted sample itself, bit for bit; {@link #value} holds the solution
	 * else
	 */
	boolean solve(final double wanted, final double lo, final double hi) {
		if (!Double.isFinite(wanted) || wanted == 0 && 1 / wanted < 0) return true;
		for (int i = 0; i < count; i++) if (!Double.isFinite(value[i])) return true;
		if (is(wanted)) return false;
		share(wanted, lo, hi);
		if (type == Type.F32) floats(wanted, lo, hi);
		else wholes(wanted);
		return !is(wanted);
	}

	private boolean is(final double wanted) {
		for (int i = 1; i < count; i++)
			if (value[i] != value[0] || 1 / value[i] != 1 / value[0])
				return same(SampleCompositor.round(type, mean()), wanted);
		return same(value[0], wanted);
	}

	private static boolean same(final double a, final double b) {
		return Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
	}

	/** As the compositor computes it, operation by operation. */
	private double mean() {
		double sum = 0;
		double cover = 0;
		for (int k = count - 1; k >= 0; k--) {
			sum = cover == 0 ? over[k] * value[k] : over[k] * value[k] + (1 - over[k]) * sum;
			cover = over[k] + (1 - over[k]) * cover;
		}
		return sum / cover;
	}

	private void share(final double wanted, final double lo, final double hi) {
		double rest = wanted;
		double squares = 0;
		for (int i = 0; i < count; i++) {
			before[i] = value[i];
			bound[i] = false;
			rest -= weight[i] * value[i];
			squares += weight[i] * weight[i];
		}
		final boolean up = rest > 0;
		for (boolean again = true; again && squares > 1e-300;) {
			again = false;
			final double step = rest / squares;
			for (int i = 0; i < count; i++) {
				if (bound[i]) continue;
				value[i] = before[i] + weight[i] * step;
				if (up ? value[i] <= hi : value[i] >= lo) continue;
				// A prior beyond the bound stays where it is.
				value[i] = up ? Math.max(hi, before[i]) : Math.min(lo, before[i]);
				bound[i] = true;
				again = true;
				rest -= weight[i] * (value[i] - before[i]);
				squares -= weight[i] * weight[i];
			}
		}
	}

	private void wholes(final double wanted) {
		double error = 0;
		for (int k = count - 1; k >= 0; k--) {
			final int i = falling[k];
			// Small weights cannot take over an error: they would have to go far for it.
			final double ideal = value[i];
			value[i] = clamp(Math.rint(ideal + (k == 0 ? error / weight[i] : 0)));
			error += weight[i] * (ideal - value[i]);
		}
		for (int k = 0; k < count; k++) {
			final int i = falling[k];
			for (int tries = 0; tries < 4; tries++) {
				final double shown = SampleCompositor.round(type, mean());
				if (shown == wanted) return;
				final double stepped = clamp(value[i] + Math.rint((wanted - shown) / weight[i]));
				if (stepped == value[i]) break;
				final double old = value[i];
				value[i] = stepped;
				if (Math.abs(wanted - SampleCompositor.round(type, mean())) < Math.abs(wanted - shown)) continue;
				value[i] = clamp(old + Math.signum(wanted - shown));
				if (Math.abs(wanted - SampleCompositor.round(type, mean())) < Math.abs(wanted - shown)) continue;
				value[i] = old;
				break;
			}
		}
	}

	private double clamp(final double v) {
		return Math.max(0, Math.min(type.most(), v));
	}

	private void floats(final double wanted, final double lo, final double hi) {
		for (int i = 0; i < count; i++) value[i] = (float) value[i];
		for (int k = 0; k < count; k++) {
			final int i = falling[k];
			for (int tries = 0; tries < 3; tries++) {
				final double left = wanted - mean();
				if (is(wanted)) return;
				final float old = (float) value[i];
				float stepped = (float) (old + left / weight[i]);
				if (stepped == old) stepped = left > 0 ? Math.nextUp(old) : Math.nextDown(old);
				if (!Float.isFinite(stepped) || stepped < Math.min(lo, old) || stepped > Math.max(hi, old)) break;
				value[i] = stepped;
				if (Math.abs(wanted - mean()) < Math.abs(left)) continue;
				value[i] = old;
				break;
			}
		}
	}
}
