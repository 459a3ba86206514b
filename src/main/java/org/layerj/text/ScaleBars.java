package org.layerj.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;

/**
 * Finds scale bars: lengths written in a picture with a horizontal or vertical bar ({@link StraightBars}) near the
 * words and aligned with them.
 */
public final class ScaleBars {

	/** How far from the words a bar may be, in heights of the line. */
	private static final double NEAR = 2;
	/** How far apart the middles, starts or ends of bar and words may be at best, in heights of the line. */
	private static final double ALIGNED = 2;
	/** Longest strokes of a letter, level and upright, in heights of its line. */
	private static final double LEVEL_STROKE = 0.7;
	private static final double UPRIGHT_STROKE = 1.2;
	/** Bars are of the same length within so many pixels, and of the same scale within so much. */
	private static final double SAME_LENGTH = 1;
	private static final double SAME_SCALE = 0.03;

	/** How far the ends of a bar and those of a line that is nothing but the bar may be apart, pixels. */
	private static final double ENDS = 3;

	/** How far apart samples of a legend are, and lines between the fields of a data strip, in heights of a line. */
	private static final double LEGEND = 3;
	private static final double FIELDS = 12;
	/** How far apart the lines of a list are, in heights of a line. */
	private static final double LIST = 3;
	private static final Pattern NUMBER = Pattern.compile("[−–-]?[\\d.,]*\\d\\s*(?<unit>\\p{L}*)");

	private record Match(TextLine line, WrittenLength length, ScaleBar bar, StraightBars.Bar place, double cost) {

		/** Whether a line is nothing but the bar. */
		boolean isBar(final Quad letters, final Rgb picture) {
			return isAll(place, letters, picture, bar.isLevel());
		}
	}

	private ScaleBars() {}

	/**
	 * The scale bars of a picture, in reading order of their text; each bar and each text belongs to one scale bar at
	 * most. Excluded are several bars of one length with different texts (samples of a legend), a bar along which there
	 * are other numbers (an axis), and lengths above or below one another (a table).
	 *
	 * @param picture in which the text was found; not changed
	 * @param text found in that picture
	 * @return empty if there are none
	 */
	public static List<ScaleBar> of(final RgbaImage picture, final FoundText text) {
		return search(new LineMattes(Rgb.of(picture)), text.lines()).stream().map(Match::bar).toList();
	}

	/** The lines of a picture without those that are nothing but a scale bar, which is read as {@code I} or a dash. */
	static List<TextLine> withoutBars(final LineMattes mattes, final List<TextLine> lines) {
		final Rgb picture = mattes.picture();
		final List<Match> bars = search(mattes, lines);
		if (bars.isEmpty()) return lines;
		final Rgb upright = picture.transposed();
		return lines.stream()
			.filter(l -> bars.stream()
				.noneMatch(
					m -> m.line != l && m.isBar(mattes.of(l.quad()).letters(), m.bar.isLevel() ? picture : upright)))
			.toList();
	}

