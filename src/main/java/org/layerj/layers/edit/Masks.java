package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * Sets of pixels of one picture size, as booleans by index {@code y * width + x}.
 *
 * @param width in pixels
 * @param height in pixels
 */
public record Masks(int width, int height) {

	/** Whether two neighbouring pixels belong together. */
	@FunctionalInterface
	public interface Link {

		/**
		 * Of the indices of two neighbouring pixels.
		 *
		 * @param i index of a pixel
		 * @param j index of one of its neighbours
		 * @return whether they belong together
		 */
		boolean holds(int i, int j);
	}

	/**
	 * The pixels, row by row, for which the test of their index holds.
	 *
	 * @param test asked for every index
	 * @return by index
	 */
	public boolean[] of(final IntPredicate test) {
		final boolean[] out = new boolean[width * height];
		for (int i = 0; i < out.length; i++) out[i] = test.test(i);
		return out;
	}

	/**
	 * Number of pixels that are set.
	 *
	 * @param mask by index
	 * @return 0 or more
	 */
	public static int count(final boolean[] mask) {
		int n = 0;
		for (final boolean b : mask) if (b) n++;
		return n;
	}

	/**
	 * The mask with all pixels at most {@code radius} away, in a square.
	 *
	 * @param mask by index
	 * @param radius in pixels, 0 or more
	 * @return a new mask
	 */
	public boolean[] dilate(final boolean[] mask, final int radius) {
		final boolean[] rows = new boolean[mask.length];
		for (int y = 0; y < height; y++) {
			// The pixel of the mask that was met last on the way.
			int last = -radius - 1;
			for (int x = 0; x < width; x++) {
				if (mask[y * width + x]) last = x;
				rows[y * width + x] = x - last <= radius;
			}
			last = width + radius;
			for (int x = width - 1; x >= 0; x--) {
				if (mask[y * width + x]) last = x;
				rows[y * width + x] |= last - x <= radius;
			}
		}
		final boolean[] out = new boolean[mask.length];
		final int[] last = new int[width];
		Arrays.fill(last, -radius - 1);
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			if (rows[y * width + x]) last[x] = y;
			out[y * width + x] = y - last[x] <= radius;
		}
		Arrays.fill(last, height + radius);
		for (int y = height - 1; y >= 0; y--) for (int x = 0; x < width; x++) {
			if (rows[y * width + x]) last[x] = y;
			out[y * width + x] |= last[x] - y <= radius;
		}
		return out;
	}

	/**
	 * The pixels all of whose neighbours within the square are in the mask too; outside the canvas everything is.
	 *
	 * @param mask by index
	 * @param radius in pixels, 0 or more
	 * @return a new mask
	 */
	public boolean[] erode(final boolean[] mask, final int radius) {
		final boolean[] grown = dilate(of(i -> !mask[i]), radius);
		return of(i -> !grown[i]);
	}

	/**
	 * Connected parts of a mask as lists of pixels, found from top to bottom.
	 *
	 * @param mask by index
	 * @param diagonal whether pixels that touch at a corner are neighbours
	 * @param link which neighbours belong together
	 * @return the indices of each part, beginning with its uppermost, of these the leftmost
	 */
	public List<int[]> components(final boolean[] mask, final boolean diagonal, final Link link) {
		final boolean[] left = mask.clone();
		final int[] stack = new int[mask.length];
		final List<int[]> parts = new ArrayList<>();
		for (int start = 0; start < mask.length; start++) {
			if (!left[start]) continue;
			// One array is both the list of what was found and the queue of what is to be looked at.
			int found = 1;
			stack[0] = start;
			left[start] = false;
			for (int k = 0; k < found; k++) {
				final int x = stack[k] % width;
				final int y = stack[k] / width;
				for (int dy = -1; dy <= 1; dy++) for (int dx = -1; dx <= 1; dx++) {
					if (!diagonal && dx != 0 && dy != 0) continue;
					if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) continue;
					final int j = stack[k] + dy * width + dx;
					if (!left[j] || !link.holds(stack[k], j)) continue;
					left[j] = false;
					stack[found++] = j;
				}
			}
			parts.add(Arrays.copyOf(stack, found));
		}
		return parts;
	}

	/**
	 * The pixels with the holes in them that pass a test.
	 *
	 * @param pixels indices
	 * @param hole receives the indices of a hole
	 * @return the mask of pixels and holes
	 */
	public boolean[] filled(final int[] pixels, final Predicate<int[]> hole) {
		final boolean[] outside = of(i -> true);
		for (final int i : pixels) outside[i] = false;
		final boolean[] out = of(i -> true);
		for (final int[] part : components(outside, false, (i, j) -> true)) {
			if (Arrays.stream(part).anyMatch(this::isBorder) || !hole.test(part))
				for (final int i : part) out[i] = false;
		}
		return out;
	}

	/**
	 * Number of pixels between this one and the nearest edge of the canvas.
	 *
	 * @param i index of a pixel
	 * @return 0 at the edge
	 */
	public int away(final int i) {
		final int x = i % width;
		final int y = i / width;
		return Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y));
	}

	/**
	 * Whether the pixel of this index lies at the border of the picture.
	 *
	 * @param i index of a pixel
	 * @return whether it is in the first or last row or column
	 */
	public boolean isBorder(final int i) {
		return away(i) == 0;
	}

	/**
	 * Half the thickness in pixels of the thickest place, rounded up: the number of erosions after which nothing is
	 * left.
	 *
	 * @param pixels indices
	 * @return 1 for lines of one or two pixels; 0 if there are none
	 */
	public int thickness(final int[] pixels) {
		final int[] distance = new int[width * height];
		for (final int i : pixels) distance[i] = Integer.MAX_VALUE - 1;
		int max = 0;
		for (final boolean forth : new boolean[] { true, false }) {
			for (int k = 0; k < distance.length; k++) {
				final int i = forth ? k : distance.length - 1 - k;
				if (distance[i] == 0) continue;
				final int x = i % width;
				final int y = i / width;
				final int back = forth ? -1 : 1;
				int least = distance[i];
				for (int s = -1; s <= 1; s++) least = Math.min(least, 1 + at(distance, x + s, y + back));
				distance[i] = Math.min(least, 1 + at(distance, x + back, y));
				if (!forth) max = Math.max(max, distance[i]);
			}
		}
		return max;
	}

	private int at(final int[] values, final int x, final int y) {
		return x < 0 || y < 0 || x >= width || y >= height ? 0 : values[y * width + x];
	}
}
