package org.layerj.imagej.stack;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that survives ImageJ's TIFF files. Its reader drops the upper byte of many characters in labels and properties
 * (an operator precedence slip in {@code TiffDecoder} for Intel byte order), so all beyond Latin-1 is written as
 * backslash, u and four digits. Line breaks are escaped as well.
 */
public final class Latin {

	private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

	private Latin() {}

	/** One line of Latin-1 for any text. */
	public static String escape(final String text) {
		final StringBuilder out = new StringBuilder();
		for (final char c : text.toCharArray())
			out.append(c > 0xff || c < 0x20 || c == 0x7f || c == '\\' ? escape(c) : c);
		return out.toString();
	}

	/** The same JSON in Latin-1; characters beyond only occur in strings, where JSON knows the same escapes. */
	public static String json(final String json) {
		final StringBuilder out = new StringBuilder();
		for (final char c : json.toCharArray()) out.append(c > 0xff ? escape(c) : c);
		return out.toString();
	}

	/** The text that {@link #escape} was given. */
	public static String unescape(final String text) {
		return ESCAPE.matcher(text)
			.replaceAll(m -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(m.group(1), 16))));
	}

	/** What ImageJ makes of text when it opens a TIFF. */
	static String asReadFromTiff(final String text) {
		final char[] chars = text.toCharArray();
		for (int i = 0; i < chars.length; i++) if ((chars[i] & 0x80) == 0) chars[i] &= 0xff;
		return new String(chars);
	}

	private static String escape(final char c) {
		return String.format(Locale.ROOT, "\\u%04x", (int) c);
	}
}
