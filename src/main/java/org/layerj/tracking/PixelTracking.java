package org.layerj.tracking;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Follows pixels through changes made to layers outside of this program: finds out how the canvas was cropped,
 * enlarged, flipped or turned by quarters, and which pixels have been changed. Changed pixels become edited by hand, or
 * unknown if the change cannot be determined. No changed pixel stays observed.
 */
public final class PixelTracking {

	/**
	 * The earlier record of a layer.
	 *
	 * @param bounds where it lay on the canvas then
	 * @param provenance of its pixels then
	 * @param prints fingerprints of its pixels then
	 */
	public record Known(Bounds bounds, Provenance provenance, Fingerprints prints) {}

	/**
	 * The present pixels, as large as the canvas.
	 *
	 * @param pixels what is seen
	 * @param samples samples, if there are any
	 */
	public record Now(RgbaImage pixels, Optional<Samples> samples) {}

	/** Share of the pixels that must be the same for a way to have been found. */
	private static final double ENOUGH = 0.5;
	/** Share from which no other way is looked for. */
	private static final double SURE = 0.95;
	/** Pixels of each layer by which ways are looked for. */
	private static final int SAMPLES = 20_000;
	/** A pixel that is found more than once. */
	private static final long TWICE = -1;
	/** Ways that are tried for every turn, besides plain ones. */
	private static final int TRIES = 4;

	/**
	 * From a pixel of the canvas now to the one it was: turned, then moved.
	 *
	 * @param turn 0 … 7: bit 0 flips x, bit 1 flips y, bit 2 exchanges x and y after that
	 * @param width of the canvas before
	 * @param height of the canvas before
	 */
	private record Way(int turn, int dx, int dy, int width, int height) {

		int x(final int x, final int y) {
			final int u = (turn & 4) != 0 ? y - dy : x - dx;
			return (turn & 1) != 0 ? width - 1 - u : u;
		}

		int y(final int x, final int y) {
			final int v = (turn & 4) != 0 ? x - dx : y - dy;
			return (turn & 2) != 0 ? height - 1 - v : v;
		}

		boolean still() {
			return turn == 0 && dx == 0 && dy == 0;
		}
	}

	/**
	 * How well a way fits.
	 *
	 * @param share of the pixels that tell something by which it does
	 * @param equal pixels that show what they did
	 */
	private record Fit(double share, long equal) {

		boolean better(final Fit other) {
			return share > other.share + 1e-9 || share > other.share - 1e-9 && equal > other.equal;
		}
	}

	private final List<Optional<Known>> known;
	private final List<short[]> prints = new ArrayList<>();
	private final int width;
	private final int height;

	private PixelTracking(final List<Optional<Known>> known, final List<Now> now) {
		this.known = known;
		width = now.get(0).pixels().width();
		height = now.get(0).pixels().height();
		for (final Now n : now) prints.add(Fingerprints.of(n.pixels(), n.samples()));
	}

	/**
	 * The provenance of every layer now.
	 *
	 * @param known by layer what is known from before; nothing for layers that came from elsewhere
	 * @param now the layers in the same order, at least one, all as large as the canvas
	 * @param to for every layer the bounds that are asked about; beyond the canvas nothing can have changed
	 * @return by layer, of the size of the bounds
	 */
	public static List<Provenance> of(final List<Optional<Known>> known, final List<Now> now, final List<Bounds> to) {
		return new PixelTracking(known, now).found(to);
	}

	/**
	 * Whether no layer was moved, whatever was painted on it. If one was, parts beyond the canvas no longer fit.
	 *
	 * @param before layers on a canvas of the same size
	 * @param now layers on a canvas of the same size
	 * @return whether every layer is in its place
	 */
	public static boolean inPlace(final LayerStack before, final LayerStack now) {
		return of(before, now).way().filter(Way::still).isPresent();
	}

	/**
	 * Whether the canvas was cropped, enlarged, flipped or turned by quarters, and nothing else was done.
	 *
	 * @param before layers of the former canvas
	 * @param now layers of the canvas as it is
	 * @return false also if nothing was done
	 */
	public static boolean exactly(final LayerStack before, final LayerStack now) {
		final PixelTracking following = of(before, now);
		return following.way().filter(way -> following.fit(way).share == 1).isPresent();
	}

	private static PixelTracking of(final LayerStack before, final LayerStack now) {
		final List<Optional<Known>> known = new ArrayList<>();
		final List<Now> seen = new ArrayList<>();
		for (final Layer l : now.layers()) {
			known.add(before.find(l.id())
				.map(b -> new Known(b.bounds(), b.provenance(), Fingerprints.of(b, before.width(), before.height()))));
			seen.add(new Now(l.onCanvas(now.width(), now.height()), l.samplesOnCanvas(now.width(), now.height())));
		}
		return new PixelTracking(known, seen);
	}

