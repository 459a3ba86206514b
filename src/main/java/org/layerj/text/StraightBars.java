package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;

/**
 * Finds level bars of one colour: rows of like pixels with equal ends, with another colour all around, that are no
 * dashes, no sides of a frame and no axis with ticks along it.
 */
final class StraightBars {

	/** Shorter ones are dashes, in pixels. */
	static final int SHORTEST = 8;
	/** Largest share of the picture's side. */
	private static final double LONGEST = 0.9;
	/** How much a sample may vary within a row of a bar, levels. */
	private static final int RANGE = 36;
	/** Euclidean distance of colours that are distinguished, levels. */
	private static final double CONTRAST = 40;
	/** How far the ends of a bar's rows may be apart, pixels. */
	private static final int ENDS = 2;
	/** Least share of columns with another colour above and below, on texture; on plain background all. */
	private static final double CLEAR = 0.85;
	/** A background is plain if this share of its pixels is near its median. */
	private static final double PLAIN = 0.95;
	/** What is shorter, in heights of a line, may be a stroke of a letter. */
	private static final double STROKE = 1.5;
	/** How far lines across a bar go on from it, pixels, and their least coverage. */
	private static final int STEM = 4;
	private static final double HALF = 0.4;
	/** Coverage from which a pixel is part of a tick. */
	private static final double COVERED = 0.3;

	/**
	 * A bar.
	 *
	 * @param top first row
	 * @param bottom row after the last
	 * @param from where it starts, to a fraction of a pixel; with end ticks, the middle of the first
	 * @param to where it ends
	 */
	record Bar(int top, int bottom, double from, double to) {

		double pixels() {
			return to - from;
		}
	}

	/** Rows of like runs, one below the other. */
	private static final class Rows {

		private final int top;
		private int bottom;
		private final List<int[]> ends = new ArrayList<>();
		private final double[] colour;
		/** Medians, and whether these rows are a bar; null until they are asked for. */
		private int[] median;
		private Boolean bar;

		Rows(final int y, final int from, final int to, final double[] colour) {
			top = y;
			this.colour = colour;
			add(y, from, to);
		}

		void add(final int y, final int from, final int to) {
			bottom = y + 1;
			ends.add(new int[] { from, to });
			median = null;
		}

		/** A single bright or dark pixel beside the bar may look like its end: the median over the rows. */
		int end(final int k) {
			if (median == null) median = IntStream.range(0, 2)
				.map(j -> ends.stream().mapToInt(e -> e[j]).sorted().toArray()[ends.size() / 2])
				.toArray();
			return median[k];
		}

		int length() {
			return end(1) - end(0);
		}
	}

	private final Rgb picture;
	private final Bounds words;
	private final double height;

	private StraightBars(final Rgb picture, final Bounds words, final double height) {
		this.picture = picture;
		this.words = words;
		this.height = height;
	}

	/**
	 * The bars near some words.
	 *
	 * @param words where these stand
	 * @param height of their letters; bars are no thicker, and their ticks no longer on either side
	 * @param near how many rows above and below the words are looked at
	 * @param beyond how many more rows are looked at for what says that these are none, as the next sample of a legend
	 */
	static List<Bar> near(final Rgb picture, final Bounds words, final double height, final double near,
		final double beyond)
	{
		final StraightBars search = new StraightBars(picture, words, height);
		final int reach = (int) Math.ceil(near + beyond);
		final List<Rows> found =
			search.rows(Math.max(0, words.y() - reach), Math.min(picture.height, words.bottom() + reach));
		final List<Bar> bars = new ArrayList<>();
		for (final Rows r : found) {
			if (r.bottom < words.y() - near - height || r.top > words.bottom() + near + height) continue;
			if (search.isBar(r) && found.stream().noneMatch(o -> o != r && search.isNoBarBeside(r, o)))
				search.measured(r).ifPresent(bars::add);
		}
		return bars;
	}

