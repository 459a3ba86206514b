package org.layerj.segment;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
		final SortedMap<Long, Border> borders = new TreeMap<>();
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			if (x + 1 < w) cross(labels, colours, borders, i, i + 1);
			if (y + 1 < h) cross(labels, colours, borders, i, i + w);
		}
		final int n = borders.size();
		final Adjacency out = new Adjacency(new int[n], new int[n], new double[n], new double[n]);
		int k = 0;
		for (final Map.Entry<Long, Border> e : borders.entrySet()) {
			out.first[k] = (int) (e.getKey() >> 32);
			out.second[k] = (int) (long) e.getKey();
			out.length[k] = e.getValue().length;
			out.contrast[k++] = e.getValue().difference / e.getValue().length;
		}
		return out;
	}

	/** Counts the pixel edge between i and j, if two segments meet there. */
	private static void cross(final int[] labels, final RegionColours colours, final Map<Long, Border> borders,
		final int i, final int j)
	{
		final int a = labels[i];
		final int b = labels[j];
		if (a == b) return;
		final Border border =
			borders.computeIfAbsent((long) Math.min(a, b) << 32 | Math.max(a, b), key -> new Border());
		border.length++;
		double difference = 0;
		for (final float[] plane : colours.planes()) difference += Math.abs(plane[i] - plane[j]);
		border.difference += difference;
	}

	/** What is known so far of the border of two segments. */
	private static final class Border {

		private int length;
		private double difference;
	}

	int size() {
		return first.length;
	}
}
