package org.layerj.segment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.layerj.elements.Role;

/**
 * Segments joined to the parts that a person sees: neighbours in one layer that the network takes for the same element,
 * and pieces of one that something crosses.
 *
 * @param segments of the picture, in the size that they were found in
 * @param part for every segment the number of its part
 * @param parts what each is
 */
public record FoundParts(Segments segments, int[] part, List<Part> parts) {

	/** Probability from which two segments show the same element. */
	private static final double SAME = Double.parseDouble(System.getProperty("same", ".5"));

	/**
	 * One part.
	 *
	 * @param role what it is for
	 * @param layer height of its layer
	 */
	public record Part(Role role, int layer) {}

	/**
	 * @param kind for every segment what shows there
	 * @param layer for every segment the height of its layer
	 */
	static FoundParts of(final SegmentGraph graph, final SegmentNetwork.Answer answer, final SegmentClass[] kind,
		final int[] layer)
	{
		final int n = graph.segmentCount();
		final Linkage linkage = new Linkage(n);
		for (int e = 0; e < graph.from().length; e++) {
			final int a = graph.from()[e];
			final int b = graph.to()[e];
			if (a < n && b < n && layer[a] == layer[b]) linkage.add(a, b, answer.same()[e]);
		}
		final DisjointSets sets = linkage.joined(SAME);
		int background = -1;
		for (int s = 0; s < n; s++) {
			if (kind[s] != SegmentClass.BACKGROUND) continue;
			if (background >= 0) join(sets, s, background);
			background = s;
		}
		final int[] number = new int[n];
		final int[] part = new int[n];
		final List<Part> parts = new ArrayList<>();
		for (int s = 0; s < n; s++) {
			final int root = sets.find(s);
			if (number[root] == 0) {
				parts.add(new Part(kind[root].role(), layer[root]));
				number[root] = parts.size();
			}
			part[s] = number[root] - 1;
		}
		return new FoundParts(graph.segments(), part, parts);
	}

	private static void join(final DisjointSets sets, final int a, final int b) {
		final int x = sets.find(a);
		final int y = sets.find(b);
		if (x != y) sets.join(x, y);
	}
}
