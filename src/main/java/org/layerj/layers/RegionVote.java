package org.layerj.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Settles what a network left undecided. A network that is not sure where a thing belongs paints a share of it into each of several layers, blurred:
 * the mean over what it thinks possible. But a letter, a line or an area of one colour lies in one layer. So the picture is cut into {@link Regions}, and
 * each goes to the layer that holds most of it, counting only what has the region's colour. Letters side by side in one colour vote together, and their rims follow them.
 *
 * <p>A region is left as the network made it where its layers explain the picture as they are (layers of different colours mix to what is seen:
 * translucency, shadows), and where the network is sure, pixel by pixel, that the region is made of parts of several layers. So the layers of a good
 * network stay what they are.
 *
 * <p>Measured in docs/EXACTNESS.md.
 */
public final class RegionVote {

	/** Of {@link Regions}; small, because a region that leaks over a layer's edge costs more than one that is cut in two. */
	private static final double SCALE = 40;
	/** Regions are found in a picture of at most so many pixels, or of the network's size if that is more. */
	private static final double MOST_PIXELS = 500_000;
	/** Least standard deviation of a layer's colours against the picture, 0 … 1; a blurred layer of a rough thing has a larger one. */
	private static final double EXACT = 0.05;
	/** Weight of a share whose colour is wrong, and what every layer has of everything: a network hardly shows the thinnest marks. */
	private static final double WRONG_COLOUR = 0.03;
	private static final double UNSEEN = 0.02;
	/** A region stays if its layers differ so much more (squared) than their composite differs from the picture, and at least so much. */
	private static final double EXPLAINED = 16;
	private static final double DIFFERENT = 1e-3;
	/** A region stays if its pixels, one by one, are so much more of one layer than the region is as a whole. */
	private static final double PARTS = 0.5;
	private static final double ONE_LAYER = 0.02;
	/** Hidden alphas up to this become 0, from 1 − this on 1, and linear between. */
	private static final double HIDDEN = 0.3;
	/** Largest side of a letter as a share of the picture's shorter side; its least area; how far the next may be, in sides of the larger; largest difference of colour. */
	private static final double LETTER = 0.13;
	private static final int LETTER_PIXELS = 4;
	private static final double GAP = 1;
	private static final double LIKE = 0.12;
	private static final int BUCKET = 16;
	/** Colours between which a rim lies are at least so different; it is at least so much of either; it is at most so far off their mixtures. */
	private static final double APART = 0.15;
	private static final double ASIDE = 0.1;
	private static final double STRAIGHT = 0.08;
	/** From the faintest step of a rim to the letter. */
	private static final int HOPS = 4;
	private static final int OPAQUE_ENOUGH = 230;

	private final RgbaImage picture;
	private final int width;
	private final int height;
	private final int n;
	private final byte[][] alpha;
	private final Proposal[] colours;
	private final Regions regions;
	/** By region, or by the first of regions that vote together. */
	private final int[] voter;
	private final double[] pixels;
	private final double[][] share;
	private final double[][] distance;
	private final double[] unexplained;
	private final double[] variance;
	private final double[] mixture;
	private final double[] deviation;
	/** Whether a region has the size of a letter. */
	private final boolean[] small;
	/** The region that a rim follows; others follow themselves. */
	private final int[] leader;

	private RegionVote(final RgbaImage picture, final LayerStack network) {
		this.picture = picture;
		width = picture.width();
		height = picture.height();
		n = network.size();
		alpha = new byte[n][];
		colours = new Proposal[n];
		IntStream.range(0, n).parallel().forEach(k -> {
			final RgbaImage p = network.get(k).pixels();
			alpha[k] = PillowResize.plane(p.plane(RgbaImage.ALPHA), p.width(), p.height(), width, height, PillowResize.Filter.BICUBIC);
			colours[k] = new Proposal(p, 1, width, height);
		});
		regions = Regions.of(picture, SCALE);
		final int count = regions.count();
		voter = new int[count];
		pixels = new double[count];
		share = new double[n][count];
		distance = new double[n][count];
		unexplained = new double[count];
		variance = new double[count];
		mixture = new double[count];
		deviation = new double[n];
		small = new boolean[count];
		leader = new int[count];
		for (int r = 0; r < count; r++) {
			voter[r] = r;
			leader[r] = r;
			pixels[r] = regions.size(r);
		}
	}