	/**
	 * The provenance of a layer that another program may have changed, cut or moved. Pixels at the same position are
	 * compared: in the layer if it has the same size, else on the canvas.
	 *
	 * @param known what is known from before
	 * @param to bounds that are asked about
	 * @param pixels as they are now, of this size
	 * @param samples of these pixels, if there are any
	 * @return of the same size
	 */
	public static Provenance of(final Known known, final Bounds to, final RgbaImage pixels,
		final Optional<Samples> samples)
	{
		final Bounds b = known.bounds();
		final boolean moved = b.width() == to.width() && b.height() == to.height();
		final Provenance.Builder out =
			new Provenance.Builder(to.width(), to.height()).models(known.provenance().models());
		for (int i = 0; i < to.width() * to.height(); i++) {
			final int x = i % to.width() + (moved ? b.x() : to.x());
			final int y = i / to.width() + (moved ? b.y() : to.y());
			final short now = Fingerprints.print(pixels, samples, i);
			if (b.contains(x, y)) out.copy(i, known.provenance(), (y - b.y()) * b.width() + x - b.x());
			if (now != 0 && known.prints().at(x, y) != now) out.mark(i, Kind.BY_HAND);
		}
		return out.build();
	}

	private List<Provenance> found(final List<Bounds> to) {
		final Optional<Way> way = way();
		final List<Provenance> out = new ArrayList<>();
		for (int k = 0; k < known.size(); k++) {
			final Optional<Known> before = known.get(k);
			if (before.isPresent() && way.isPresent())
				out.add(along(way.get(), before.get(), prints.get(k), to.get(k)));
			else out.add(unknown(prints.get(k), to.get(k))
				.withModels(before.map(b -> b.provenance().models()).orElse(new TreeSet<>())));
		}
		return out;
	}

	private Provenance unknown(final short[] now, final Bounds to) {
		return Provenance.of(to.width(), to.height(), Kind.UNKNOWN, i -> {
			final int x = to.x() + i % to.width();
			final int y = to.y() + i / to.width();
			return x >= 0 && y >= 0 && x < width && y < height && now[y * width + x] != 0;
		});
	}

	private Provenance along(final Way way, final Known before, final short[] now, final Bounds to) {
		final Bounds b = before.bounds();
		final Provenance old = before.provenance();
		final Provenance.Builder out = new Provenance.Builder(to.width(), to.height()).models(old.models());
		for (int i = 0; i < to.width() * to.height(); i++) {
			final int x = to.x() + i % to.width();
			final int y = to.y() + i / to.width();
			final boolean canvas = x >= 0 && y >= 0 && x < width && y < height;
			if (!canvas && !way.still()) continue;
			final int u = way.x(x, y);
			final int v = way.y(x, y);
			final short is = canvas ? now[y * width + x] : 0;
			// What lay beyond a canvas does not come back when the canvas grows.
			final boolean was = !canvas || u >= 0 && v >= 0 && u < way.width && v < way.height;
			if (was && b.contains(u, v)) out.copy(i, old, (v - b.y()) * b.width() + u - b.x());
			if (canvas && is != 0 && before.prints().at(u, v) != is) out.mark(i, Kind.BY_HAND);
		}
		return out.build();
	}

	// -- How the canvas has changed --

	private Optional<Way> way() {
		final Optional<Known> any = known.stream().flatMap(Optional::stream).findFirst();
		if (any.isEmpty()) return Optional.of(new Way(0, 0, 0, width, height));
		final int w = any.get().prints().width();
		final int h = any.get().prints().height();
		final Way still = new Way(0, 0, 0, w, h);
		final boolean same = w == width && h == height;
		Fit most = same ? fit(still) : new Fit(-1, 0);
		if (most.share >= SURE) return Optional.of(still);
		Optional<Way> best = same ? Optional.of(still) : Optional.empty();
		final List<Map<Long, Long>> before = new ArrayList<>();
		final List<Map<Long, Long>> now = new ArrayList<>();
		for (int k = 0; k < known.size(); k++) {
			if (known.get(k).isEmpty()) continue;
			before.add(once(known.get(k).get().prints().part(), known.get(k).get().prints().of()));
			now.add(once(Bounds.all(width, height), prints.get(k)));
		}
		for (int turn = 0; turn < 8; turn++) {
			for (final Way way : tries(turn, w, h, before, now)) {
				if (way.equals(still) && same) continue;
				final Fit fit = fit(way);
				// Of ways that are as good the plainest counts.
				if (fit.better(most)) {
					most = fit;
					best = Optional.of(way);
				}
			}
		}
		// In place, pixels tell themselves whether they are what they were; elsewhere nothing would.
		final double found = most.share;
		return best.filter(b -> b.still() && same || found >= ENOUGH);
	}

