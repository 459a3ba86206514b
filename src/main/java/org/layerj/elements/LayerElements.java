package org.layerj.elements;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.Masks;

/**
 * The elements of layers without a record: connected components of each layer's visible pixels, and all of one layer
 * together.
 */
public final class LayerElements {

	private LayerElements() {}

	/**
	 * For every pixel of the canvas the index of the layer with the largest share in the composite; −1 where there is
	 * none.
	 *
	 * @param stack not changed
	 * @return indices of layers, row by row; 0 is the lowest
	 */
	public static int[] top(final LayerStack stack) {
		final int w = stack.width();
		final int[] top = new int[w * stack.height()];
		final double[] through = new double[top.length];
		final double[] most = new double[top.length];
		Arrays.fill(top, -1);
		Arrays.fill(through, 1);
		for (int k = stack.size() - 1; k >= 0; k--) {
			final Layer l = stack.get(k);
			if (!l.visible()) continue;
			final Bounds b = l.bounds();
			final byte[] alpha = l.pixels().plane(RgbaImage.ALPHA);
			for (int y = Math.max(0, b.y()); y < Math.min(stack.height(), b.bottom()); y++)
				for (int x = Math.max(0, b.x()); x < Math.min(w, b.right()); x++)
				{
					final int i = y * w + x;
					final double a = l.opacity() * (alpha[(y - b.y()) * b.width() + x - b.x()] & 0xff) / 255;
					if (a * through[i] > most[i]) {
						most[i] = a * through[i];
						top[i] = k;
					}
					through[i] *= 1 - a;
				}
		}
		return top;
	}

	/**
	 * The elements; components are connected in eight directions.
	 *
	 * @param stack not changed
	 * @return the elements
	 */
	public static Elements of(final LayerStack stack) {
		final int w = stack.width();
		final int h = stack.height();
		final int[] top = top(stack);
		final int[] labels = new int[top.length];
		final List<int[]> boxes = new ArrayList<>();
		final List<long[]> colours = new ArrayList<>();
		final Masks masks = new Masks(w, h);
		for (final int[] part : masks.components(masks.of(i -> top[i] >= 0), true, (i, j) -> top[i] == top[j])) {
			final int[] box = { w, h, -1, -1, part.length, top[part[0]] };
			final long[] colour = new long[3];
			boxes.add(box);
			colours.add(colour);
			for (final int i : part) {
				final int x = i % w;
				final int y = i / w;
				box[0] = Math.min(box[0], x);
				box[1] = Math.min(box[1], y);
				box[2] = Math.max(box[2], x);
				box[3] = Math.max(box[3], y);
				labels[i] = boxes.size();
				add(stack.get(box[5]), x, y, colour);
			}
		}
		final int parts = boxes.size();
		final int[] parent = new int[stack.size()];
		int next = parts;
		for (int k = 0; k < stack.size(); k++) {
			final int layer = k;
			if (boxes.stream().filter(b -> b[5] == layer).count() > 1) parent[k] = ++next;
		}
		final List<Element> list = new ArrayList<>();
		final Bounds[] union = new Bounds[stack.size()];
		final long[] area = new long[stack.size()];
		final long[][] sum = new long[stack.size()][3];
		for (int k = 0; k < parts; k++) {
			final int[] b = boxes.get(k);
			final Bounds bounds = new Bounds(b[0], b[1], b[2] - b[0] + 1, b[3] - b[1] + 1);
			union[b[5]] = union[b[5]] == null ? bounds : union[b[5]].union(bounds);
			area[b[5]] += b[4];
			for (int c = 0; c < 3; c++) sum[b[5]][c] += colours.get(k)[c];
			list.add(element(stack, k + 1, parent[b[5]], ElementKind.PART, b[5], bounds, b[4], colours.get(k)));
		}
		for (int k = 0; k < stack.size(); k++)
			if (parent[k] != 0)
				list.add(element(stack, parent[k], 0, ElementKind.SERIES, k, union[k], area[k], sum[k]));
		return new Elements(w, h, labels, list);
	}

	private static Element element(final LayerStack stack, final int id, final int parent, final ElementKind kind,
		final int layer, final Bounds bounds, final long area, final long[] sum)
	{
		final Layer l = stack.get(layer);
		return new Element(id, parent, kind, role(l.name(), layer), Optional.of(l.id()), bounds, area, rgb(sum, area),
			Optional.empty());
	}

	/** By the layer's name; the lowest is the background. */
	private static Role role(final String name, final int layer) {
		return Arrays.stream(Role.values())
			.filter(r -> name.startsWith(r.title()))
			.findFirst()
			.orElse(layer == 0 ? Role.BACKGROUND : Role.SHAPE);
	}

	/** Adds a layer's colour at a pixel of the canvas. */
	private static void add(final Layer layer, final int x, final int y, final long[] sum) {
		final Bounds b = layer.bounds();
		final int i = (y - b.y()) * b.width() + x - b.x();
		for (int c = 0; c < 3; c++) sum[c] += layer.pixels().plane(c)[i] & 0xff;
	}

	private static int rgb(final long[] sum, final long area) {
		int rgb = 0;
		for (final long s : sum) rgb = rgb << 8 | (int) (s / area);
		return rgb;
	}
}
