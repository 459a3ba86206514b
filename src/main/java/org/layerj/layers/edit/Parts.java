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
		final int w = layer.bounds().width();
		final int h = layer.bounds().height();
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		final int[] label = new int[alpha.length];
		Arrays.fill(label, -1);
		final int[] queue = new int[alpha.length];
		final List<Integer> sizes = new ArrayList<>();
		for (int start = 0; start < alpha.length; start++) {
			if (alpha[start] == 0 || label[start] >= 0) continue;
			int end = 0;
			queue[end++] = start;
			label[start] = sizes.size();
			for (int next = 0; next < end; next++) {
				final int x = queue[next] % w;
				final int y = queue[next] / w;
				for (int ny = Math.max(0, y - 1); ny <= Math.min(h - 1, y + 1); ny++) {
					for (int nx = Math.max(0, x - 1); nx <= Math.min(w - 1, x + 1); nx++) {
						final int n = ny * w + nx;
						if (alpha[n] == 0 || label[n] >= 0) continue;
						label[n] = sizes.size();
						queue[end++] = n;
					}
				}
			}
			sizes.add(end);
		}
		return bySize(label, sizes);
	}

	private static Parts bySize(final int[] label, final List<Integer> sizes) {
		final List<Integer> order = new ArrayList<>();
		for (int i = 0; i < sizes.size(); i++) order.add(i);
		order.sort(Comparator.comparing((Integer i) -> -sizes.get(i)));
		final int[] rank = new int[order.size()];
		for (int i = 0; i < rank.length; i++) rank[order.get(i)] = i;
		for (int i = 0; i < label.length; i++) if (label[i] >= 0) label[i] = rank[label[i]];
		return new Parts(label, order.stream().map(sizes::get).toList());
	}
}
