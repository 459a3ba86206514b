package org.layerj.imagej.pick;

import java.util.Optional;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.Role;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** Elements in words. */
final class Words {

	private Words() {}

	/** What it is, what it says, and in which layer it is: {@code Word "Control", Text, layer Text}. */
	static String of(final Element e, final Optional<Layer> layer) {
		final String kind = e.kind().key();
		return Character.toUpperCase(kind.charAt(0)) + kind.substring(1)
			+ e.text()
				.filter(t -> !t.string().isBlank())
				.map(t -> " \"" + t.string().replace('\n', ' ') + "\"")
				.orElse("")
			+ ", " + role(e) + layer.map(l -> ", layer " + l.name()).orElse("");
	}

	private static String role(final Element e) {
		return e.role() == Role.TEXT && e.kind().compareTo(ElementKind.BLOCK) <= 0 ? "text" : e.role().key();
	}

	/** The layer of which most is seen at a pixel. */
	static Optional<Layer> seen(final LayerStack stack, final int x, final int y) {
		double through = 1;
		double most = 0;
		Optional<Layer> seen = Optional.empty();
		for (int k = stack.size() - 1; k >= 0 && through > most; k--) {
			final Layer l = stack.get(k);
			if (!l.visible() || !l.bounds().contains(x, y)) continue;
			final double a = l.opacity() * (l.pixels().argb(x - l.bounds().x(), y - l.bounds().y()) >>> 24) / 255;
			if (a * through > most) {
				most = a * through;
				seen = Optional.of(l);
			}
			through *= 1 - a;
		}
		return seen;
	}
}
