package org.layerj.elements;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Kinds of elements by size: those of text and all others, the smallest first. */
public enum ElementKind {

	/** A character of a word ({@link Letters}). */
	LETTER,
	/** Text between two spaces. */
	WORD,
	/** Words that stand on one line. */
	LINE,
	/** Lines that belong together. */
	BLOCK,
	/** A patch of about one colour, of which a part has several. */
	PIECE,
	/** What shows as one thing: a bar, a curve, an arrow, a panel. */
	PART,
	/** Parts that are alike: the dashes of a line, the bars of one series, all arrows. */
	SERIES,
	/** A panel or frame with all that lies in it. */
	GROUP;

	/** {@return the kind as files and macros name it} */
	public String key() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The kind with this key.
	 *
	 * @param key as {@link #key}
	 * @return the kind; empty if there is none
	 */
	public static Optional<ElementKind> of(final String key) {
		return Arrays.stream(values()).filter(k -> k.key().equals(key)).findFirst();
	}
}
