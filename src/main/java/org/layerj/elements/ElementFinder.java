package org.layerj.elements;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.layerj.common.DisjointSets;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.OkLab;
import org.layerj.text.ReadText;

/**
 * Elements at the picture's own size: every pixel belongs to a part of the layer visible there, similar parts form a
 * series, and a panel or shape with its contents is a group.
 */
public final class ElementFinder {

	/** Distance of mean colours (Oklab) below which parts of one role and layer are alike. */
	private static final double SIMILAR_COLOUR_DISTANCE = .05;
	/** Pixels by which something may reach beyond what it lies in. */
	private static final int MAX_BEYOND_PIXELS = 2;
	/** A part holds others if its box has at least this share of the picture. */
	private static final double MIN_CONTAINER_SHARE = .005;

	/** An element in the making. */
	private static final class Draft {

		final ElementKind kind;
		final Role role;
		final int layer;
		final Optional<ElementText> text;
		Draft parent;
		final Extent extent;
		int id;

		Draft(final ElementKind kind, final Role role, final int layer) {
			this.kind = kind;
			this.role = role;
			this.layer = layer;
			text = Optional.empty();
			extent = new Extent();
		}

		/** What is known of text. */
		Draft(final Element known, final int layer) {
			kind = known.kind();
			role = known.role();
			this.layer = layer;
			text = known.text();
			extent = new Extent(known);
		}

		boolean isEmpty() {
			return extent.isEmpty();
		}

		long box() {
			return extent.bounds().area();
		}

		boolean holds(final Draft other) {
			final Bounds a = extent.bounds();
			final Bounds b = other.extent.bounds();
			return other != this && b.x() >= a.x() - MAX_BEYOND_PIXELS && b.y() >= a.y() - MAX_BEYOND_PIXELS
				&& b.right() <= a.right() + MAX_BEYOND_PIXELS && b.bottom() <= a.bottom() + MAX_BEYOND_PIXELS
				&& b.area() < a.area();
		}
	}

	private final RgbaImage picture;
	private final LayerStack layers;
	private final int w;
	private final int h;
	private final Draft[] at;
	/**
	 * The smallest elements; what they are directly part of, children before parents; and parts, of one piece or
	 * several.
	 */
	private final List<Draft> smallest = new ArrayList<>();
	private final List<Draft> larger = new ArrayList<>();
	private final List<Draft> parts = new ArrayList<>();

	private ElementFinder(final RgbaImage picture, final LayerStack layers) {
		this.picture = picture;
		this.layers = layers;
		w = picture.width();
		h = picture.height();
		at = new Draft[w * h];
	}

	/**
	 * The elements of a picture.
	 *
	 * @param picture the picture
	 * @param layers its layers, of its size
	 * @param found parts of the picture without its text
	 * @param text what was read
	 * @param textLayer index of the text layer, 0 at the bottom; empty if there is none
	 * @return of the picture's size, each in the layer that shows most of it
	 */
	public static Elements of(final RgbaImage picture, final LayerStack layers, final PictureParts found,
		final ReadText text, final OptionalInt textLayer)
	{
		final ElementFinder finder = new ElementFinder(picture, layers);
		final int[] top = LayerElements.top(layers);
		if (textLayer.isPresent()) finder.words(text, textLayer.getAsInt());
		finder.parts(found, top);
		finder.measure();
		return finder.elements();
	}

	private void words(final ReadText text, final int layer) {
		final int[] labels = new int[w * h];
		final List<Draft> drafts = new ArrayList<>();
		final List<Element> found = TextElements.of(picture, text.text(), text.words(), text.styles(), labels, 1);
		for (final Element e : found) drafts.add(new Draft(e, layer));
		for (final Element e : found) {
			if (e.parent() != 0) drafts.get(e.id() - 1).parent = drafts.get(e.parent() - 1);
			(e.kind() == ElementKind.WORD ? smallest : larger).add(drafts.get(e.id() - 1));
		}
		for (int i = 0; i < labels.length; i++) if (labels[i] != 0) at[i] = drafts.get(labels[i] - 1);
	}

