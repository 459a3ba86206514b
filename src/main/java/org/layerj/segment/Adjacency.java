package org.layerj.segment;

import java.util.Arrays;

/**
 * Which segments touch along pixel edges, each pair once, in rising order.
 *
 * @param first the segment with the smaller number
 * @param second the other one
 * @param length pixel edges between the two
 * @param contrast mean colour difference across these edges, in the units of {@link RegionColours}
 */
record Adjacency(int[] first, int[] second, double[] length, double[] contrast) {

	static Adjacency of(final Segments segments, final RegionColours colours) {
		final int w = segments.width();
		final int h = segments.height();
		final int[] labels = segments.labels();
		long[] keys = new long[1024];
		int found = 0;
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			for (int d = 0; d < 2; d++) {
				if (d == 0 ? x + 1 == w : y + 1 == h) continue;
				final int j = d == 0 ? i + 1 : i + w;
				if (labels[i] == labels[j]) continue;
				if (found == keys.length) keys = Arrays.copyOf(keys, 2 * found);
				keys[found++] = key(labels[i], labels[j]);
			}
		}
		keys = Arrays.copyOf(keys, found);
		Arrays.parallelSort(keys);
		keys = Arrays.stream(keys).distinct().toArray();
		final Adjacency out = new Adjacency(new int[keys.length], new int[keys.length], new double[keys.length], new double[keys.length]);
		for (int k = 0; k < keys.length; k++) {
			out.first[k] = (int) (keys[k] >> 32);
			out.second[k] = (int) keys[k];
		}
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			for (int d = 0; d < 2; d++) {
				if (d == 0 ? x + 1 == w : y + 1 == h) continue;
				final int j = d == 0 ? i + 1 : i + w;
				if (labels[i] == labels[j]) continue;
				final int k = Arrays.binarySearch(keys, key(labels[i], labels[j]));
				double difference = 0;
				for (int c = 0; c < 3; c++) difference += Math.abs(colours.planes()[c][i] - colours.planes()[c][j]);
				out.length[k]++;
				out.contrast[k] += difference;
			}
		}
		for (int k = 0; k < keys.length; k++) out.contrast[k] /= out.length[k];
		return out;
	}

	private static long key(final int a, final int b) {
		return (long) Math.min(a, b) << 32 | Math.max(a, b);
	}

	int size() {
		return first.length;
	}
}
