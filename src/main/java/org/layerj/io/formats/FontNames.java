package org.layerj.io.formats;

import java.awt.Font;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What fonts are called elsewhere: a file goes to computers with other fonts, of the same widths at best. */
final class FontNames {

	/** In a row fonts of the same widths, the one that office programs know first, and what CSS calls their kind. */
	private static final List<List<String>> ROWS = List.of(
		List.of("Arial", "Helvetica", "Liberation Sans", "Nimbus Sans", "FreeSans", "SansSerif", "Dialog",
			"sans-serif"),
		List.of("Times New Roman", "Times", "Liberation Serif", "Nimbus Roman", "FreeSerif", "Serif", "serif"),
		List.of("Courier New", "Courier", "Liberation Mono", "Nimbus Mono PS", "FreeMono", "Monospaced", "DialogInput",
			"monospace"));
	/** Java's own, which exist nowhere else. */
	private static final List<String> LOGICAL = List.of("SansSerif", "Dialog", "Serif", "Monospaced", "DialogInput");

	private FontNames() {}

	/** For office programs. */
	static String office(final String family) {
		return row(family).isEmpty() ? family : row(family).get(0);
	}

	/** For a style sheet: several to choose from. */
	static String css(final String family) {
		final List<String> row = row(family);
		if (row.isEmpty()) return quoted(family);
		return String.join(", ", row.stream().filter(n -> !LOGICAL.contains(n)).map(FontNames::quoted).toList());
	}

	/** To look for a font file: this one first. */
	static List<String> alike(final String family) {
		return Stream.concat(Stream.of(family), row(family).stream())
			.filter(n -> !LOGICAL.contains(n) && !n.equals(n.toLowerCase(Locale.ROOT)))
			.distinct()
			.toList();
	}

	/** A typeface as a PostScript name has it. */
	record Face(String family, boolean bold, boolean italic) {}

	/** As Photoshop and PDF name a face: {@code Arial-BoldMT}. */
	static String postScript(final String family, final boolean bold, final boolean italic) {
		final String office = office(family);
		final String style = (bold ? "Bold" : "") + (italic ? "Italic" : "");
		return switch (office) {
			case "Arial" -> "Arial" + (style.isEmpty() ? "" : "-" + style) + "MT";
			case "Times New Roman", "Courier New" ->
				office.replace(" ", "") + "PS" + (style.isEmpty() ? "" : "-" + style) + "MT";
			default -> new Font(office, (bold ? Font.BOLD : 0) | (italic ? Font.ITALIC : 0), 1).getPSName();
		};
	}

	/** The face of such a name; one that is not installed here is called by what stands before its style. */
	static Face face(final String postScript) {
		final String style = postScript.substring(Math.max(0, postScript.indexOf('-')));
		final String plain = postScript.replaceAll("-.*", "").replaceAll("(PS)?(MT)?$", "");
		final String family = switch (plain) {
			case "TimesNewRoman" -> "Times New Roman";
			case "CourierNew" -> "Courier New";
			case "Arial" -> "Arial";
			default -> {
				final String here = new Font(postScript, Font.PLAIN, 1).getFamily(Locale.ROOT);
				yield LOGICAL.contains(here) && !postScript.startsWith(here) ? plain : here;
			}
		};
		return new Face(family, style.contains("Bold"), style.contains("Italic") || style.contains("Oblique"));
	}

	private static List<String> row(final String family) {
		return ROWS.stream().filter(r -> r.contains(family)).findFirst().orElse(List.of());
	}

	private static String quoted(final String name) {
		return name.contains(" ") ? "'" + name.replace("'", "") + "'" : name;
	}
}
