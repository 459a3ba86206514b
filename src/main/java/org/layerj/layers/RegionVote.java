package org.layerj.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.layerj.provenance.Provenance;

/**
 * Settles what a network left undecided. A network that is not sure where a thing belongs paints a share of it into
 * each of several layers, blurred: the mean over what it thinks possible. But a letter, a line or an area of one colour
 * lies in one layer. So the picture is cut into {@link Regions}, and each goes to the layer that holds most of it,
 * counting only what has the region's colour. Letters side by side in one colour vote together, and their rims follow
 * them.
 * <p>
 * Where somebody can tell the page from what is drawn on it ({@link Drawing}), a drawn region goes to the lowest layer
 * only if no other one has any of it.
 * <p>
 * A region is left as the network made it where its layers explain the picture as they are (layers of different colours
 * mix to what is seen: translucency, shadows), and where the network is sure, pixel by pixel, that the region is made
 * of parts of several layers. What is sure stays mostly what it is; but a good network has nothing to gain from a vote,
 * and some to lose.
 * <p>
 * Measured in docs/EXACTNESS.md.
 */
public final class RegionVote {

	/**
	 * Of {@link Regions}; small, because a region that leaks over a layer's edge costs more than one that is cut in
	 * two.
	 */
	private static final double SCALE = 80;
	/** Regions are found in a picture of at most so many pixels, or of the network's size if that is more. */
	private static final double MOST_PIXELS = 500_000;
	/**
	 * Least standard deviation of a layer's colours against the picture, 0 … 1; a blurred layer of a rough thing has a
	 * larger one.
	 */
	private static final double EXACT = 0.05;
	/**
	 * Weight of a share whose colour is wrong, and what every layer has of everything: a network hardly shows the
	 * thinnest marks.
	 */
	private static final double WRONG_COLOUR = 0.003;
	private static final double UNSEEN = 0.02;
	/**
	 * What is mostly drawn on the page is hardly the page's, the lowest layer's: from which share on, and the weight
	 * that its votes then have.
	 */
	private static final double DRAWN = 0.9;
	private static final double PAGE = 0.02;
	/**
	 * A region stays if its layers differ so much more (squared) than their composite differs from the picture, and at
	 * least so much.
	 */
	private static final double EXPLAINED = 50;
	private static final double DIFFERENT = 1e-3;
	/** A region stays if its pixels, one by one, are so much more of one layer than the region is as a whole. */
	private static final double PARTS = 0.5;
	private static final double ONE_LAYER = 0.02;
	/** Hidden alphas up to this become 0, from 1 − this on 1, and linear between. */
	private static final double HIDDEN = 0.3;
	/** Largest distance of two equal colours, 0 … 1. */
	private static final double COPY = 0.1;

	/** Somebody who can tell the page from what is drawn on it. */
	@FunctionalInterface
	public interface Drawing {

		/** Nobody can. */
		Drawing UNKNOWN = picture -> new float[picture.width() * picture.height()];

		/** How much of each pixel is drawn on the page, 0 … 1. */
		float[] shares(RgbaImage picture);
	}

	private final RgbaImage picture;
	private final int width;
	private final int height;
	private final int n;
	private final byte[][] alpha;
	private final Proposal[] colours;
	private final Regions regions;
	private final Letters letters;
	/** Sums by region; of those that vote together, the group's are in the one that names it. */
	private final double[] pixels;
	private final double[] drawn;
	private final double[][] share;
	private final double[][] distance;
	private final double[] unexplained;
	private final double[] variance;
	private final double[] mixture;
	private final double[] deviation;

	private RegionVote(final RgbaImage picture, final LayerStack network) {
		this.picture = picture;
		width = picture.width();
		height = picture.height();
		n = network.size();
		alpha = new byte[n][];
		colours = new Proposal[n];
		IntStream.range(0, n).parallel().forEach(k -> {
			final RgbaImage p = network.get(k).pixels();
			alpha[k] = PillowResize.plane(p.plane(RgbaImage.ALPHA), p.width(), p.height(), width, height,
				PillowResize.Filter.BICUBIC);
			colours[k] = new Proposal(p, 1, width, height);
		});
		regions = Regions.of(picture, SCALE);
		letters = Letters.of(picture, regions);
		final int count = regions.count();
		pixels = new double[count];
		drawn = new double[count];
		share = new double[n][count];
		distance = new double[n][count];
		unexplained = new double[count];
		variance = new double[count];
		mixture = new double[count];
		deviation = new double[n];
	}

