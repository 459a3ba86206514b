package org.layerj.elements;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The elements chosen by clicks. Immutable; each click returns the next choice.
 *
 * @param smallest ids of the smallest elements that are chosen
 * @param last the element clicked last, from which another click at the place continues; empty after anything else
 * @param named the elements by which they were chosen, whether they still are or not
 */
public record Pick(Set<Integer> smallest, Optional<Element> last, List<Element> named) {

	/** Nothing is chosen. */
	public static final Pick NONE = new Pick(Set.of(), Optional.empty(), List.of());

	/** What a click does with what was chosen before. */
	public enum Mode {
		/** It is no longer chosen. */
		REPLACE,
		/** It stays chosen, and what was clicked is, too. */
		ADD,
		/** It stays chosen, but for what was clicked. */
		SUBTRACT
	}

	public Pick {
		smallest = Set.copyOf(smallest);
		named = List.copyOf(named);
	}

	/** {@return the same choice, from which no further click continues} */
	public Pick ended() {
		return new Pick(smallest, Optional.empty(), named);
	}

	/**
	 * The chosen elements, the largest that were chosen: none is a part of another.
	 *
	 * @param elements of the picture in which was clicked
	 * @return by id
	 */
	public List<Element> chosen(final Elements elements) {
		final Set<Integer> left = new TreeSet<>(smallest);
		final List<Element> out = new ArrayList<>();
		// The larger ones have the higher ids.
		named.stream().distinct().sorted(Comparator.comparingInt(Element::id).reversed()).forEach(e -> {
			final Set<Integer> own = elements.smallest(e);
			if (!left.containsAll(own)) return;
			left.removeAll(own);
			out.add(e);
		});
		left.forEach(id -> out.add(elements.get(id)));
		return out;
	}

	private List<Element> and(final Element e, final Mode mode) {
		if (mode == Mode.REPLACE) return List.of(e);
		return mode == Mode.SUBTRACT ? named : Stream.concat(named.stream(), Stream.of(e)).toList();
	}

	/**
	 * After a click: the word or part there, or the next larger element if that is what was clicked last. A click on
	 * nothing chooses nothing.
	 *
	 * @param elements of the picture
	 * @param x column, counted from 0 at the left
	 * @param y row, counted from 0 at the top
	 * @param mode what a click does to what is chosen
	 * @param larger whether the same place means the next larger element; else the next smaller
	 * @return the new choice
	 */
	public Pick click(final Elements elements, final int x, final int y, final Mode mode, final boolean larger) {
		final Optional<Element> leaf = elements.at(x, y);
		if (leaf.isEmpty()) return mode == Mode.REPLACE ? NONE : ended();
		final Element e = target(elements, leaf.get(), mode, larger);
		final Set<Integer> chosen = new HashSet<>(mode == Mode.REPLACE ? Set.of() : smallest);
		final Set<Integer> own = elements.smallest(e);
		// What a click before took of the same place is part of what the next one takes.
		if (mode == Mode.SUBTRACT) chosen.removeAll(own);
		else {
			last.filter(l -> !larger && elements.isPart(leaf.get(), l))
				.ifPresent(l -> chosen.removeAll(elements.smallest(l)));
			chosen.addAll(own);
		}
		return new Pick(chosen, Optional.of(e), and(e, mode));
	}

	/**
	 * What a click at an element would mean.
	 *
	 * @param elements of the picture
	 * @param leaf the smallest element at the place
	 * @param mode what a click would do
	 * @param larger whether the same place means the next larger element; else the next smaller
	 * @return what would be chosen, added or taken away
	 */
	public Element target(final Elements elements, final Element leaf, final Mode mode, final boolean larger) {
		// It goes on from the last click if that did to this place what this one does.
		final boolean done = smallest.contains(leaf.id()) == (mode != Mode.SUBTRACT);
		final Optional<Element> here = last.filter(l -> done && elements.isPart(leaf, l));
		if (here.isEmpty()) return larger ? first(elements, leaf) : leaf;
		Element e = here.get();
		if (larger) {
			// One of the same size looks the same.
			while (e.parent() != 0 && elements.get(e.parent()).area() == e.area()) e = elements.get(e.parent());
			return e.parent() == 0 ? first(elements, leaf) : elements.get(e.parent());
		}
		Element part = leaf;
		while (part.id() != e.id() && elements.get(part.parent()).area() < e.area()) part = elements.get(part.parent());
		return part;
	}

	/**
	 * The choice after a box: the elements entirely inside of it; letters only if nothing else is inside.
	 *
	 * @param elements of the picture
	 * @param left first column
	 * @param top first row
	 * @param right column behind the last
	 * @param bottom row behind the last
	 * @param mode what the rectangle does to what is chosen
	 * @return the new choice
	 */
	public Pick box(final Elements elements, final int left, final int top, final int right, final int bottom,
		final Mode mode)
	{
		final Set<Integer> chosen = new HashSet<>(mode == Mode.REPLACE ? Set.of() : smallest);
		final Predicate<Element> inside = e -> e.bounds().x() >= left && e.bounds().y() >= top
			&& e.bounds().right() <= right && e.bounds().bottom() <= bottom;
		final List<Element> all = elements.smallest().stream().filter(inside).toList();
		final List<Element> whole =
			all.stream().filter(e -> e.kind() != ElementKind.LETTER || inside.test(first(elements, e))).toList();
		for (final Element e : whole.isEmpty() ? all : whole) {
			if (mode == Mode.SUBTRACT) chosen.remove(e.id());
			else chosen.add(e.id());
		}
		return new Pick(chosen, Optional.empty(), mode == Mode.REPLACE ? List.of() : named);
	}

	/**
	 * The choice after adding or removing an element.
	 *
	 * @param elements of the picture
	 * @param e one of them
	 * @param mode what is done with it
	 * @return the new choice
	 */
	public Pick with(final Elements elements, final Element e, final Mode mode) {
		final Set<Integer> chosen = new HashSet<>(mode == Mode.REPLACE ? Set.of() : smallest);
		if (mode == Mode.SUBTRACT) chosen.removeAll(elements.smallest(e));
		else chosen.addAll(elements.smallest(e));
		return new Pick(chosen, Optional.of(e), and(e, mode));
	}

	/**
	 * The word or part that a click means first.
	 *
	 * @param elements of the picture
	 * @param leaf a smallest element
	 * @return a letter's word; else the element itself
	 */
	public static Element first(final Elements elements, final Element leaf) {
		final boolean part = leaf.kind() == ElementKind.PIECE || leaf.kind() == ElementKind.LETTER;
		return part && leaf.parent() != 0 ? elements.get(leaf.parent()) : leaf;
	}
}
