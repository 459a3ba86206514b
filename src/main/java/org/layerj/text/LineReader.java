package org.layerj.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.layerj.common.Progress;

/** Reads the lines of a picture: cuts them out, turned upright, and has the recogniser read many at once. */
final class LineReader {

	/**
	 * A box so much higher than wide may stand on end, and is read upwards and downwards, too; so much higher, it
	 * surely does.
	 */
	private static final double MAYBE_ON_END = 1.15;
	private static final double ON_END = 2;
	/** Widest picture of a line that is read at once; a longer line is squeezed. */
	private static final int WIDEST = 2400;
	/** So much more per character must a reading in another direction be worth. */
	private static final double CLEARLY = 0.03;
	/** Columns that go through the recogniser at once. */
	private static final int AT_ONCE = 6000;
	/**
	 * Narrowest picture of a line: the recogniser was taught with wide ones, and is less sure of a letter alone in a
	 * narrow one.
	 */
	private static final int NARROWEST = 160;
	/** Below this mean confidence a line is no text; a line of so few characters must be surer. */
	private static final double TEXT = 0.65;
	private static final double SHORT = 0.7;
	private static final int FEW = 2;
	private static final double AGREED = 0.85;
	/** What is no word of its own at the end of a line. */
	private static final Set<String> STROKES = Set.of("-", "–", "—", "−", "_", "|", "~", ".", "'");
	/**
	 * How much more than a line its parts must be worth to be kept instead; parts that share a letter count it twice.
	 */
	private static final double PARTS = 1.25;
	/** Confidence of a character that is as good as a guess. */
	private static final double GUESS = 0.7;
	/** Of readings that share so much of the smaller one's box, one is kept. */
	private static final double SHARED = 0.4;
	/**
	 * Least width of a space as a share of the letters' height, between number and unit or beside a sign, and
	 * elsewhere; most letter in a column that counts as empty, and in one that surely is.
	 */
	private static final double SPACE = 0.27;
	private static final double SPACE_ELSEWHERE = 0.36;
	private static final float EMPTY = 0.3f;
	private static final float FAINT = 0.1f;
	/** How far from its middle a character's pixels may be, as a share of the letters' height. */
	private static final double MISPLACED = 0.2;
	/** Height of a capital over that of a small letter without ascender, in usual fonts. */
	private static final double CAPITAL = 1.4;
	/** A superscript ends so much of a letter's height above where the letter ends, and is so much of it high. */
	private static final double RAISED = 0.3;
	private static final double SMALLER = 0.85;

	/** What is empty around letters that are read without a bar, in their height; how much less sure they may be. */
	private static final double AROUND = 0.2;
	private static final double LESS_SURE = 0.1;
	private static final Pattern LENGTH = Pattern.compile("[\\d.,]+ ?(?:[nµμuckmp]?m|[AÅ]|\u212B)");

	private final TextRecogniser recogniser;
	private final Rgb picture;
	private final LineMattes mattes;

	LineReader(final TextRecogniser recogniser, final LineMattes mattes) {
		this.recogniser = recogniser;
		this.mattes = mattes;
		picture = mattes.picture();
	}

	/** A line as it was read in one direction. */
	private record Reading(Quad quad, List<TextRecogniser.Glyph> glyphs, double scale) {

		/** Mean over what is visible: a space is never sure. */
		double confidence() {
			return glyphs.stream()
				.filter(g -> g.character() != ' ')
				.mapToDouble(TextRecogniser.Glyph::confidence)
				.average()
				.orElse(0);
		}

		String text() {
			return glyphs.stream().map(TextRecogniser.Glyph::text).collect(Collectors.joining()).strip();
		}

		/** Number of characters but spaces. */
		long visible() {
			return glyphs.stream().filter(g -> g.character() != ' ').count();
		}

		/**
		 * How much text was read, and how surely: each character counts for what it is surer than a guess, so that half
		 * a line is worth less than a whole one.
		 */
		double worth() {
			return glyphs.stream().filter(g -> g.character() != ' ').mapToDouble(g -> g.confidence() - GUESS).sum();
		}

		boolean covers(final Reading other) {
			return covers(other.quad);
		}

		boolean covers(final Quad other) {
			return quad.overlap(other) > SHARED * Math.min(quad.area(), other.area());
		}
	}

