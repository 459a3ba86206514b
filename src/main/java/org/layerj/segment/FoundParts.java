package org.layerj.segment;

import java.util.Arrays;
import java.util.List;
import org.layerj.common.DisjointSets;
import org.layerj.elements.PictureParts;

/**
 * Joins segments to the parts that a person sees: neighbours that the network takes for the same element, and pieces of
 * one that something crosses.
 */
final class FoundParts {

	/** Mean probability of showing the same element from which segments are one part, and parts a larger one. */
	private static final double PART_PROBABILITY = .8;
	private static final double WHOLE_PROBABILITY = .5;

	private FoundParts() {}

	/**
	 * Joins segments that show one element.
	 *
	 * @param colours red, green and blue of the picture first, 0 … 255
	 * @return for every segment the number of its part, 0 on
	 */
	static int[] join(final SegmentGraph graph, final SegmentNetwork.Answer answer, final int[][] colours) {
		final int n = graph.segmentCount();
		final Linkage linkage = new Linkage(n);
		for (int e = 0; e < graph.from().length; e++) {
			final int a = graph.from()[e];
			final int b = graph.to()[e];
			if (a < n && b < n) linkage.add(a, b, answer.same()[e]);
		}
		final int[] first = linkage.joined(PART_PROBABILITY);
		final Segments segments = graph.segments();
		final DisjointSets lines = new DisjointSets(n);
		LinePieces.join(colours, Arrays.stream(segments.labels()).map(s -> first[s]).toArray(), segments.width(),
			segments.height(), lines);
		final int[] part = new int[n];
		int count = 0;
		final int[] number = new int[n];
		Arrays.fill(number, -1);
		for (int s = 0; s < n; s++) {
			final int root = lines.find(first[s]);
			if (number[root] < 0) number[root] = count++;
			part[s] = number[root];
		}
		return part;
	}

	/**
	 * @param part for every segment its part
	 * @param kind for every segment what its part is
	 * @param layer for every segment the height of its part's layer
	 */
	static PictureParts of(final SegmentGraph graph, final SegmentNetwork.Answer answer, final int[] part,
		final SegmentClass[] kind, final int[] layer)
	{
		final int n = graph.segmentCount();
		final int count = Arrays.stream(part).max().orElse(-1) + 1;
		final Linkage linkage = new Linkage(count);
		for (int e = 0; e < graph.from().length; e++) {
			final int a = graph.from()[e];
			final int b = graph.to()[e];
			if (a < n && b < n && part[a] != part[b] && layer[a] == layer[b])
				linkage.add(part[a], part[b], answer.same()[e]);
		}
		final int[] whole = linkage.joined(WHOLE_PROBABILITY);
		final PictureParts.Part[] parts = new PictureParts.Part[count];
		for (int s = 0; s < n; s++) parts[part[s]] = new PictureParts.Part(kind[s].role(), layer[s], whole[part[s]]);
		final Segments s = graph.segments();
		return new PictureParts(s.width(), s.height(), s.labels(), part, List.of(parts));
	}
}
