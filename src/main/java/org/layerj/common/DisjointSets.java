package org.layerj.common;

/** Union-find over the numbers 0 … n − 1, by size, with path halving. */
public final class DisjointSets {

	private final int[] parent;
	private final int[] size;

	/** Every number in a set of its own. */
	public DisjointSets(final int n) {
		parent = new int[n];
		size = new int[n];
		for (int i = 0; i < n; i++) {
			parent[i] = i;
			size[i] = 1;
		}
	}

	/** The representative of the set that holds a number. */
	public int find(final int member) {
		int i = member;
		while (parent[i] != i) {
			parent[i] = parent[parent[i]];
			i = parent[i];
		}
		return i;
	}

	/** Joins the sets of two different representatives; the new representative. */
	public int join(final int a, final int b) {
		final int root = size[a] >= size[b] ? a : b;
		final int child = root == a ? b : a;
		parent[child] = root;
		size[root] += size[child];
		return root;
	}

	/** Number of members of a representative's set. */
	public int size(final int root) {
		return size[root];
	}
}