	/**
	 * The network's layers at the picture's size, settled, and then refined by {@link NativeSize}; compositing to the
	 * picture exactly.
	 *
	 * @param source the picture, any size and alpha
	 * @param network layers as large as their canvas, visible, of opacity 1, bottom first
	 * @param drawing is asked about the picture at the size at which its regions are found
	 */
	public static LayerStack refine(final RgbaImage source, final LayerStack network, final Drawing drawing,
		final NativeSize.Watch watch)
	{
		if (network.size() < 2) return NativeSize.refine(source, network, NativeSize.Tuning.DEFAULT, watch);
		final long own = (long) network.width() * network.height();
		// A picture that was enlarged for the network has its regions where it has pixels.
		final LayerStack proposal =
			(long) source.width() * source.height() < own ? resized(network, source.width(), source.height()) : network;
		final RgbaImage seen = seen(source, own);
		final LayerStack settled = settle(seen, proposal, drawing);
		watch.check();
		// Colours are still smoothed over the network's pixels.
		final double cell = Math.max(1, Math.sqrt((double) seen.width() * seen.height() / own));
		return NativeSize.refine(source, settled, NativeSize.Tuning.UNDECIDED.withCell(cell), watch);
	}

	/**
	 * A picture at the size at which its regions are found; the picture itself if that is its own.
	 *
	 * @param network pixels of the network's layers
	 */
	public static RgbaImage seen(final RgbaImage picture, final long network) {
		final long area = (long) picture.width() * picture.height();
		final double scale = Math.sqrt((double) pixels(area, network) / area);
		return scale == 1 ? picture
			: resized(picture, (int) Math.round(picture.width() * scale), (int) Math.round(picture.height() * scale));
	}

	/**
	 * Pixels at which the regions of a picture are found.
	 *
	 * @param picture pixels of the picture
	 * @param network pixels of the network's layers
	 */
	public static long pixels(final long picture, final long network) {
		return Math.min(picture, Math.max((long) MOST_PIXELS, network));
	}

