package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import org.layerj.layers.Bounds;

/** Where a picture is worth looking at in twice its size: where there may be letters too small for its own. */
final class SmallText {

	/** Side of the cells that are looked at or not, in pixels. */
	private static final int CELL = 32;
	/** Probability below which there is nothing, not even letters too small to be distinguished. */
	private static final double FAINT = 0.1;
	/** Height of lines, in pixels, from which they are found as well at the picture's own size. */
	private static final double LARGE = 20;
	/** A rectangle around two areas is looked at instead if it is no larger than both with so much around them. */
	private static final int SPARED = 32;

	private SmallText() {}

	/**
	 * The areas that may hold small letters, with at least one cell around what was seen.
	 *
	 * @param map of the picture at its own size
	 * @param boxes the lines found there
	 */
	static List<Bounds> areas(final ProbabilityMap map, final List<Quad> boxes) {
		final int w = map.width();
		final int h = map.height();
		final boolean[] clear = new boolean[w * h];
		for (final Quad box : boxes) {
			final Bounds b = box.bounds(w, h);
			final boolean upright = b.area() < 1.5 * box.area();
			if (Math.min(box.width(), box.height()) < LARGE || !upright) continue;
			for (int y = b.y(); y < b.bottom(); y++) for (int x = b.x(); x < b.right(); x++) clear[y * w + x] = true;
		}
		final int columns = (w + CELL - 1) / CELL;
		final int rows = (h + CELL - 1) / CELL;
		final boolean[] cells = new boolean[columns * rows];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			if (clear[y * w + x] || map.at(x, y) <= FAINT) continue;
			for (int r = Math.max(0, y / CELL - 1); r <= Math.min(rows - 1, y / CELL + 1); r++)
				for (int c = Math.max(0, x / CELL - 1); c <= Math.min(columns - 1, x / CELL + 1); c++)
					cells[r * columns + c] = true;
		}
		final List<Bounds> areas = new ArrayList<>();
		for (int r = 0; r < rows; r++) for (int c = 0; c < columns; c++) {
			int end = c;
			while (end < columns && cells[r * columns + end]) end++;
			if (end > c) add(areas, new Bounds(c * CELL, r * CELL, Math.min(w, end * CELL) - c * CELL,
				Math.min(h, (r + 1) * CELL) - r * CELL));
			c = end;
		}
		return areas;
	}

	/** Adds an area, joined with those that are near. */
	private static void add(final List<Bounds> areas, final Bounds more) {
		for (int k = 0; k < areas.size(); k++) {
			final Bounds both = areas.get(k).union(more);
			if (seen(both) > seen(areas.get(k)) + seen(more)) continue;
			areas.remove(k);
			add(areas, both);
			return;
		}
		areas.add(more);
	}

	/** Pixels that the detector gets to see for an area. */
	private static long seen(final Bounds b) {
		return (long) (b.width() + SPARED) * (b.height() + SPARED);
	}

	/** Pixels of areas together. */
	static double pixels(final List<Bounds> areas) {
		return areas.stream().mapToDouble(Bounds::area).sum();
	}
}
