package org.layerj.segment;

/**
 * Selects the visible pixels of a layer from which its hidden pixels are inpainted. A soft shadow or glow of a layer
 * above changes the colours around it, and inpainting from these makes a dark or bright blotch. So pixels near the
 * hidden ones are compared with an inpainting from pixels farther away. If that matches most pixels where shadows
 * hardly reach, the layer is smooth, and pixels nearby that do not match are excluded.
 */
final class FillSources {

	/** Reach of shadows, pixels; most reach half as far. */
	private static final int SHADOW_PIXELS = 16;
	/** Largest difference in any channel, levels, at which a pixel matches. */
	private static final double MAX_DIFFERENCE_LEVELS = 3;
	/** Least share of the pixels from half the reach on that has to match. */
	private static final double MIN_MATCHING_SHARE = .5;
	private static final int RGB = 3;
	/** Least number of pixels farther away. */
	private static final int MIN_FAR_PIXELS = 100;

	private final int width;
	private final int height;
	private final int[][] colours;
	private final VisibleParts parts;

	/**
	 * @param colours red, green and blue of the picture first, 0 … 255, row by row
	 * @param parts of the visible pixels
	 */
	FillSources(final int width, final int height, final int[][] colours, final VisibleParts parts) {
		this.width = width;
		this.height = height;
		this.colours = colours;
		this.parts = parts;
	}

	/**
	 * The pixels to inpaint from.
	 *
	 * @param visible pixels whose colour is the layer's own
	 * @param hidden pixels to be inpainted
	 * @return {@code visible}, or a copy without those that a shadow or glow has changed
	 */
	boolean[] of(final boolean[] visible, final boolean[] hidden) {
		final boolean[] near = near(hidden, SHADOW_PIXELS);
		final boolean[] beside = near(hidden, SHADOW_PIXELS / 2);
		int far = 0;
		for (int i = 0; i < near.length; i++) if (visible[i] && !near[i]) far++;
		if (far < MIN_FAR_PIXELS) return visible;
		final double[] distance = distance(visible, near);
		final boolean[] kept = visible.clone();
		int met = 0;
		int all = 0;
		for (int i = 0; i < near.length; i++) {
			if (!visible[i] || !near[i]) continue;
			kept[i] = distance[i] <= MAX_DIFFERENCE_LEVELS;
			if (beside[i]) continue;
			all++;
			if (kept[i]) met++;
		}
		return met >= MIN_MATCHING_SHARE * all ? kept : visible;
	}

	/**
	 * Largest difference of a pixel's channels from the continuation of what is visible and not near; 0 in parts that
	 * are near as a whole.
	 */
	private double[] distance(final boolean[] visible, final boolean[] near) {
		final double[] most = new double[near.length];
		final boolean[] far = new boolean[near.length];
		for (int i = 0; i < far.length; i++) far[i] = visible[i] && !near[i];
		for (int c = 0; c < RGB; c++) {
			final double[] values = new double[near.length];
			for (int i = 0; i < values.length; i++) values[i] = colours[c][i];
			final double[] smooth = parts.inpainted(values, far, near);
			for (int i = 0; i < most.length; i++) most[i] = Math.max(most[i], Math.abs(smooth[i] - values[i]));
		}
		return most;
	}

	/** Pixels at most so far from a marked one, along rows and columns. */
	private boolean[] near(final boolean[] marked, final int reach) {
		final boolean[] rows = new boolean[marked.length];
		for (int y = 0; y < height; y++) widen(marked, rows, y * width, 1, width, reach);
		final boolean[] out = new boolean[marked.length];
		for (int x = 0; x < width; x++) widen(rows, out, x, width, height, reach);
		return out;
	}

	private static void widen(final boolean[] in, final boolean[] out, final int from, final int step, final int count,
		final int reach)
	{
		int until = -1;
		for (int k = -reach; k < count; k++) {
			if (k + reach < count && in[from + (k + reach) * step]) until = k + 2 * reach;
			if (k >= 0) out[from + k * step] = k <= until;
		}
	}
}
