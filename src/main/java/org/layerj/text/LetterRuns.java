package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Letters of a level line as connected columns of its pixels, and where they are without a bar above, below or beside
 * them that the line's box holds, too.
 */
final class LetterRuns {

	/** Solid pixels of letters. */
	private static final float SOLID = 0.5f;
	/** Lines that are turned farther, in radians, are not looked at. */
	private static final double LEVEL = 0.1;
	/**
	 * What is so many times as high as the letters is no letter, nor what has so little of their height and is long, or
	 * has it between its ends and is so many times as long: a bar with end ticks.
	 */
	private static final double HIGH = 1.6, FLAT = 0.45, LONG = 1.5;
	/** How far the middle of what is straight may be from that of its ends, in halves of its height. */
	private static final double CENTRED = 0.3;
	/** A bar above or below the letters has so much of their width. */
	private static final double SHARE = 0.4;

	/**
	 * Connected columns of letters: a letter, or several that touch.
	 *
	 * @param straight whether all columns but those near its ends are alike, in the middle of its height
	 * @param solid whether it is a rectangle: no other letter but a bar is, that is higher than all others above and
	 * below
	 */
	record Run(int left, int right, int top, int bottom, boolean straight, boolean solid) {

		int height() {
			return bottom - top + 1;
		}

		int width() {
			return right - left + 1;
		}
	}

	private final LineMatte matte;
	/** From left to right; in pixels of the matte. */
	final List<Run> all;

	private LetterRuns(final LineMatte matte) {
		this.matte = matte;
		all = Math.abs(matte.quad.angle()) > LEVEL ? List.of() : columns(matte, every(matte));
	}

	static LetterRuns of(final LineMatte matte) {
		return new LetterRuns(matte);
	}

	private static int[] every(final LineMatte matte) {
		return IntStream.range(0, matte.bounds.height()).toArray();
	}

	/** A part of the line, or all of it, drawn tight around its letters if it holds a bar; else as it is. */
	Quad withoutBars(final Quad part) {
		return hasBar(part) ? tight(part) : part;
	}

	/** Whether a part of the line, or all of it, holds a bar beside letters. */
	boolean hasBar(final Quad part) {
		return !letters(part).equals(inside(all, part));
	}

	/** A part of the line, or all of it, drawn tight around its letters; as it is where there are none. */
	Quad tight(final Quad part) {
		final List<Run> letters = letters(part);
		if (letters.isEmpty()) return part;
		final int from = letters.get(0).left;
		final int to = letters.get(letters.size() - 1).right + 1;
		final int top = letters.stream().mapToInt(Run::top).min().orElseThrow();
		final int bottom = letters.stream().mapToInt(Run::bottom).max().orElseThrow() + 1;
		return new Quad(matte.bounds.x() + (from + to) / 2.0, matte.bounds.y() + (top + bottom) / 2.0, to - from,
			bottom - top, 0);
	}

	/** The runs of a part of the line, or of all of it, that are no bars. */
	List<Run> letters(final Quad part) {
		final List<Run> letters = inside(all.isEmpty() ? all : columns(matte, rowsWithoutBars(matte)), part);
		if (letters.isEmpty()) return letters;
		final int[] heights = letters.stream().mapToInt(Run::height).sorted().toArray();
		final double usual = heights[(heights.length - 1) / 2];
		// Beside the bar there may be the edge of a plate.
		while (letters.size() > 1 && isBar(letters, 0, usual)) letters.remove(0);
		while (letters.size() > 1 && isBar(letters, letters.size() - 1, usual)) letters.remove(letters.size() - 1);
		return letters;
	}

	private boolean isBar(final List<Run> runs, final int at, final double usual) {
		final Run run = runs.get(at);
		return isBar(run, usual) || goesOn(run, usual)
			|| run.solid && runs.stream().allMatch(r -> r == run || r.top > run.top && r.bottom < run.bottom);
	}

	private List<Run> inside(final List<Run> runs, final Quad part) {
		final double left = part.x() - part.width() / 2 - matte.bounds.x();
		return new ArrayList<>(runs.stream().filter(r -> isWithin(r, left, part.width())).toList());
	}

	private static boolean isWithin(final Run run, final double left, final double width) {
		final double middle = (run.left + run.right + 1) / 2.0;
		return middle >= left && middle <= left + width;
	}

