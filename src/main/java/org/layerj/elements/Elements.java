package org.layerj.elements;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;

/**
 * The elements of a picture: a partition of its canvas into the smallest ones, and the larger ones that these are parts
 * of.
 *
 * @param width of the canvas, pixels
 * @param height of the canvas, pixels
 * @param labels for every pixel, row by row, the id of the smallest element visible there; 0 if there is none; not a
 * copy, read only
 * @param list all elements, by id from 1 without gaps; children before their parents
 */
public record Elements(int width, int height, int[] labels, List<Element> list) {

	public Elements {
		list = List.copyOf(list);
		if (labels.length != width * height) throw new IllegalArgumentException(
			labels.length + " labels are not those of " + width + " × " + height + " pixels.");
		final boolean[] parent = new boolean[list.size() + 1];
		for (int k = 0; k < list.size(); k++) {
			final Element e = list.get(k);
			if (e.id() != k + 1)
				throw new IllegalArgumentException("Element " + e.id() + " stands where " + (k + 1) + " is expected.");
			if (e.parent() > list.size())
				throw new IllegalArgumentException("There is no element " + e.parent() + " to be a parent.");
			final Bounds b = e.bounds();
			if (b.x() < 0 || b.y() < 0 || b.right() > width || b.bottom() > height)
				throw new IllegalArgumentException("Element " + e.id() + " is not on the canvas.");
			parent[e.parent()] = true;
		}
		final boolean[] shows = new boolean[list.size() + 1];
		for (final int label : labels) {
			if (label < 0 || label > list.size() || label > 0 && parent[label])
				throw new IllegalArgumentException("The label " + label + " is not that of a smallest element.");
			shows[label] = true;
		}
		for (final Element e : list)
			if (!shows[e.id()] && !parent[e.id()])
				throw new IllegalArgumentException("Element " + e.id() + " shows nowhere.");
	}