	/** The lines of these boxes; boxes without text give none, and of those that cover one another one at most. */
	List<TextLine> read(final List<Quad> boxes, final Progress watch) {
		final List<Reading> first = best(boxes.stream().map(LineReader::directions).toList(), watch, 0, 0.7).stream()
			.flatMap(Optional::stream)
			.filter(r -> r.confidence() >= (r.visible() <= FEW ? SHORT : TEXT)
				&& r.glyphs().stream().anyMatch(g -> Characters.isText(g.character())))
			.toList();
		final List<Reading> sure = new ArrayList<>(confirmed(first, watch));
		sure.sort(Comparator.comparingDouble(Reading::worth)
			.reversed()
			.thenComparingDouble(r -> r.quad().y())
			.thenComparingDouble(r -> r.quad().x()));
		final List<Reading> kept = new ArrayList<>();
		for (final Reading r : sure) {
			if (kept.stream().noneMatch(r::covers) && partsWorth(r, sure) <= PARTS * r.worth()) kept.add(r);
		}
		final List<Reading> all = new ArrayList<>(withoutBars(kept, watch));
		for (final Reading r : lengths(boxes.stream().filter(b -> all.stream().noneMatch(a -> a.covers(b))).toList(),
			watch)) if (all.stream().noneMatch(r::covers)) all.add(r);
		return longer(all, watch).stream().flatMap(r -> line(r).stream()).toList();
	}

	/**
	 * What the smaller readings under one are worth together, if there are several that do not cover one another: two
	 * labels that were taken for a line.
	 */
	private static double partsWorth(final Reading whole, final List<Reading> all) {
		final List<Reading> parts = new ArrayList<>();
		for (final Reading r : all) {
			if (r != whole && r.worth() > 0 && r.quad().area() < whole.quad().area() && whole.covers(r)
				&& parts.stream().noneMatch(r::covers)) parts.add(r);
		}
		return parts.size() < 2 ? 0 : parts.stream().mapToDouble(Reading::worth).sum();
	}

	/**
	 * Reads those with a number again that may have a bar in their box, without it: it is read as a letter or sign,
	 * turns the box, and digits look raised beside it. Only a length alone is taken for better.
	 */
	private List<Reading> withoutBars(final List<Reading> readings, final Progress watch) {
		final List<List<Quad>> boxes = readings.stream().map(r -> {
			final String text = r.text();
			if (text.codePoints().noneMatch(Character::isDigit)) return List.<Quad> of();
			final Quad level = r.quad().level();
			if (LENGTH.matcher(text).matches() && !level.equals(r.quad())) return List.<Quad> of();
			final Quad box = mattes.of(level).letters();
			return box.equals(level) ? List.<Quad> of() : List.of(box.grown(AROUND * box.height()));
		}).toList();
		final List<Optional<Reading>> again = best(boxes, watch, 0.9, 0.95);
		final List<Reading> out = new ArrayList<>();
		for (int k = 0; k < readings.size(); k++) {
			final Reading r = readings.get(k);
			out.add(again.get(k)
				.filter(a -> LENGTH.matcher(a.text()).matches() && a.confidence() >= r.confidence() - LESS_SURE)
				.orElse(r));
		}
		return out;
	}

	/** Lengths in boxes that hold a bar, too: with one above or below the letters they are not read as a line. */
	private List<Reading> lengths(final List<Quad> boxes, final Progress watch) {
		final List<List<Quad>> letters = boxes.stream().map(Quad::level).map(level -> {
			final LineMattes.Measured line = mattes.of(level);
			final Quad box = line.letters();
			return line.hasBar() ? List.of(box.grown(AROUND * box.height())) : List.<Quad> of();
		}).toList();
		return best(letters, watch, 0.9, 0.95).stream()
			.flatMap(Optional::stream)
			.filter(r -> r.confidence() >= TEXT && LENGTH.matcher(r.text()).matches())
			.toList();
	}

	/** Reads those again whose letters go on at an end of their box, in a box that is longer there. */
	private List<Reading> longer(final List<Reading> readings, final Progress watch) {
		final List<List<Quad>> more = readings.stream().map(r -> {
			final float[] profile = mattes.of(r.quad()).matte().profile();
			final double by = 0.7 * r.quad().height();
			final double from = profile[0] > EMPTY ? -by : 0;
			final double to = r.quad().width() + (profile[profile.length - 1] > EMPTY ? by : 0);
			return from < 0 || to > r.quad().width() ? List.of(r.quad().part(from, to)) : List.<Quad> of();
		}).toList();
		final List<Optional<Reading>> again = best(more, watch, 0.95, 1);
		final List<Reading> out = new ArrayList<>();
		for (int k = 0; k < readings.size(); k++) {
			final Reading r = readings.get(k);
			// The same and something more, or it is another thing that stands there.
			out.add(again.get(k).filter(a -> a.text().contains(r.text()) && a.worth() > r.worth()).orElse(r));
		}
		return out;
	}