	private List<Rows> rows(final int top, final int bottom) {
		final List<Rows> all = new ArrayList<>();
		final List<Rows> open = new ArrayList<>();
		for (int y = top; y < bottom; y++) {
			final int row = y;
			open.removeIf(r -> r.bottom < row);
			final int[] least = new int[3];
			final int[] most = new int[3];
			int from = 0;
			for (int x = 0; x <= picture.width; x++) {
				boolean like = x < picture.width && x > from;
				for (int c = 0; c < 3 && like; c++) {
					final int v = sample(c, x, y);
					like = Math.max(most[c], v) - Math.min(least[c], v) <= RANGE;
				}
				if (!like) {
					if (x - from >= SHORTEST) add(all, open, y, from, x);
					from = x;
					if (x == picture.width) break;
					for (int c = 0; c < 3; c++) least[c] = most[c] = sample(c, x, y);
				}
				else for (int c = 0; c < 3; c++) {
					least[c] = Math.min(least[c], sample(c, x, y));
					most[c] = Math.max(most[c], sample(c, x, y));
				}
			}
		}
		return all;
	}

	private void add(final List<Rows> all, final List<Rows> open, final int y, final int from, final int to) {
		final double[] colour = new double[3];
		for (int c = 0; c < 3; c++) {
			for (int x = from + 1; x < to - 1; x++) colour[c] += sample(c, x, y);
			colour[c] /= to - from - 2;
		}
		for (final Rows r : open) {
			final int[] last = r.ends.get(r.ends.size() - 1);
			if (r.bottom != y || Math.abs(last[0] - from) > ENDS || Math.abs(last[1] - to) > ENDS
				|| distance(r.colour, colour) > CONTRAST / 2) continue;
			r.add(y, from, to);
			return;
		}
		final Rows r = new Rows(y, from, to, colour);
		all.add(r);
		open.add(r);
	}

	private int sample(final int plane, final int x, final int y) {
		return picture.planes[plane][y * picture.width + x] & 0xff;
	}

	private double[] at(final int x, final int y) {
		return new double[] { sample(0, x, y), sample(1, x, y), sample(2, x, y) };
	}

	private static double distance(final double[] a, final double[] b) {
		return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
	}

	/** Asked of each pair of rows. */
	private boolean isBar(final Rows r) {
		if (r.bar == null) r.bar = looksLikeBar(r);
		return r.bar;
	}

	private boolean looksLikeBar(final Rows r) {
		final int thick = r.bottom - r.top;
		final int from = r.end(0);
		final int to = r.end(1);
		if (2 * thick > r.length() || thick > height || r.length() > LONGEST * picture.width) return false;
		if (from < 3 || to > picture.width - 3 || r.top < 2 || r.bottom > picture.height - 2) return false;
		// At the ends, ticks.
		final int margin = Math.min(r.length() / 4, thick + 4);
		int clear = 0;
		final List<double[]> background = new ArrayList<>();
		for (int x = from + margin; x < to - margin; x++) {
			final double[] above = farther(r, x, r.top - 1, r.top - 2);
			final double[] below = farther(r, x, r.bottom, r.bottom + 1);
			background.add(above);
			background.add(below);
			// An anti-aliased edge of a bar lies between it and the background, which is no contrast to both sides.
			double same = 0;
			for (int c = 0; c < 3; c++) same += (above[c] - r.colour[c]) * (below[c] - r.colour[c]);
			if (same > 0 && distance(above, r.colour) >= CONTRAST && distance(below, r.colour) >= CONTRAST) clear++;
		}
		final int columns = background.size() / 2;
		if (clear < (isPlain(background) ? columns : CLEAR * columns)) return false;
		for (int x = from + margin; x < to - margin; x++) if (isStem(r, x, -1) || isStem(r, x, 1)) return false;
		for (final int side : new int[] { -1, 1 })
			if (isBent(r, from - 1, -1, side) && isBent(r, to, 1, side)) return false;
		return isEnd(r, from - 1, -1) && isEnd(r, to, 1);
	}

