package org.layerj.exact;

import org.layerj.layers.Compositor;

/**
 * Changes the layers of one pixel as little as possible so that they composite to a given value exactly.
 * <p>
 * With coverages α_i = opacity_i · a_i / 255 the compositor shows A = 1 − Π (1 − α_i) and, per channel, Σ w_i c_i with
 * w_i = α_i Π_{j>i} (1 − α_j) / A, Σ w_i = 1, each rounded to a level. So there are two steps.
 * <p>
 * <b>Alpha</b>, only if round(255 A) is not the wanted a. Too low: the layer nearest to opaque is raised to 1 − (1 −
 * a/255) / Π_{j≠k} (1 − α_j), and the next one if that exceeds what it can reach. Too high: all alphas are scaled by
 * one factor, as if a mask lay over the whole stack, and one layer takes the rounding. A step of one layer's byte moves
 * 255 A by at most 1, and the rounding's interval is 1 wide, so that every level between the least and the largest
 * coverage is met.
 * <p>
 * <b>Colour</b>, each channel by itself and only if it is not right already: minimise Σ Δ_i² subject to Σ w_i (c_i +
 * Δ_i) = S and 0 ≤ c_i + Δ_i ≤ 255. Without the bounds Δ_i = w_i r / Σ w_j² with r = S − Σ w_i c_i; all Δ have the sign
 * of r, so that a layer that runs into its bound stays there and the others share what is left. Values are then rounded
 * from the smallest weight to the largest, each taking over the error of those before it; the last error is at most
 * w_max / 2 ≤ ½. What clipping to the range changes there is repaired level by level, and c_i = S for all i is always a
 * solution.
 * <p>
 * Holds the memory for one pixel; not for use by several threads.
 */
final class PixelSolver {

	/** Number of layers of the pixel, bottom to top; set by the caller together with the arrays' first entries. */
	int count;
	final double[] opacity;
	/** 0 … 255. */
	final int[] alpha;
	/** 0 … 255 of red, green and blue. */
	final int[][] colour;

	private final double[] weight;
	private final double[] value;
	private final double[] scratch;
	private final int[] rising;
	private final boolean[] bound;

	PixelSolver(final int layers) {
		opacity = new double[layers];
		alpha = new int[layers];
		colour = new int[3][layers];
		weight = new double[layers];
		value = new double[layers];
		scratch = new double[layers];
		rising = new int[layers];
		bound = new boolean[layers];
	}

	/**
	 * Makes the pixel composite to this value. Where {@code a} is 0 all layers become transparent and keep their
	 * colours.
	 *
	 * @throws IllegalStateException if the layers' opacities do not let them cover as much as {@code a} asks for
	 */
	void solve(final int r, final int g, final int b, final int a) {
		if (a == 0) {
			for (int i = 0; i < count; i++) alpha[i] = 0;
			return;
		}
		if (coverageLevel() != a) {
			fixAlpha(r, g, b, a);
		}
		boolean ready = false;
		for (int c = 0; c < 3; c++) {
			final int wanted = c == 0 ? r : c == 1 ? g : b;
			if (colourLevel(c) == wanted) continue;
			if (!ready) weights();
			ready = true;
			fixColour(c, wanted);
		}
	}

	// -- What the compositor shows --

	private double coverage() {
		double sum = 0;
		for (int i = 0; i < count; i++) {
			if (alpha[i] == 0) continue;
			final double over = Compositor.over(opacity[i], alpha[i]);
			sum = over + (1 - over) * sum;
		}
		return sum;
	}

	private int coverageLevel() {
		return Compositor.level(coverage() * 255);
	}

	private int colourLevel(final int c) {
		double sum = 0;
		double cover = 0;
		for (int i = 0; i < count; i++) {
			if (alpha[i] == 0) continue;
			final double over = Compositor.over(opacity[i], alpha[i]);
			final double under = 1 - over;
			sum = over * colour[c][i] + under * sum;
			cover = over + under * cover;
		}
		return cover == 0 ? 0 : Compositor.level(sum / cover);
	}

	// -- Alpha --

	private void fixAlpha(final int r, final int g, final int b, final int wanted) {
		if (coverageLevel() > wanted) scaleAlpha(wanted);
		while (coverageLevel() != wanted) {
			final boolean raise = coverageLevel() < wanted;
			final int k = fullest(raise);
			if (k < 0)
				throw new IllegalStateException("The layers' opacities do not let them reach alpha " + wanted + ".");
			if (alpha[k] == 0) {
				// What was under alpha 0 is no colour to keep to.
				colour[0][k] = r;
				colour[1][k] = g;
				colour[2][k] = b;
			}
			if (!meet(k, wanted)) alpha[k] = raise ? 255 : 0;
		}
	}

