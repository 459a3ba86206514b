package org.layerj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

	/** Mean probability of showing the same element from which segments are one part, and parts a larger one. */
	private static final double PART = .8;
	private static final double WHOLE = .5;

	/**
	 * One part.
	 *
	 * @param role what it is for
	 * @param layer height of its layer
	 * @param whole number of the larger part that it belongs to; its own if that is no larger
	 */
	public record Part(Role role, int layer, int whole) {}

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
		final int[] part = linkage.joined(PART);
		final int[] whole = linkage.joined(WHOLE);
		final int[] number = new int[n];
		final List<Integer> first = new ArrayList<>();
		for (int s = 0; s < n; s++) {
			if (part[s] == s) first.add(s);
			number[s] = part[s] == s ? first.size() - 1 : number[part[s]];
		}
		return new FoundParts(graph.segments(), Arrays.stream(part).map(s -> number[s]).toArray(),
			first.stream().map(s -> new Part(kind[s].role(), layer[s], number[whole[s]])).toList());
	}
}
