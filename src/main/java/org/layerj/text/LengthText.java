package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.layerj.text.LetterRuns.Run;

/**
 * Lengths in lines that the recogniser misreads at scale bars: Å without its ring, µ as p or not at all, and a bar
 * beside the number as a letter or digit. What was mended is never sure.
 */
final class LengthText {

	/** Confidence of what was mended, at most: to be checked by eye. */
	private static final double MENDED = 0.75;
	private static final Pattern UNIT = Pattern.compile("\\d\\s*(A|pm|m)$");
	/** What a bar beside a number is read as. */
	private static final Pattern BAR = Pattern.compile("^(?:[Il|\\[\\]]\\s?|\\S{1,2} )(?=[\\d.,]*\\d)");
	/** A ring stands so much of a digit's height above digits. */
	private static final double RING = 0.12;
	/** The part of a small letter, from above and about its middle, in which p has a bow and µ has nothing. */
	private static final double BOW = 0.34, MIDDLE = 0.15;
	private static final float SOLID = 0.5f;

	private LengthText() {}

	/** The lengths of a line, in reading order; their boxes hold no bar. */
	static List<WrittenLength> of(final LineMattes mattes, final TextLine line) {
		if (line.text().codePoints().noneMatch(LengthText::isDigit)) return List.of();
		final LineMattes.Measured measured = mattes.of(line.quad());
		final LetterRuns runs = LetterRuns.of(measured.matte());
		final TextLine mended = withUnit(withoutPowers(line), measured.matte(), runs.letters(measured.quad()));
		final double scale = measured.scale();
		return read(mended).stream()
			.map(l -> l.at(runs.withoutBars(l.quad().scaled(scale)).scaled(1 / scale)))
			.toList();
	}

	private static boolean isDigit(final int c) {
		return c >= '0' && c <= '9' || Characters.SUPERSCRIPTS.indexOf(c) >= 0;
	}

	private static List<WrittenLength> read(final TextLine line) {
		final List<WrittenLength> plain = WrittenLength.of(line);
		final Matcher m = BAR.matcher(line.text());
		if (!plain.isEmpty() || !m.find()) return plain;
		final List<TextWord> words = new ArrayList<>(line.words());
		final TextWord first = words.remove(0);
		final int dropped = m.group().strip().length();
		final double part = first.quad().width() * dropped / first.text().length();
		if (dropped < first.text().length()) words.add(0, new TextWord(first.text().substring(dropped),
			Math.min(MENDED, first.confidence()), first.quad().part(part, first.quad().width()), first.script()));
		else words.set(0, withText(words.get(0), words.get(0).text()));
		final TextLine rest =
			new TextLine(line.text().substring(m.end()), line.confidence(), line.quad(), line.script(), words);
		return WrittenLength.of(rest).stream().limit(1).map(l -> l.beside(first.quad().part(0, part))).toList();
	}

	/** A bar beside a line lets its digits look raised. Powers of ten stay, those of other numbers are no lengths. */
	private static TextLine withoutPowers(final TextLine line) {
		if (line.text().codePoints().noneMatch(c -> Characters.SUPERSCRIPTS.indexOf(c) >= 0)) return line;
		final List<TextWord> words = new ArrayList<>();
		for (final TextWord w : line.words()) {
			final boolean number =
				w.text().matches("[Il|\\[\\]]?[\\d.,]*[" + Characters.SUPERSCRIPTS + "]+[\\d.,]*\\D*");
			words.add(number && !w.text().matches("10[" + Characters.SUPERSCRIPTS.substring(1) + "]\\D*")
				? withText(w, plain(w.text())) : w);
		}
		return new TextLine(words.stream().map(TextWord::text).collect(Collectors.joining(" ")), line.confidence(),
			line.quad(), line.script(), words);
	}

	private static String plain(final String text) {
		return text.chars()
			.mapToObj(c -> Characters.SUPERSCRIPTS.indexOf(c) >= 0 ? "" + Characters.SUPERSCRIPTS.indexOf(c)
				: Character.toString(c))
			.collect(Collectors.joining());
	}

	private static TextWord withText(final TextWord word, final String text) {
		return new TextWord(text, Math.min(MENDED, word.confidence()), word.quad(), word.script());
	}

	/** The line with the unit that its pixels show. */
	private static TextLine withUnit(final TextLine line, final LineMatte matte, final List<Run> runs) {
		final Matcher m = UNIT.matcher(line.text());
		if (!m.find()) return line;
		if (runs.size() < 3) return line;
		final boolean mended = switch (m.group(1)) {
			case "A" -> hasRing(runs);
			case "pm" -> isOpen(matte, runs);
			default -> runs.size() > visible(line) && isOpen(matte, runs) && isLow(runs);
		};
		if (!mended) return line;
		final String unit = m.group(1).equals("A") ? "Å" : "µm";
		final List<TextWord> words = new ArrayList<>(line.words());
		final TextWord last = words.remove(words.size() - 1);
		final String start = last.text().substring(0, last.text().length() - m.group(1).length());
		words.add(withText(last, start + unit));
		return new TextLine(line.text().substring(0, m.start(1)) + unit, line.confidence(), line.quad(), line.script(),
			words);
	}

	/** Whether the last letter is clearly higher than the one before it, a digit. */
	private static boolean hasRing(final List<Run> runs) {
		final Run digit = runs.get(runs.size() - 2);
		final int higher = digit.top() - runs.get(runs.size() - 1).top();
		return higher >= Math.max(2, RING * (digit.bottom() - digit.top() + 1));
	}

	private static long visible(final TextLine line) {
		return line.text().chars().filter(c -> c != ' ').count();
	}

	/** Whether the letter before the last reaches below it, as µ does. */
	private static boolean isLow(final List<Run> runs) {
		final Run last = runs.get(runs.size() - 1);
		return runs.get(runs.size() - 2).bottom() - last.bottom() >= Math.max(1, RING * last.height());
	}

	/** Whether nothing joins the strokes of the last letter but one at its top, which is as high as the last. */
	private static boolean isOpen(final LineMatte matte, final List<Run> runs) {
		final Run letter = runs.get(runs.size() - 2);
		final Run m = runs.get(runs.size() - 1);
		final double middle = (letter.left() + letter.right()) / 2.0;
		final double half = MIDDLE * (letter.right() - letter.left());
		for (int y = m.top(); y < m.top() + BOW * (m.bottom() - m.top() + 1); y++)
			for (int x = (int) Math.round(middle - half); x <= middle + half; x++)
				if (matte.alpha[y * matte.bounds.width() + x] >= SOLID) return false;
		return true;
	}
}