	/** Whether a thin line goes on from here across the bar, as a tick of an axis or the line of an error bar. */
	private boolean isStem(final Rows r, final int x, final int step) {
		final int wide = r.bottom - r.top + 3;
		for (int k = 0, y = step < 0 ? r.top - 1 : r.bottom; k < STEM; k++, y += step) {
			if (y < 0 || y >= picture.height) return false;
			final double[] left = at(Math.max(0, x - wide), y);
			final double[] right = at(Math.min(picture.width - 1, x + wide), y);
			final double[] here = at(x, y);
			if (coverage(here, left, r.colour) < HALF || coverage(here, right, r.colour) < HALF) return false;
			if (distance(left, r.colour) < CONTRAST || distance(right, r.colour) < CONTRAST) return false;
		}
		return true;
	}

	/** Whether the line goes on behind its end on this side of it only, as at the round corner of a frame. */
	private boolean isBent(final Rows r, final int end, final int outwards, final int side) {
		return goesOn(r, end, outwards, side) && !goesOn(r, end, outwards, -side);
	}

	private boolean goesOn(final Rows r, final int end, final int outwards, final int side) {
		for (int k = 1; k <= STEM; k++) for (int j = 1; j <= 2; j++) {
			final int x = end + j * outwards;
			final int y = side < 0 ? r.top - k : r.bottom - 1 + k;
			if (x < 0 || x >= picture.width || y < 0 || y >= picture.height) continue;
			if (2 * distance(at(x, y), r.colour) < distance(r.colour, at((r.end(0) + r.end(1)) / 2, y))) return true;
		}
		return false;
	}

	private double[] farther(final Rows r, final int x, final int y, final int orY) {
		final double[] a = at(x, y);
		final double[] b = at(x, orY);
		return distance(a, r.colour) >= distance(b, r.colour) ? a : b;
	}

	private static boolean isPlain(final List<double[]> background) {
		final double[] median = new double[3];
		for (int c = 0; c < 3; c++) {
			final int plane = c;
			median[c] = background.stream().mapToDouble(g -> g[plane]).sorted().toArray()[background.size() / 2];
		}
		return background.stream().filter(g -> distance(g, median) < CONTRAST / 2).count() >= PLAIN * background.size();
	}

	/** Whether another colour begins here, in most rows. */
	private boolean isEnd(final Rows r, final int x, final int step) {
		int clear = 0;
		for (int y = r.top; y < r.bottom; y++) {
			boolean other = false;
			for (int k = 0; k < 3; k++) other |= distance(at(x + k * step, y), r.colour) >= CONTRAST;
			if (other) clear++;
		}
		return 2 * clear > r.bottom - r.top && !isContinued(r, x, step);
	}

	/**
	 * Whether behind a tick at this end the line goes on, as an axis does: pixels of its colour with another above and
	 * below, over the length of a dash.
	 */
	private boolean isContinued(final Rows r, final int x, final int step) {
		int like = 0;
		for (int k = 0; k < widest(r) + SHORTEST && like < SHORTEST; k++) {
			final int at = x + k * step;
			if (at < 0 || at >= picture.width) return false;
			boolean line = distance(farther(r, at, r.top - 1, r.top - 2), r.colour) >= CONTRAST
				&& distance(farther(r, at, r.bottom, r.bottom + 1), r.colour) >= CONTRAST;
			for (int y = r.top; y < r.bottom; y++) line &= distance(at(at, y), r.colour) < CONTRAST / 2;
			like = line ? like + 1 : 0;
		}
		return like == SHORTEST;
	}

