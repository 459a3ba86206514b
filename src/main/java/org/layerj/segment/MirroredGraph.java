package org.layerj.segment;

/**
 * The graph of the mirrored picture, computed from the numbers of the graph itself: the same nodes and edges in the
 * same order, so that what a network predicts for both can be averaged.
 */
final class MirroredGraph {

	// Places of the numbers in a node (SegmentGraph.Builder.describe): [0] left to right, [1] top to bottom.
	private static final int[] CENTRE = { 8, 9 };
	private static final int[] FIRST = { 10, 12 };
	private static final int[] LAST = { 11, 13 };
	private static final int[][] AT_BORDER = { { 42, 43 }, { 40, 41 } };
	private static final int SINE = 50;

	// And in an edge (SegmentGraph.Builder.edge).
	private static final int[] WAY = { 7, 8 };
	private static final int[] WAY_IN_SIZES = { 9, 10 };
	private static final int[][] ALIGNED = { { 18, 19 }, { 16, 17 } };

	private static final int PIXEL = 4;

	private MirroredGraph() {}

	/** The graph of the picture whose left is right, and whose top is the bottom, or one of the two. */
	static SegmentGraph of(final SegmentGraph graph, final boolean sideways, final boolean upsideDown) {
		final float[] nodes = graph.nodes().clone();
		final float[] edges = graph.edges().clone();
		if (sideways) mirror(nodes, edges, 0, graph.segments().width());
		if (upsideDown) mirror(nodes, edges, 1, graph.segments().height());
		return new SegmentGraph(graph.segments(), graph.levels(), graph.parents(), nodes,
			patches(graph.patches(), sideways, upsideDown), graph.from(), graph.to(), edges, graph.area());
	}

	private static void mirror(final float[] nodes, final float[] edges, final int axis, final int length) {
		final float last = (length - 1f) / length;
		for (int at = 0; at < nodes.length; at += SegmentGraph.NODE) {
			nodes[at + CENTRE[axis]] = last - nodes[at + CENTRE[axis]];
			final float first = nodes[at + FIRST[axis]];
			nodes[at + FIRST[axis]] = last - nodes[at + LAST[axis]];
			nodes[at + LAST[axis]] = last - first;
			swap(nodes, at, AT_BORDER[axis]);
			nodes[at + SINE] = -nodes[at + SINE];
		}
		for (int at = 0; at < edges.length; at += SegmentGraph.EDGE) {
			edges[at + WAY[axis]] = -edges[at + WAY[axis]];
			edges[at + WAY_IN_SIZES[axis]] = -edges[at + WAY_IN_SIZES[axis]];
			swap(edges, at, ALIGNED[axis]);
		}
	}

	private static void swap(final float[] values, final int at, final int[] two) {
		final float kept = values[at + two[0]];
		values[at + two[0]] = values[at + two[1]];
		values[at + two[1]] = kept;
	}

	private static byte[] patches(final byte[] patches, final boolean sideways, final boolean upsideDown) {
		final byte[] out = new byte[patches.length];
		for (int i = 0; i < patches.length / PIXEL; i++) {
			final int column = i % Patches.SIDE;
			final int row = i / Patches.SIDE % Patches.SIDE;
			final int from = i + (sideways ? Patches.SIDE - 1 - 2 * column : 0)
				+ (upsideDown ? Patches.SIDE * (Patches.SIDE - 1 - 2 * row) : 0);
			System.arraycopy(patches, from * PIXEL, out, i * PIXEL, PIXEL);
		}
		return out;
	}
}
