package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.Bounds;

/**
 * Looks for lines of text at several sizes of a picture: at its own, at twice that where there may be small letters,
 * and at half of it again and again for large ones. The detector sees one tile after another, so that its memory does
 * not grow with the picture.
 */
final class TextScales {

	/** Pixels of the largest picture that is looked at in twice its size, too. */
	private static final long TWICE = 6_000_000;
	/**
	 * Side of a tile, of which a margin is seen but not kept; both in pixels of the size looked at, multiples of the
	 * detector's grid.
	 */
	private static final int TILE = 640;
	private static final int MARGIN = 64;
	/** What is seen around the picture, its edge pixels repeated: letters at the very edge are found too. */
	private static final int AROUND = 32;
	/** A picture whose longer side is below this is not halved further. */
	private static final int LEAST = 48;

	private final TextDetector detector;
	private final Progress watch;
	private double total;
	private double done;

	private TextScales(final TextDetector detector, final Progress watch) {
		this.detector = detector;
		this.watch = watch;
	}

	/** A line seen at one size, in pixels of the picture. */
	record Seen(Quad quad, double score, double scale) {}

	/** Lines of all sizes; the same line may be among them several times. */
	static List<Seen> look(final TextDetector detector, final Rgb picture, final Progress watch) {
		final TextScales scales = new TextScales(detector, watch);
		final double pixels = (double) picture.width * picture.height;
		scales.total = pixels * (pixels <= TWICE ? 10.0 / 3 : 4.0 / 3);
		final List<Seen> seen = new ArrayList<>();
		final ProbabilityMap own = scales.whole(picture);
		collect(seen, own, 1);
		if (pixels <= TWICE) {
			final List<Bounds> small = SmallText.areas(own, seen.stream().map(Seen::quad).toList());
			scales.total = pixels * 4 / 3 + 4 * SmallText.pixels(small);
			collect(seen, scales.map(picture, 2, small), 2);
		}
		Rgb level = picture;
		for (double scale = 1;; scale /= 2) {
			if (scale < 1) collect(seen, scales.whole(level), scale);
			if (Math.max(level.width, level.height) < 2 * LEAST) break;
			final int w = (level.width + 1) / 2;
			final int h = (level.height + 1) / 2;
			level = level.window(0, 0, 2 * w, 2 * h).resized(w, h);
		}
		return seen;
	}

	private static void collect(final List<Seen> seen, final ProbabilityMap map, final double scale) {
		final List<TextBoxes.Box> boxes = scale < 1 ? TextBoxes.of(map) : TextBoxes.of(map, TextBoxes.MEAN_RAGGED);
		for (final TextBoxes.Box box : boxes) seen.add(new Seen(box.quad().scaled(1 / scale), box.score(), scale));
	}

	/** The probability of text at every pixel of a picture. */
	static ProbabilityMap map(final TextDetector detector, final Rgb picture, final Progress watch) {
		final TextScales scales = new TextScales(detector, watch);
		scales.total = (double) picture.width * picture.height;
		return scales.whole(picture);
	}

	private ProbabilityMap whole(final Rgb level) {
		return map(level, 1, List.of(new Bounds(0, 0, level.width, level.height)));
	}

	/**
	 * The map of a picture in so many times its size.
	 *
	 * @param areas of the picture that are looked at; elsewhere there is nothing
	 */
	private ProbabilityMap map(final Rgb picture, final int enlarged, final List<Bounds> areas) {
		final int w = picture.width * enlarged;
		final int h = picture.height * enlarged;
		final byte[] values = new byte[Math.multiplyExact(w, h)];
		for (final Bounds area : areas) {
			final int[] columns = tiles(area.x() * enlarged, area.right() * enlarged);
			final int[] rows = tiles(area.y() * enlarged, area.bottom() * enlarged);
			for (int r = 0; r + 1 < rows.length; r++) for (int c = 0; c + 1 < columns.length; c++) {
				watch.check();
				tile(picture, enlarged, values,
					new Bounds(columns[c], rows[r], columns[c + 1] - columns[c], rows[r + 1] - rows[r]), area);
				done += (double) (columns[c + 1] - columns[c]) * (rows[r + 1] - rows[r]);
				watch.update(Math.min(1, done / total), "");
			}
		}
		return new ProbabilityMap(w, h, values);
	}

	/** Where tiles begin along one axis, and the end. */
	private static int[] tiles(final int from, final int to) {
		final int n = (to - from + TILE - 1) / TILE;
		final int[] at = new int[n + 1];
		for (int i = 0; i <= n; i++) at[i] = from + (int) ((long) (to - from) * i / n) / 2 * 2;
		at[n] = to;
		return at;
	}

	/** Looks at a tile of an area; between tiles, more is seen than is kept. */
	private void tile(final Rgb picture, final int enlarged, final byte[] values, final Bounds tile,
		final Bounds area)
	{
		final int left = tile.x() == area.x() * enlarged ? AROUND : MARGIN;
		final int top = tile.y() == area.y() * enlarged ? AROUND : MARGIN;
		final int right = tile.right() == area.right() * enlarged ? AROUND : MARGIN;
		final int bottom = tile.bottom() == area.bottom() * enlarged ? AROUND : MARGIN;
		final int seenWidth = grid(left + tile.width() + right);
		final int seenHeight = grid(top + tile.height() + bottom);
		final Rgb window =
			picture
				.window((tile.x() - left) / enlarged, (tile.y() - top) / enlarged, seenWidth / enlarged,
					seenHeight / enlarged)
				.resized(seenWidth, seenHeight);
		final float[] p = detector.probability(window.bytes(), seenWidth, seenHeight);
		for (int v = 0; v < tile.height(); v++) for (int u = 0; u < tile.width(); u++) {
			final int at = (tile.y() + v) * picture.width * enlarged + tile.x() + u;
			values[at] = (byte) Math.max(values[at] & 0xff, Math.round(255 * p[(top + v) * seenWidth + left + u]));
		}
	}

	private static int grid(final int size) {
		return (size + TextDetector.GRID - 1) / TextDetector.GRID * TextDetector.GRID;
	}
}
