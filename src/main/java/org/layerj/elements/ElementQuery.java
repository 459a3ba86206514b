package org.layerj.elements;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.layerj.layers.edit.OkLab;

/**
 * Finds elements by words: roles, colour names, places, {@code number}, {@code letter} (letters rather than words), and
 * {@code containing …}, which takes the rest of the text. All words must match. The vocabulary is closed: an unknown
 * word is an error that lists the known ones.
 */
public final class ElementQuery {

	/** The message names the unknown word and the known ones. */
	public static final class UnknownWordException extends IllegalArgumentException {

		private static final long serialVersionUID = 1;

		UnknownWordException(final String word) {
			super("The word " + word + " is not understood; known are " + String.join(", ", ROLES.keySet()) + "; "
				+ String.join(", ", COLOURS.keySet()) + "; " + String.join(", ", PLACES)
				+ "; number; letter; and containing" + " followed by a text.");
		}
	}

	private static final Map<String, Role> ROLES = new TreeMap<>(Map.ofEntries(Map.entry("background", Role.BACKGROUND),
		Map.entry("panel", Role.PANEL), Map.entry("curve", Role.DATA), Map.entry("bar", Role.DATA),
		Map.entry("data", Role.DATA), Map.entry("shape", Role.SHAPE), Map.entry("arrow", Role.MARK),
		Map.entry("mark", Role.MARK), Map.entry("text", Role.TEXT)));
	/** The basic colour terms of English (Berlin and Kay) as sRGB. */
	private static final Map<String, Integer> COLOURS = new TreeMap<>(Map.ofEntries(Map.entry("black", 0x000000),
		Map.entry("white", 0xffffff), Map.entry("grey", 0x808080), Map.entry("red", 0xe02020),
		Map.entry("green", 0x20a030), Map.entry("blue", 0x2050d0), Map.entry("yellow", 0xf0e020),
		Map.entry("orange", 0xf08a20), Map.entry("purple", 0x8030a0), Map.entry("pink", 0xf090b0),
		Map.entry("brown", 0x805030), Map.entry("cyan", 0x20c0d0), Map.entry("magenta", 0xd020c0)));
	private static final List<String> PLACES = List.of("left", "right", "top", "bottom", "centre");
	private static final Pattern NUMBER =
		Pattern.compile("[-+\u2212\u00b1<>~]?\\d[\\d.,]*(e[-+]?\\d+)?%?", Pattern.CASE_INSENSITIVE);
	private static final Pattern LETTER = Pattern.compile("(?i)\\bletters?\\b");
	private static final Pattern CONTAINING = Pattern.compile("(?i)\\bcontaining\\s+(.+)$");

	private ElementQuery() {}

	/**
	 * The words and parts that match all query words, by id; letters if {@code letter} is among them.
	 *
	 * @param elements of a picture
	 * @param words roles, kinds or words that were read, separated by spaces
	 * @return empty if nothing matches
	 * @throws UnknownWordException if a word is not known
	 */
	public static List<Element> find(final Elements elements, final String words) {
		String rest = words.strip();
		final List<Predicate<Element>> tests = new ArrayList<>();
		final Matcher m = CONTAINING.matcher(rest);
		final boolean containing = m.find();
		final boolean letters = LETTER.matcher(containing ? rest.substring(0, m.start()) : rest).find();
		if (containing) {
			final String text = m.group(1).strip().toLowerCase(Locale.ROOT);
			final boolean line = text.contains(" ");
			tests.add(e -> (letters || e.kind() == (line ? ElementKind.LINE : ElementKind.WORD))
				&& e.text().filter(t -> t.string().toLowerCase(Locale.ROOT).contains(text)).isPresent());
			rest = rest.substring(0, m.start());
		}
		for (final String word : rest.toLowerCase(Locale.ROOT).strip().split("[\\s,]+"))
			if (!word.isEmpty()) tests.add(test(elements, word));
		if (tests.isEmpty()) return List.of();
		return elements.list()
			.stream()
			.filter(e -> letters ? e.kind() == ElementKind.LETTER
				: e.kind() == ElementKind.WORD || e.kind() == ElementKind.LINE && containing
					|| e.kind() == ElementKind.PART && !within(elements, e, ElementKind.PART))
			.filter(e -> tests.stream().allMatch(t -> t.test(e)))
			.toList();
	}

	private static boolean within(final Elements elements, final Element e, final ElementKind kind) {
		return elements.around(e).filter(p -> p.kind() == kind).isPresent();
	}

	private static Predicate<Element> test(final Elements elements, final String given) {
		final String word =
			given.equals("gray") ? "grey" : given.equals("center") || given.equals("middle") ? "centre" : given;
		for (final String w : List.of(word, word.replaceAll("s$", ""))) {
			if (ROLES.containsKey(w)) return e -> e.role() == ROLES.get(w);
			if (COLOURS.containsKey(w)) return e -> colour(rgb(e)).equals(w);
			if (PLACES.contains(w)) return e -> at(elements, e, w);
			if (w.equals("letter")) return e -> e.kind() == ElementKind.LETTER;
			if (w.equals("number")) return e -> e.text().filter(t -> isNumber(t.string())).isPresent();
		}
		throw new UnknownWordException(given);
	}

	private static boolean at(final Elements elements, final Element e, final String place) {
		final double x = (e.bounds().x() + e.bounds().width() / 2.0) / elements.width();
		final double y = (e.bounds().y() + e.bounds().height() / 2.0) / elements.height();
		return switch (place) {
			case "left" -> x < 1 / 3.0;
			case "right" -> x > 2 / 3.0;
			case "top" -> y < 1 / 3.0;
			case "bottom" -> y > 2 / 3.0;
			default -> x >= 1 / 3.0 && x <= 2 / 3.0 && y >= 1 / 3.0 && y <= 2 / 3.0;
		};
	}

	/** Of text the letters' colour, where it is known. */
	static int rgb(final Element e) {
		return e.text().flatMap(ElementText::style).map(s -> s.rgb()).orElse(e.rgb());
	}

	/** The colour name that is nearest (Oklab). */
	static String colour(final int rgb) {
		final OkLab lab = OkLab.of(rgb);
		return COLOURS.entrySet()
			.stream()
			.min((a, b) -> Double.compare(lab.distance(OkLab.of(a.getValue())), lab.distance(OkLab.of(b.getValue()))))
			.orElseThrow()
			.getKey();
	}

	static boolean isNumber(final String text) {
		return NUMBER.matcher(text.strip()).matches();
	}

	/**
	 * Elements that match a description, by id.
	 *
	 * @param elements of a picture
	 * @param one the description
	 * @param tolerance as that of {@link Likeness#holds}
	 * @return empty if nothing matches
	 */
	public static List<Element> like(final Elements elements, final Likeness one, final double tolerance) {
		return elements.list().stream().filter(e -> one.holds(e, tolerance)).toList();
	}
}
