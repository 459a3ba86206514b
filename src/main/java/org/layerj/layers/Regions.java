package org.layerj.layers;

import java.util.Arrays;

/**
 * The picture cut into regions of like colour: letters, lines, areas. Efficient graph-based segmentation (Felzenszwalb
 * and Huttenlocher, IJCV 2004): neighbouring pixels are joined in the order of their difference, as long as it is not
 * larger than the largest inside of either region plus scale / size. So in an even area the least step is an edge, and
 * in a rough one only a large step.
 */
final class Regions {

	private final int[] label;
	private final int[] size;

	private Regions(final int[] label, final int[] size) {
		this.label = label;
		this.size = size;
	}

	/** Number of regions. */
	int count() {
		return size.length;
	}

	/** The region, 0 … count − 1, of the pixel with this index. */
	int at(final int pixel) {
		return label[pixel];
	}

	/** Pixels of a region. */
	int size(final int region) {
		return size[region];
	}

	/** Left, top, right and bottom column or row, all inside, of every region of a picture so many pixels wide. */
	int[][] boxes(final int width) {
		final int[][] box = new int[count()][];
		for (int i = 0; i < label.length; i++) {
			final int x = i % width;
			final int y = i / width;
			final int[] b = box[label[i]];
			if (b == null) {
				box[label[i]] = new int[] { x, y, x, y };
				continue;
			}
			b[0] = Math.min(b[0], x);
			b[2] = Math.max(b[2], x);
			b[3] = y;
		}
		return box;
	}

	/**
	 * Cuts a picture up; equal pictures give equal regions.
	 *
	 * @param scale how large a difference, in levels of 255, times pixels may be for a small region to grow; larger
	 * values make larger regions
	 */
	static Regions of(final RgbaImage picture, final double scale) {
		final int w = picture.width();
		final int h = picture.height();
		final int n = w * h;
		// Edges to the right (even) and down (odd), sorted by counting: differences are whole levels.
		final int[] first = new int[257];
		final byte[] weight = new byte[2 * n];
		final boolean[] there = new boolean[2 * n];
		for (int i = 0; i < n; i++) {
			if (i % w + 1 < w) edge(picture, i, i + 1, 2 * i, weight, there, first);
			if (i + w < n) edge(picture, i, i + w, 2 * i + 1, weight, there, first);
		}
		for (int k = 0; k < 256; k++) first[k + 1] += first[k];
		final int[] order = new int[first[256]];
		for (int e = 0; e < 2 * n; e++) if (there[e]) order[first[weight[e] & 0xff]++] = e;

		final int[] parent = new int[n];
		final int[] members = new int[n];
		final float[] limit = new float[n];
		for (int i = 0; i < n; i++) parent[i] = i;
		Arrays.fill(members, 1);
		Arrays.fill(limit, (float) scale);
		for (final int e : order) {
			final int a = root(parent, e >> 1);
			final int b = root(parent, (e & 1) == 0 ? (e >> 1) + 1 : (e >> 1) + w);
			final int difference = weight[e] & 0xff;
			if (a == b || difference > limit[a] || difference > limit[b]) continue;
			final int keep = members[a] >= members[b] ? a : b;
			parent[a] = keep;
			parent[b] = keep;
			members[keep] = members[a] + members[b];
			limit[keep] = (float) (difference + scale / members[keep]);
		}
		final int[] label = new int[n];
		final int[] number = new int[n];
		int count = 0;
		for (int i = 0; i < n; i++) {
			final int r = root(parent, i);
			if (number[r] == 0) number[r] = ++count;
			label[i] = number[r] - 1;
		}
		final int[] size = new int[count];
		for (final int l : label) size[l]++;
		return new Regions(label, size);
	}

	private static void edge(final RgbaImage p, final int i, final int j, final int e, final byte[] weight,
		final boolean[] there, final int[] count)
	{
		int most = 0;
		for (int c = 0; c < 4; c++) most = Math.max(most, Math.abs((p.plane(c)[i] & 0xff) - (p.plane(c)[j] & 0xff)));
		weight[e] = (byte) most;
		there[e] = true;
		count[most + 1]++;
	}

	private static int root(final int[] parent, final int i) {
		int r = i;
		while (parent[r] != r) {
			parent[r] = parent[parent[r]];
			r = parent[r];
		}
		return r;
	}
}
