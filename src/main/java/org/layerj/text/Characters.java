package org.layerj.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the recogniser confuses because it looks alike, put right where the neighbours tell: the micro sign for the
 * Greek letter, the minus sign for dashes before numbers, plain forms for the wide ones of Chinese and Japanese type.
 */
final class Characters {

	private static final int MICRO = 'µ', MU = 'μ', MINUS = '−', HIGH_MINUS = '⁻', DEGREE = '°';

	/** Superscript digits from 0 to 9. */
	static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

	/** Confidence of a character that was read as another, at most. */
	private static final double MENDED = 0.5;
	private static final String STROKES = "王主玉工土士干十丁二三日目口田中";

	private Characters() {}

	/**
	 * The characters of a line as an author would have typed them:
	 * <ul>
	 * <li>μ (U+03BC) is µ (U+00B5), unless other Greek letters stand beside it;</li>
	 * <li>a dash right before a digit, with nothing or a space or a bracket before it, is a minus sign (U+2212); before
	 * a superscript digit a superscript one;</li>
	 * <li>º (U+00BA) after a digit or before C, F or K is the degree sign;</li>
	 * <li>the n of µn after a number is an m that was not read whole, since no unit is called so;</li>
	 * <li>℃ is °C, and ∆ (U+2206, increment) the Greek capital Δ;</li>
	 * <li>wide forms (U+FF01 to U+FF5E, ideographic space) are plain in a line without Chinese, Japanese or Korean
	 * letters.</li>
	 * </ul>
	 */
	static List<TextRecogniser.Glyph> asShown(final List<TextRecogniser.Glyph> glyphs) {
		final boolean wide = glyphs.stream().anyMatch(g -> isEastAsian(g.character()));
		final List<TextRecogniser.Glyph> out = new ArrayList<>();
		for (int k = 0; k < glyphs.size(); k++) {
			final TextRecogniser.Glyph g = glyphs.get(k);
			final int before = k == 0 ? ' ' : glyphs.get(k - 1).character();
			final int after = k + 1 == glyphs.size() ? ' ' : glyphs.get(k + 1).character();
			if (g.character() == '℃' && before != DEGREE && before != 'º')
				out.add(new TextRecogniser.Glyph(DEGREE, g.confidence(), g.column() - TextRecogniser.STEP));
			final boolean half = isHalfM(glyphs, k);
			out.add(new TextRecogniser.Glyph(half ? 'm' : asShown(before, g.character(), after, wide),
				half ? Math.min(MENDED, g.confidence()) : g.confidence(), g.column()));
		}
		return out;
	}

	private static boolean isHalfM(final List<TextRecogniser.Glyph> glyphs, final int at) {
		if (at < 2 || glyphs.get(at).character() != 'n') return false;
		final int micro = glyphs.get(at - 1).character();
		int number = at - 2;
		while (number > 0 && glyphs.get(number).character() == ' ') number--;
		return (micro == MICRO || micro == MU) && Character.isDigit(glyphs.get(number).character())
			&& (at + 1 == glyphs.size() || !Character.isLetterOrDigit(glyphs.get(at + 1).character()));
	}

	private static int asShown(final int before, final int c, final int after, final boolean wide) {
		if (!wide && c >= 0xFF01 && c <= 0xFF5E) return asShown(before, c - 0xFEE0, after, true);
		if (!wide && c == 0x3000) return ' ';
		if (c == '℃') return 'C';
		if (c == '∆') return 'Δ';
		if (c == MU)
			return UnicodeScript.of(before) == UnicodeScript.GREEK || UnicodeScript.of(after) == UnicodeScript.GREEK
				? MU : MICRO;
		if (isDash(c)) {
			if (isSuperscript(after)) return HIGH_MINUS;
			if (Character.isDigit(after) && !isSuperscript(after)
				&& (before == ' ' || "([{=<>±≤≥~≈×,;:/".indexOf(before) >= 0)) return MINUS;
		}
		if (c == 'º' && (Character.isDigit(before) || after == 'C' || after == 'F' || after == 'K')) return DEGREE;
		return c;
	}

	private static boolean isDash(final int c) {
		return c == '-' || c == '–' || c == '—' || c == '‐' || c == '‑' || c == '‒' || c == MINUS;
	}

	private static boolean isSuperscript(final int c) {
		return c == '²' || c == '³' || c == '¹' || c >= 0x2070 && c <= 0x2079;
	}

	/** Whether a character is a Chinese, Japanese or Korean letter. */
	static boolean isEastAsian(final int c) {
		final UnicodeScript s = UnicodeScript.of(c);
		return s == UnicodeScript.HAN || s == UnicodeScript.HIRAGANA || s == UnicodeScript.KATAKANA
			|| s == UnicodeScript.HANGUL || s == UnicodeScript.BOPOMOFO;
	}

	/**
	 * Whether a character makes a text by itself. Marks of a plot, arrows and icons are in the recogniser's alphabet
	 * too, and lines and outlines look like them.
	 */
	static boolean isText(final int c) {
		return Character.isLetterOrDigit(c) || "*%?!&†‡§#±".indexOf(c) >= 0;
	}

	/**
	 * Whether a line may be error bars, brackets and crossings of lines, which look like these letters: capitals of
	 * upright and level strokes that spell nothing, or one East Asian character of such strokes. Roman numerals are
	 * letters.
	 */
	static boolean mayBeLines(final String text) {
		final String letters = text.replaceAll("[\\s|+−-]", "");
		if (letters.codePointCount(0, letters.length()) == 1 && STROKES.contains(letters)) return true;
		return letters.matches("[ITHX]{3,}|I+") && !letters.equals("I") && !text.matches("[IX]+");
	}

	/** Whether a character is a small letter that does not rise above the others. */
	static boolean isLow(final int c) {
		return "acegmnopqrsuvwxyzµ".indexOf(c) >= 0;
	}

	/**
	 * Whether authors put a space between two characters: a number and its unit, or anything and a sign of relation or
	 * operation.
	 */
	static boolean spaceIsLikely(final int before, final int after) {
		return Character.isDigit(before) && Character.isLetter(after)
			|| Character.isLetter(before) && Character.isDigit(after) || "=×<>±+~≈≤≥".indexOf(before) >= 0
			|| "=×<>±+~≈≤≥".indexOf(after) >= 0 || Character.isDigit(before) && (after == DEGREE || after == '%');
	}

	/** What most letters of a text are written in; {@code COMMON} if there are none. */
	static UnicodeScript script(final String text) {
		final Map<UnicodeScript, Integer> count = new EnumMap<>(UnicodeScript.class);
		text.codePoints()
			.filter(c -> c != MICRO && Character.isLetter(c))
			.mapToObj(UnicodeScript::of)
			.filter(s -> s != UnicodeScript.COMMON && s != UnicodeScript.INHERITED)
			.forEach(s -> count.merge(s, 1, Integer::sum));
		// Of equals the first in the enumeration, whatever the text's order.
		return count.entrySet()
			.stream()
			.max((a, b) -> a.getValue().equals(b.getValue()) ? b.getKey().compareTo(a.getKey())
				: a.getValue() - b.getValue())
			.map(Map.Entry::getKey)
			.orElse(UnicodeScript.COMMON);
	}
}