	private static List<Match> search(final LineMattes mattes, final List<TextLine> lines) {
		final Rgb level = mattes.picture();
		final Map<WrittenLength, TextLine> lengths = new LinkedHashMap<>();
		for (final TextLine l : lines) for (final WrittenLength w : LengthText.of(mattes, l)) lengths.put(w, l);
		if (lengths.isEmpty()) return List.of();
		final Rgb upright = level.transposed();
		final Map<TextLine, Quad> letters = new LinkedHashMap<>();
		for (final TextLine l : lines) letters.put(l, mattes.of(l.quad()).letters());
		final List<Match> matches = new ArrayList<>();
		lengths.forEach((length, line) -> {
			match(level, line, length, letters, true).ifPresent(matches::add);
			match(upright, line, length, letters, false).ifPresent(matches::add);
		});
		matches.sort(Comparator.comparingDouble(Match::cost));
		final List<Match> kept = new ArrayList<>();
		for (final Match m : matches)
			if (kept.stream().noneMatch(k -> k.length == m.length || k.bar.bar().overlap(m.bar.bar()) > 0)) kept.add(m);
		final List<WrittenLength> order = List.copyOf(lengths.keySet());
		return kept.stream()
			.filter(m -> kept.stream().noneMatch(k -> contradict(k.bar, m.bar)))
			.filter(m -> letters.entrySet()
				.stream()
				.filter(e -> kept.stream().noneMatch(k -> k.isBar(e.getValue(), k.bar.isLevel() ? level : upright)))
				.flatMap(e -> numbers(e.getKey(), e.getValue()).stream())
				.filter(n -> kept.stream().noneMatch(k -> k.length.quad().overlap(n.place) > 0))
				.noneMatch(n -> isOfList(m, n.text, n.place, level, upright)))
			// Labels that are near one another are read as one line.
			.filter(m -> order.stream()
				.filter(w -> kept.stream().noneMatch(k -> k.length == w))
				.noneMatch(w -> isOfList(m, w.text(), w.quad(), level, upright)))
			.sorted(Comparator.comparingInt(m -> order.indexOf(m.length)))
			.toList();
	}

	private record Number(String text, Quad place) {}

	/** A line that is a number, with its unit or without; or each of several numbers that were read as one line. */
	private static List<Number> numbers(final TextLine line, final Quad letters) {
		if (NUMBER.matcher(line.text().strip()).matches()) return List.of(new Number(line.text(), letters));
		final List<Number> numbers = new ArrayList<>();
		for (final TextWord w : line.words()) {
			if (NUMBER.matcher(w.text()).matches()) numbers.add(new Number(w.text(), w.quad()));
			else if (numbers.isEmpty() || LengthUnit.of(w.text()).isEmpty()) return List.of();
		}
		return numbers;
	}

	private static boolean contradict(final ScaleBar a, final ScaleBar b) {
		final double ratio = a.number() * a.unit().metres() / (b.number() * b.unit().metres());
		return a.isLevel() == b.isLevel() && Math.abs(a.pixels() - b.pixels()) <= SAME_LENGTH
			&& Math.abs(Math.log(ratio)) > SAME_SCALE;
	}

	/**
	 * Whether a line without a bar says that a match is none: a number along the bar, or a length above or below the
	 * words.
	 */
	private static boolean isOfList(final Match m, final String text, final Quad place, final Rgb picture,
		final Rgb transposed)
	{
		final Matcher number = NUMBER.matcher(text.strip());
		if (!number.matches()) return false;
		final boolean level = m.bar.isLevel();
		final double height = m.length.quad().height();
		final Rgb along = level ? picture : transposed;
		final Bounds bar = box(m.bar.bar(), along, level);
		final Bounds words = box(m.bar.words(), along, level);
		final Bounds other = box(place, along, level);
		final double middle = other.x() + other.width() / 2.0;
		final boolean across = other.y() < words.bottom() && other.bottom() > words.y();
		if (across && middle > bar.x() - height && middle < bar.right() + height
			&& (words.y() >= bar.bottom() || words.bottom() <= bar.y())) return true;
		if (LengthUnit.of(number.group("unit")).isEmpty()) return false;
		final Bounds cell = box(m.bar.words(), picture, true);
		final Bounds next = box(place, picture, true);
		final int gap = Math.max(next.y() - cell.bottom(), cell.y() - next.bottom());
		return next.x() < cell.right() && next.right() > cell.x() && gap >= 0 && gap < LIST * height;
	}

