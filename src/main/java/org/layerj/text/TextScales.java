package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.NativeSize;

/**
 * Looks for lines of text at several sizes of a picture: at twice its size for small letters, at its own, and at half
 * of that again and again for large ones. The detector sees one tile after another, so that its memory does not grow
 * with the picture.
 */
final class TextScales {

	/** Pixels of the largest picture that is looked at in twice its size, too. */
	private static final long TWICE = 6_000_000;
	/**
	 * Side of a tile, of which a margin is seen but not kept; both in pixels of the size looked at, multiples of the
	 * detector's grid.
	 */
	private static final int TILE = 960;
	private static final int MARGIN = 96;
	/** What is seen around the picture, its edge pixels repeated: letters at the very edge are found too. */
	private static final int AROUND = 32;
	/** Probability below which there is nothing, not even letters too small to be told apart. */
	private static final double FAINT = 0.1;
	/** A picture whose longer side is below this is not halved further. */
	private static final int LEAST = 48;

	private final TextDetector detector;
	private final NativeSize.Watch watch;
	private double total;
	private double done;

	private TextScales(final TextDetector detector, final NativeSize.Watch watch) {
		this.detector = detector;
		this.watch = watch;
	}

	/** A line seen at one size, in pixels of the picture. */
	record Seen(Quad quad, double score, double scale) {}

	/** Lines of all sizes; the same line may be among them several times. */
	static List<Seen> look(final TextDetector detector, final Rgb picture, final NativeSize.Watch watch) {
		final TextScales scales = new TextScales(detector, watch);
		final double pixels = (double) picture.width * picture.height;
		scales.total = pixels * (pixels <= TWICE ? 16.0 / 3 : 4.0 / 3);
		final List<Seen> seen = new ArrayList<>();
		final ProbabilityMap own = scales.map(picture, 1, Optional.empty());
		collect(seen, own, 1);
		if (pixels <= TWICE) collect(seen, scales.map(picture, 2, Optional.of(own)), 2);
		Rgb level = picture;
		for (double scale = 1;; scale /= 2) {
			if (scale < 1) collect(seen, scales.map(level, 1, Optional.empty()), scale);
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
	static ProbabilityMap map(final TextDetector detector, final Rgb picture, final NativeSize.Watch watch) {
		final TextScales scales = new TextScales(detector, watch);
		scales.total = (double) picture.width * picture.height;
		return scales.map(picture, 1, Optional.empty());
	}

	/** @param before the map at the level's own size: tiles in which that shows nothing at all are left out */
	private ProbabilityMap map(final Rgb level, final int enlarged, final Optional<ProbabilityMap> before) {
		final int w = level.width * enlarged;
		final int h = level.height * enlarged;
		final byte[] values = new byte[Math.multiplyExact(w, h)];
		final int[] columns = tiles(w);
		final int[] rows = tiles(h);
		for (int r = 0; r + 1 < rows.length; r++) for (int c = 0; c + 1 < columns.length; c++) {
			watch.check();
			final Bounds tile = new Bounds(columns[c], rows[r], columns[c + 1] - columns[c], rows[r + 1] - rows[r]);
			if (before.isEmpty() || shows(before.get(), tile, enlarged))
				tile(level, enlarged, values, tile.x(), tile.y(), tile.width(), tile.height());
			done += (double) (columns[c + 1] - columns[c]) * (rows[r + 1] - rows[r]);
			watch.done(Math.min(1, done / total));
		}
		return new ProbabilityMap(w, h, values);
	}

	private static boolean shows(final ProbabilityMap map, final Bounds tile, final int enlarged) {
		for (int y = tile.y() / enlarged; y < Math.min(map.height(), tile.bottom() / enlarged + 1); y++) {
			for (int x = tile.x() / enlarged; x < Math.min(map.width(), tile.right() / enlarged + 1); x++)
				if (map.at(x, y) > FAINT) return true;
		}
		return false;
	}

	/** Where tiles begin along one axis, and the end. */
	private static int[] tiles(final int size) {
		final int n = (size + TILE - 1) / TILE;
		final int[] at = new int[n + 1];
		for (int i = 0; i <= n; i++) at[i] = (int) ((long) size * i / n) / 2 * 2;
		at[n] = size;
		return at;
	}

	private void tile(final Rgb level, final int enlarged, final byte[] values, final int x, final int y, final int w,
		final int h)
	{
		final int w0 = level.width * enlarged;
		final int h0 = level.height * enlarged;
		final int left = x == 0 ? AROUND : MARGIN;
		final int top = y == 0 ? AROUND : MARGIN;
		final int seenWidth = grid(left + w + (x + w == w0 ? AROUND : MARGIN));
		final int seenHeight = grid(top + h + (y + h == h0 ? AROUND : MARGIN));
		final Rgb window =
			level.window((x - left) / enlarged, (y - top) / enlarged, seenWidth / enlarged, seenHeight / enlarged)
				.resized(seenWidth, seenHeight);
		final float[] p = detector.probability(window.bytes(), seenWidth, seenHeight);
		for (int v = 0; v < h; v++)
			for (int u = 0; u < w; u++)
				values[(y + v) * w0 + x + u] = (byte) Math.round(255 * p[(top + v) * seenWidth + left + u]);
	}

	private static int grid(final int size) {
		return (size + TextDetector.GRID - 1) / TextDetector.GRID * TextDetector.GRID;
	}
}
