package org.layerj.refine;

import java.util.Arrays;

/**
 * A colour known in places, spread into the neighbourhood: sums of weighted colours on a grid of square cells, smoothed
 * and read with bilinear interpolation. The quotient of the two sums is the known colours' local mean, and the weight
 * tells how near they are.
 */
final class ColourField {

	/** Red, green, blue sums and the weight, side by side: a sample reads four cells and should touch little memory. */
	private static final int CHANNELS = 4;

	final int cell;
	final int width;
	final int height;
	private final float[] sums;

	/** @param cell side of a cell in pixels */
	ColourField(final int pictureWidth, final int pictureHeight, final int cell) {
		this.cell = cell;
		width = (pictureWidth + cell - 1) / cell;
		height = (pictureHeight + cell - 1) / cell;
		sums = new float[CHANNELS * Math.multiplyExact(width, height)];
	}

	/** Forgets a row of cells. */
	void clearRow(final int row) {
		Arrays.fill(sums, CHANNELS * row * width, CHANNELS * (row + 1) * width, 0);
	}

	/** Adds a colour at a pixel. Threads may share a field as long as each has rows of cells of its own. */
	void add(final int x, final int y, final float weight, final float r, final float g, final float b) {
		final int i = CHANNELS * (y / cell * width + x / cell);
		sums[i] += weight * r;
		sums[i + 1] += weight * g;
		sums[i + 2] += weight * b;
		sums[i + 3] += weight;
	}

	/**
	 * Binomial smoothing (1 4 6 4 1)/16 in both directions, so many times. What lies beyond the picture is unknown and
	 * weighs nothing.
	 */
	void smooth(final int times) {
		final float scale = 1f / (cell * cell);
		for (int i = 0; i < sums.length; i++) sums[i] *= scale;
		for (int t = 0; t < times; t++) {
			rows();
			columns();
		}
	}

	private void rows() {
		final int n = CHANNELS * width;
		final float[] buffer = new float[n + 4 * CHANNELS];
		for (int y = 0; y < height; y++) {
			System.arraycopy(sums, y * n, buffer, 2 * CHANNELS, n);
			for (int i = 0; i < n; i++) {
				sums[y * n + i] = (buffer[i] + buffer[i + 4 * CHANNELS]) * (1 / 16f)
					+ (buffer[i + CHANNELS] + buffer[i + 3 * CHANNELS]) * (4 / 16f)
					+ buffer[i + 2 * CHANNELS] * (6 / 16f);
			}
		}
	}

	/** A row at a time, to walk through memory in its order. */
	private void columns() {
		final int n = CHANNELS * width;
		final float[] nothing = new float[n];
		float[] twoAbove = new float[n];
		float[] above = new float[n];
		float[] here = new float[n];
		for (int y = 0; y < height; y++) {
			System.arraycopy(sums, y * n, here, 0, n);
			final float[] below = y + 1 < height ? sums : nothing;
			final float[] twoBelow = y + 2 < height ? sums : nothing;
			final int at1 = y + 1 < height ? (y + 1) * n : 0;
			final int at2 = y + 2 < height ? (y + 2) * n : 0;
			for (int i = 0; i < n; i++) {
				sums[y * n + i] = (twoAbove[i] + twoBelow[at2 + i]) * (1 / 16f)
					+ (above[i] + below[at1 + i]) * (4 / 16f) + here[i] * (6 / 16f);
			}
			final float[] free = twoAbove;
			twoAbove = above;
			above = here;
			here = free;
		}
	}

	/**
	 * The field at a pixel, bilinear. Where the weight is 0 only that is written.
	 *
	 * @param out red, green, blue sums and the weight, written from {@code at} on
	 */
	void sample(final int x, final int y, final float[] out, final int at) {
		final float u = Math.max(0, Math.min(width - 1, (x + 0.5f) / cell - 0.5f));
		final float v = Math.max(0, Math.min(height - 1, (y + 0.5f) / cell - 0.5f));
		final int column = (int) u;
		final int row = (int) v;
		final int i = CHANNELS * (row * width + column);
		final int right = column + 1 < width ? CHANNELS : 0;
		final int down = row + 1 < height ? CHANNELS * width : 0;
		final float fu = u - column;
		final float fv = v - row;
		final float a = (1 - fu) * (1 - fv);
		final float b = fu * (1 - fv);
		final float c = (1 - fu) * fv;
		final float d = fu * fv;
		final float weight =
			a * sums[i + 3] + b * sums[i + right + 3] + c * sums[i + down + 3] + d * sums[i + right + down + 3];
		out[at + 3] = weight;
		// Most layers are far from most pixels.
		if (weight == 0) return;
		for (int k = 0; k < 3; k++)
			out[at + k] =
				a * sums[i + k] + b * sums[i + right + k] + c * sums[i + down + k] + d * sums[i + right + down + k];
	}
}
