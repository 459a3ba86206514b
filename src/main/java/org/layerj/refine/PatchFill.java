package org.layerj.refine;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Fills a hole with patches from around it, so that texture goes on: the colours that maximise the coherence of all
 * patches in the hole with known ones (Wexler, Shechtman and Irani, <i>Space-Time Completion of Video</i>, PAMI 2007),
 * from coarse to fine, with nearest neighbours by propagation and random search (Barnes et al., <i>PatchMatch</i>,
 * SIGGRAPH 2009). The same result every time.
 */
final class PatchFill {

	/** Patches are 7 × 7 pixels, as in the papers. */
	static final int RADIUS = 3;
	/** What a pixel is: to be filled, a sample to copy, or neither (it belongs to something else). */
	static final byte HOLE = 0, KNOWN = 1, OTHER = 2;

	/** Rounds of search and vote on the coarsest level and on finer ones, and sweeps of one search. */
	private static final int FIRST_ROUNDS = 8, ROUNDS = 3, SWEEPS = 2;
	/** Halving ends where the next level would be smaller than this, or has no hole wider than a patch. */
	private static final int MIN_SIDE_PIXELS = 16;
	/**
	 * Weight of a pixel of the hole when patches are compared, times its trust; known pixels have 1. With 1 a wrong
	 * colour within a narrow hole is its own best match.
	 */
	private static final float GUESSED = .3f;
	/** A source needs so many patches to choose from. */
	private static final int MIN_PATCHES = 100;

	private final int w;
	private final int h;
	private final float[][] colour;
	private final byte[] kinds;
	/** Centres of patches that are wholly known. */
	private final boolean[] source;
	private final int[] sources;
	/** Centres of patches that reach into the hole, row by row, and for every pixel its number among them, or -1. */
	private final int[] targets;
	private final int[] number;
	/** For every target the source centre that it is most like, and their mean squared difference. */
	private final int[] nearest;
	private final float[] distance;
	/** Of every pixel: what is said of it or by it counts the more, the nearer it is to what is known. */
	private final float[] trust;
	private final SplittableRandom random;

