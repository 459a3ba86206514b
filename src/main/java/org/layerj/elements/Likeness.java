package org.layerj.elements;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.layerj.layers.edit.OkLab;

/**
 * A description of similar elements: kind, role, colour and size; for text whether it is a number or a sign such as an
 * asterisk. Written as text, {@code kind=part role=mark colour=#d02020 size=7x25}, it finds such elements in other
 * pictures too.
 *
 * @param kind of all of them
 * @param role of all of them
 * @param rgb colour, 0xRRGGBB; of text that of the letters
 * @param shorter side of the box, pixels; of text its height
 * @param longer side of the box, pixels; of text its height again
 * @param says of text {@code number}, {@code words}, or the different characters of what has neither letters nor
 * digits, {@code *} for {@code ***} too; empty of what is no text, and of letters unless they are such signs
 */
public record Likeness(ElementKind kind, Role role, int rgb, double shorter, double longer, Optional<String> says) {

	private static final String NUMBER = "number", WORDS = "words";
	/** Neither letters nor digits, and nothing that parts what is written here. */
	private static final Pattern SIGN = Pattern.compile("[^\\p{L}\\p{N}\\s;\\[\\]]+");

	/**
	 * The description of an element.
	 *
	 * @param e any
	 * @return the description that similar elements match
	 */
	public static Likeness to(final Element e) {
		final double height = e.text().map(t -> t.quad().height()).orElse(0.0);
		return new Likeness(e.kind(), e.role(), ElementQuery.rgb(e),
			e.text().isPresent() ? height : Math.min(e.bounds().width(), e.bounds().height()),
			e.text().isPresent() ? height : Math.max(e.bounds().width(), e.bounds().height()),
			e.text().flatMap(t -> says(t.string().strip(), e.kind())));
	}

	private static Optional<String> says(final String text, final ElementKind kind) {
		if (SIGN.matcher(text).matches()) return Optional
			.of(text.codePoints().distinct().mapToObj(Character::toString).collect(Collectors.joining()));
		if (kind == ElementKind.LETTER) return Optional.empty();
		return Optional.of(ElementQuery.isNumber(text) ? NUMBER : WORDS);
	}

	/**
	 * Whether an element is like it.
	 *
	 * @param tolerance from 0, the same, to 1; a tolerance of .25 allows a distance of .1 in Oklab and twice the size
	 */
	boolean holds(final Element e, final double tolerance) {
		final Likeness other = to(e);
		final double most = Math.pow(16, tolerance);
		return kind == other.kind && role == other.role && says.equals(other.says)
			&& OkLab.of(rgb).distance(OkLab.of(other.rgb)) <= .4 * tolerance + 1e-9
			&& ratio(shorter, other.shorter) <= most && ratio(longer, other.longer) <= most;
	}

	private static double ratio(final double a, final double b) {
		return Math.max(a, b) / Math.min(a, b) - 1e-3;
	}

	/** {@return text as {@link #parse} reads it} */
	public String text() {
		return "kind=" + kind.key() + " role=" + role.key() + String.format(Locale.ROOT, " colour=#%06x size=", rgb)
			+ side(shorter) + "x" + side(longer) + says.map(s -> " text=" + s).orElse("");
	}

	private static String side(final double pixels) {
		final double rounded = Math.round(pixels * 100) / 100.0;
		return rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded);
	}

	/**
	 * Reads what {@link #text} writes, in any order.
	 *
	 * @param text as {@link #text} writes it
	 * @return the description
	 * @throws IllegalArgumentException whose message says what is wrong
	 */
	public static Likeness parse(final String text) {
		final Map<String, String> values = new LinkedHashMap<>();
		for (final String word : text.strip().split("\\s+")) {
			final int equals = word.indexOf('=');
			if (equals < 1) throw new IllegalArgumentException(word + " is no pair such as role=mark");
			values.put(word.substring(0, equals).toLowerCase(Locale.ROOT), word.substring(equals + 1));
		}
		final ElementKind kind = ElementKind.of(taken(values, "kind"))
			.orElseThrow(() -> new IllegalArgumentException("there is no such kind of elements"));
		final Role role =
			Role.of(taken(values, "role")).orElseThrow(() -> new IllegalArgumentException("there is no such role"));
		final String colour = taken(values, "colour");
		if (!colour.matches("#[0-9a-fA-F]{6}"))
			throw new IllegalArgumentException("a colour is written as #d02020, not " + colour);
		final String size = taken(values, "size");
		if (!size.matches("\\d{1,6}(\\.\\d+)?x\\d{1,6}(\\.\\d+)?") || size.matches("(.*x)?0+(\\.0+)?(x.*)?"))
			throw new IllegalArgumentException("a size is written as 7x25, not " + size);
		final String[] sides = size.split("x");
		final Optional<String> says = Optional.ofNullable(values.remove("text"));
		if (says.filter(s -> !s.equals(NUMBER) && !s.equals(WORDS) && !SIGN.matcher(s).matches()).isPresent())
			throw new IllegalArgumentException("text is number, words or a sign such as *, not " + says.get());
		if (!values.isEmpty())
			throw new IllegalArgumentException("nothing is known of " + String.join(", ", values.keySet()));
		final double a = Double.parseDouble(sides[0]);
		final double b = Double.parseDouble(sides[1]);
		return new Likeness(kind, role, Integer.parseInt(colour.substring(1), 16), Math.min(a, b), Math.max(a, b),
			says);
	}

	private static String taken(final Map<String, String> values, final String key) {
		return Optional.ofNullable(values.remove(key))
			.orElseThrow(() -> new IllegalArgumentException("it does not say the " + key));
	}
}
