package org.layerj.decompose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.Elements;
import org.layerj.elements.LayerElements;
import org.layerj.elements.LayerTitle;
import org.layerj.elements.Role;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.Gather;
import org.layerj.layers.edit.LayerGroup;
import org.layerj.layers.edit.Split;
import org.layerj.layers.edit.Stacking;

/**
 * Every element as a layer of its own: the layers but the lowest are split into lines of text, parts and panels, which
 * name the layer as their parent. Every pixel goes unchanged to exactly one of them, so the picture stays the same bit
 * for bit; what an element hides of its layer goes to the nearest element of that.
 */
final class ElementLayers {

	/** Layers that a picture is split into, at most; then the smallest elements of a layer stay together. */
	static final int MOST = 100;

	/** Elements of several parts that are one thing. */
	private static final Set<ElementKind> SINGLE = EnumSet.of(ElementKind.LINE, ElementKind.PART);

	/** Elements that are one child: an element, or what is of one layer in a panel with all that lies in it. */
	private record Unit(int id, String layer) {}

	private ElementLayers() {}

	/** The same with a layer for every element. */
	static Decomposition split(final Decomposition found) {
		final LayerStack stack = found.layers();
		final Elements elements = found.elements().orElseGet(() -> LayerElements.of(stack)).inLayersOf(stack);
		final Unit[] unit = units(elements);
		final Map<Unit, Long> area = new LinkedHashMap<>();
		for (final Element e : elements.smallest())
			if (unit[e.id()] != null) area.merge(unit[e.id()], e.area(), Long::sum);
		final String lowest = stack.get(0).id();
		final List<Unit> kept = area.keySet()
			.stream()
			.filter(u -> !u.layer.equals(lowest))
			.sorted(Comparator.comparingLong((Unit u) -> -area.get(u)))
			.limit(Math.max(0, MOST - stack.size()))
			.toList();
		LayerStack out = stack;
		for (final Layer layer : stack.layers()) {
			final List<Unit> own = kept.stream()
				.filter(u -> u.layer.equals(layer.id()))
				.sorted(Comparator.comparingInt(Unit::id))
				.toList();
			if (!own.isEmpty()) out = split(out, layer, own, elements, unit);
		}
		final LayerStack all = out;
		return new Decomposition(all, found.run(), found.elements().map(e -> e.inLayersOf(all)));
	}

	/** For every smallest element, by its id, what it is a child with; null of others. */
	private static Unit[] units(final Elements elements) {
		final Unit[] out = new Unit[elements.list().size() + 1];
		for (final Element e : elements.smallest())
			e.layer().ifPresent(layer -> out[e.id()] = new Unit(whole(elements, e).id(), layer));
		return out;
	}

	/** The line or part around an element that is all in its layer, or the panel around a part of it. */
	private static Element whole(final Elements elements, final Element part) {
		Element whole = part;
		for (Optional<Element> up = elements.around(part); up.isPresent(); up = elements.around(up.get())) {
			final Element e = up.get();
			final boolean panel = e.kind() == ElementKind.GROUP && e.role() == Role.PANEL && part.role() == Role.PANEL;
			if (panel || SINGLE.contains(e.kind()) && e.layer().equals(part.layer())) whole = e;
		}
		return whole;
	}

	private static LayerStack split(final LayerStack stack, final Layer layer, final List<Unit> own,
		final Elements elements, final Unit[] unit)
	{
		final int w = layer.bounds().width();
		final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
		final int rest = own.size();
		// For every smallest element, by its id, the child that it goes to.
		final int[] child = new int[unit.length];
		Arrays.fill(child, -1);
		for (final Element e : elements.smallest())
			if (e.layer().equals(Optional.of(layer.id())))
				child[e.id()] = own.contains(unit[e.id()]) ? own.indexOf(unit[e.id()]) : rest;
		final int[] part = new int[alpha.length];
		for (int i = 0; i < part.length; i++) {
			final Optional<Element> at = elements.at(layer.bounds().x() + i % w, layer.bounds().y() + i / w);
			part[i] = alpha[i] == 0 || at.isEmpty() ? -1 : child[at.get().id()];
		}
		nearest(part, w);
		final List<Layer> children = Split.into(layer, part, rest + 1);
		final boolean anyRest = Arrays.stream(part).anyMatch(k -> k == rest);
		if (rest == 1 && !anyRest) return stack;
		LayerStack out = stack.without(layer.id());
		int at = stack.indexOf(layer.id());
		if (anyRest) out = out.insert(at++, Gather.trim(children.get(rest)).withName(layer.name()));
		for (int k = 0; k < rest; k++) {
			final Layer piece = Gather.trim(children.get(k));
			out = out.insert(at++,
				Stacking.withId(piece, LayerGroup.freeId(out, layer.id(), k))
					.withName(name(elements.get(own.get(k).id), layer, k + 1))
					.withParent(layer.id()));
		}
		return out;
	}

	private static String name(final Element e, final Layer layer, final int number) {
		return e.text()
			.filter(t -> !t.string().isBlank())
			.map(t -> LayerTitle.of(Role.TEXT, List.of(new LayerTitle.Said(t.string(), t.confidence()))))
			.orElse(layer.name() + " " + number);
	}

	/** Gives pixels of no part, −1, to the nearest part in four directions. */
	private static void nearest(final int[] part, final int w) {
		final int[] queue =
			Arrays.copyOf(IntStream.range(0, part.length).filter(i -> part[i] >= 0).toArray(), part.length);
		int size = (int) Arrays.stream(part).filter(k -> k >= 0).count();
		for (int k = 0; k < size; k++) {
			final int i = queue[k];
			final int[] beside = { i % w > 0 ? i - 1 : i, i % w < w - 1 ? i + 1 : i, i - w, i + w };
			for (final int j : beside) {
				if (j < 0 || j >= part.length || part[j] >= 0) continue;
				part[j] = part[i];
				queue[size++] = j;
			}
		}
		// A layer of which nothing shows is one part.
		if (size == 0) Arrays.fill(part, 0);
	}
}