	/**
	 * The network's layers at the picture's size, settled, and then refined by {@link NativeSize}; compositing to the picture exactly.
	 *
	 * @param source the picture, any size and alpha
	 * @param network layers as large as their canvas, visible, of opacity 1, bottom first
	 */
	public static LayerStack refine(final RgbaImage source, final LayerStack network, final NativeSize.Watch watch) {
		final long area = (long) source.width() * source.height();
		final long own = (long) network.width() * network.height();
		final long pixels = pixels(area, own);
		// A picture that was enlarged for the network has no finer regions to offer.
		if (pixels == 0 || network.size() < 2) return NativeSize.refine(source, network, NativeSize.Tuning.DEFAULT, watch);
		final double scale = Math.sqrt((double) pixels / area);
		final RgbaImage seen = scale == 1 ? source : resized(source, (int) Math.round(source.width() * scale), (int) Math.round(source.height() * scale));
		final LayerStack settled = settle(seen, network);
		watch.check();
		// Colours are still smoothed over the network's pixels.
		final double cell = Math.sqrt((double) seen.width() * seen.height() / own);
		return NativeSize.refine(source, settled, NativeSize.Tuning.DEFAULT.withCell(cell), watch);
	}

	/**
	 * Pixels at which the regions of a picture are found; 0 where none are.
	 *
	 * @param picture pixels of the picture
	 * @param network pixels of the network's layers
	 */
	public static long pixels(final long picture, final long network) {
		return picture <= network ? 0 : Math.min(picture, Math.max((long) MOST_PIXELS, network));
	}