	/**
	 * Whether a flat end of a run reaches as far beyond the line's box as pixels are looked at: a bar goes on there.
	 */
	private boolean goesOn(final Run run, final double usual) {
		final double reach = matte.quad.width() / 2 + matte.beyond;
		final int columns = (int) Math.ceil(matte.beyond);
		if (run.left <= matte.quad.x() - reach - matte.bounds.x() + 1) return isFlat(run, run.left, columns, usual);
		return run.right >= matte.quad.x() + reach - matte.bounds.x() - 2
			&& isFlat(run, run.right - columns + 1, columns, usual);
	}

	private boolean isFlat(final Run run, final int from, final int columns, final double usual) {
		int top = run.bottom;
		int bottom = run.top;
		final int last = Math.min(run.right, from + columns - 1);
		for (int x = Math.max(run.left, from); x <= last; x++) for (int y = run.top; y <= run.bottom; y++) {
			if (matte.alpha[y * matte.bounds.width() + x] < SOLID) continue;
			top = Math.min(top, y);
			bottom = Math.max(bottom, y);
		}
		return bottom - top + 1 < FLAT * usual;
	}

	private static boolean isBar(final Run run, final double usual) {
		return run.height() > HIGH * usual || run.height() < FLAT * usual && run.width() > LONG * usual
			|| isStraightBar(run);
	}

	private static boolean isStraightBar(final Run run) {
		return run.straight && run.width() > LONG * run.height();
	}

	/** The rows of the matte without those of bars above or below the letters. */
	private static int[] rowsWithoutBars(final LineMatte matte) {
		final int[] every = every(matte);
		final List<int[]> bands = new ArrayList<>();
		int from = -1;
		for (int y = 0; y <= every.length; y++) {
			final int row = y;
			final boolean solid = y < every.length && IntStream.range(0, matte.bounds.width())
				.anyMatch(x -> matte.alpha[row * matte.bounds.width() + x] >= SOLID);
			if (solid && from < 0) from = y;
			if (!solid && from >= 0) {
				bands.add(IntStream.range(from, y).toArray());
				from = -1;
			}
		}
		final List<List<Run>> runs = bands.stream().map(b -> columns(matte, b)).toList();
		final int width = runs.stream()
			.filter(r -> r.size() > 1)
			.mapToInt(r -> r.get(r.size() - 1).right - r.get(0).left + 1)
			.max()
			.orElse(Integer.MAX_VALUE);
		final int[] kept = IntStream.range(0, bands.size()).filter(k -> {
			final Run first = runs.get(k).get(0);
			return runs.get(k).size() > 1 || !isStraightBar(first) || first.width() < SHARE * width;
		}).flatMap(k -> IntStream.of(bands.get(k))).toArray();
		return kept.length == 0 ? every : kept;
	}

	private static List<Run> columns(final LineMatte matte, final int[] rows) {
		final List<Run> runs = new ArrayList<>();
		final List<int[]> run = new ArrayList<>();
		for (int x = 0; x <= matte.bounds.width(); x++) {
			int first = Integer.MAX_VALUE;
			int last = -1;
			for (final int y : x < matte.bounds.width() ? rows : new int[0]) {
				if (matte.alpha[y * matte.bounds.width() + x] < SOLID) continue;
				first = Math.min(first, y);
				last = y;
			}
			if (last >= 0) run.add(new int[] { first, last });
			else if (!run.isEmpty()) {
				final int top = run.stream().mapToInt(c -> c[0]).min().orElseThrow();
				final int bottom = run.stream().mapToInt(c -> c[1]).max().orElseThrow();
				runs.add(new Run(x - run.size(), x - 1, top, bottom, isStraight(run, top, bottom),
					isSolid(matte, x - run.size(), x, top, bottom)));
				run.clear();
			}
		}
		return runs;
	}

	private static boolean isSolid(final LineMatte matte, final int from, final int to, final int top,
		final int bottom)
	{
		for (int y = top; y <= bottom; y++)
			for (int x = from; x < to; x++) if (matte.alpha[y * matte.bounds.width() + x] < SOLID) return false;
		return true;
	}

	private static boolean isStraight(final List<int[]> columns, final int top, final int bottom) {
		final int end = columns.size() / 5;
		final int[] middle = columns.get(columns.size() / 2);
		return Math.abs(middle[0] + middle[1] - top - bottom) <= CENTRED * (bottom - top + 1)
			&& columns.subList(end, columns.size() - end)
				.stream()
				.allMatch(c -> Math.abs(c[0] - middle[0]) <= 1 && Math.abs(c[1] - middle[1]) <= 1);
	}
}
