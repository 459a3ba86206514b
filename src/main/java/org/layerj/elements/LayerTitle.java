package org.layerj.elements;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names of text layers: their role and text, {@code Text: Control} or {@code Text (7): Control · Mutant · …}. In macros
 * the role alone also stands for such a layer.
 */
public final class LayerTitle {

	/** Characters of what is said, at most. */
	private static final int MAX_CHARACTERS = 40;
	/** A reading less sure than this, 0 … 1, is no name. */
	private static final double MIN_CONFIDENCE = 0.8;
	private static final String BETWEEN = " · ", MORE = "…";

	/**
	 * A line of a layer.
	 *
	 * @param text what was read
	 * @param confidence of the reading, 0 … 1
	 */
	public record Said(String text, double confidence) {}

	private LayerTitle() {}

	/**
	 * The title of the role, followed by as many of the lines, in order, as have enough confidence and fit.
	 *
	 * @param role of the layer
	 * @param lines its text
	 * @return a name for the layer
	 */
	public static String of(final Role role, final List<Said> lines) {
		final List<String> sure = lines.stream()
			.filter(l -> l.confidence() >= MIN_CONFIDENCE)
			.map(l -> l.text().strip().replaceAll("\\s+", " "))
			.filter(t -> !t.isEmpty())
			.toList();
		if (sure.isEmpty()) return role.title();
		final StringBuilder said = new StringBuilder(cut(sure.get(0)));
		int shown = 1;
		while (shown < sure.size() && length(said + BETWEEN + sure.get(shown)) <= MAX_CHARACTERS)
			said.append(BETWEEN).append(sure.get(shown++));
		if (shown < lines.size() && !said.toString().endsWith(MORE)) said.append(BETWEEN).append(MORE);
		return role.title() + (lines.size() == 1 ? "" : " (" + lines.size() + ")") + ": " + said;
	}

	private static String cut(final String text) {
		return length(text) <= MAX_CHARACTERS ? text
			: text.substring(0, text.offsetByCodePoints(0, MAX_CHARACTERS - 1)) + MORE;
	}

	private static int length(final String text) {
		return text.codePointCount(0, text.length());
	}

	/**
	 * The role's title in such a name; empty if the name is none.
	 *
	 * @param name of a layer
	 * @return with the capitals of {@link Role#title}
	 */
	public static Optional<String> role(final String name) {
		return Stream.of(Role.values())
			.map(Role::title)
			.filter(t -> name.startsWith(t) && name.substring(t.length()).matches("(?s)( \\(\\d+\\))?: .*"))
			.findFirst();
	}
}