	private PatchFill(final int w, final int h, final float[][] colour, final byte[] kinds,
		final SplittableRandom random)
	{
		this.w = w;
		this.h = h;
		this.colour = colour;
		this.kinds = kinds;
		this.random = random;
		source = new boolean[w * h];
		number = new int[w * h];
		Arrays.fill(number, -1);
		final int[] from = new int[w * h];
		final int[] to = new int[w * h];
		int f = 0;
		int t = 0;
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			boolean known = x >= RADIUS && y >= RADIUS && x < w - RADIUS && y < h - RADIUS;
			boolean hole = false;
			for (int v = Math.max(0, y - RADIUS); v <= Math.min(h - 1, y + RADIUS); v++)
				for (int u = Math.max(0, x - RADIUS); u <= Math.min(w - 1, x + RADIUS); u++)
				{
					known &= kinds[v * w + u] == KNOWN;
					hole |= kinds[v * w + u] == HOLE;
				}
			if (known) {
				source[y * w + x] = true;
				from[f++] = y * w + x;
			}
			else if (hole && kinds[y * w + x] != OTHER) {
				number[y * w + x] = t;
				to[t++] = y * w + x;
			}
		}
		sources = Arrays.copyOf(from, f);
		targets = Arrays.copyOf(to, t);
		nearest = new int[t];
		distance = new float[t];
		trust = trust();
	}

	/** Wexler's 1.3 to the power of minus the distance to known pixels; 1 at those. */
	private float[] trust() {
		final int[] steps = new int[w * h];
		final int[] queue = new int[w * h];
		int end = 0;
		for (int i = 0; i < kinds.length; i++) {
			if (kinds[i] == HOLE) steps[i] = Integer.MAX_VALUE;
			else if (kinds[i] == KNOWN) queue[end++] = i;
		}
		for (int at = 0; at < end; at++) {
			final int i = queue[at];
			for (int v = Math.max(0, i / w - 1); v <= Math.min(h - 1, i / w + 1); v++)
				for (int u = Math.max(0, i % w - 1); u <= Math.min(w - 1, i % w + 1); u++)
				{
					if (steps[v * w + u] != Integer.MAX_VALUE) continue;
					steps[v * w + u] = steps[i] + 1;
					queue[end++] = v * w + u;
				}
		}
		final float[] out = new float[w * h];
		for (int i = 0; i < out.length; i++) out[i] = (float) Math.pow(1.3, -Math.min(60, steps[i]));
		return out;
	}

	/**
	 * Fills the hole.
	 *
	 * @param colour three planes, 0 … 255, row by row; in the hole a first guess, replaced by what is found
	 * @param kinds {@link #HOLE}, {@link #KNOWN} or {@link #OTHER} for every pixel
	 * @param seed of the random search
	 * @return whether there was enough to copy from; else nothing is changed
	 */
	static boolean fill(final int w, final int h, final float[][] colour, final byte[] kinds, final long seed) {
		final SplittableRandom random = new SplittableRandom(seed);
		final PatchFill level = new PatchFill(w, h, colour, kinds, random);
		if (level.sources.length < MIN_PATCHES) return false;
		level.solve(true);
		return true;
	}

	/** Fills this level, after the next coarser one, and leaves the nearest neighbours for the next finer one. */
	private void solve(final boolean finest) {
		final PatchFill coarser = coarser();
		final boolean first = coarser == null;
		if (first) for (int t = 0; t < targets.length; t++) nearest[t] = sources[random.nextInt(sources.length)];
		else {
			coarser.solve(false);
			for (int t = 0; t < targets.length; t++) nearest[t] = finer(coarser, targets[t] % w, targets[t] / w);
			for (int t = 0; t < targets.length; t++) distance[t] = distance(targets[t], nearest[t], Float.MAX_VALUE);
			vote(false);
		}
		final int rounds = first ? FIRST_ROUNDS : ROUNDS;
		for (int k = 0; k < rounds; k++) {
			search();
			// The mean of all patches smooths; in the end each pixel is that of the best patch over it.
			vote(finest && k == rounds - 1);
		}
	}

	/** Half the size; null if that would be of no help. */
	private PatchFill coarser() {
		final int cw = w / 2;
		final int ch = h / 2;
		if (Math.min(cw, ch) < MIN_SIDE_PIXELS || !wide()) return null;
		final float[][] c = new float[3][cw * ch];
		final byte[] k = new byte[cw * ch];
		for (int y = 0; y < ch; y++) for (int x = 0; x < cw; x++) {
			int holes = 0;
			int known = 0;
			for (int j = 0; j < 4; j++) {
				final int i = (2 * y + j / 2) * w + 2 * x + j % 2;
				if (kinds[i] == HOLE) holes++;
				if (kinds[i] == KNOWN) known++;
				for (int p = 0; p < 3; p++) c[p][y * cw + x] += colour[p][i] / 4;
			}
			k[y * cw + x] = holes > 0 ? HOLE : known == 4 ? KNOWN : OTHER;
		}
		final PatchFill half = new PatchFill(cw, ch, c, k, random);
		return half.sources.length < MIN_PATCHES ? null : half;
	}

	/** Whether some patch lies wholly in the hole. */
	private boolean wide() {
		for (final int t : targets) {
			final int x = t % w;
			final int y = t / w;
			boolean all = x >= RADIUS && y >= RADIUS && x < w - RADIUS && y < h - RADIUS;
			for (int v = y - RADIUS; all && v <= y + RADIUS; v++)
				for (int u = x - RADIUS; all && u <= x + RADIUS; u++) all = kinds[v * w + u] == HOLE;
			if (all) return true;
		}
		return false;
	}

	private int finer(final PatchFill coarse, final int x, final int y) {
		final int cx = Math.min(coarse.w - 1, x / 2);
		final int cy = Math.min(coarse.h - 1, y / 2);
		final int at = coarse.number[cy * coarse.w + cx];
		if (at >= 0) {
			final int q = coarse.nearest[at];
			final int u = Math.min(w - 1, q % coarse.w * 2 + x % 2);
			final int v = Math.min(h - 1, q / coarse.w * 2 + y % 2);
			if (source[v * w + u]) return v * w + u;
		}
		return sources[random.nextInt(sources.length)];
	}

	// -- Search --

	private void search() {
		for (int t = 0; t < targets.length; t++) distance[t] = distance(targets[t], nearest[t], Float.MAX_VALUE);
		for (int sweep = 0; sweep < SWEEPS; sweep++) {
			final int step = sweep % 2 == 0 ? 1 : -1;
			for (int k = 0; k < targets.length; k++) {
				final int t = step > 0 ? k : targets.length - 1 - k;
				propagate(t, -step, 0);
				propagate(t, 0, -step);
				jump(t);
			}
		}
	}

	/** What suits the neighbour suits this, moved as far. */
	private void propagate(final int t, final int dx, final int dy) {
		final int x = targets[t] % w + dx;
		final int y = targets[t] / w + dy;
		if (x < 0 || y < 0 || x >= w || y >= h || number[y * w + x] < 0) return;
		final int q = nearest[number[y * w + x]];
		offer(t, q % w - dx, q / w - dy);
	}

	/** Around the best so far, in ever smaller squares. */
	private void jump(final int t) {
		for (int reach = Math.max(w, h); reach >= 1; reach /= 2) {
			final int q = nearest[t];
			offer(t, q % w + random.nextInt(-reach, reach + 1), q / w + random.nextInt(-reach, reach + 1));
		}
	}

	private void offer(final int t, final int x, final int y) {
		if (x < 0 || y < 0 || x >= w || y >= h || !source[y * w + x] || nearest[t] == y * w + x) return;
		final float d = distance(targets[t], y * w + x, distance[t]);
		if (d >= distance[t]) return;
		distance[t] = d;
		nearest[t] = y * w + x;
	}

	/**
	 * Weighted mean squared difference of the colours where the target has some; anything above `most` if it is more.
	 */
	private float distance(final int target, final int from, final float most) {
		final int x = target % w;
		final int y = target / w;
		final int left = -Math.min(RADIUS, x);
		final int right = Math.min(RADIUS, w - 1 - x);
		float weights = 0;
		float sum = 0;
		for (int v = -Math.min(RADIUS, y); v <= Math.min(RADIUS, h - 1 - y); v++) {
			for (int u = left; u <= right; u++) {
				final int i = target + v * w + u;
				if (kinds[i] == OTHER) continue;
				final float weight = kinds[i] == HOLE ? GUESSED * trust[i] : 1;
				weights += weight;
				final int j = from + v * w + u;
				for (int c = 0; c < 3; c++) {
					final float d = colour[c][i] - colour[c][j];
					sum += weight * d * d;
				}
			}
			if (sum > most * PATCH_PIXELS) return Float.MAX_VALUE;
		}
		return sum / weights;
	}

	private static final int PATCH_PIXELS = (2 * RADIUS + 1) * (2 * RADIUS + 1);

	// -- Vote --

	/** The hole's colours, by the patches over each pixel: their mean, the better ones counting more, or the best. */
	private void vote(final boolean best) {
		final float[] sorted = distance.clone();
		Arrays.sort(sorted);
		// As in Wexler et al.: the 75th percentile is what counts as far.
		final float far = Math.max(1, sorted[sorted.length * 3 / 4]);
		final float[][] out = new float[3][w * h];
		final float[] weight = new float[w * h];
		for (int t = 0; t < targets.length; t++) {
			final float mine = trust[targets[t]] * (float) Math.exp(-distance[t] / (2 * far));
			final int x = targets[t] % w;
			final int y = targets[t] / w;
			for (int v = -Math.min(RADIUS, y); v <= Math.min(RADIUS, h - 1 - y); v++)
				for (int u = -Math.min(RADIUS, x); u <= Math.min(RADIUS, w - 1 - x); u++)
				{
					final int i = targets[t] + v * w + u;
					if (kinds[i] != HOLE || best && mine <= weight[i]) continue;
					final int j = nearest[t] + v * w + u;
					for (int c = 0; c < 3; c++)
						out[c][i] = best ? mine * colour[c][j] : out[c][i] + mine * colour[c][j];
					weight[i] = best ? mine : weight[i] + mine;
				}
		}
		for (int i = 0; i < kinds.length; i++)
			if (kinds[i] == HOLE && weight[i] > 0) for (int c = 0; c < 3; c++) colour[c][i] = out[c][i] / weight[i];
	}
}
