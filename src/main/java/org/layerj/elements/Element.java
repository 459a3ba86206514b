package org.layerj.elements;

import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.text.Quad;

/**
 * A part of a picture that a person would point at.
 *
 * @param id 1 … number of elements
 * @param parent id of the larger element that it is a part of, which is higher than its own; 0 if there is none
 * @param kind how large a part it is
 * @param role its role
 * @param layer id of its layer; empty if its parts are in several
 * @param bounds of its visible pixels, on the canvas
 * @param area number of its visible pixels, at least 1
 * @param rgb its mean colour, 0xRRGGBB
 * @param text its text, if it was read
 */
public record Element(int id, int parent, ElementKind kind, Role role, Optional<String> layer, Bounds bounds, long area,
	int rgb, Optional<ElementText> text)
{

	public Element {
		if (id < 1) throw new IllegalArgumentException("An element's id is at least 1, not " + id + ".");
		if (parent != 0 && parent <= id)
			throw new IllegalArgumentException("The parent of element " + id + " cannot be " + parent + ".");
		if (area < 1 || area > bounds.area())
			throw new IllegalArgumentException("Element " + id + " cannot have " + area + " pixels.");
	}

	Element moved(final int dx, final int dy) {
		return new Element(id, parent, kind, role, layer, bounds.at(bounds.x() + dx, bounds.y() + dy), area, rgb,
			text.map(t -> new ElementText(t.string(), t.confidence(),
				new Quad(t.quad().x() + dx, t.quad().y() + dy, t.quad().width(), t.quad().height(), t.quad().angle()),
				t.style())));
	}

	Element withIds(final int newId, final int newParent) {
		return new Element(newId, newParent, kind, role, layer, bounds, area, rgb, text);
	}

	Element in(final Optional<String> newLayer) {
		return new Element(id, parent, kind, role, newLayer, bounds, area, rgb, text);
	}
}
