package org.layerj.layers;

import java.util.stream.IntStream;

/**
 * Parts layers that hardly overlap. Where a network is not sure, crumbs of a thing stay in the layer below the one that
 * shows it, and the rims of neighbours in two layers run into one another. A few such pixels tie layers together that
 * have nothing to do with each other: whoever moves the upper one meets them, and layers that could share a place in
 * the order cannot.
 * <p>
 * The price: where something truly reaches a little way under another thing, a model that knew so is not believed. So
 * only models ask for it whose layers are undecided ({@link RegionVote}).
 */
final class Separation {

	/** Pixels that one thread takes at a time, and after which it asks whether to go on. */
	private static final int BAND = 1 << 18;

	private final NativeSize.Watch watch;

	private Separation(final NativeSize.Watch watch) {
		this.watch = watch;
	}

	/**
	 * Of every pair of layers of which the smaller one overlaps the other by at most a share of itself, only one is
	 * left in each pixel: the one that shows more there.
	 *
	 * @param alpha of each layer, bottom first, equally many pixels; changed in place
	 * @param lowest number of the lowest layer that counts; a ground that lies below everything does not
	 * @param most largest overlap, 0 … 1: Σ min(α, α′) / min(Σ α, Σ α′)
	 * @param watch may stop it
	 */
	static void part(final byte[][] alpha, final int lowest, final double most, final NativeSize.Watch watch) {
		final Separation separation = new Separation(watch);
		for (int upper = alpha.length - 1; upper > lowest; upper--) {
			// From the top down, so that each pair is judged by what those above it have left.
			for (int lower = upper - 1; lower >= lowest; lower--)
				if (separation.overlap(alpha[lower], alpha[upper]) <= most) separation.part(alpha[lower], alpha[upper]);
		}
	}

	private double overlap(final byte[] lower, final byte[] upper) {
		final long[] sums = bands(lower.length).mapToObj(band -> {
			long both = 0;
			long below = 0;
			long above = 0;
			for (int i = from(band); i < to(band, lower.length); i++) {
				final int a = lower[i] & 0xff;
				final int b = upper[i] & 0xff;
				both += Math.min(a, b);
				below += a;
				above += b;
			}
			return new long[] { both, below, above };
		}).reduce(new long[3], (p, q) -> new long[] { p[0] + q[0], p[1] + q[1], p[2] + q[2] });
		return sums[0] / (double) Math.max(1, Math.min(sums[1], sums[2]));
	}

	private void part(final byte[] lower, final byte[] upper) {
		bands(lower.length).forEach(band -> {
			for (int i = from(band); i < to(band, lower.length); i++) {
				final int a = lower[i] & 0xff;
				final int b = upper[i] & 0xff;
				if (a == 0 || b == 0) continue;
				if (a * (255 - b) > b * 255) upper[i] = 0;
				else lower[i] = 0;
			}
		});
	}

	private IntStream bands(final int pixels) {
		return IntStream.range(0, (pixels + BAND - 1) / BAND).parallel().peek(band -> watch.check());
	}

	private static int from(final int band) {
		return band * BAND;
	}

	private static int to(final int band, final int pixels) {
		return Math.min(pixels, from(band) + BAND);
	}
}
