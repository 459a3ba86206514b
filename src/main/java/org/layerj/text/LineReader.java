package org.layerj.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.layers.NativeSize;

/** Reads the lines of a picture: cuts them out, turned upright, and has the recogniser read many at once. */
final class LineReader {

	/** A box so much higher than wide stands on end, and is read upwards and downwards. */
	private static final double ON_END = 1.4;
	/** Widest picture of a line that is read at once; a longer line is squeezed. */
	private static final int WIDEST = 2400;
	/** Columns that go through the recogniser at once. */
	private static final int AT_ONCE = 6000;
	/** Columns behind a line's end, so that its last letter is not at the edge. */
	private static final int BEHIND = 16;
	/** Below this mean confidence a line is no text; a line of a character or two must be surer. */
	private static final double TEXT = 0.6;
	private static final double SHORT = 0.8;
	/** Below this, other boxes in the same place are tried. */
	private static final double DOUBT = 0.85;

	private final TextRecogniser recogniser;
	private final Rgb picture;

	LineReader(final TextRecogniser recogniser, final Rgb picture) {
		this.recogniser = recogniser;
		this.picture = picture;
	}

	/** A line as it was read in one direction. */
	private record Reading(Quad quad, List<TextRecogniser.Glyph> glyphs, double scale) {

		double confidence() {
			return glyphs.stream().mapToDouble(TextRecogniser.Glyph::confidence).average().orElse(0);
		}

		/** Longer readings of the same certainty are better: half a line reads as well as a whole one. */
		double worth() {
			return confidence() - 0.15 / (1 + glyphs.size());
		}
	}

	List<TextLine> read(final List<TextFinder.Candidate> candidates, final NativeSize.Watch watch) {
		final List<Optional<Reading>> best = best(candidates.stream().map(c -> directions(c.quad())).toList(), watch, 0, 0.8);
		// A second look where the first one is in doubt.
		final List<List<Quad>> again = new ArrayList<>();
		for (int k = 0; k < candidates.size(); k++) {
			final boolean doubt = best.get(k).map(Reading::confidence).orElse(0.0) < DOUBT;
			again.add(doubt ? candidates.get(k).others().stream().limit(2).flatMap(q -> directions(q).stream()).toList() : List.of());
		}
		final List<Optional<Reading>> second = best(again, watch, 0.8, 1);
		final List<TextLine> lines = new ArrayList<>();
		for (int k = 0; k < candidates.size(); k++) {
			final Optional<Reading> reading = better(best.get(k), second.get(k));
			reading.filter(LineReader::isText).flatMap(LineReader::line).ifPresent(lines::add);
		}
		return lines;
	}

	private static Optional<Reading> better(final Optional<Reading> a, final Optional<Reading> b) {
		if (a.isEmpty() || b.isEmpty()) return a.isPresent() ? a : b;
		return a.get().worth() >= b.get().worth() ? a : b;
	}

	private static List<Quad> directions(final Quad box) {
		return box.height() > ON_END * box.width() ? List.of(box.turned(-1), box.turned(1)) : List.of(box);
	}

	private static boolean isText(final Reading r) {
		final long visible = r.glyphs().stream().filter(g -> g.character() != ' ').count();
		return visible > 0 && r.confidence() >= (visible < 3 ? SHORT : TEXT);
	}

	/** The best reading among the quads of each list; none where there are no quads or no glyphs. */
	private List<Optional<Reading>> best(final List<List<Quad>> lists, final NativeSize.Watch watch, final double from, final double to) {
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
		for (final List<Job> same : byWidth.entrySet().stream().sorted(Map.Entry.comparingByKey(Comparator.naturalOrder())).map(Map.Entry::getValue).toList()) {
			final int width = same.get(0).width();
			final int batch = Math.max(1, AT_ONCE / width);
			for (int start = 0; start < same.size(); start += batch) {
				watch.check();
				final List<Job> some = same.subList(start, Math.min(same.size(), start + batch));
				final List<byte[]> pictures = some.stream().map(j -> picture.line(j.quad(), width, TextRecogniser.HEIGHT)).toList();
				final List<List<TextRecogniser.Glyph>> read = recogniser.read(pictures, width);
				for (int i = 0; i < some.size(); i++) {
					final Job job = some.get(i);
					if (read.get(i).isEmpty()) continue;
					best.set(job.list(), better(best.get(job.list()), Optional.of(new Reading(job.quad(), read.get(i), scale(job.quad())))));
				}
				done += some.size();
				watch.done(from + (to - from) * done / jobs);
			}
		}
		return best;
	}

	/** Pixels of the picture to a column of the line's picture. */
	private static double scale(final Quad q) {
		return Math.max(q.height() / TextRecogniser.HEIGHT, q.width() / (WIDEST - BEHIND));
	}

	/** Width of a line's picture; few different ones, so that many lines are read at once. */
	private static int columns(final Quad q) {
		final double needed = q.width() / scale(q) + BEHIND;
		final int step = needed < 320 ? 32 : needed < 960 ? 64 : 160;
		return (int) Math.ceil(needed / step) * step;
	}

	// -- Lines and words --

	private static Optional<TextLine> line(final Reading reading) {
		final List<TextRecogniser.Glyph> glyphs = Characters.asShown(reading.glyphs());
		final List<TextWord> words = new ArrayList<>();
		final double pitch = glyphs.size() < 2 ? TextRecogniser.HEIGHT * 0.6 : (glyphs.get(glyphs.size() - 1).column() - glyphs.get(0).column()) / (glyphs.size() - 1);
		for (int k = 0; k < glyphs.size();) {
			if (glyphs.get(k).character() == ' ') {
				k++;
				continue;
			}
			final int first = k;
			while (k < glyphs.size() && glyphs.get(k).character() != ' ') k++;
			// Up to the middle of the gap, but not beyond the box.
			final double from = first == 0 ? 0 : between(glyphs, first - 1, first, pitch);
			final double to = k == glyphs.size() ? reading.quad().width() / reading.scale() : between(glyphs, k, k - 1, pitch);
			words.add(word(glyphs.subList(first, k), reading.quad().part(Math.max(0, from * reading.scale()), Math.min(reading.quad().width(), to * reading
				.scale()))));
		}
		if (words.isEmpty()) return Optional.empty();
		final StringBuilder text = new StringBuilder();
		double sum = 0;
		int count = 0;
		for (final TextWord w : words) {
			text.append(text.isEmpty() ? "" : " ").append(w.text());
			final int n = w.text().codePointCount(0, w.text().length());
			sum += n * w.confidence();
			count += n;
		}
		final UnicodeScript script = Characters.script(text.toString());
		return Optional.of(new TextLine(text.toString(), sum / count, reading.quad(), script, words));
	}

	/** Where a word ends: a little beyond its outer letter, towards a space. */
	private static double between(final List<TextRecogniser.Glyph> glyphs, final int space, final int letter, final double pitch) {
		final double middle = (glyphs.get(space).column() + glyphs.get(letter).column()) / 2;
		final double reach = glyphs.get(letter).column() + Math.signum(glyphs.get(space).column() - glyphs.get(letter).column()) * pitch;
		return space < letter ? Math.max(middle, reach) : Math.min(middle, reach);
	}

	private static TextWord word(final List<TextRecogniser.Glyph> glyphs, final Quad quad) {
		final StringBuilder text = new StringBuilder();
		glyphs.forEach(g -> text.appendCodePoint(g.character()));
		return new TextWord(text.toString(), glyphs.stream().mapToDouble(TextRecogniser.Glyph::confidence).average().orElse(0), quad, Characters.script(text.toString()));
	}
}