	/** The layers in the picture's size, every undecided region in one of them. */
	static LayerStack settle(final RgbaImage picture, final LayerStack network, final Drawing drawing) {
		final RegionVote vote = new RegionVote(picture, network);
		vote.count(network, drawing.shares(picture));
		vote.joinLetters();
		final int[] winner = vote.winners();
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < network.size(); k++)
			layers.add(network.get(k)
				.withPixels(Bounds.all(vote.width, vote.height), vote.layer(k, winner),
					Provenance.observed(vote.width, vote.height)));
		return new LayerStack(vote.width, vote.height, layers);
	}

	/** Layers in another size; channel by channel, because what has no alpha has a colour too. */
	public static LayerStack resized(final LayerStack network, final int w, final int h) {
		final List<Layer> layers = new ArrayList<>();
		for (final Layer l : network.layers()) {
			final RgbaImage p = l.pixels();
			final byte[][] out =
				PillowResize.planes(new byte[][] { p.plane(0), p.plane(1), p.plane(2), p.plane(RgbaImage.ALPHA) },
					p.width(), p.height(), w, h, PillowResize.Filter.LANCZOS);
			layers.add(l.withPixels(Bounds.all(w, h),
				RgbaImage.ofPlanes(w, h, out[0], out[1], out[2], out[RgbaImage.ALPHA]), Provenance.observed(w, h)));
		}
		return new LayerStack(w, h, layers);
	}

	private static RgbaImage resized(final RgbaImage p, final int w, final int h) {
		return PillowResize.picture(p, Math.max(1, w), Math.max(1, h), PillowResize.Filter.LANCZOS);
	}

	private boolean opaque(final int i) {
		return (picture.plane(RgbaImage.ALPHA)[i] & 0xff) >= NativeSize.OPAQUE_ENOUGH;
	}

	/** Sums over every region what its opaque pixels say. */
	private void count(final LayerStack network, final float[] ink) {
		final double[] off = composites(network);
		final double[] total = new double[n];
		final float[] c = new float[3 * n];
		final float[] p = new float[3];
		final float[] mean = new float[3];
		final float[] s = new float[n];
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			final int i = y * width + x;
			if (!opaque(i)) continue;
			final int r = regions.at(i);
			pixels[r]++;
			drawn[r] += ink[i];
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
			for (int k = 0; k < n; k++)
				for (int q = 0; q < 3; q++) variance[r] += s[k] * (c[3 * k + q] - mean[q]) * (c[3 * k + q] - mean[q]);
			unexplained[r] +=
				off[Math.min(network.height() - 1, (int) ((y + 0.5) * network.height() / height)) * network.width()
					+ Math.min(network.width() - 1, (int) ((x + 0.5) * network.width() / width))];
		}
		for (int k = 0; k < n; k++) deviation[k] /= total[k] + 1e-9;
	}

	/**
	 * By pixel of the network: squared difference of its composite and the picture, at its own size, where thin things
	 * are blurred in both.
	 */
	private double[] composites(final LayerStack network) {
		final RgbaImage made = Compositor.flatten(network);
		final RgbaImage seen = resized(picture, network.width(), network.height());
		final double[] off = new double[network.width() * network.height()];
		for (int i = 0; i < off.length; i++) {
			for (int q = 0; q < 3; q++)
				off[i] += Math.pow(((made.plane(q)[i] & 0xff) - (seen.plane(q)[i] & 0xff)) / 255.0, 2);
		}
		return off;
	}

	/** Lets regions that stand together vote together. */
	private void joinLetters() {
		for (int r = 0; r < regions.count(); r++) if (letters.group(r) != r) join(r, letters.group(r));
	}

	private void join(final int from, final int to) {
		pixels[to] += pixels[from];
		drawn[to] += drawn[from];
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
		final int[] own = new int[regions.count()];
		for (int r = 0; r < own.length; r++) if (letters.group(r) == r) own[r] = stays(r) ? NOBODY : winner(r);
		return IntStream.range(0, own.length).map(r -> own[letters.group(letters.leader(r))]).toArray();
	}

	private boolean stays(final int r) {
		if (variance[r] > EXPLAINED * unexplained[r] && variance[r] > DIFFERENT * pixels[r]) return true;
		if (letters.small(r)) return false;
		double mixed = 1;
		for (int k = 0; k < n; k++) mixed -= Math.pow(share[k][r] / pixels[r], 2);
		return mixed > ONE_LAYER && mixture[r] / pixels[r] < PARTS * mixed;
	}

	private int winner(final int r) {
		int best = 0;
		double most = 0;
		for (int k = 0; k < n; k++) {
			final double right = Math.exp(-distance[k][r] / pixels[r] / (2 * Math.max(EXACT * EXACT, deviation[k])));
			final double page = k == 0 && drawn[r] > DRAWN * pixels[r] ? PAGE : 1;
			final double votes = (share[k][r] / pixels[r] + UNSEEN) * (WRONG_COLOUR + right) * page;
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
				out[RgbaImage.ALPHA][i] =
					opaque(i) ? settled(k, regions.at(i), winner[regions.at(i)], alpha[k][i]) : alpha[k][i];
			}
		});
		return RgbaImage.ofPlanes(width, height, out[0], out[1], out[2], out[RgbaImage.ALPHA]);
	}

	private byte settled(final int k, final int region, final int winner, final byte proposed) {
		// The picture is opaque, so that the lowest layer is.
		if (k == 0 || k == winner) return -1;
		if (winner == NOBODY) return proposed;
		if (k > winner || isCopy(k, region)) return 0;
		final double a = ((proposed & 0xff) / 255.0 - HIDDEN) / (1 - 2 * HIDDEN);
		return (byte) Math.round(255 * Math.max(0, Math.min(1, a)));
	}

	/**
	 * Whether a layer has, hidden, what the winner shows: the network's second guess, and not what lies there. Letters
	 * leave no hole in what they stand on.
	 */
	private boolean isCopy(final int k, final int region) {
		final int r = letters.group(letters.leader(region));
		return !letters.small(region) && distance[k][r] / pixels[r] < COPY * COPY;
	}
}
