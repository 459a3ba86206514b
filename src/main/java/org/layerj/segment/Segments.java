package org.layerj.segment;

import org.layerj.common.DisjointSets;
import org.layerj.layers.RgbaImage;

/**
 * A partition of a picture into connected segments.
 *
 * @param width of the picture, pixels
 * @param height of the picture, pixels
 * @param labels the segment, 0 … count − 1, of every pixel, row by row
 * @param count number of segments
 */
public record Segments(int width, int height, int[] labels, int count) {

	/**
	 * Scale parameter k of the criterion, in 8-bit colour levels: two segments join if they differ by less than their
	 * inner variation + k / size.
	 */
	private static final double SCALE_LEVELS = 50;
	/** Neighbours that differ by one level in red, green and blue do not differ: smooth gradients have such steps. */
	private static final double ROUNDING_DISTANCE = Math.sqrt(3);
	/** Smaller segments are joined to the neighbour that is most like them. */
	private static final int MIN_SEGMENT_PIXELS = 4;
	/**
	 * Textures are cut more coarsely until no more segments than this are left, so that time and memory are bounded.
	 */
	static final int MAX_SEGMENTS = 1600;
	private static final double COARSER_FACTOR = 1.7;

	/**
	 * Graph-based segmentation by colour and alpha (Felzenszwalb and Huttenlocher 2004), over neighbours in eight
	 * directions, after {@link EdgeSharpening}.
	 *
	 * @param picture straight alpha; colour under alpha 0 is ignored
	 * @return the partition
	 */
	public static Segments of(final RgbaImage picture) {
		final Edges edges = Edges.of(picture);
		double scale = SCALE_LEVELS;
		int smallest = MIN_SEGMENT_PIXELS;
		while (true) {
			final Segments found = join(picture.width(), picture.height(), edges, scale, smallest);
			if (found.count <= MAX_SEGMENTS) return found;
			scale *= COARSER_FACTOR;
			smallest = (int) Math.ceil(smallest * COARSER_FACTOR);
		}
	}

	private static Segments join(final int width, final int height, final Edges edges, final double scale,
		final int smallest)
	{
		final int n = width * height;
		final DisjointSets sets = new DisjointSets(n);
		final double[] inner = new double[n];
		for (int e = 0; e < edges.from.length; e++) {
			final int a = sets.find(edges.from[e]);
			final int b = sets.find(edges.to[e]);
			if (a == b) continue;
			final double difference = Math.max(0, Math.sqrt(edges.squared[e]) - ROUNDING_DISTANCE);
			if (difference >= Math.min(inner[a] + scale / sets.size(a), inner[b] + scale / sets.size(b))) continue;
			inner[sets.join(a, b)] = difference;
		}
		for (int e = 0; e < edges.from.length; e++) {
			final int a = sets.find(edges.from[e]);
			final int b = sets.find(edges.to[e]);
			if (a != b && (sets.size(a) < smallest || sets.size(b) < smallest)) sets.join(a, b);
		}
		return of(width, height, sets);
	}

	/** Sets of pixels as segments, numbered in the order of their first pixels. */
	private static Segments of(final int width, final int height, final DisjointSets sets) {
		final int[] number = new int[width * height];
		final int[] labels = new int[width * height];
		int count = 0;
		for (int i = 0; i < labels.length; i++) {
			final int root = sets.find(i);
			if (number[root] == 0) number[root] = ++count;
			labels[i] = number[root] - 1;
		}
		return new Segments(width, height, labels, count);
	}

	/** The coarser partition in which every segment belongs to its parent. */
	Segments coarser(final int[] parents, final int parentCount) {
		final int[] coarse = new int[labels.length];
		for (int i = 0; i < coarse.length; i++) coarse[i] = parents[labels[i]];
		return new Segments(width, height, coarse, parentCount);
	}

	/** Pairs of neighbouring pixels in the order of rising colour difference. */
	private record Edges(int[] from, int[] to, int[] squared) {

		private static final int[] DX = { 1, 0, 1, -1 };
		private static final int[] DY = { 0, 1, 1, 1 };

		static Edges of(final RgbaImage picture) {
			final int w = picture.width();
			final int h = picture.height();
			final int[][] values = EdgeSharpening.of(premultiplied(picture), w, h);
			final int most = 4 * w * h;
			final int[] from = new int[most];
			final int[] to = new int[most];
			final int[] squared = new int[most];
			int count = 0;
			for (int d = 0; d < DX.length; d++)
				for (int y = 0; y + DY[d] < h; y++) for (int x = Math.max(0, -DX[d]); x < w && x + DX[d] < w; x++)
				{
					from[count] = y * w + x;
					to[count] = (y + DY[d]) * w + x + DX[d];
					int sum = 0;
					for (final int[] v : values) {
						final int step = v[from[count]] - v[to[count]];
						sum += step * step;
					}
					squared[count++] = sum;
				}
			return sorted(from, to, squared, count);
		}

		/** A counting sort: stable, linear in the number of pixels. */
		private static Edges sorted(final int[] from, final int[] to, final int[] squared, final int count) {
			final int[] start = new int[4 * 255 * 255 + 2];
			for (int e = 0; e < count; e++) start[squared[e] + 1]++;
			for (int k = 1; k < start.length; k++) start[k] += start[k - 1];
			final Edges out = new Edges(new int[count], new int[count], new int[count]);
			for (int e = 0; e < count; e++) {
				final int at = start[squared[e]]++;
				out.from[at] = from[e];
				out.to[at] = to[e];
				out.squared[at] = squared[e];
			}
			return out;
		}

		private static int[][] premultiplied(final RgbaImage picture) {
			final byte[] alpha = picture.plane(RgbaImage.ALPHA);
			final int[][] out = new int[RgbaImage.PLANES][alpha.length];
			for (int c = 0; c < RgbaImage.PLANES; c++) {
				final byte[] plane = picture.plane(c);
				for (int i = 0; i < alpha.length; i++)
					out[c][i] =
						c == RgbaImage.ALPHA ? alpha[i] & 0xff : ((plane[i] & 0xff) * (alpha[i] & 0xff) + 127) / 255;
			}
			return out;
		}
	}
}
