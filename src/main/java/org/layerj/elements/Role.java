package org.layerj.elements;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The role of an element; the order of constants is that of layers from bottom to top. */
public enum Role {

	/** What everything else stands on. */
	BACKGROUND("Background"),
	/** Areas, frames and pictures that hold other elements. */
	PANEL("Panels"),
	/** What shows measured values: curves, bars, points. */
	DATA("Curves and bars"),
	/** Boxes, circles and other closed shapes. */
	SHAPE("Shapes"),
	/** Arrows, axes, ticks, grid lines and scale bars. */
	MARK("Arrows and marks"),
	/** Letters. */
	TEXT("Text");

	private final String title;

	Role(final String title) {
		this.title = title;
	}

	/** {@return the name of a layer that holds elements of this role} */
	public String title() {
		return title;
	}

	/** {@return the role as files and macros name it} */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The role with this key.
	 *
	 * @param key as {@link #key}
	 * @return the role; empty if there is none
	 */
	public static Optional<Role> of(final String key) {
		return Arrays.stream(values()).filter(r -> r.key().equals(key)).findFirst();
	}
}