	/** The layers in the picture's size, every undecided region in one of them. */
	static LayerStack settle(final RgbaImage picture, final LayerStack network) {
		final RegionVote vote = new RegionVote(picture, network);
		vote.count(network);
		vote.joinLetters();
		final int[] winner = vote.winners();
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < network.size(); k++) layers.add(network.get(k).withPixels(Bounds.all(vote.width, vote.height), vote.layer(k, winner), Mask.none(vote.width,
			vote.height)));
		return new LayerStack(vote.width, vote.height, layers);
	}

	private static RgbaImage resized(final RgbaImage p, final int w, final int h) {
		final byte[][] planes = { p.plane(0), p.plane(1), p.plane(2), p.plane(3) };
		final byte[][] out = PillowResize.rgba(planes, p.width(), p.height(), Math.max(1, w), Math.max(1, h), PillowResize.Filter.LANCZOS);
		return RgbaImage.ofPlanes(Math.max(1, w), Math.max(1, h), out[0], out[1], out[2], out[3]);
	}

	private boolean opaque(final int i) {
		return (picture.plane(RgbaImage.ALPHA)[i] & 0xff) >= OPAQUE_ENOUGH;
	}

	/** Sums over every region what its pixels say. */
	private void count(final LayerStack network) {
		final double[] off = composites(network);
		final double[] total = new double[n];
		final float[] c = new float[3 * n];
		final float[] p = new float[3];
		final float[] mean = new float[3];
		final float[] s = new float[n];
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			final int r = regions.at(i);
			for (int q = 0; q < 3; q++) p[q] = (picture.plane(q)[i] & 0xff) * (1 / 255f);
			Arrays.fill(mean, 0);
			float through = 1;
			float mixed = 1;
			for (int k = n - 1; k >= 0; k--) {
				final float a = k == 0 ? 1 : (alpha[k][i] & 0xff) * (1 / 255f);
				s[k] = a * through;
				through *= 1 - a;
				colours[k].colour(x, y, c, 3 * k);
				float d = 0;
				for (int q = 0; q < 3; q++) {
					d += (c[3 * k + q] - p[q]) * (c[3 * k + q] - p[q]);
					mean[q] += s[k] * c[3 * k + q];
				}
				share[k][r] += s[k];
				distance[k][r] += d;
				total[k] += s[k];
				deviation[k] += s[k] * d;
				mixed -= s[k] * s[k];
			}
			mixture[r] += mixed;
			for (int k = 0; k < n; k++) for (int q = 0; q < 3; q++) variance[r] += s[k] * (c[3 * k + q] - mean[q]) * (c[3 * k + q] - mean[q]);
			unexplained[r] += off[Math.min(network.height() - 1, (int) ((y + 0.5) * network.height() / height)) * network.width() + Math.min(network.width() - 1, (int) ((x
				+ 0.5) * network.width() / width))];
		}
		for (int k = 0; k < n; k++) deviation[k] /= total[k] + 1e-9;
	}

	/** By pixel of the network: squared difference of its composite and the picture, at its own size, where thin things are blurred in both. */
	private double[] composites(final LayerStack network) {
		final RgbaImage made = Compositor.flatten(network);
		final RgbaImage seen = resized(picture, network.width(), network.height());
		final double[] off = new double[network.width() * network.height()];
		for (int i = 0; i < off.length; i++) {
			for (int q = 0; q < 3; q++) off[i] += Math.pow(((made.plane(q)[i] & 0xff) - (seen.plane(q)[i] & 0xff)) / 255.0, 2);
		}
		return off;
	}

	// -- Letters --

	/** Lets small regions of one colour that lie side by side vote together. */
	private void joinLetters() {
		final int count = regions.count();
		final int[][] box = regions.boxes(width);
		final double[][] rgb = new double[3][count];
		for (int i = 0; i < width * height; i++) for (int q = 0; q < 3; q++) rgb[q][regions.at(i)] += (picture.plane(q)[i] & 0xff) / 255.0;
		for (int r = 0; r < count; r++) for (int q = 0; q < 3; q++) rgb[q][r] /= regions.size(r);

		final int columns = width / BUCKET + 1;
		final int[] head = new int[columns * (height / BUCKET + 1)];
		final int[] next = new int[count];
		final int[] side = new int[count];
		Arrays.fill(head, -1);
		for (int r = 0; r < count; r++) {
			side[r] = Math.max(box[r][2] - box[r][0], box[r][3] - box[r][1]) + 1;
			small[r] = side[r] < LETTER * Math.min(width, height);
			if (regions.size(r) < LETTER_PIXELS || !small[r]) {
				side[r] = 0;
				continue;
			}
			final int at = (box[r][1] + box[r][3]) / 2 / BUCKET * columns + (box[r][0] + box[r][2]) / 2 / BUCKET;
			next[r] = head[at];
			head[at] = r;
		}
		for (int r = 0; r < count; r++) {
			if (side[r] == 0) continue;
			// The larger of two looks for the smaller, whose middle is at most so far away.
			final int reach = (int) ((GAP + 0.5) * side[r]) + 1;
			for (int v = Math.max(0, box[r][1] - reach) / BUCKET; v <= Math.min(height - 1, box[r][3] + reach) / BUCKET; v++) {
				for (int u = Math.max(0, box[r][0] - reach) / BUCKET; u <= Math.min(width - 1, box[r][2] + reach) / BUCKET; u++) {
					for (int t = head[v * columns + u]; t >= 0; t = next[t]) {
						if (t != r && side[t] <= side[r] && near(box[r], box[t], GAP * side[r]) && like(rgb, r, t)) voter[first(r)] = first(t);
					}
				}
			}
		}
		findRims(rgb);
		for (int r = 0; r < count; r++) {
			final int t = first(r);
			voter[r] = t;
			if (t != r) join(r, t);
		}
	}

	/** Finds the rims of letters, whose colours are mixed: small regions of a colour between those of the two that they touch most. They do not vote, but follow. */
	private void findRims(final double[][] rgb) {
		final long[] contacts = new long[4 * width * height];
		int m = 0;
		for (int i = 0; i < width * height; i++) {
			if (i % width + 1 < width) m = contact(contacts, m, regions.at(i), regions.at(i + 1));
			if (i + width < width * height) m = contact(contacts, m, regions.at(i), regions.at(i + width));
		}
		Arrays.sort(contacts, 0, m);
		for (int k = 0; k < m;) {
			final int r = (int) (contacts[k] >> 32);
			int a = r;
			int b = r;
			int most = 0;
			int second = 0;
			while (k < m && contacts[k] >> 32 == r) {
				final long pair = contacts[k];
				final int start = k;
				while (k < m && contacts[k] == pair) k++;
				if (k - start > most) {
					b = a;
					second = most;
					a = (int) pair;
					most = k - start;
				}
				else if (k - start > second) {
					b = (int) pair;
					second = k - start;
				}
			}
			if (b == r || !between(rgb, a, r, b)) continue;
			if (small[a] || small[b]) leader[r] = small[a] && (!small[b] || regions.size(a) >= regions.size(b)) ? a : b;
		}
	}

	private int contact(final long[] contacts, final int m, final int a, final int b) {
		int k = m;
		if (a != b && small[a]) contacts[k++] = (long) a << 32 | b;
		if (a != b && small[b]) contacts[k++] = (long) b << 32 | a;
		return k;
	}

	private static boolean between(final double[][] rgb, final int a, final int r, final int b) {
		double along = 0;
		double length = 0;
		for (int q = 0; q < 3; q++) {
			along += (rgb[q][r] - rgb[q][a]) * (rgb[q][b] - rgb[q][a]);
			length += (rgb[q][b] - rgb[q][a]) * (rgb[q][b] - rgb[q][a]);
		}
		final double t = along / length;
		double off = 0;
		for (int q = 0; q < 3; q++) off += Math.pow(rgb[q][r] - rgb[q][a] - t * (rgb[q][b] - rgb[q][a]), 2);
		return length > APART * APART && t > ASIDE && t < 1 - ASIDE && off < STRAIGHT * STRAIGHT;
	}

	private static boolean near(final int[] a, final int[] b, final double gap) {
		return Math.max(a[0], b[0]) - Math.min(a[2], b[2]) <= gap && Math.max(a[1], b[1]) - Math.min(a[3], b[3]) <= gap;
	}

	private static boolean like(final double[][] rgb, final int a, final int b) {
		return Math.abs(rgb[0][a] - rgb[0][b]) < LIKE && Math.abs(rgb[1][a] - rgb[1][b]) < LIKE && Math.abs(rgb[2][a] - rgb[2][b]) < LIKE;
	}

	private int first(final int region) {
		int r = region;
		while (voter[r] != r) {
			voter[r] = voter[voter[r]];
			r = voter[r];
		}
		return r;
	}

	private void join(final int from, final int to) {
		pixels[to] += pixels[from];
		unexplained[to] += unexplained[from];
		variance[to] += variance[from];
		mixture[to] += mixture[from];
		for (int k = 0; k < n; k++) {
			share[k][to] += share[k][from];
			distance[k][to] += distance[k][from];
		}
	}

	// -- The vote --

	private static final int NOBODY = -1;

	/** The layer of each region, or {@link #NOBODY}. */
	private int[] winners() {
		final int[] winner = new int[regions.count()];
		for (int r = 0; r < winner.length; r++) if (voter[r] == r) winner[r] = stays(r) ? NOBODY : winner(r);
		for (int r = 0; r < winner.length; r++) winner[r] = winner[voter[r]];
		final int[] followed = new int[winner.length];
		for (int r = 0; r < winner.length; r++) {
			int led = r;
			for (int hop = 0; hop < HOPS && leader[led] != led; hop++) led = leader[led];
			followed[r] = winner[led];
		}
		return followed;
	}

	private boolean stays(final int r) {
		if (variance[r] > EXPLAINED * unexplained[r] && variance[r] > DIFFERENT * pixels[r]) return true;
		if (small[r]) return false;
		double mixed = 1;
		for (int k = 0; k < n; k++) mixed -= Math.pow(share[k][r] / pixels[r], 2);
		return mixed > ONE_LAYER && mixture[r] / pixels[r] < PARTS * mixed;
	}

	private int winner(final int r) {
		int best = 0;
		double most = 0;
		for (int k = 0; k < n; k++) {
			final double right = Math.exp(-distance[k][r] / pixels[r] / (2 * Math.max(EXACT * EXACT, deviation[k])));
			final double votes = (share[k][r] / pixels[r] + UNSEEN) * (WRONG_COLOUR + right);
			if (votes <= most) continue;
			most = votes;
			best = k;
		}
		return best;
	}

	/** A layer with the alphas that were voted for, and the network's colours everywhere. */
	private RgbaImage layer(final int k, final int[] winner) {
		final byte[][] out = new byte[4][width * height];
		IntStream.range(0, height).parallel().forEach(y -> {
			final float[] c = new float[3];
			for (int x = 0; x < width; x++) {
				final int i = y * width + x;
				colours[k].colour(x, y, c, 0);
				for (int q = 0; q < 3; q++) out[q][i] = (byte) (c[q] * 255 + 0.5f);
				out[RgbaImage.ALPHA][i] = opaque(i) ? settled(k, winner[regions.at(i)], alpha[k][i]) : alpha[k][i];
			}
		});
		return RgbaImage.ofPlanes(width, height, out[0], out[1], out[2], out[RgbaImage.ALPHA]);
	}

	private static byte settled(final int k, final int winner, final byte proposed) {
		// The picture is opaque, so that the lowest layer is.
		if (k == 0 || k == winner) return -1;
		if (winner == NOBODY) return proposed;
		if (k > winner) return 0;
		final double a = ((proposed & 0xff) / 255.0 - HIDDEN) / (1 - 2 * HIDDEN);
		return (byte) Math.round(255 * Math.max(0, Math.min(1, a)));
	}
}
