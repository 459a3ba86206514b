package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number with a unit of length in a line of text: {@code 25 µm}, {@code 0.5 mm}, {@code 200nm}.
 *
 * @param bar where something was read that must be the bar, or this is no length
 */
record WrittenLength(String text, double number, LengthUnit unit, Quad quad, double confidence, Optional<Quad> bar) {

	/**
	 * No part of a range, product, area or rate. A dash at the start of a line is no minus sign, since no length at a
	 * bar is below 0, but mostly the bar itself. A number after another one is not read: a tick of the bar may have
	 * been taken for a digit, or it is the end of a larger one. No picometres: nothing is that small, and it is how µm
	 * is misread.
	 */
	private static final Pattern LENGTH = Pattern.compile(
		"(?:(?<![\\p{L}\\p{N}.,−–—×/±^-])(?<![\\p{N}−–—×/±-] )|(?<=^[−–—-] ?))(?<number>\\d{1,3}(?:,\\d{3})+|\\d*[.,]\\d+|\\d+)\\s*"
			+ "(?<unit>Å|\u212B|nm|[µμu]m|microns?|mm|cm|km|m)(?![\\p{L}\\p{N}/^·×−⁻-])(?! ?[×/])");

	/** The same in another box. */
	WrittenLength at(final Quad place) {
		return new WrittenLength(text, number, unit, place, confidence, bar);
	}

	/** The same, if there is a bar. */
	WrittenLength beside(final Quad place) {
		return new WrittenLength(text, number, unit, quad, confidence, Optional.of(place));
	}

	/** The lengths of a line, in reading order. */
	static List<WrittenLength> of(final TextLine line) {
		final StringBuilder text = new StringBuilder();
		final List<Integer> starts = new ArrayList<>();
		for (final TextWord w : line.words()) {
			if (text.length() > 0) text.append(' ');
			starts.add(text.length());
			text.append(w.text());
		}
		final List<WrittenLength> out = new ArrayList<>();
		final Matcher m = LENGTH.matcher(text);
		while (m.find()) {
			final double number = number(m.group("number"));
			if (!(number > 0)) continue;
			int first = 0;
			while (first + 1 < starts.size() && starts.get(first + 1) <= m.start()) first++;
			int last = first;
			while (last + 1 < starts.size() && starts.get(last + 1) < m.end()) last++;
			final List<TextWord> words = line.words().subList(first, last + 1);
			out.add(new WrittenLength(m.group(), number, LengthUnit.of(m.group("unit")).orElseThrow(), around(words),
				words.stream().mapToDouble(TextWord::confidence).min().orElseThrow(), Optional.empty()));
		}
		return out;
	}

	/** A comma before three digits parts thousands, unless nothing but 0 stands before it; else it is a point. */
	private static double number(final String written) {
		final boolean thousands = written.matches("[1-9]\\d{0,2}(?:,\\d{3})+");
		return Double.parseDouble(thousands ? written.replace(",", "") : written.replace(',', '.'));
	}

	/** From the start of the first word to the end of the last one. */
	private static Quad around(final List<TextWord> words) {
		final Quad a = words.get(0).quad();
		final double c = Math.cos(a.angle());
		final double s = Math.sin(a.angle());
		double to = a.width();
		for (final TextWord w : words) {
			final Quad q = w.quad();
			to = Math.max(to, (q.x() - a.x()) * c + (q.y() - a.y()) * s + (a.width() + q.width()) / 2);
		}
		return a.part(0, to);
	}
}
