package org.layerj.imagej.pick;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.elements.Element;
import org.layerj.elements.ElementQuery;
import org.layerj.elements.Elements;
import org.layerj.elements.Likeness;
import org.layerj.imagej.macro.Option;

/** The options {@code like} and {@code tolerance}: which elements, of any picture, by what they look like. */
final class Likenesses {

	static final Option LIKE = Option.text("like", ""), TOLERANCE = Option.text("tolerance", "0.25");

	private Likenesses() {}

	/** What {@link #of} reads: one or several, with {@code ;} between. */
	static String text(final Collection<Element> models) {
		return models.stream().map(e -> Likeness.to(e).text()).distinct().collect(Collectors.joining("; "));
	}

	static List<Likeness> of(final String text) {
		try {
			return Arrays.stream(text.split(";")).filter(t -> !t.isBlank()).map(Likeness::parse).toList();
		}
		catch (final IllegalArgumentException e) {
			throw new InvalidOptionException(LIKE.key(), "The option like cannot be read: " + e.getMessage()
				+ ". It is for example [kind=part role=mark colour=#d02020 size=7x25], as Select similar records it.");
		}
	}

	/** All elements that are like one of these, each once, by id. */
	static List<Element> find(final Elements elements, final Collection<Likeness> models, final double tolerance) {
		final TreeMap<Integer, Element> found = new TreeMap<>();
		for (final Likeness model : models)
			ElementQuery.like(elements, model, tolerance).forEach(e -> found.put(e.id(), e));
		return List.copyOf(found.values());
	}
}
