package org.layerj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.layerj.common.DisjointSets;

/**
 * Agglomerative clustering by average linkage: the two clusters between which the mean probability of all pairs that
 * are known is highest are joined, again and again.
 */
final class Linkage {

	/** Sum and number of the probabilities between two clusters. */
	private static final class Link {

		double sum;
		int count;

		double mean() {
			return sum / count;
		}
	}

	private record Offer(double mean, int a, int b) {}

	private final int n;
	private final DisjointSets sets;
	private final List<Map<Integer, Link>> links = new ArrayList<>();

	Linkage(final int n) {
		this.n = n;
		sets = new DisjointSets(n);
		for (int i = 0; i < n; i++) links.add(new HashMap<>());
	}

	/** Notes how probable it is that two belong together; several notes of one pair count alike. */
	void add(final int a, final int b, final double probability) {
		final Link link = links.get(a).computeIfAbsent(b, k -> new Link());
		links.get(b).put(a, link);
		link.sum += probability;
		link.count++;
	}

	/**
	 * Joins until no two clusters have a mean probability of at least so much. A further call with less goes on from
	 * there.
	 *
	 * @return for every member the first one of its cluster
	 */
	int[] joined(final double least) {
		final PriorityQueue<Offer> offers = new PriorityQueue<>((x, y) -> {
			final int order = Double.compare(y.mean, x.mean);
			return order != 0 ? order : x.a != y.a ? Integer.compare(x.a, y.a) : Integer.compare(x.b, y.b);
		});
		for (int a = 0; a < n; a++)
			for (final Map.Entry<Integer, Link> e : links.get(a).entrySet())
				if (a < e.getKey() && e.getValue().mean() >= least)
					offers.add(new Offer(e.getValue().mean(), a, e.getKey()));
		while (!offers.isEmpty()) {
			final Offer best = offers.poll();
			final Link link = links.get(best.a).get(best.b);
			// Offers of clusters that are gone, or of before something was joined to one of them.
			if (link == null || link.mean() != best.mean) continue;
			final int root = sets.join(best.a, best.b);
			final int gone = root == best.a ? best.b : best.a;
			final Map<Integer, Link> kept = links.get(root);
			kept.remove(gone);
			for (final Map.Entry<Integer, Link> e : links.get(gone).entrySet()) {
				final int other = e.getKey();
				if (other == root) continue;
				links.get(other).remove(gone);
				final Link joined = kept.computeIfAbsent(other, k -> new Link());
				joined.sum += e.getValue().sum;
				joined.count += e.getValue().count;
				links.get(other).put(root, joined);
				if (joined.mean() >= least)
					offers.add(new Offer(joined.mean(), Math.min(root, other), Math.max(root, other)));
			}
			links.set(gone, new HashMap<>());
		}
		final int[] first = new int[n];
		Arrays.fill(first, -1);
		final int[] out = new int[n];
		for (int i = 0; i < n; i++) {
			final int root = sets.find(i);
			if (first[root] < 0) first[root] = i;
			out[i] = first[root];
		}
		return out;
	}
}