	/** The layer with the largest alpha that can still be changed that way, the lowest of equals; −1 if none can. */
	private int fullest(final boolean raise) {
		int best = -1;
		for (int i = 0; i < count; i++) {
			if (raise ? alpha[i] == 255 || opacity[i] == 0 : alpha[i] == 0) continue;
			if (best < 0 || alpha[i] > alpha[best]) best = i;
		}
		return best;
	}

	/**
	 * Sets one layer's alpha so that the pixel has the wanted one; false, and nothing changed, if that layer alone
	 * cannot.
	 */
	private boolean meet(final int k, final int wanted) {
		double rest = 1;
		for (int i = 0; i < count; i++) if (i != k) rest *= 1 - Compositor.over(opacity[i], alpha[i]);
		if (rest <= 0) return false;
		final int before = alpha[k];
		final long middle = Math.round(255 * (1 - (1 - wanted / 255.0) / rest) / opacity[k]);
		for (final int step : new int[] { 0, 1, -1, 2, -2 }) {
			final long a = middle + step;
			if (a < 0 || a > 255) continue;
			alpha[k] = (int) a;
			if (coverageLevel() == wanted) return true;
		}
		alpha[k] = before;
		return false;
	}

	/**
	 * Multiplies all alphas by the factor, 0 … 1, that brings the coverage down to the wanted one, but for rounding.
	 */
	private void scaleAlpha(final int wanted) {
		double low = 0;
		double high = 1;
		for (int k = 0; k < 20; k++) {
			final double factor = (low + high) / 2;
			double rest = 1;
			for (int i = 0; i < count; i++) rest *= 1 - factor * opacity[i] * alpha[i] / 255;
			if (1 - rest > wanted / 255.0) high = factor;
			else low = factor;
		}
		for (int i = 0; i < count; i++) alpha[i] = (int) Math.round(low * alpha[i]);
	}

	// -- Colour --

	private void weights() {
		double through = 1;
		for (int i = count - 1; i >= 0; i--) {
			final double over = Compositor.over(opacity[i], alpha[i]);
			weight[i] = over * through;
			through *= 1 - over;
			int at = count - 1 - i;
			for (; at > 0 && weight[rising[at - 1]] > weight[i]; at--) rising[at] = rising[at - 1];
			rising[at] = i;
		}
		for (int i = 0; i < count; i++) weight[i] /= 1 - through;
	}

	private void fixColour(final int c, final int wanted) {
		final int[] now = colour[c];
		share(now, wanted);
		double error = 0;
		for (int k = 0; k < count; k++) {
			final int i = rising[k];
			if (weight[i] == 0) continue;
			// Small weights cannot take over an error: they would have to go far for it.
			final double ideal = value[i] + (k == count - 1 ? error / weight[i] : 0);
			now[i] = clamp((int) Math.round(ideal));
			error += weight[i] * (value[i] - now[i]);
		}
		repair(c, wanted);
	}

	/** {@link #value}: the colours nearest to these whose weighted mean is the wanted one. */
	private void share(final int[] now, final int wanted) {
		double rest = wanted;
		double squares = 0;
		for (int i = 0; i < count; i++) {
			value[i] = now[i];
			bound[i] = weight[i] == 0;
			rest -= weight[i] * now[i];
			squares += weight[i] * weight[i];
		}
		final int end = rest > 0 ? 255 : 0;
		boolean again = true;
		while (again && squares > 0) {
			again = false;
			final double step = rest / squares;
			for (int i = 0; i < count; i++) {
				if (bound[i]) continue;
				scratch[i] = now[i] + weight[i] * step;
				if (scratch[i] >= 0 && scratch[i] <= 255) continue;
				bound[i] = true;
				again = true;
				value[i] = end;
				rest -= weight[i] * (end - now[i]);
				squares -= weight[i] * weight[i];
			}
			if (!again) for (int i = 0; i < count; i++) if (!bound[i]) value[i] = scratch[i];
		}
	}

	private void repair(final int c, final int wanted) {
		final int[] now = colour[c];
		for (int k = count - 1; k >= 0 && colourLevel(c) != wanted; k--) {
			final int i = rising[k];
			if (weight[i] == 0) break;
			final int step = colourLevel(c) < wanted ? 1 : -1;
			while (now[i] + step >= 0 && now[i] + step <= 255 && (wanted - colourLevel(c)) * step > 0) now[i] += step;
		}
		if (colourLevel(c) == wanted) return;
		for (int i = 0; i < count; i++) if (weight[i] > 0) now[i] = wanted;
	}

	private static int clamp(final int v) {
		return Math.max(0, Math.min(255, v));
	}
}
