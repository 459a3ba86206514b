package org.layerj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.layerj.layers.RgbaImage;

/**
 * A picture as a graph. Nodes are its segments and, after them, two levels of larger regions (about a fifth as many,
 * and about {@value #COARSEST_REGIONS}); edges join neighbours, similar segments, and regions with their parts. The
 * input of the graph network, in training and in use.
 *
 * @param segments the finest partition
 * @param levels number of nodes of each level, from the finest; nodes are ordered by level
 * @param parents for every node the node of the next level that it is a part of; −1 on the coarsest level
 * @param nodes {@value #NODE} numbers per node
 * @param patches the {@link Patches} of every node, a fixed number of bytes each
 * @param from for every edge the node that sends the message
 * @param to for every edge the node that receives it
 * @param edges {@value #EDGE} numbers per edge
 * @param area number of pixels of every node
 */
public record SegmentGraph(Segments segments, int[] levels, int[] parents, float[] nodes, byte[] patches, int[] from,
	int[] to, float[] edges, float[] area)
{

	/** Numbers per node. */
	public static final int NODE = 54;
	/** Numbers per edge. */
	public static final int EDGE = 24;

	private static final int COARSEST_REGIONS = 24;
	private static final int SEGMENTS_PER_REGION = 5;
	/** Number of edges from every segment to similar ones. */
	private static final int SIMILAR_EDGES = 6;
	private static final double SAME_COLOUR_DISTANCE = .12;
	private static final double MAX_NODE_NUMBER = 20;
	private static final double MAX_EDGE_NUMBER = 8;

	/** Kinds of edges; one-hot in the first numbers of an edge. */
	private enum Kind {
		NEIGHBOUR, ALIKE, PART, WHOLE
	}

	/**
	 * The graph of a picture.
	 *
	 * @param picture any size; straight alpha; not changed
	 * @return nodes and edges
	 */
	public static SegmentGraph of(final RgbaImage picture) {
		return new Builder(picture).build();
	}

	/** {@return the number of segments, which are the first nodes} */
	public int segmentCount() {
		return levels[0];
	}

	/** {@return the number of nodes} */
	public int size() {
		return area.length;
	}

	private static final class Builder {

		private final RegionColours colours;
		private final List<Segments> levels = new ArrayList<>();
		private final List<int[]> parents = new ArrayList<>();
		private final List<Shapes> shapes = new ArrayList<>();
		private final List<Adjacency> adjacencies = new ArrayList<>();
		private final int[] first = new int[4];
		private final IntList from = new IntList();
		private final IntList to = new IntList();
		private final FloatList edges = new FloatList();
		private final double unit;

		Builder(final RgbaImage picture) {
			colours = RegionColours.of(picture);
			unit = Math.min(picture.width(), picture.height());
			final Segments finest = Segments.of(picture);
			add(finest);
			final int n = finest.count();
			final List<int[]> cuts = RegionTree.cuts(shapes.get(0), adjacencies.get(0),
				Math.max(Math.min(n, COARSEST_REGIONS), n / SEGMENTS_PER_REGION), Math.min(n, COARSEST_REGIONS));
			int[] whole = cuts.get(0);
			parents.add(whole);
			add(finest.coarser(whole, Arrays.stream(whole).max().orElseThrow() + 1));
			final int[] next = new int[levels.get(1).count()];
			for (int s = 0; s < n; s++) next[whole[s]] = cuts.get(1)[s];
			whole = next;
			parents.add(whole);
			add(levels.get(1).coarser(whole, Arrays.stream(whole).max().orElseThrow() + 1));
		}

		private void add(final Segments level) {
			levels.add(level);
			shapes.add(new Shapes(level, colours));
			adjacencies.add(Adjacency.of(level, colours));
			first[levels.size()] = first[levels.size() - 1] + level.count();
		}

		SegmentGraph build() {
			final int all = first[3];
			final float[] nodes = new float[all * NODE];
			final float[] area = new float[all];
			final byte[] patches = new byte[all * Patches.BYTES];
			for (int k = 0; k < 3; k++) {
				final byte[] some = Patches.of(levels.get(k), colours, shapes.get(k));
				System.arraycopy(some, 0, patches, first[k] * Patches.BYTES, some.length);
				final Perimeter perimeter = new Perimeter(shapes.get(k), adjacencies.get(k));
				for (int s = 0; s < shapes.get(k).count; s++) area[first[k] + s] = (float) shapes.get(k).area[s];
				describe(k, perimeter, nodes);
				neighbours(k, perimeter);
			}
			alike();
			final int[] whole = new int[all];
			Arrays.fill(whole, -1);
			for (int k = 0; k < 2; k++) for (int s = 0; s < parents.get(k).length; s++) {
				whole[first[k] + s] = first[k + 1] + parents.get(k)[s];
				edge(Kind.WHOLE, k, s, k + 1, parents.get(k)[s], 0, 0, 0);
				edge(Kind.PART, k + 1, parents.get(k)[s], k, s, 0, 0, 0);
			}
			return new SegmentGraph(levels.get(0), levels.stream().mapToInt(Segments::count).toArray(), whole, nodes,
				patches, from.toArray(), to.toArray(), edges.toArray(), area);
		}

		// -- Nodes --

		private void describe(final int level, final Perimeter around, final float[] out) {
			final Shapes s = shapes.get(level);
			final double w = colours.width();
			final double h = colours.height();
			final double pixels = w * h;
			final int background = s.background();
			for (int i = 0; i < s.count; i++) {
				double sameArea = 0;
				int same = 0;
				for (int j = 0; j < s.count; j++) if (s.colourDistance(i, j) < SAME_COLOUR_DISTANCE) {
					same++;
					sameArea += s.area[j];
				}
				final double n = s.area[i];
				final double width = s.width(i);
				final double height = s.height(i);
				final double length = around.length[i];
				// Axes of the ellipse with the same moments: how long, how thin, and in which direction.
				final double half = (s.xx[i] + s.yy[i]) / 2;
				final double root = Math.sqrt((s.xx[i] - s.yy[i]) * (s.xx[i] - s.yy[i]) / 4 + s.xy[i] * s.xy[i]);
				final double turn = Math.atan2(2 * s.xy[i], s.xx[i] - s.yy[i]);
				final double[] v =
					{ Math.log(n), Math.sqrt(n / pixels), width / w, height / h, Math.log(width / height),
						n / (width * height), 2 * n / length, Math.log(2 * n / length / unit * 100 + 1), s.x[i] / w,
						s.y[i] / h, s.left[i] / w, s.right[i] / w, s.top[i] / h, s.bottom[i] / h, //
						around.mean[i], around.most[i], around.least[i], around.contrast[i],
						Math.log(around.count[i] + 1), s.colourDistance(i, background), sameArea / pixels,
						Math.log(same), Math.log(s.count) / 5, s.area[background] / pixels,
						(s.deviation[0][background] + s.deviation[1][background] + s.deviation[2][background]) / 3, //
						Math.log(height), Math.log(width), Math.sqrt(s.xx[i]) / width, Math.sqrt(s.yy[i]) / height,
						length / Math.sqrt(n) / 4, w / h, //
						s.mean[0][i], s.mean[1][i], s.mean[2][i], s.deviation[0][i], s.deviation[1][i],
						s.deviation[2][i], s.mean[0][background], s.mean[1][background], s.mean[2][background], //
						s.border[0][i], s.border[1][i], s.border[2][i], s.border[3][i], s.alpha[i], level == 1 ? 1 : 0,
						level == 2 ? 1 : 0, Math.log(pixels) - 11.5, //
						Math.log((half + root + 0.1) / (half - root + 0.1)) / 4, Math.cos(turn), Math.sin(turn),
						Math.log((half - root + 0.1) / unit), s.alpha[background], Math.log(unit / height) };
				for (int k = 0; k < NODE; k++)
					out[(first[level] + i) * NODE + k] =
						(float) Math.max(-MAX_NODE_NUMBER, Math.min(MAX_NODE_NUMBER, v[k]));
			}
		}

		/**
		 * What a segment's neighbours tell about it: length of the common border, and colour distances weighted by it.
		 */
		private static final class Perimeter {

			final double[] length;
			final double[] mean;
			final double[] most;
			final double[] least;
			final double[] contrast;
			final int[] count;

			Perimeter(final Shapes shapes, final Adjacency pairs) {
				final int n = shapes.count;
				length = new double[n];
				mean = new double[n];
				most = new double[n];
				least = new double[n];
				contrast = new double[n];
				count = new int[n];
				Arrays.fill(least, 9);
				Arrays.fill(length, 1e-6);
				for (int k = 0; k < pairs.size(); k++) {
					final double distance = shapes.colourDistance(pairs.first()[k], pairs.second()[k]);
					for (final int s : new int[] { pairs.first()[k], pairs.second()[k] }) {
						length[s] += pairs.length()[k];
						mean[s] += pairs.length()[k] * distance;
						contrast[s] += pairs.length()[k] * pairs.contrast()[k];
						most[s] = Math.max(most[s], distance);
						least[s] = Math.min(least[s], distance);
						count[s]++;
					}
				}
				for (int s = 0; s < n; s++) {
					mean[s] /= length[s];
					contrast[s] /= length[s];
				}
				// A picture of one segment has no border within.
				if (n == 1) length[0] = 2 * (shapes.width(0) + shapes.height(0));
			}
		}

		// -- Edges --

		private void neighbours(final int level, final Perimeter around) {
			final Adjacency pairs = adjacencies.get(level);
			for (int k = 0; k < pairs.size(); k++) {
				final int a = pairs.first()[k];
				final int b = pairs.second()[k];
				final double length = pairs.length()[k];
				edge(Kind.NEIGHBOUR, level, a, level, b, length / around.length[a], length / around.length[b],
					pairs.contrast()[k]);
				edge(Kind.NEIGHBOUR, level, b, level, a, length / around.length[b], length / around.length[a],
					pairs.contrast()[k]);
			}
		}

		/** Alike in colour and size, and not too far away. */
		private void alike() {
			final Shapes s = shapes.get(0);
			final double[][] key = new double[7][s.count];
			for (int i = 0; i < s.count; i++) {
				key[0][i] = s.x[i] / unit;
				key[1][i] = s.y[i] / unit;
				for (int c = 0; c < 3; c++) key[2 + c][i] = 1.5 * s.mean[c][i];
				key[5][i] = .25 * Math.log(s.height(i));
				key[6][i] = .25 * Math.log(s.width(i));
			}
			closest(key);
		}

		private void closest(final double[][] key) {
			final int n = key[0].length;
			final int wanted = Math.min(SIMILAR_EDGES, n - 1);
			final int[] best = new int[SIMILAR_EDGES + 1];
			final double[] distance = new double[SIMILAR_EDGES + 1];
			for (int i = 0; i < n; i++) {
				int found = 0;
				for (int j = 0; j < n; j++) {
					if (i == j) continue;
					double d = 0;
					for (final double[] axis : key) d += (axis[i] - axis[j]) * (axis[i] - axis[j]);
					if (found == wanted && d >= distance[found - 1]) continue;
					int at = found;
					while (at > 0 && distance[at - 1] > d) {
						distance[at] = distance[at - 1];
						best[at] = best[--at];
					}
					distance[at] = d;
					best[at] = j;
					found = Math.min(found + 1, wanted);
				}
				for (int k = 0; k < found; k++) edge(Kind.ALIKE, 0, i, 0, best[k], 0, 0, 0);
			}
		}

		private void edge(final Kind kind, final int levelI, final int i, final int levelJ, final int j,
			final double shareI, final double shareJ, final double contrast)
		{
			final Shapes a = shapes.get(levelI);
			final Shapes b = shapes.get(levelJ);
			from.add(first[levelI] + i);
			to.add(first[levelJ] + j);
			final double dx = b.x[j] - a.x[i];
			final double dy = b.y[j] - a.y[i];
			final double side = Math.max(a.side(i), 4);
			final double[] v = { kind == Kind.NEIGHBOUR ? 1 : 0, kind == Kind.ALIKE ? 1 : 0, kind == Kind.PART ? 1 : 0,
				kind == Kind.WHOLE ? 1 : 0, shareI, shareJ, contrast, dx / unit, dy / unit, .25 * dx / side,
				.25 * dy / side, .25 * Math.log(b.area[j] / a.area[i]), Math.log((double) b.height(j) / a.height(i)),
				Math.log((double) b.width(j) / a.width(i)), inside(a, i, b, j), inside(b, j, a, i),
				near(a.bottom[i], b.bottom[j]), near(a.top[i], b.top[j]), near(a.left[i], b.left[j]),
				near(a.right[i], b.right[j]), b.mean[0][j] - a.mean[0][i], b.mean[1][j] - a.mean[1][i],
				b.mean[2][j] - a.mean[2][i], Math.sqrt(Math.pow(b.mean[0][j] - a.mean[0][i], 2)
					+ Math.pow(b.mean[1][j] - a.mean[1][i], 2) + Math.pow(b.mean[2][j] - a.mean[2][i], 2)) };
			for (final double x : v) edges.add((float) Math.max(-MAX_EDGE_NUMBER, Math.min(MAX_EDGE_NUMBER, x)));
		}

		private static double inside(final Shapes a, final int i, final Shapes b, final int j) {
			return a.left[i] >= b.left[j] && a.right[i] <= b.right[j] && a.top[i] >= b.top[j]
				&& a.bottom[i] <= b.bottom[j] ? 1 : 0;
		}

		private static double near(final int p, final int q) {
			return Math.abs(p - q) <= 2 ? 1 : 0;
		}
	}

	/** A growing array. */
	private static final class IntList {

		private int[] values = new int[4096];
		private int size;

		void add(final int value) {
			if (size == values.length) values = Arrays.copyOf(values, 2 * size);
			values[size++] = value;
		}

		int[] toArray() {
			return Arrays.copyOf(values, size);
		}
	}

	private static final class FloatList {

		private float[] values = new float[1 << 16];
		private int size;

		void add(final float value) {
			if (size == values.length) values = Arrays.copyOf(values, 2 * size);
			values[size++] = value;
		}

		float[] toArray() {
			return Arrays.copyOf(values, size);
		}
	}
}