	/**
	 * Without those readings of a character or two that change when their box is a little larger or smaller: a bend or
	 * a crossing looks like a letter only by chance.
	 */
	private List<Reading> confirmed(final List<Reading> readings, final Progress watch) {
		final List<Reading> few = readings.stream().filter(r -> r.visible() <= FEW).toList();
		final List<Optional<Reading>> larger =
			best(few.stream().map(r -> List.of(r.quad().grown(0.1 * r.quad().height()))).toList(), watch, 0.7, 0.8);
		final List<Optional<Reading>> smaller =
			best(few.stream().map(r -> List.of(r.quad().grown(-0.06 * r.quad().height()))).toList(), watch, 0.8, 0.9);
		final List<Reading> out = new ArrayList<>(readings);
		for (int k = 0; k < few.size(); k++) {
			final String text = few.get(k).text();
			final double confidence =
				few.get(k).confidence() + confidence(larger.get(k), text) + confidence(smaller.get(k), text);
			if (confidence < 3 * AGREED) out.remove(few.get(k));
		}
		return out;
	}

	private static double confidence(final Optional<Reading> reading, final String text) {
		return reading.filter(r -> r.text().equals(text)).map(Reading::confidence).orElse(Double.NEGATIVE_INFINITY);
	}

	/**
	 * The better of two readings: the second must be clearly so, as round digits and letters look alike in all
	 * directions.
	 */
	private static Optional<Reading> better(final Optional<Reading> a, final Optional<Reading> b) {
		if (a.isEmpty() || b.isEmpty()) return a.isPresent() ? a : b;
		return a.get().worth() + CLEARLY * a.get().visible() >= b.get().worth() ? a : b;
	}

	private static List<Quad> directions(final Quad box) {
		final double shape = box.height() / box.width();
		if (shape > ON_END) return List.of(box.turned(-1), box.turned(1));
		return shape > MAYBE_ON_END ? List.of(box, box.turned(-1), box.turned(1)) : List.of(box);
	}

	/** The best reading among the quads of each list; none where there are no quads or no glyphs. */
	private List<Optional<Reading>> best(final List<List<Quad>> lists, final Progress watch, final double from,
		final double to)
	{
		record Job(int list, Quad quad, int width) {}
		final Map<Integer, List<Job>> byWidth = new HashMap<>();
		int jobs = 0;
		for (int k = 0; k < lists.size(); k++) for (final Quad q : lists.get(k)) {
			final int width = columns(q);
			byWidth.computeIfAbsent(width, w -> new ArrayList<>()).add(new Job(k, q, width));
			jobs++;
		}
		final List<Optional<Reading>> best = new ArrayList<>();
		for (int k = 0; k < lists.size(); k++) best.add(Optional.empty());
		int done = 0;
		for (final List<Job> same : byWidth.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
			.map(Map.Entry::getValue)
			.toList())
		{
			final int width = same.get(0).width();
			final int batch = Math.max(1, AT_ONCE / width);
			for (int start = 0; start < same.size(); start += batch) {
				watch.check();
				final List<Job> some = same.subList(start, Math.min(same.size(), start + batch));
				final List<byte[]> pictures =
					some.stream().map(j -> picture.line(j.quad(), width, TextRecogniser.HEIGHT)).toList();
				final List<List<TextRecogniser.Glyph>> read = recogniser.read(pictures, width);
				for (int i = 0; i < some.size(); i++) {
					final Job job = some.get(i);
					if (read.get(i).isEmpty()) continue;
					best.set(job.list(), better(best.get(job.list()),
						Optional.of(new Reading(job.quad(), read.get(i), scale(job.quad())))));
				}
				done += some.size();
				watch.update(from + (to - from) * done / jobs, "");
			}
		}
		return best;
	}

	/** Pixels of the picture to a column of the line's picture. */
	private static double scale(final Quad q) {
		return Math.max(q.height() / TextRecogniser.HEIGHT, q.width() / WIDEST);
	}

	/** Width of a line's picture; few different ones, so that many lines are read at once. */
	private static int columns(final Quad q) {
		final double needed = Math.max(NARROWEST, q.width() / scale(q));
		final int step = needed < 320 ? 32 : needed < 960 ? 64 : 160;
		return (int) Math.ceil(needed / step) * step;
	}

	// -- Lines and words --

	/**
	 * A visible character: how far along the line its middle is, in pixels of the matte, and whether the recogniser
	 * read a space before it.
	 */
	private record Placed(int character, double confidence, double at, boolean behindSpace) {}

