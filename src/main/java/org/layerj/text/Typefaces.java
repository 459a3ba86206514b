package org.layerj.text;

import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.layerj.text.TextStyle.Family;

/** Typefaces that text is compared with: of those that figures are made with, the ones that are installed here. */
final class Typefaces {

	/**
	 * A typeface.
	 *
	 * @param font plain, of one pixel
	 */
	record Typeface(Family family, Font font) {

		Font styled(final boolean bold, final boolean italic, final double size) {
			return font.deriveFont((bold ? Font.BOLD : 0) | (italic ? Font.ITALIC : 0), (float) size);
		}
	}

	/** In a row names of typefaces of about the same shapes and widths, of which one is enough. */
	private static final List<List<String>> SANS = List.of(
		List.of("Arial", "Helvetica", "Liberation Sans", "Nimbus Sans", "FreeSans"), List.of("DejaVu Sans", "Verdana"),
		List.of("Calibri", "Carlito"), List.of("Roboto", "Open Sans", "Noto Sans", "Segoe UI"), List.of("Inter"),
		List.of("CMU Sans Serif", "Latin Modern Sans", "LM Sans 10"));
	private static final List<List<String>> SERIF =
		List.of(List.of("Times New Roman", "Times", "Liberation Serif", "Nimbus Roman", "FreeSerif"),
			List.of("DejaVu Serif", "Georgia"), List.of("Palatino", "Palatino Linotype", "P052"),
			List.of("Century Schoolbook", "C059"), List.of("CMU Serif", "Latin Modern Roman", "LM Roman 10"),
			List.of("STIX Two Text", "STIXGeneral", "STIX"));
	private static final List<List<String>> MONO =
		List.of(List.of("Courier New", "Courier", "Liberation Mono", "Nimbus Mono PS", "FreeMono"),
			List.of("DejaVu Sans Mono", "Menlo", "Consolas"));

	private static final Set<String> COMMON =
		Stream.of(SANS, SERIF, MONO).flatMap(rows -> rows.get(0).stream()).collect(Collectors.toUnmodifiableSet());

	/** Empty where Java has no fonts, as in containers without fontconfig. */
	static final List<Typeface> ALL = all();

	private Typefaces() {}

	private static List<Typeface> all() {
		final List<Typeface> all = new ArrayList<>();
		try {
			add(all, Family.SANS, SANS, Font.SANS_SERIF);
			add(all, Family.SERIF, SERIF, Font.SERIF);
			add(all, Family.MONO, MONO, Font.MONOSPACED);
		}
		catch (final LinkageError | InternalError | RuntimeException e) {
			// Java fails in all these ways where the system has no fonts or no library for them.
			return List.of();
		}
		return List.copyOf(all);
	}

	/**
	 * The font here that text of a family is written in: Arial, Times New Roman, Courier New or what has their widths
	 * where one is installed, else Java's own.
	 */
	static Optional<Font> common(final Family family) {
		return ALL.stream()
			.filter(t -> t.family == family)
			.map(Typeface::font)
			.filter(f -> COMMON.contains(f.getFamily()))
			.findFirst()
			.or(() -> ALL.stream().filter(t -> t.family == family).map(Typeface::font).findFirst());
	}

	private static void add(final List<Typeface> all, final Family family, final List<List<String>> rows,
		final String logical)
	{
		// Java's own is what ImageJ writes with.
		all.add(new Typeface(family, new Font(logical, Font.PLAIN, 1)));
		rows.stream()
			.flatMap(row -> row.stream().flatMap(Typefaces::installed).limit(1))
			.forEach(f -> all.add(new Typeface(family, f)));
	}

	private static Stream<Font> installed(final String name) {
		final Font font = new Font(name, Font.PLAIN, 1);
		// Java gives another one for a name that it does not know.
		return font.getFamily().equalsIgnoreCase(name) ? Stream.of(font) : Stream.empty();
	}
}
