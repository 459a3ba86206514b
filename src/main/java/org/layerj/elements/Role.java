package org.layerj.elements;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an element is for; also the order of layers from bottom to top. */
public enum Role {

	BACKGROUND("Background"), PANEL("Panels"), DATA("Curves and bars"), SHAPE("Shapes"), MARK("Arrows and marks"), TEXT(
		"Text");

	private final String title;

	Role(final String title) {
		this.title = title;
	}

	/** Name of a layer that holds elements of this role. */
	public String title() {
		return title;
	}

	/** As files and macros name it. */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The role with this key. */
	public static Optional<Role> of(final String key) {
		return Arrays.stream(values()).filter(r -> r.key().equals(key)).findFirst();
	}
}