	private Optional<TextLine> line(final Reading reading) {
		final LineMattes.Measured measured = mattes.of(reading.quad());
		final LineMatte matte = measured.matte();
		final double step = reading.scale() * measured.scale();
		final List<Placed> placed = new ArrayList<>();
		boolean space = false;
		for (final TextRecogniser.Glyph g : Characters.asShown(reading.glyphs())) {
			if (g.character() != ' ') placed.add(new Placed(g.character(), g.confidence(), g.column() * step, space));
			space = g.character() == ' ';
		}
		if (placed.isEmpty()) return Optional.empty();
		// What is no letter by its pixels, as an arrow's head or a texture, can be read as one by chance.
		if (placed.size() <= FEW && matte.isEmpty()) return Optional.empty();
		final Gap[] gaps = gaps(placed, matte.profile());
		raise(placed, gaps, matte);
		final double[] breaks = breaks(placed, gaps, matte);
		final List<TextWord> words = new ArrayList<>();
		double from = 0;
		for (int k = 0, first = 0; k < placed.size(); k++) {
			if (k + 1 < placed.size() && breaks[k + 1] < 0) continue;
			final double to = k + 1 < placed.size() ? breaks[k + 1] : matte.quad.width();
			words.add(word(placed.subList(first, k + 1), matte.tight(from, to).scaled(1 / measured.scale())));
			from = to;
			first = k + 1;
		}
		// A tick or an axis beside a number; a dash before one may be its sign.
		while (words.size() > 1 && STROKES.contains(words.get(words.size() - 1).text())) words.remove(words.size() - 1);
		while (words.size() > 1 && STROKES.contains(words.get(0).text()) && !words.get(0).text().matches("[-–—−]"))
			words.remove(0);
		final String text = words.stream().map(TextWord::text).collect(Collectors.joining(" "));
		final double confidence = placed.stream().mapToDouble(Placed::confidence).average().orElse(0);
		return Optional.of(new TextLine(text, confidence, reading.quad(), Characters.script(text), words));
	}

	/** What is empty between two characters: how much, and where its middle is. */
	private record Gap(double width, double middle) {}

	/** The gap before each character; before the first one the start of the box. */
	private static Gap[] gaps(final List<Placed> placed, final float[] profile) {
		final Gap[] out = new Gap[placed.size()];
		out[0] = new Gap(0, 0);
		for (int k = 1; k < out.length; k++) {
			out[k] = new Gap(0, (placed.get(k - 1).at() + placed.get(k).at()) / 2);
			// The widest empty stretch between the middles of the two; of the pixels at its ends the part that is
			// empty.
			final int to = (int) Math.min(profile.length, Math.ceil(placed.get(k).at()));
			for (int u = (int) Math.max(0, placed.get(k - 1).at()), start = -1; u <= to; u++) {
				final boolean empty = u < to && profile[u] < EMPTY;
				if (empty && start < 0) start = u;
				if (empty || start < 0) continue;
				final double next = k + 1 < placed.size() ? placed.get(k + 1).at() : profile.length;
				if (u == to && !goesOn(profile, to, next)) break;
				// A stroke that covers some of the first pixel goes on behind it.
				final int first = profile[start] > FAINT ? start : Math.max(0, start - 1);
				final int last = profile[u - 1] > FAINT ? u - 1 : Math.min(profile.length - 1, u);
				double width = 0;
				for (int v = first; v <= last; v++) width += 1 - profile[v];
				if (width > out[k].width()) out[k] = new Gap(width, (u + start) / 2.0);
				start = -1;
			}
		}
		return out;
	}

	/** Whether there is any letter from one place to another: one without pixels, cut off by the box, ends no gap. */
	private static boolean goesOn(final float[] profile, final int from, final double to) {
		for (int u = from; u < Math.min(profile.length, to); u++) if (profile[u] >= EMPTY) return true;
		return false;
	}

