package org.layerj.segment;

import java.util.Arrays;
import org.layerj.layers.Bounds;
import org.layerj.layers.Diffusion;
import org.layerj.layers.edit.Masks;

/**
 * The connected visible parts of a layer, and of every other pixel the part nearest to it; of the parts that border on
 * what covers the pixel, where there are some. Hidden pixels are inpainted from their part alone. The inside of a plot
 * and the page around it, say, are separated by a frame: diffusion from both would leave a gradient beneath the bars
 * that stand on it.
 */
final class VisibleParts {

	private final int width;
	private final int height;
	/** For every pixel the index of its part; −1 if nothing is visible. */
	private final int[] part;
	/** Pixels that show; those at edges and in shadows among them are no sources. */
	private final boolean[] open;
	/** Bounds of the pixels of each part, hidden ones included. */
	private final Bounds[] bounds;

	/**
	 * @param visible pixels whose colour is the layer's own, row by row
	 * @param covers for every pixel what covers it, 0 if nothing does
	 */
	VisibleParts(final int width, final int height, final boolean[] visible, final int[] covers) {
		this.width = width;
		this.height = height;
		part = new int[visible.length];
		Arrays.fill(part, -1);
		open = new boolean[visible.length];
		for (int i = 0; i < open.length; i++) open[i] = covers[i] == 0;
		final int[] queue = new int[visible.length];
		int end = 0;
		int count = 0;
		for (final int[] pixels : new Masks(width, height).components(visible, true, (i, j) -> true)) {
			for (final int i : pixels) {
				part[i] = count;
				queue[end++] = i;
			}
			count++;
		}
		bounds = new Bounds[count];
		end = spread(queue, end, (i, j) -> covers[i] == 0 || covers[i] == covers[j]);
		end = spread(queue, end, (i, j) -> true);
		for (int at = 0; at < end; at++) {
			final int i = queue[at];
			final Bounds pixel = new Bounds(i % width, i / width, 1, 1);
			final Bounds b = bounds[part[i]];
			bounds[part[i]] = b == null ? pixel : b.union(pixel);
		}
	}

	/** Gives pixels without a part that of a neighbour, in breadth-first order; the new length of the queue. */
	private int spread(final int[] queue, final int length, final Masks.Link may) {
		int end = length;
		for (int at = 0; at < end; at++) {
			final int i = queue[at];
			final int x = i % width;
			for (final int j : new int[] { x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, i - width, i + width }) {
				if (j < 0 || j >= part.length || part[j] >= 0 || !may.holds(i, j)) continue;
				part[j] = part[i];
				queue[end++] = j;
			}
		}
		return end;
	}

	/**
	 * One plane inpainted, each part from its own sources.
	 *
	 * @param values row by row; not changed
	 * @param sources pixels to inpaint from
	 * @param wanted pixels to inpaint; those of parts without sources stay as they are
	 * @return a new plane, in which pixels that are not wanted are as before
	 */
	double[] inpainted(final double[] values, final boolean[] sources, final boolean[] wanted) {
		final double[] out = values.clone();
		final boolean[] any = new boolean[bounds.length];
		final boolean[] needed = new boolean[bounds.length];
		for (int i = 0; i < part.length; i++) {
			if (part[i] < 0) continue;
			any[part[i]] |= sources[i];
			needed[part[i]] |= wanted[i];
		}
		for (int k = 0; k < bounds.length; k++) if (any[k] && needed[k]) inpaint(k, values, sources, wanted, out);
		return out;
	}

	private void inpaint(final int number, final double[] values, final boolean[] sources, final boolean[] wanted,
		final double[] out)
	{
		final Bounds b = bounds[number];
		final int[] index = new int[b.width() * b.height()];
		final double[] plane = new double[index.length];
		for (int i = 0; i < index.length; i++) {
			index[i] = (b.y() + i / b.width()) * width + b.x() + i % b.width();
			plane[i] = values[index[i]];
		}
		// What shows and is no source lies between the sources and what is hidden: without it nothing gets there.
		final double[] filled =
			Diffusion.fill(plane, b.width(), b.height(), i -> part[index[i]] == number && sources[index[i]],
				i -> part[index[i]] == number && (wanted[index[i]] || open[index[i]]), 0);
		for (int i = 0; i < index.length; i++)
			if (part[index[i]] == number && wanted[index[i]]) out[index[i]] = filled[i];
	}
}
