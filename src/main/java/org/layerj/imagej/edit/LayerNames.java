package org.layerj.imagej.edit;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.elements.LayerTitle;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * How users say which layer they mean: by name, by id, by the role with which the name of a layer of text
 * {@linkplain LayerTitle begins}, or by number, 1 being the bottom; in this order, and capitals only count if it
 * matters.
 */
public final class LayerNames {

	/** What users call all layers at once. */
	static final String ALL = "all";

	private LayerNames() {}

	/** The id of the layer called so; throws {@link InvalidOptionException} if there is none or more than one. */
	public static String id(final LayerStack layers, final String key, final String called) {
		final String word = called.strip();
		final List<Predicate<Layer>> ways =
			List.of(l -> l.name().equals(word), l -> l.id().equals(word), l -> l.name().strip().equalsIgnoreCase(word),
				l -> LayerTitle.role(l.name()).filter(word::equalsIgnoreCase).isPresent());
		for (final Predicate<Layer> way : ways) {
			final List<Layer> found = layers.layers().stream().filter(way).toList();
			if (found.size() == 1) return found.get(0).id();
			if (found.size() > 1) throw new InvalidOptionException(key,
				found.size() + " layers are called " + word + "; say which by its number, 1 being the bottom.");
		}
		if (word.matches("\\d{1,6}(\\.0+)?")) {
			final int number = (int) Double.parseDouble(word);
			if (number >= 1 && number <= layers.size()) return layers.get(number - 1).id();
		}
		throw new InvalidOptionException(key, "There is no layer called " + word + "; there are "
			+ String.join(", ", layers.layers().stream().map(Layer::name).toList()) + ".");
	}

	/** The ids of the layers called so: one of them, several separated by commas, or {@value #ALL}. */
	static List<String> ids(final LayerStack layers, final String key, final String called) {
		if (called.strip().equalsIgnoreCase(ALL)
			&& layers.layers().stream().noneMatch(l -> l.name().strip().equalsIgnoreCase(ALL)))
		{
			return layers.layers().stream().map(Layer::id).toList();
		}
		// A name may have commas itself.
		if (!called.contains(",") || layers.layers().stream().anyMatch(l -> l.name().equals(called.strip())))
			return List.of(id(layers, key, called));
		return Arrays.stream(called.split(",")).map(one -> id(layers, key, one)).distinct().toList();
	}
}