	/**
	 * Elements with bounds and areas computed from the labels; those without a pixel are dropped.
	 *
	 * @param width of the canvas in pixels
	 * @param height of the canvas in pixels
	 * @param labels ids of elements, 0 for none, row by row; not changed
	 * @param list elements by id from 1 without gaps; their bounds and areas are ignored
	 * @return with new ids from 1 without gaps
	 */
	public static Elements counted(final int width, final int height, final int[] labels, final List<Element> list) {
		final Bounds[] bounds = new Bounds[list.size() + 1];
		final long[] area = new long[bounds.length];
		final int[] left = new int[bounds.length];
		final int[] top = new int[bounds.length];
		final int[] right = new int[bounds.length];
		final int[] bottom = new int[bounds.length];
		Arrays.fill(left, width);
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final int id = labels[y * width + x];
			if (area[id]++ == 0) top[id] = y;
			left[id] = Math.min(left[id], x);
			right[id] = Math.max(right[id], x + 1);
			bottom[id] = y + 1;
		}
		area[0] = 0;
		final int[] now = new int[bounds.length];
		int next = 1;
		for (final Element e : list) {
			final int id = e.id();
			if (area[id] == 0) continue;
			now[id] = next++;
			if (bounds[id] == null)
				bounds[id] = new Bounds(left[id], top[id], right[id] - left[id], bottom[id] - top[id]);
			if (e.parent() == 0) continue;
			area[e.parent()] += area[id];
			bounds[e.parent()] = bounds[e.parent()] == null ? bounds[id] : bounds[e.parent()].union(bounds[id]);
		}
		final List<Element> kept = new ArrayList<>();
		for (final Element e : list)
			if (area[e.id()] > 0) kept.add(new Element(now[e.id()], now[e.parent()], e.kind(), e.role(), e.layer(),
				bounds[e.id()], area[e.id()], e.rgb(), e.text()));
		return new Elements(width, height, Arrays.stream(labels).map(l -> now[l]).toArray(), kept);
	}

	@Override
	public boolean equals(final Object other) {
		return other instanceof Elements e && width == e.width && height == e.height && list.equals(e.list)
			&& Arrays.equals(labels, e.labels);
	}

	@Override
	public int hashCode() {
		return 31 * list.hashCode() + Arrays.hashCode(labels);
	}

	/**
	 * The element with this id.
	 *
	 * @param id 1 … size
	 * @return the element
	 */
	public Element get(final int id) {
		return list.get(id - 1);
	}

	/**
	 * The smallest element visible at a pixel; empty beyond the canvas.
	 *
	 * @param x column, counted from 0 at the left
	 * @param y row, counted from 0 at the top
	 * @return the element
	 */
	public Optional<Element> at(final int x, final int y) {
		if (x < 0 || y < 0 || x >= width || y >= height) return Optional.empty();
		final int label = labels[y * width + x];
		return label == 0 ? Optional.empty() : Optional.of(get(label));
	}

	/**
	 * The next larger element that contains one.
	 *
	 * @param element one of these
	 * @return the element of which it is a part; empty if there is none
	 */
	public Optional<Element> around(final Element element) {
		return element.parent() == 0 ? Optional.empty() : Optional.of(get(element.parent()));
	}

	/**
	 * The next smaller part of an element at a pixel; empty if there is none.
	 *
	 * @param element one of these
	 * @param x column, counted from 0 at the left
	 * @param y row, counted from 0 at the top
	 * @return the part
	 */
	public Optional<Element> within(final Element element, final int x, final int y) {
		Optional<Element> at = at(x, y);
		while (at.isPresent() && at.get().parent() != element.id()) at = around(at.get());
		return at;
	}

	/**
	 * Whether one element is the other or a part of it.
	 *
	 * @param part one of these
	 * @param whole one of these
	 * @return true also if both are one
	 */
	public boolean isPart(final Element part, final Element whole) {
		Element e = part;
		while (e.id() < whole.id() && e.parent() != 0) e = get(e.parent());
		return e.id() == whole.id();
	}

	/** {@return the smallest elements, which have no parts} */
	public List<Element> smallest() {
		final boolean[] parent = new boolean[list.size() + 1];
		for (final Element e : list) parent[e.parent()] = true;
		return list.stream().filter(e -> !parent[e.id()]).toList();
	}

	/**
	 * Ids of the smallest elements in an element.
	 *
	 * @param whole one of these
	 * @return its own id if it has no parts
	 */
	public Set<Integer> smallest(final Element whole) {
		final boolean[] parent = new boolean[list.size() + 1];
		final boolean[] part = new boolean[parent.length];
		part[whole.id()] = true;
		for (int id = whole.id(); id > 0; id--) {
			part[id] |= get(id).parent() != 0 && part[get(id).parent()];
			parent[get(id).parent()] |= part[id];
		}
		final Set<Integer> ids = new HashSet<>();
		for (int id = 1; id <= whole.id(); id++) if (part[id] && !parent[id]) ids.add(id);
		return ids;
	}

	/**
	 * The visible pixels of some of these elements.
	 *
	 * @param some of these
	 * @return of the canvas
	 */
	public Region region(final Collection<Element> some) {
		if (some.isEmpty()) throw new IllegalArgumentException("At least one element is needed.");
		final boolean[] chosen = new boolean[list.size() + 1];
		for (final Element e : some) chosen[e.id()] = true;
		for (int id = list.size(); id > 0; id--) chosen[id] |= get(id).parent() != 0 && chosen[get(id).parent()];
		final Bounds b = some.stream().map(Element::bounds).reduce(Bounds::union).orElseThrow();
		return new Region(b, Optional.of(Mask.of(b.width(), b.height(),
			i -> chosen[labels[(b.y() + i / b.width()) * width + b.x() + i % b.width()]])));
	}

	/**
	 * The elements of a part of a larger canvas, on that canvas.
	 *
	 * @param newWidth of the larger canvas
	 * @param newHeight of the larger canvas
	 * @param region the part; its bounds have the size of this canvas. Pixels outside of the region have no element,
	 * and elements without pixels are dropped.
	 * @return of a canvas of that size
	 */
	public Elements on(final int newWidth, final int newHeight, final Region region) {
		final Bounds b = region.bounds();
		if (b.width() != width || b.height() != height) throw new IllegalArgumentException(
			"Elements of " + width + " × " + height + " pixels do not fit " + b + ".");
		final int[] moved = new int[newWidth * newHeight];
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			if (!region.contains(b.x() + x, b.y() + y)) continue;
			moved[(b.y() + y) * newWidth + b.x() + x] = labels[y * width + x];
		}
		return counted(newWidth, newHeight, moved, list.stream().map(e -> e.moved(b.x(), b.y())).toList());
	}

	/**
	 * The same elements, each assigned to the layer of a stack that shows most of it; to none if no layer is visible
	 * there.
	 *
	 * @param stack on this canvas
	 * @return the same elements, with the ids of layers
	 */
	public Elements inLayersOf(final LayerStack stack) {
		final int[] top = LayerElements.top(stack);
		final int[][] count = new int[list.size() + 1][stack.size()];
		for (int i = 0; i < top.length; i++) if (top[i] >= 0) count[labels[i]][top[i]]++;
		return in(id -> {
			int best = -1;
			int most = 0;
			for (int k = 0; k < stack.size(); k++) {
				if (count[id][k] <= most) continue;
				most = count[id][k];
				best = k;
			}
			return best < 0 ? Optional.empty() : Optional.of(stack.get(best).id());
		});
	}

	/**
	 * The same elements in other layers.
	 *
	 * @param layer for every smallest element the id of its layer
	 * @return the same elements, with these ids
	 */
	public Elements inLayers(final IntFunction<String> layer) {
		return in(id -> Optional.of(layer.apply(id)));
	}

	private Elements in(final IntFunction<Optional<String>> layer) {
		final List<Element> out = new ArrayList<>(list);
		final List<Set<String>> held = new ArrayList<>();
		for (int k = 0; k <= list.size(); k++) held.add(new HashSet<>());
		for (final Element e : list) {
			final Set<String> own = held.get(e.id());
			if (own.isEmpty()) layer.apply(e.id()).ifPresent(own::add);
			out.set(e.id() - 1, e.in(own.size() == 1 ? own.stream().findFirst() : Optional.empty()));
			if (e.parent() != 0) held.get(e.parent()).addAll(own);
		}
		return new Elements(width, height, labels, out);
	}
}
