package org.layerj.text;

import java.util.function.IntPredicate;

/** Pixels of a grid that are connected, by sides or corners: one piece after another. */
class ConnectedPixels {

	private final int width;
	private final int height;
	private final IntPredicate of;
	private final boolean[] seen;
	private int at;
	/** Indices of the piece's pixels: the first {@link #size}. */
	final int[] queue;
	int size;

	/** @param of which pixels, by index */
	ConnectedPixels(final int width, final int height, final IntPredicate of) {
		this.width = width;
		this.height = height;
		this.of = of;
		seen = new boolean[width * height];
		queue = new int[seen.length];
	}

	/** Goes to the next piece; false if there is none. */
	final boolean next() {
		while (at < seen.length && (seen[at] || !of.test(at))) at++;
		if (at == seen.length) return false;
		size = 0;
		queue[size++] = at;
		seen[at] = true;
		for (int k = 0; k < size; k++) {
			final int x = queue[k] % width;
			final int y = queue[k] / width;
			for (int v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
				for (int u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
					final int i = v * width + u;
					if (seen[i] || !of.test(i)) continue;
					seen[i] = true;
					queue[size++] = i;
				}
			}
		}
		return true;
	}
}