	/**
	 * Whether other rows say that some are no bar: as their edge, as another dash, as a bar of the same chart, or as
	 * another of what has the same ends: sides of a frame, lines between fields, samples of a legend.
	 */
	private boolean isNoBarBeside(final Rows r, final Rows other) {
		if (isEdge(r, other)) return true;
		final int from = Math.abs(r.end(0) - other.end(0));
		final int to = Math.abs(r.end(1) - other.end(1));
		final boolean like = distance(r.colour, other.colour) <= CONTRAST;
		if (Math.max(from, to) <= ENDS) return isApart(r, other) && (like && areWordsBetween(r, other) || isBar(other));
		if (!like) return false;
		if (other.top < r.bottom && r.top < other.bottom) {
			final int gap = Math.max(other.end(0) - r.end(1), r.end(0) - other.end(1));
			return Math.abs(r.length() - other.length()) <= ENDS && gap > 0 && gap <= r.length();
		}
		return Math.min(from, to) <= ENDS && Math.abs(r.bottom - r.top - other.bottom + other.top) <= 1
			&& other.length() > STROKE * height && isApart(r, other) && isBar(other);
	}

	private boolean isApart(final Rows r, final Rows other) {
		return Math.max(r.top, other.top) - Math.min(r.bottom, other.bottom) > height / 2;
	}

	private boolean areWordsBetween(final Rows r, final Rows other) {
		return Math.min(r.top, other.top) <= words.y() + height / 4
			&& Math.max(r.bottom, other.bottom) >= words.bottom() - height / 4;
	}

	/**
	 * Whether rows are the anti-aliased edge of others that touch them: of a colour between these and the background,
	 * so that sides of a frame and ticks, which are of the others' colour, are not seen to go on from them.
	 */
	private boolean isEdge(final Rows r, final Rows other) {
		final boolean below = other.top == r.bottom;
		if (!below && other.bottom != r.top || other.end(0) > r.end(0) + ENDS || other.end(1) < r.end(1) - ENDS)
			return false;
		final int x = (r.end(0) + r.end(1)) / 2;
		final double[] background = at(x, below ? r.top - 1 : r.bottom);
		double along = 0;
		for (int c = 0; c < 3; c++) along += (r.colour[c] - background[c]) * (other.colour[c] - background[c]);
		return along > 0 && distance(other.colour, background) > distance(r.colour, background);
	}

	/** From where to where; empty if what stands at the ends is too long for ticks. */
	private Optional<Bar> measured(final Rows r) {
		final int[] first = reach(r, r.end(0), 1);
		final int[] last = reach(r, r.end(1) - 1, -1);
		final int longest = Math.max(Math.max(first[0], first[1]), Math.max(last[0], last[1]));
		if (longest > height || isSide(r, first) || isSide(r, last)) return Optional.empty();
		final double from = edge(r, r.end(0), -1);
		final double to = edge(r, r.end(1) - 1, 1);
		if (first[0] + first[1] >= 2 && last[0] + last[1] >= 2) {
			final double a = tick(r, r.end(0), 1, first);
			final double b = tick(r, r.end(1) - 1, -1, last);
			if (!Double.isNaN(a) && !Double.isNaN(b)) return Optional.of(new Bar(r.top, r.bottom, a, b));
		}
		return Optional.of(new Bar(r.top, r.bottom, from, to));
	}

	/** Whether what stands at an end of a line above or below the words goes on beside them, as a frame does. */
	private boolean isSide(final Rows r, final int[] reach) {
		if (r.end(1) <= words.x() || r.end(0) >= words.right()) return false;
		final double middle = words.y() + words.height() / 2.0;
		if (Math.abs((r.top + r.bottom) / 2.0 - middle) < words.height() / 4.0) return false;
		return r.bottom <= middle ? r.bottom + reach[1] > middle : r.top - reach[0] < middle;
	}

	/** How many rows above and below a bar have its colour at one end. */
	private int[] reach(final Rows r, final int end, final int inwards) {
		final int[] out = new int[2];
		final int beside = Math.max(0, Math.min(picture.width - 1, end + (widest(r) + 1) * inwards));
		for (int side = 0; side < 2; side++) {
			int y = side == 0 ? r.top - 1 : r.bottom;
			while (y >= 0 && y < picture.height && out[side] <= height + 1) {
				boolean like = false;
				for (int k = -1; k <= 2; k++) like |= isOf(at(end + k * inwards, y), at(beside, y), r.colour);
				if (!like) break;
				out[side]++;
				y += side == 0 ? -1 : 1;
			}
		}
		return out;
	}