	/**
	 * Share of the pixels that are what they were, by this way. Of those that show something, and where there are any,
	 * of those that are not like their neighbours: of a figure on a white background most pixels fit however it was
	 * scaled.
	 */
	private Fit fit(final Way way) {
		long all = 0;
		long equal = 0;
		long telling = 0;
		long matching = 0;
		for (int k = 0; k < known.size(); k++) {
			if (known.get(k).isEmpty()) continue;
			final Fingerprints before = known.get(k).get().prints();
			final short[] now = prints.get(k);
			for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
				final int u = way.x(x, y);
				final int v = way.y(x, y);
				if (u < 0 || v < 0 || u >= way.width || v >= way.height) continue;
				final short is = now[y * width + x];
				final short was = before.at(u, v);
				if (is == 0 && was == 0) continue;
				final boolean same = is == was;
				if (!same || !flat(now, x, y)) {
					telling++;
					if (same) matching++;
				}
				all++;
				if (same) equal++;
			}
		}
		return new Fit(telling > 0 ? (double) matching / telling : all == 0 ? 0 : (double) equal / all, equal);
	}

	private boolean flat(final short[] now, final int x, final int y) {
		final int i = y * width + x;
		return (x + 1 >= width || now[i + 1] == now[i]) && (y + 1 >= height || now[i + width] == now[i]);
	}

	/** Ways with a turn: plain ones, and those by which pixels that are found once before and after agree. */
	private List<Way> tries(final int turn, final int w, final int h, final List<Map<Long, Long>> before,
		final List<Map<Long, Long>> now)
	{
		final int turnedWidth = (turn & 4) != 0 ? h : w;
		final int turnedHeight = (turn & 4) != 0 ? w : h;
		final Map<Long, Integer> votes = new HashMap<>();
		for (int k = 0; k < before.size(); k++) vote(votes, turn, before.get(k), now.get(k), w, h);
		final List<Way> ways = new ArrayList<>();
		if (turnedWidth == width && turnedHeight == height) ways.add(new Way(turn, 0, 0, w, h));
		// Canvas Size puts the old canvas at an edge or in the middle.
		else for (final int dx : new int[] { 0, (width - turnedWidth) / 2, width - turnedWidth })
			for (final int dy : new int[] { 0, (height - turnedHeight) / 2, height - turnedHeight })
				if (turn == 0) ways.add(new Way(turn, dx, dy, w, h));
		votes.entrySet()
			.stream()
			.sorted(Map.Entry.<Long, Integer> comparingByValue().reversed())
			.limit(TRIES)
			.map(e -> new Way(turn, (int) (e.getKey() >> 32), (int) (long) e.getKey(), w, h))
			.filter(way -> !ways.contains(way))
			.forEach(ways::add);
		return ways;
	}

	private static void vote(final Map<Long, Integer> votes, final int turn, final Map<Long, Long> before,
		final Map<Long, Long> now, final int w, final int h)
	{
		now.forEach((key, at) -> {
			final Long was = before.get(key);
			if (was == null || was == TWICE || at == TWICE) return;
			final int u = (int) (was >> 32);
			final int v = (int) (long) was;
			final int s = (turn & 1) != 0 ? w - 1 - u : u;
			final int t = (turn & 2) != 0 ? h - 1 - v : v;
			final int dx = (int) (at >> 32) - ((turn & 4) != 0 ? t : s);
			final int dy = (int) (long) at - ((turn & 4) != 0 ? s : t);
			votes.merge((long) dx << 32 | dy & 0xffffffffL, 1, Integer::sum);
		});
	}

	/**
	 * Where pixels are that differ from all others by themselves and their neighbours, however they are turned; by a
	 * number that says which. Of many, those with certain numbers, so that the same are found before and after.
	 */
	private static Map<Long, Long> once(final Bounds part, final short[] of) {
		final Map<Long, Long> found = new HashMap<>();
		final long every = Math.max(1, of.length / SAMPLES);
		final int w = part.width();
		for (int y = 1; y < part.height() - 1; y++) for (int x = 1; x < w - 1; x++) {
			final int i = y * w + x;
			final long beside =
				(of[i - 1] & 0xffffL) + (of[i + 1] & 0xffff) + (of[i - w] & 0xffff) + (of[i + w] & 0xffff);
			final long across = (of[i - w - 1] & 0xffffL) + (of[i - w + 1] & 0xffff) + (of[i + w - 1] & 0xffff)
				+ (of[i + w + 1] & 0xffff);
			final long own = of[i] & 0xffffL;
			if (beside == 4 * own && across == 4 * own) continue;
			long key = ((own << 18 | beside) << 18 | across) * 0x9e3779b97f4a7c15L;
			key ^= key >>> 32;
			if (Long.remainderUnsigned(key, every) != 0) continue;
			found.merge(key, (long) (x + part.x()) << 32 | y + part.y(), (a, b) -> TWICE);
		}
		return found;
	}
}