	/**
	 * Where a word begins, for each character that begins one: the middle of the gap before it; −1 for the others.
	 * <p>
	 * The recogniser swallows spaces at times, before signs and units above all. So a gap as wide as a space counts
	 * too, unless the line is Chinese, Japanese or Korean, which has such gaps within words.
	 */
	private static double[] breaks(final List<Placed> placed, final Gap[] gaps, final LineMatte matte) {
		final int n = placed.size();
		final float[] profile = matte.profile();
		final double[] sorted = Arrays.stream(gaps).skip(1).mapToDouble(Gap::width).sorted().toArray();
		final double usual = n < 3 ? 0 : sorted[(n - 1) / 4];
		// Of a capital, where only small letters show how high the line is.
		final double height = matte.tight(0, Double.MAX_VALUE).height()
			* (placed.stream().allMatch(p -> Characters.isLow(p.character())) ? CAPITAL : 1);
		final boolean gapsCount = placed.stream().noneMatch(p -> Characters.isEastAsian(p.character()));
		final double[] out = new double[n];
		Arrays.fill(out, -1);
		for (int k = 1; k < n; k++) {
			// µ is the beginning of a unit.
			if (!placed.get(k).behindSpace() && placed.get(k - 1).character() == 'µ') continue;
			// Elsewhere spaces are hardly ever swallowed, and thin characters have wide gaps.
			final boolean likely = Characters.spaceIsLikely(placed.get(k - 1).character(), placed.get(k).character());
			final double wide = likely ? Math.max(SPACE * height, 1.6 * usual + 0.5)
				: Math.max(SPACE_ELSEWHERE * height, 2 * usual + 0.8);
			final boolean seen = gapsCount && gaps[k].width() > wide && !belongs(placed, k)
				&& isSeen(placed.get(k - 1), profile, height) && isSeen(placed.get(k), profile, height);
			if (placed.get(k).behindSpace() || seen) out[k] = gaps[k].middle();
		}
		return out;
	}

	/** Whether a character is never the first of a word: a point or comma, and what follows one within a number. */
	private static boolean belongs(final List<Placed> placed, final int k) {
		if (isPoint(placed.get(k).character())) return true;
		return k > 1 && isPoint(placed.get(k - 1).character()) && Character.isDigit(placed.get(k - 2).character())
			&& Character.isDigit(placed.get(k).character());
	}

	private static boolean isPoint(final int c) {
		return c == '.' || c == ',';
	}

	/** Whether there are pixels where a character is: beside one of which there are none, any gap is too wide. */
	private static boolean isSeen(final Placed p, final float[] profile, final double height) {
		final int from = (int) Math.max(0, p.at() - MISPLACED * height);
		for (int u = from; u < Math.min(profile.length, p.at() + MISPLACED * height); u++)
			if (profile[u] >= EMPTY) return true;
		return false;
	}

	/**
	 * Makes superscripts of digits right behind a letter or number that stand clearly higher than it and are smaller:
	 * in small type they are read as plain ones.
	 */
	private static void raise(final List<Placed> placed, final Gap[] gaps, final LineMatte matte) {
		for (int k = 1, base = 0; k < placed.size(); k++) {
			final Placed p = placed.get(k);
			if (!p.behindSpace() && p.character() >= '0' && p.character() <= '9'
				&& Character.isLetterOrDigit(placed.get(base).character()))
			{
				final double[] digit =
					matte.rows(gaps[k].middle(), k + 1 < gaps.length ? gaps[k + 1].middle() : Double.MAX_VALUE);
				final double[] before = matte.rows(gaps[base].middle(), gaps[base + 1].middle());
				final double height = before[1] - before[0];
				// Not what stands before it alone: a bar there is as high as it likes.
				if (before[1] - digit[1] > RAISED * height && digit[1] - digit[0] < SMALLER * height
					&& foot(placed, gaps, matte, k) - digit[1] > RAISED * (digit[1] - digit[0]))
				{
					placed.set(k, new Placed(Characters.SUPERSCRIPTS.codePointAt(p.character() - '0'), p.confidence(),
						p.at(), false));
					continue;
				}
			}
			base = k;
		}
	}

	/** Where the letter behind a place that ends highest does so; infinitely low if there is none. */
	private static double foot(final List<Placed> placed, final Gap[] gaps, final LineMatte matte, final int k) {
		double foot = Double.MAX_VALUE;
		for (int j = k + 1; j < placed.size(); j++) if (Character.isLetter(placed.get(j).character())) {
			final double[] rows =
				matte.rows(gaps[j].middle(), j + 1 < gaps.length ? gaps[j + 1].middle() : Double.MAX_VALUE);
			if (rows[1] >= rows[0]) foot = Math.min(foot, rows[1]);
		}
		return foot;
	}

	private static TextWord word(final List<Placed> glyphs, final Quad quad) {
		final StringBuilder text = new StringBuilder();
		glyphs.forEach(g -> text.appendCodePoint(g.character()));
		return new TextWord(text.toString(), glyphs.stream().mapToDouble(Placed::confidence).average().orElse(0), quad,
			Characters.script(text.toString()));
	}
}