	/** The bar that goes best with a text, among those of one direction. */
	private static Optional<Match> match(final Rgb picture, final TextLine line, final WrittenLength length,
		final Map<TextLine, Quad> letters, final boolean level)
	{
		final Bounds words = box(length.quad(), picture, level);
		final double height = length.quad().height();
		Match best = null;
		for (final StraightBars.Bar b : StraightBars.near(picture, words, height, NEAR * height,
			(level ? LEGEND : FIELDS) * height))
		{
			final double x = (b.from() + b.to()) / 2;
			final double y = (b.top() + b.bottom()) / 2.0;
			if (length.bar().isPresent()) {
				if (!touch(b, box(length.bar().get(), picture, level))) continue;
			}
			else if (letters.entrySet()
				.stream()
				.anyMatch(e -> isStroke(b, box(e.getValue(), picture, level), e.getKey(),
					isAll(b, e.getValue(), picture, level) ? height : e.getValue().height(), level)))
				continue;
			final double cost = cost(b, words, height, level);
			if (cost == Double.MAX_VALUE || best != null && best.cost <= cost) continue;
			final double thick = b.bottom() - b.top();
			final Quad place =
				level ? new Quad(x, y, b.pixels(), thick, 0) : new Quad(y, x, b.pixels(), thick, -Math.PI / 2);
			best = new Match(line, length, new ScaleBar(length.text(), length.confidence(), length.number(),
				length.unit(), b.pixels(), place, length.quad()), b, cost);
		}
		return Optional.ofNullable(best);
	}

	/** Whether a bar reaches into a box or ends beside it. */
	private static boolean touch(final StraightBars.Bar b, final Bounds box) {
		return b.from() <= box.right() + 1 && b.to() >= box.x() - 1 && b.top() <= box.bottom() + 1
			&& b.bottom() >= box.y() - 1;
	}

	/** Whether a bar is all that there is of a line: it was read as one. */
	private static boolean isAll(final StraightBars.Bar b, final Quad letters, final Rgb picture, final boolean level) {
		final Bounds box = box(letters, picture, level);
		return touch(b, box) && Math.abs(b.from() - box.x()) <= ENDS && Math.abs(b.to() - box.right()) <= ENDS;
	}

	/** Whether a bar may be part of a line's letters. A longer one within its box was taken for a dash. */
	private static boolean isStroke(final StraightBars.Bar b, final Bounds box, final TextLine line,
		final double height, final boolean level)
	{
		return line.text().codePoints().anyMatch(Character::isLetterOrDigit)
			&& b.pixels() <= (level ? LEVEL_STROKE : UPRIGHT_STROKE) * height && b.from() >= box.x() - 1
			&& b.to() <= box.right() + 1 && b.top() >= box.y() - 1 && b.bottom() <= box.bottom() + 1;
	}

	private static Bounds box(final Quad quad, final Rgb picture, final boolean level) {
		if (level) return quad.bounds(picture.width, picture.height);
		final Bounds b = quad.bounds(picture.height, picture.width);
		return new Bounds(b.y(), b.x(), b.height(), b.width());
	}

	/** How badly bar and words go together, in heights of the line; {@code MAX_VALUE} if they do not at all. */
	private static double cost(final StraightBars.Bar b, final Bounds words, final double height, final boolean level) {
		final double dx = Math.max(0, Math.max(words.x() - b.to(), b.from() - words.right())) / height;
		final double dy = Math.max(0, Math.max(words.y() - b.bottom(), b.top() - words.bottom())) / height;
		final double aside;
		if (dx == 0) {
			final double middles = Math.abs(b.from() + b.to() - words.x() - words.right()) / 2;
			aside = Math.min(middles, Math.min(Math.abs(b.from() - words.x()), Math.abs(b.to() - words.right())));
		}
		// An upright one over its text is an error bar.
		else if (dy == 0 && level) aside = Math.abs(b.top() + b.bottom() - words.y() - words.bottom()) / 2.0;
		else return Double.MAX_VALUE;
		if (Math.max(dx, dy) > NEAR || aside > ALIGNED * height) return Double.MAX_VALUE;
		// Of a bar and its outline the bar.
		return dx + dy + 0.5 * aside / height + 0.3 / (b.bottom() - b.top());
	}
}
