package org.layerj.layers;

import java.util.Arrays;

/**
 * A colour known in places, spread into the neighbourhood: sums of weighted colours on a grid of square cells, smoothed and read with
 * bilinear interpolation. The quotient of the two sums is the known colours' local mean, and the weight tells how near they are.
 */
final class ColourField {

	/** Red, green, blue sums and weights. */
	private static final int CHANNELS = 4;

	final int cell;
	final int width;
	final int height;
	private final float[][] sums;

	/** @param cell side of a cell in pixels */
	ColourField(final int pictureWidth, final int pictureHeight, final int cell) {
		this.cell = cell;
		width = (pictureWidth + cell - 1) / cell;
		height = (pictureHeight + cell - 1) / cell;
		sums = new float[CHANNELS][width * height];
	}

	/** Forgets a row of cells. */
	void clearRow(final int row) {
		for (final float[] plane : sums) Arrays.fill(plane, row * width, (row + 1) * width, 0);
	}

	/** Adds a colour at a pixel. Threads may share a field as long as each has rows of cells of its own. */
	void add(final int x, final int y, final float weight, final float r, final float g, final float b) {
		final int i = y / cell * width + x / cell;
		sums[0][i] += weight * r;
		sums[1][i] += weight * g;
		sums[2][i] += weight * b;
		sums[3][i] += weight;
	}

	/** Binomial smoothing (1 4 6 4 1)/16 in both directions, so many times. What lies beyond the picture is unknown and weighs nothing. */
	void smooth(final int times) {
		final float scale = 1f / (cell * cell);
		final float[] buffer = new float[Math.max(width, height) + 4];
		for (final float[] plane : sums) {
			for (int i = 0; i < plane.length; i++) plane[i] *= scale;
			for (int t = 0; t < times; t++) {
				for (int y = 0; y < height; y++) line(plane, y * width, 1, width, buffer);
				columns(plane);
			}
		}
	}

	private static void line(final float[] plane, final int start, final int step, final int n, final float[] buffer) {
		buffer[0] = buffer[1] = buffer[n + 2] = buffer[n + 3] = 0;
		for (int i = 0; i < n; i++) buffer[i + 2] = plane[start + i * step];
		for (int i = 0; i < n; i++) {
			plane[start + i * step] = (buffer[i] + buffer[i + 4]) * (1 / 16f) + (buffer[i + 1] + buffer[i + 3]) * (4 / 16f) + buffer[i + 2] * (6 / 16f);
		}
	}

	/** A row at a time, to walk through memory in its order. */
	private void columns(final float[] plane) {
		float[] twoAbove = new float[width];
		float[] above = new float[width];
		float[] here = new float[width];
		for (int y = 0; y < height; y++) {
			System.arraycopy(plane, y * width, here, 0, width);
			for (int x = 0; x < width; x++) {
				final float below = y + 1 < height ? plane[(y + 1) * width + x] : 0;
				final float twoBelow = y + 2 < height ? plane[(y + 2) * width + x] : 0;
				plane[y * width + x] = (twoAbove[x] + twoBelow) * (1 / 16f) + (above[x] + below) * (4 / 16f) + here[x] * (6 / 16f);
			}
			final float[] free = twoAbove;
			twoAbove = above;
			above = here;
			here = free;
		}
	}

	/**
	 * The field at a pixel, bilinear.
	 *
	 * @param out red, green, blue sums and the weight, written from {@code at} on
	 */
	void sample(final int x, final int y, final float[] out, final int at) {
		final float u = Math.max(0, Math.min(width - 1, (x + 0.5f) / cell - 0.5f));
		final float v = Math.max(0, Math.min(height - 1, (y + 0.5f) / cell - 0.5f));
		final int i = (int) v * width + (int) u;
		final int right = (int) u + 1 < width ? 1 : 0;
		final int down = (int) v + 1 < height ? width : 0;
		final float fu = u - (int) u;
		final float fv = v - (int) v;
		final float a = (1 - fu) * (1 - fv);
		final float b = fu * (1 - fv);
		final float c = (1 - fu) * fv;
		final float d = fu * fv;
		for (int k = 0; k < CHANNELS; k++) {
			final float[] p = sums[k];
			out[at + k] = a * p[i] + b * p[i + right] + c * p[i + down] + d * p[i + right + down];
		}
	}
}
