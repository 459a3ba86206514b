package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/** The connected parts of a layer: pixels with alpha above 0 that touch each other, corners included. */
final class Parts {

	/** Number of the part each pixel belongs to, from 0 by size; −1 for transparent pixels. */
	final int[] part;
	/** Number of pixels of each part, the largest first. Of parts of one size, the first met row by row comes first. */
	final List<Integer> sizes;

	private Parts(final int[] part, final List<Integer> sizes) {
		this.part = part;
		this.sizes = sizes;
	}

	static Parts of(final Layer layer) {
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		final Masks masks = new Masks(layer.bounds().width(), layer.bounds().height());
		final List<int[]> found = new ArrayList<>(masks.components(masks.of(i -> alpha[i] != 0), true, (i, j) -> true));
		found.sort(Comparator.comparing(pixels -> -pixels.length));
		final int[] part = new int[alpha.length];
		Arrays.fill(part, -1);
		for (int k = 0; k < found.size(); k++) for (final int i : found.get(k)) part[i] = k;
		return new Parts(part, found.stream().map(pixels -> pixels.length).toList());
	}
}
