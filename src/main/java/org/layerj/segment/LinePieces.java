package org.layerj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.layerj.common.DisjointSets;

/**
 * Finds the pieces of level and upright lines over which something lies: axes and frames behind bars, lines that others
 * cross. Two pieces are of one line if they are of one colour and thickness, lie in the same rows (or columns), and
 * what is between them is nothing that lies beside them: dashes and outlines of neighbours are not joined.
 */
final class LinePieces {

	/** Greatest thickness of a line, least length of a piece in thicknesses, and greatest gap, pixels. */
	private static final int MAX_THICKNESS = 6, MIN_LENGTH = 2, MAX_GAP = 32;
	/** How far the lower edges of two pieces may be apart, pixels, and their colours in any channel, levels. */
	private static final int MAX_OFFSET = 1, MAX_COLOUR_DIFFERENCE = 12;
	/**
	 * Greatest standard deviation of a piece's colour in any channel, levels: in photographs it is not of one colour.
	 */
	private static final double MAX_DEVIATION = 6;
	private static final int RGB = 3;

	/** A piece on one line of the scan: its part, from where to where, and the rows it is thick. */
	private record Piece(int part, int from, int to, int top, int bottom) {

		/** Whether it ends about in the same row; both begin in the row of the scan. */
		boolean continues(final Piece before) {
			return Math.abs(bottom - before.bottom) <= MAX_OFFSET;
		}
	}

	private final int[][] colours;
	private final int[] parts;
	/** Pixels along the direction, across it, and steps of the index. */
	private final int length;
	private final int across;
	private final int step;
	private final int line;

	private LinePieces(final int[][] colours, final int[] parts, final int length, final int across, final int step,
		final int line)
	{
		this.colours = colours;
		this.parts = parts;
		this.length = length;
		this.across = across;
		this.step = step;
		this.line = line;
	}

	/**
	 * Joins the parts that are pieces of one line.
	 *
	 * @param colours red, green and blue of the picture first, 0 … 255, row by row
	 * @param parts for every pixel its part
	 * @param sets of parts
	 */
	static void join(final int[][] colours, final int[] parts, final int width, final int height,
		final DisjointSets sets)
	{
		new LinePieces(colours, parts, width, height, 1, width).join(sets);
		new LinePieces(colours, parts, height, width, width, 1).join(sets);
	}

	private void join(final DisjointSets sets) {
		for (int y = 0; y < across; y++) {
			final List<Piece> pieces = pieces(y);
			for (int k = 0; k < pieces.size(); k++) {
				final Piece piece = pieces.get(k);
				for (int j = k + 1; j < pieces.size() && pieces.get(j).from - piece.to <= MAX_GAP; j++) {
					final Piece next = pieces.get(j);
					if (next.part == piece.part || !next.continues(piece) || !isSameColour(piece, next)) continue;
					if (isCovered(piece, next) && sets.find(piece.part) != sets.find(next.part))
						sets.join(sets.find(piece.part), sets.find(next.part));
					break;
				}
			}
		}
	}

	private int part(final int x, final int y) {
		return parts[y * line + x * step];
	}

	/** Thin and long pieces of which this is the first row. */
	private List<Piece> pieces(final int y) {
		final List<Piece> out = new ArrayList<>();
		int from = 0;
		for (int x = 1; x <= length; x++) {
			if (x < length && part(x, y) == part(from, y)) continue;
			final int p = part(from, y);
			final int thick = thickness(from, x, y, p);
			if (thick > 0 && x - from >= MIN_LENGTH * Math.max(2, thick)) out.add(new Piece(p, from, x, y, y + thick));
			from = x;
		}
		return out;
	}

	/**
	 * How many rows a run of pixels is thick of which this is the first row: the least at three places, since ticks and
	 * crossing lines may begin there; 0 if it is too thick or does not begin here.
	 */
	private int thickness(final int from, final int to, final int y, final int p) {
		int least = MAX_THICKNESS + 1;
		for (int k = 1; k <= 3; k++) {
			final int x = from + k * (to - from) / 4;
			if (y > 0 && part(x, y - 1) == p) continue;
			int bottom = y;
			while (bottom < across && bottom - y <= MAX_THICKNESS && part(x, bottom) == p) bottom++;
			least = Math.min(least, bottom - y);
		}
		return least > MAX_THICKNESS ? 0 : least;
	}

	/** Whether both pieces are of one colour, and of the same, in their middle row without the ends. */
	private boolean isSameColour(final Piece a, final Piece b) {
		for (int c = 0; c < RGB; c++) {
			final double[] first = meanAndDeviation(c, a);
			final double[] second = meanAndDeviation(c, b);
			if (Math.abs(first[0] - second[0]) > MAX_COLOUR_DIFFERENCE || Math.max(first[1], second[1]) > MAX_DEVIATION)
				return false;
		}
		return true;
	}

	private double[] meanAndDeviation(final int c, final Piece p) {
		final int y = (p.top + p.bottom - 1) / 2;
		final double[] values =
			IntStream.range(p.from + 1, p.to - 1).mapToDouble(x -> colours[c][y * line + x * step]).toArray();
		final double mean = Arrays.stream(values).average().orElseThrow();
		return new double[] { mean,
			Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow()) };
	}

	/** Whether nothing that lies beside the two lies between them, too. */
	private boolean isCovered(final Piece a, final Piece b) {
		final int row = (a.top + a.bottom - 1) / 2;
		for (int x = a.to; x < b.from; x++) {
			final int p = part(x, row);
			for (final Piece piece : List.of(a, b)) {
				final int end =
					piece == a ? Math.max(piece.from, piece.to - 3) : Math.min(piece.to - 1, piece.from + 2);
				if (piece.top > 0 && part(end, piece.top - 1) == p
					|| piece.bottom < across && part(end, piece.bottom) == p) return false;
			}
		}
		return true;
	}
}