	/** Gives every pixel that shows something to a piece of a part. */
	private void parts(final PictureParts found, final int[] top) {
		final int[] pieces = new int[found.parts().size()];
		for (final int p : found.part()) pieces[p]++;
		final List<Draft> whole =
			found.parts().stream().map(p -> new Draft(ElementKind.PART, p.role(), p.layer())).toList();
		final Draft[] piece = new Draft[found.part().length];
		for (int k = 0; k < piece.length; k++) {
			final Draft part = whole.get(found.part()[k]);
			if (pieces[found.part()[k]] == 1) piece[k] = part;
			else {
				piece[k] = new Draft(ElementKind.PIECE, part.role, part.layer);
				piece[k].parent = part;
			}
			smallest.add(piece[k]);
		}
		for (int k = 0; k < pieces.length; k++) if (pieces[k] > 1) larger.add(whole.get(k));
		final Map<Integer, List<Draft>> together = new LinkedHashMap<>();
		for (int k = 0; k < pieces.length; k++)
			together.computeIfAbsent(found.parts().get(k).whole(), x -> new ArrayList<>()).add(whole.get(k));
		for (final List<Draft> some : together.values()) {
			if (some.size() == 1) parts.add(some.get(0));
			else {
				final Draft one = new Draft(ElementKind.PART, some.get(0).role, some.get(0).layer);
				some.forEach(d -> d.parent = one);
				larger.add(one);
				parts.add(one);
			}
		}
		for (int y = 0; y < h; y++) {
			final int v = (int) ((y + .5) * found.height() / h);
			for (int x = 0; x < w; x++) {
				final int i = y * w + x;
				if (at[i] != null) continue;
				final Draft here = piece[found.labels()[v * found.width() + (int) ((x + .5) * found.width() / w)]];
				if (here.layer == top[i]) at[i] = here;
			}
		}
		for (int k = 0; k < layers.size(); k++) spread(k, top);
	}

	/** What of a layer has no part yet gets the nearest. */
	private void spread(final int layer, final int[] top) {
		int left = 0;
		for (int i = 0; i < top.length; i++) if (top[i] == layer && at[i] == null) left++;
		if (left == 0) return;
		final Draft[] nearest = new Draft[top.length];
		final int[] queue = new int[top.length];
		int size = 0;
		for (int i = 0; i < top.length; i++) if (top[i] == layer && at[i] != null) {
			nearest[i] = at[i];
			queue[size++] = i;
		}
		if (size == 0) {
			final Draft rest = new Draft(ElementKind.PART, role(layer), layer);
			smallest.add(rest);
			parts.add(rest);
			for (int i = 0; i < top.length; i++) if (top[i] == layer) at[i] = rest;
			return;
		}
		for (int k = 0; k < size && left > 0; k++) {
			final int i = queue[k];
			final int x = i % w;
			if (x > 0) size = reach(i - 1, nearest[i], nearest, queue, size);
			if (x < w - 1) size = reach(i + 1, nearest[i], nearest, queue, size);
			if (i >= w) size = reach(i - w, nearest[i], nearest, queue, size);
			if (i < top.length - w) size = reach(i + w, nearest[i], nearest, queue, size);
			if (top[i] == layer && at[i] == null) {
				at[i] = nearest[i];
				left--;
			}
		}
	}

	private static int reach(final int i, final Draft from, final Draft[] nearest, final int[] queue, final int size) {
		if (nearest[i] != null) return size;
		nearest[i] = from;
		queue[size] = i;
		return size + 1;
	}

	private Role role(final int layer) {
		final String name = layers.get(layer).name();
		return Arrays.stream(Role.values()).filter(r -> name.startsWith(r.title())).findFirst().orElse(Role.SHAPE);
	}

	private void measure() {
		for (int i = 0; i < at.length; i++) if (at[i] != null && at[i].text.isEmpty()) at[i].extent.add(picture, i);
		smallest.removeIf(Draft::isEmpty);
		for (final Draft d : smallest) if (d.parent != null && d.text.isEmpty()) d.parent.extent.add(d.extent);
		for (final Draft d : larger)
			if (!d.isEmpty() && d.parent != null && d.text.isEmpty()) d.parent.extent.add(d.extent);
		larger.removeIf(Draft::isEmpty);
		parts.removeIf(Draft::isEmpty);
	}

