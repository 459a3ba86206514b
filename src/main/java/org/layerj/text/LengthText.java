package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.layerj.layers.Bounds;

/**
 * Lengths in lines that the recogniser misreads at scale bars: Å without its ring, µ as p, and a bar beside the number
 * as a letter or digit. What was mended is never sure.
 */
final class LengthText {

	/** Confidence of what was mended, at most: to be checked by eye. */
	private static final double MENDED = 0.75;
	private static final Pattern UNIT = Pattern.compile("\\d\\s*(A|pm)$");
	/** What a bar beside a number is read as. */
	private static final Pattern BAR = Pattern.compile("^(?:[Il|\\[\\]]\\s?|\\S{1,2} )(?=[\\d.,]*\\d)");
	/** Solid pixels of letters. */
	private static final float SOLID = 0.5f;
	/** Lines that are turned farther, in radians, are not looked at. */
	private static final double LEVEL = 0.05;
	/** A ring stands so much of a digit's height above digits. */
	private static final double RING = 0.12;
	/** The part of a small letter, from above and about its middle, in which p has a bow and µ has nothing. */
	private static final double BOW = 0.34, MIDDLE = 0.15;
	/**
	 * What is so many times as high as the letters is no letter, nor what is wide and has so little of their height.
	 */
	private static final double HIGH = 1.6, FLAT = 0.45;

	/** Connected columns of letters: a letter, or several that touch. */
	private record Run(int left, int right, int top, int bottom) {

		int height() {
			return bottom - top + 1;
		}
	}

	private LengthText() {}

	/** The lengths of a line of a picture, in reading order; their boxes hold no bar. */
	static List<WrittenLength> of(final Rgb picture, final TextLine line) {
		if (line.text().codePoints().noneMatch(LengthText::isDigit)) return List.of();
		final LineMatte matte = LineMatte.of(picture, line.quad());
		final List<Run> runs = isLevel(line) ? runs(matte) : List.of();
		final TextLine mended = withUnit(withoutPowers(line), matte, runs);
		return read(mended).stream().map(l -> l.at(letters(l.quad(), matte, runs))).toList();
	}

	/** Where the letters of a line are, without a bar that was taken for one. */
	static Quad letters(final Rgb picture, final TextLine line) {
		if (!isLevel(line)) return line.quad();
		final LineMatte matte = LineMatte.of(picture, line.quad());
		return letters(line.quad(), matte, runs(matte));
	}

	private static boolean isLevel(final TextLine line) {
		return Math.abs(line.quad().angle()) <= LEVEL;
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

	/** A box without a bar at its start or end: what is far higher than the letters, or flat. */
	private static Quad letters(final Quad quad, final LineMatte matte, final List<Run> runs) {
		final double left = quad.x() - quad.width() / 2 - matte.bounds.x();
		final List<Run> inside = new ArrayList<>(runs.stream().filter(r -> {
			final double middle = (r.left + r.right + 1) / 2.0;
			return middle >= left && middle <= left + quad.width();
		}).toList());
		if (inside.size() < 3) return quad;
		final int[] heights = inside.stream().mapToInt(Run::height).sorted().toArray();
		final double usual = heights[heights.length / 2];
		final int all = inside.size();
		if (isBar(inside.get(0), usual)) inside.remove(0);
		if (isBar(inside.get(inside.size() - 1), usual)) inside.remove(inside.size() - 1);
		if (inside.size() == all) return quad;
		final int from = inside.get(0).left;
		final int to = inside.get(inside.size() - 1).right + 1;
		final int top = inside.stream().mapToInt(Run::top).min().orElseThrow();
		final int bottom = inside.stream().mapToInt(Run::bottom).max().orElseThrow() + 1;
		return new Quad(matte.bounds.x() + (from + to) / 2.0, matte.bounds.y() + (top + bottom) / 2.0, to - from,
			bottom - top, 0);
	}

	private static boolean isBar(final Run run, final double usual) {
		return run.height() > HIGH * usual || run.height() < FLAT * usual && run.right - run.left + 1 > run.height();
	}

	/** A bar beside a line lets its digits look raised. Powers of ten stay, those of other numbers are no lengths. */
	private static TextLine withoutPowers(final TextLine line) {
		if (line.text().codePoints().noneMatch(c -> Characters.SUPERSCRIPTS.indexOf(c) >= 0)) return line;
		final List<TextWord> words = new ArrayList<>();
		for (final TextWord w : line.words()) {
			final boolean number = w.text().matches("[\\d.,]*[" + Characters.SUPERSCRIPTS + "]+\\D*");
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
		final boolean ring = m.group(1).equals("A");
		if (runs.size() < 3 || !(ring ? hasRing(runs) : isOpen(matte, runs))) return line;
		final List<TextWord> words = new ArrayList<>(line.words());
		final TextWord last = words.remove(words.size() - 1);
		final String start = last.text().substring(0, last.text().length() - m.group(1).length());
		words.add(withText(last, start + (ring ? "Å" : "µm")));
		return new TextLine(line.text().substring(0, m.start(1)) + (ring ? "Å" : "µm"), line.confidence(), line.quad(),
			line.script(), words);
	}

	private static List<Run> runs(final LineMatte matte) {
		final Bounds b = matte.bounds;
		final List<Run> runs = new ArrayList<>();
		Optional<Run> open = Optional.empty();
		for (int x = 0; x <= b.width(); x++) {
			int top = b.height();
			int bottom = -1;
			for (int y = 0; y < b.height() && x < b.width(); y++) {
				if (matte.alpha[y * b.width() + x] < SOLID) continue;
				top = Math.min(top, y);
				bottom = y;
			}
			if (bottom < 0) {
				open.ifPresent(runs::add);
				open = Optional.empty();
				continue;
			}
			final Run here = new Run(x, x, top, bottom);
			open = Optional.of(
				open.map(o -> new Run(o.left, here.right, Math.min(o.top, here.top), Math.max(o.bottom, here.bottom)))
					.orElse(here));
		}
		return runs;
	}

	/** Whether the last letter is clearly higher than the one before it, a digit. */
	private static boolean hasRing(final List<Run> runs) {
		final Run digit = runs.get(runs.size() - 2);
		final int higher = digit.top - runs.get(runs.size() - 1).top;
		return higher >= Math.max(2, RING * (digit.bottom - digit.top + 1));
	}

	/** Whether nothing joins the strokes of the last letter but one at its top, which is as high as the last. */
	private static boolean isOpen(final LineMatte matte, final List<Run> runs) {
		final Run letter = runs.get(runs.size() - 2);
		final Run m = runs.get(runs.size() - 1);
		final double middle = (letter.left + letter.right) / 2.0;
		final double half = MIDDLE * (letter.right - letter.left);
		for (int y = m.top; y < m.top + BOW * (m.bottom - m.top + 1); y++)
			for (int x = (int) Math.round(middle - half); x <= middle + half; x++)
				if (matte.alpha[y * matte.bounds.width() + x] >= SOLID) return false;
		return true;
	}
}