	/** Whether a pixel has a colour; or some of it, or more than it: a line thinner than two pixels is blends. */
	private static boolean isOf(final double[] seen, final double[] background, final double[] colour) {
		if (distance(seen, colour) < CONTRAST) return true;
		final double part = part(seen, background, colour);
		if (part < HALF || distance(background, colour) < CONTRAST) return false;
		final double[] mixed = new double[3];
		for (int c = 0; c < 3; c++) mixed[c] = background[c] + part * (colour[c] - background[c]);
		return distance(seen, mixed) < CONTRAST;
	}

	/** How wide an end tick may be. */
	private static int widest(final Rows r) {
		return Math.max(4, 2 * (r.bottom - r.top));
	}

	/** Where a bar ends: its last pixel and two more, each as far as it is covered. */
	private double edge(final Rows r, final int end, final int outwards) {
		final double[] background = new double[3];
		final double[][] seen = new double[3][3];
		final int rows = r.bottom - r.top;
		for (int y = r.top; y < r.bottom; y++) for (int c = 0; c < 3; c++) {
			for (int k = 0; k < 3; k++) seen[k][c] += (double) sample(c, end + k * outwards, y) / rows;
			background[c] += (double) sample(c, end + 3 * outwards, y) / rows;
		}
		double covered = 0;
		for (int k = 0; k < 3; k++) {
			final double part = coverage(seen[k], background, r.colour);
			// Of a pixel that is nearly all background, noise.
			if (part < 0.1) break;
			covered += part;
		}
		return outwards > 0 ? end + covered : end + 1 - covered;
	}

	private static double coverage(final double[] seen, final double[] background, final double[] colour) {
		return Math.max(0, Math.min(1, part(seen, background, colour)));
	}

	/** How far what is seen lies from the background, 0, to the colour, 1, or beyond. */
	private static double part(final double[] seen, final double[] background, final double[] colour) {
		double along = 0;
		double all = 0;
		for (int c = 0; c < 3; c++) {
			along += (seen[c] - background[c]) * (colour[c] - background[c]);
			all += (colour[c] - background[c]) * (colour[c] - background[c]);
		}
		return all == 0 ? 0 : along / all;
	}

	/** The middle of an end tick; NaN if it is too wide for one. */
	private double tick(final Rows r, final int end, final int inwards, final int[] reach) {
		final int wide = widest(r);
		final double[][] seen = new double[wide + 4][3];
		int rows = 0;
		// The row beside the bar holds some of the bar, too; short ticks have no other.
		final int beside = Math.max(reach[0], reach[1]) > 1 ? 1 : 0;
		for (int side = 0; side < 2; side++) for (int k = beside; k < reach[side]; k++) {
			final int y = side == 0 ? r.top - 1 - k : r.bottom + k;
			rows++;
			for (int j = 0; j < seen.length; j++) {
				final int x = Math.max(0, Math.min(picture.width - 1, end + (j - 2) * inwards));
				for (int c = 0; c < 3; c++) seen[j][c] += sample(c, x, y);
			}
		}
		if (rows == 0) return Double.NaN;
		for (final double[] s : seen) for (int c = 0; c < 3; c++) s[c] /= rows;
		double sum = 0;
		double weighted = 0;
		boolean ended = false;
		for (int j = 0; j < seen.length; j++) {
			final double part = coverage(seen[j], seen[seen.length - 1], r.colour);
			if (part < COVERED / 3 && sum >= COVERED) ended = true;
			if (ended || part < COVERED / 3) continue;
			sum += part;
			weighted += part * (end + (j - 2) * inwards + 0.5);
		}
		return ended && sum <= wide ? weighted / sum : Double.NaN;
	}
}
