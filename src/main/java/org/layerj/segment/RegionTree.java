package org.layerj.segment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.layerj.common.DisjointSets;

/**
 * Segments joined step by step to larger regions: of all neighbours, the pair whose union adds least to the squared
 * error of colour first (Ward 1963). So a photograph with all its segments becomes one region long before two panels of
 * different colour do.
 */
final class RegionTree {

	private record Pair(double cost, int a, int b) {}

	private RegionTree() {}

	/**
	 * The region of every segment after joining down to several numbers of regions.
	 *
	 * @param counts falling numbers of regions
	 * @return for each number an array by segment; regions are numbered in the order of their first segments
	 */
	static List<int[]> cuts(final Shapes shapes, final Adjacency adjacency, final int... counts) {
		final int n = shapes.count;
		final DisjointSets sets = new DisjointSets(n);
		final double[] area = shapes.area.clone();
		final double[][] mean = new double[3][];
		for (int c = 0; c < 3; c++) mean[c] = shapes.mean[c].clone();
		final List<Set<Integer>> neighbours = new ArrayList<>();
		for (int s = 0; s < n; s++) neighbours.add(new TreeSet<>());
		final PriorityQueue<Pair> queue = new PriorityQueue<>(
			Comparator.comparingDouble(Pair::cost).thenComparingInt(Pair::a).thenComparingInt(Pair::b));
		for (int k = 0; k < adjacency.size(); k++) {
			final int a = adjacency.first()[k];
			final int b = adjacency.second()[k];
			neighbours.get(a).add(b);
			neighbours.get(b).add(a);
			queue.add(new Pair(cost(area, mean, a, b), a, b));
		}
		final List<int[]> cuts = new ArrayList<>();
		int left = n;
		for (final int wanted : counts) {
			while (left > wanted && !queue.isEmpty()) {
				final Pair best = queue.poll();
				// A pair whose members have grown since stands in the queue again, with its present cost.
				if (sets.find(best.a) != best.a || sets.find(best.b) != best.b
					|| best.cost != cost(area, mean, best.a, best.b)) continue;
				final double all = area[best.a] + area[best.b];
				final int root = sets.join(best.a, best.b);
				final int gone = root == best.a ? best.b : best.a;
				for (int c = 0; c < 3; c++)
					mean[c][root] = (mean[c][root] * area[root] + mean[c][gone] * area[gone]) / all;
				area[root] = all;
				final Set<Integer> around = neighbours.get(root);
				around.addAll(neighbours.get(gone));
				around.remove(root);
				around.remove(gone);
				for (final int other : around) {
					neighbours.get(other).remove(gone);
					neighbours.get(other).add(root);
					final int a = Math.min(root, other);
					final int b = Math.max(root, other);
					queue.add(new Pair(cost(area, mean, a, b), a, b));
				}
				left--;
			}
			cuts.add(numbered(sets, n));
		}
		return cuts;
	}

	private static double cost(final double[] area, final double[][] mean, final int a, final int b) {
		double squared = 0;
		for (final double[] m : mean) squared += (m[a] - m[b]) * (m[a] - m[b]);
		return squared * area[a] * area[b] / (area[a] + area[b]);
	}

	private static int[] numbered(final DisjointSets sets, final int n) {
		final int[] number = new int[n];
		final int[] out = new int[n];
		int count = 0;
		for (int s = 0; s < n; s++) {
			final int root = sets.find(s);
			if (number[root] == 0) number[root] = ++count;
			out[s] = number[root] - 1;
		}
		return out;
	}
}