	private Elements elements() {
		final List<Draft> holders = parts.stream()
			.filter(p -> (p.role == Role.PANEL || p.role == Role.SHAPE) && p.box() >= MIN_CONTAINER_SHARE * w * h)
			.sorted(Comparator.comparingLong(Draft::box))
			.toList();
		final Map<Draft, Draft> holder = new HashMap<>();
		final List<Draft> tops =
			Stream.concat(smallest.stream(), larger.stream()).filter(d -> d.parent == null).toList();
		for (final Draft d : tops)
			holders.stream().filter(p -> p.holds(d)).findFirst().ifPresent(p -> holder.put(d, p));
		final Set<Draft> holding = new HashSet<>(holder.values());
		final List<Draft> all = new ArrayList<>(smallest);
		all.addAll(larger);
		final int known = all.size();
		all.addAll(series(holder, holding));
		final Map<Draft, Draft> groups = new HashMap<>();
		for (final Draft p : holders) {
			if (!holding.contains(p)) continue;
			final Draft group = new Draft(ElementKind.GROUP, p.role, p.layer);
			groups.put(p, group);
			all.add(group);
		}
		// A holder is the lowest part of its group, which lies in the next larger holder's.
		for (final Draft d : tops) {
			if (groups.containsKey(d)) d.parent = groups.get(d);
			final Draft whole = d.parent == null ? d : d.parent;
			final Draft p = holder.get(d);
			if (p != null && whole.parent == null) whole.parent = groups.get(p);
		}
		final Map<Draft, List<Draft>> children =
			all.stream().filter(d -> d.parent != null).collect(Collectors.groupingBy(d -> d.parent));
		for (final Draft d : all.subList(known, all.size()))
			children.get(d).forEach(child -> d.extent.add(child.extent));
		for (int k = 0; k < all.size(); k++) all.get(k).id = k + 1;
		final int[] labels = new int[w * h];
		for (int i = 0; i < labels.length; i++) labels[i] = at[i] == null ? 0 : at[i].id;
		// What is left over of the text's layer is the nearest word's, which may reach further by it than was read.
		final Elements found = Elements.counted(w, h, labels, all.stream().map(this::element).toList());
		return found.inLayers(id -> found.get(id).layer().orElseThrow());
	}

	/** Parts of one role, in one layer and one holder, that are alike in colour. */
	private List<Draft> series(final Map<Draft, Draft> holder, final Set<Draft> holding) {
		final List<Draft> all = new ArrayList<>();
		final List<OkLab> colours = parts.stream().map(p -> OkLab.of(p.extent.rgb())).toList();
		final DisjointSets sets = new DisjointSets(parts.size());
		for (int i = 0; i < parts.size(); i++) for (int j = 0; j < i; j++) {
			final Draft a = parts.get(i);
			final Draft b = parts.get(j);
			if (a.role == b.role && a.role != Role.PANEL && a.layer == b.layer && holder.get(a) == holder.get(b)
				&& !holding.contains(a) && !holding.contains(b)
				&& colours.get(i).distance(colours.get(j)) < SIMILAR_COLOUR_DISTANCE && sets.find(i) != sets.find(j))
				sets.join(sets.find(i), sets.find(j));
		}
		final Map<Integer, Draft> bySet = new HashMap<>();
		for (int i = 0; i < parts.size(); i++) {
			final int root = sets.find(i);
			if (sets.size(root) < 2) continue;
			final Draft p = parts.get(i);
			p.parent = bySet.computeIfAbsent(root, r -> {
				final Draft made = new Draft(ElementKind.SERIES, p.role, p.layer);
				all.add(made);
				return made;
			});
		}
		return all;
	}

	private Element element(final Draft d) {
		return new Element(d.id, d.parent == null ? 0 : d.parent.id, d.kind, d.role,
			Optional.of(layers.get(d.layer).id()), d.extent.bounds(), d.extent.area(), d.extent.rgb(), d.text);
	}
}
