package org.layerj.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.layerj.layers.Bounds;

/**
 * Which pixels of a line are letters, and how much of each: its colours against what is around.
 *
 * <ol>
 * <li>The colour of the letters is the one that is frequent within the line's box and rare in a ring around it; outlined letters have a second one.</li>
 * <li>The background at each pixel is the mean of what is near and no letter.</li>
 * <li>How much of a pixel is letter is where its colour lies between background and letters; less, if it lies beside.</li>
 * <li>What is connected but lies outside of the box for the most part, as an axis or a frame, is no letter.</li>
 * </ol>
 */
final class LineMatte {

	/** How much more than the box is looked at for letters, and as a ring for the background, in heights of the line; in pixels at least. */
	private static final double BEYOND = 0.2;
	private static final double RING = 0.5;
	private static final int LEAST = 3;
	/** Colours are counted in cubes of this side. */
	private static final int BINS = 16;
	private static final int SLICES = 12;
	/** From here on a pixel counts as letter when pixels are connected. */
	private static final float SOLID = 0.35f;
	/** A second colour is one of the letters' if so much of the box is of it, compared to the first, and it is so far off what a mixture would be. */
	private static final double SECOND = 0.4;
	private static final double ASIDE = 60;
	/** Share of it that lies right around the first. */
	private static final double RIM = 0.9;
	/** How far, as a share of the contrast, a colour may lie beside the mixtures. */
	private static final double TOLERANCE = 0.3;

	/** Where the matte lies. */
	final Bounds bounds;
	/** 0 … 1, row by row over the bounds. */
	final float[] alpha;
	private final Quad quad;

	private LineMatte(final Bounds bounds, final float[] alpha, final Quad quad) {
		this.bounds = bounds;
		this.alpha = alpha;
		this.quad = quad;
	}

	static LineMatte of(final Rgb picture, final Quad quad) {
		final double beyond = Math.max(LEAST, BEYOND * quad.height());
		final double ring = Math.max(LEAST, RING * quad.height());
		final Bounds outer = quad.grown(beyond + ring).bounds(picture.width, picture.height);
		final int w = outer.width();
		final int h = outer.height();
		final int n = w * h;
		final Rgb part = picture.window(outer.x(), outer.y(), w, h);
		final byte[] zone = zones(quad, outer, beyond);
		final List<double[]> colours = colours(part, zone, w, h, (int) Math.max(2, quad.height() / 14), i -> slice(quad, outer.x() + i % w + 0.5, outer.y() + i / w + 0.5));
		float[] alpha = new float[n];
		if (!colours.isEmpty()) {
			// First against one background for all, then against what is near.
			final double[] all = mean(part, zone, n);
			final double[][] flat = new double[3][];
			for (int c = 0; c < 3; c++) {
				flat[c] = new double[n];
				Arrays.fill(flat[c], all[c]);
			}
			alpha = mixture(part, flat, colours, n);
			alpha = mixture(part, near(part, alpha, zone, w, h, (int) Math.max(2, quad.height() / 3)), colours, n);
		}
		for (int i = 0; i < n; i++) if (zone[i] == AROUND) alpha[i] = 0;
		connected(alpha, zone, w, h);
		return new LineMatte(outer, alpha, quad);
	}

	private static final byte INSIDE = 2, FRINGE = 1, AROUND = 0;

	/** Which pixels lie in the box, just beyond it, and in the ring around. */
	private static byte[] zones(final Quad quad, final Bounds b, final double beyond) {
		final byte[] out = new byte[b.width() * b.height()];
		final double c = Math.cos(quad.angle());
		final double s = Math.sin(quad.angle());
		for (int y = 0; y < b.height(); y++) for (int x = 0; x < b.width(); x++) {
			final double dx = b.x() + x + 0.5 - quad.x();
			final double dy = b.y() + y + 0.5 - quad.y();
			final double off = Math.max(Math.abs(dx * c + dy * s) - quad.width() / 2, Math.abs(dy * c - dx * s) - quad.height() / 2);
			out[y * b.width() + x] = off <= 0 ? INSIDE : off <= beyond ? FRINGE : AROUND;
		}
		return out;
	}

	// -- Colours --

	private static int bin(final Rgb p, final int i) {
		final int shift = 4;
		return ((p.planes[0][i] & 0xff) >> shift) * BINS * BINS + ((p.planes[1][i] & 0xff) >> shift) * BINS + ((p.planes[2][i] & 0xff) >> shift);
	}

	/** The colours of the letters, one or two; none where everything is of one colour. */
	private static List<double[]> colours(final Rgb p, final byte[] zone, final int w, final int h, final int rim, final IntUnaryOperator along) {
		final int n = w * h;
		final double[] inside = new double[BINS * BINS * BINS];
		final double[] around = new double[inside.length];
		// In which slices along the line a colour occurs: letters are all along it, a blob behind some of them is not.
		final int[] slices = new int[inside.length];
		double in = 0;
		double out = 0;
		for (int i = 0; i < n; i++) {
			if (zone[i] == INSIDE) {
				inside[bin(p, i)]++;
				slices[bin(p, i)] |= 1 << along.applyAsInt(i);
				in++;
			}
			else {
				around[bin(p, i)]++;
				out++;
			}
		}
		if (in == 0) return List.of();
		final double[] more = new double[inside.length];
		for (int k = 0; k < more.length; k++) more[k] = inside[k] / in - (out == 0 ? 0 : around[k] / out);
		final double[] ground = mean(p, zone, n);
		final List<double[]> found = new ArrayList<>();
		double first = 0;
		for (int round = 0; round < 2; round++) {
			int best = -1;
			double most = 0;
			for (int k = 0; k < more.length; k++) {
				// Of colours as frequent, what stands out more: blends of letter and background are frequent in small type.
				final double contrast = distance(centre(k), ground);
				final double spread = Integer.bitCount(slices(slices, k)) / (double) SLICES;
				final double value = cluster(more, k) * contrast * spread * spread;
				if (value > most && contrast > 24 && (round == 0 || aside(centre(k), ground, found.get(0)) > ASIDE)) {
					most = value;
					best = k;
				}
			}
			if (best < 0 || round == 1 && cluster(more, best) < SECOND * first) break;
			if (round == 0) first = cluster(more, best);
			final double[] colour = extreme(p, zone, n, best, ground);
			if (round == 0 || isRim(p, zone, w, h, found.get(0), colour, rim)) found.add(colour);
		}
		return found;
	}

	/** Whether what is of one colour lies around what is of another, no farther away than a rim is wide. */
	private static boolean isRim(final Rgb p, final byte[] zone, final int w, final int h, final double[] letter, final double[] colour, final int rim) {
		int near = 0;
		int all = 0;
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			if (zone[i] != INSIDE || distance(colour, p, i) > ASIDE / 2) continue;
			all++;
			boolean beside = false;
			for (int v = Math.max(0, y - rim); v <= Math.min(h - 1, y + rim) && !beside; v++) for (int u = Math.max(0, x - rim); u <= Math.min(w - 1, x + rim); u++) {
				if (distance(letter, p, v * w + u) < ASIDE / 2) beside = true;
			}
			if (beside) near++;
		}
		return near > RIM * all;
	}

	private static double[] centre(final int bin) {
		final int size = 256 / BINS;
		return new double[] { (bin / BINS / BINS + 0.5) * size, (bin / BINS % BINS + 0.5) * size, (bin % BINS + 0.5) * size };
	}

	/** The slice along the line in which a point lies. */
	private static int slice(final Quad q, final double x, final double y) {
		final double u = ((x - q.x()) * Math.cos(q.angle()) + (y - q.y()) * Math.sin(q.angle())) / q.width() + 0.5;
		return Math.max(0, Math.min(SLICES - 1, (int) (u * SLICES)));
	}

	/** The slices of a bin and its neighbours. */
	private static int slices(final int[] slices, final int k) {
		int all = 0;
		for (int r = Math.max(0, k / BINS / BINS - 1); r <= Math.min(BINS - 1, k / BINS / BINS + 1); r++) {
			for (int g = Math.max(0, k / BINS % BINS - 1); g <= Math.min(BINS - 1, k / BINS % BINS + 1); g++) {
				for (int b = Math.max(0, k % BINS - 1); b <= Math.min(BINS - 1, k % BINS + 1); b++) all |= slices[(r * BINS + g) * BINS + b];
			}
		}
		return all;
	}

	/** A bin with its neighbours. */
	private static double cluster(final double[] more, final int k) {
		if (more[k] <= 0) return 0;
		final int r = k / BINS / BINS;
		final int g = k / BINS % BINS;
		final int b = k % BINS;
		double sum = 0;
		for (int i = Math.max(0, r - 1); i <= Math.min(BINS - 1, r + 1); i++) {
			for (int j = Math.max(0, g - 1); j <= Math.min(BINS - 1, g + 1); j++) {
				for (int l = Math.max(0, b - 1); l <= Math.min(BINS - 1, b + 1); l++) sum += Math.max(0, more[(i * BINS + j) * BINS + l]);
			}
		}
		return sum;
	}

	/** The mean of the pixels near a bin's colour that lie farthest from the background: strokes' middles, not their blends. */
	private static double[] extreme(final Rgb p, final byte[] zone, final int n, final int bin, final double[] ground) {
		final double[] c = centre(bin);
		final double length = Math.max(1, distance(c, ground));
		double[] along = new double[1024];
		int m = 0;
		for (int i = 0; i < n; i++) {
			if (zone[i] != INSIDE || distance(c, p, i) > 56) continue;
			if (m == along.length) along = Arrays.copyOf(along, 2 * m);
			along[m++] = projection(p, i, ground, c) / length;
		}
		if (m == 0) return c;
		final double[] sorted = Arrays.copyOf(along, m);
		Arrays.sort(sorted);
		final double limit = sorted[(int) (0.6 * (m - 1))];
		final double[] sum = new double[4];
		for (int i = 0; i < n; i++) {
			if (zone[i] != INSIDE || distance(c, p, i) > 56 || projection(p, i, ground, c) / length < limit) continue;
			for (int q = 0; q < 3; q++) sum[q] += p.planes[q][i] & 0xff;
			sum[3]++;
		}
		return new double[] { sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3] };
	}

	private static double projection(final Rgb p, final int i, final double[] ground, final double[] c) {
		double sum = 0;
		for (int q = 0; q < 3; q++) sum += ((p.planes[q][i] & 0xff) - ground[q]) * (c[q] - ground[q]);
		return sum;
	}

	private static double distance(final double[] a, final double[] b) {
		return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
	}

	private static double distance(final double[] a, final Rgb p, final int i) {
		return distance(a, new double[] { p.planes[0][i] & 0xff, p.planes[1][i] & 0xff, p.planes[2][i] & 0xff });
	}

	/** How far a colour lies off the line between two others. */
	private static double aside(final double[] c, final double[] a, final double[] b) {
		double along = 0;
		double length = 0;
		for (int q = 0; q < 3; q++) {
			along += (c[q] - a[q]) * (b[q] - a[q]);
			length += (b[q] - a[q]) * (b[q] - a[q]);
		}
		final double t = Math.max(0, Math.min(1, length == 0 ? 0 : along / length));
		return distance(c, new double[] { a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]) });
	}

	/** Median of each channel outside of the box. */
	private static double[] mean(final Rgb p, final byte[] zone, final int n) {
		final double[] out = new double[3];
		for (int q = 0; q < 3; q++) {
			final int[] count = new int[256];
			int all = 0;
			for (int i = 0; i < n; i++) if (zone[i] != INSIDE) {
				count[p.planes[q][i] & 0xff]++;
				all++;
			}
			int v = 0;
			for (int sum = count[0]; v < 255 && sum * 2 < all; sum += count[v]) v++;
			out[q] = v;
		}
		return out;
	}

	// -- How much of each pixel --

	/** The largest share of any of the letters' colours that explains each pixel, with the background for the rest. */
	private static float[] mixture(final Rgb p, final double[][] ground, final List<double[]> colours, final int n) {
		final float[] alpha = new float[n];
		for (int i = 0; i < n; i++) for (final double[] f : colours) {
			double along = 0;
			double length = 0;
			for (int q = 0; q < 3; q++) {
				final double d = f[q] - ground[q][i];
				along += ((p.planes[q][i] & 0xff) - ground[q][i]) * d;
				length += d * d;
			}
			if (length < 16 * 16) continue;
			final double t = Math.max(0, Math.min(1, along / length));
			double off = 0;
			for (int q = 0; q < 3; q++) {
				// A step beyond the letters' colour is still a letter.
				final double step = (p.planes[q][i] & 0xff) - ground[q][i] - t * (f[q] - ground[q][i]);
				off += step * step;
			}
			final double limit = Math.max(20 * 20, TOLERANCE * TOLERANCE * length);
			alpha[i] = Math.max(alpha[i], (float) (t * Math.exp(-Math.max(0, off - limit) / limit)));
		}
		return alpha;
	}

	/** At each pixel the mean of what is near and no letter, by its weight. */
	private static double[][] near(final Rgb p, final float[] alpha, final byte[] zone, final int w, final int h, final int radius) {
		final double[] weight = new double[w * h];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			// A pixel beside a letter may be a blend.
			float most = 0;
			for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++) for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) {
				if (zone[v * w + u] != AROUND) most = Math.max(most, alpha[v * w + u]);
			}
			weight[y * w + x] = Math.pow(1 - most, 4) + 1e-6;
		}
		final double[] sums = box(box(weight, w, h, radius), w, h, radius);
		final double[][] out = new double[3][];
		for (int q = 0; q < 3; q++) {
			final double[] x = new double[w * h];
			for (int i = 0; i < x.length; i++) x[i] = weight[i] * (p.planes[q][i] & 0xff);
			out[q] = box(box(x, w, h, radius), w, h, radius);
			for (int i = 0; i < x.length; i++) out[q][i] /= sums[i];
		}
		return out;
	}

	/** Sum over a square window, both axes in turn. */
	private static double[] box(final double[] x, final int w, final int h, final int radius) {
		final double[] rows = new double[x.length];
		for (int y = 0; y < h; y++) {
			double sum = 0;
			for (int u = 0; u < Math.min(w, radius); u++) sum += x[y * w + u];
			for (int u = 0; u < w; u++) {
				if (u + radius < w) sum += x[y * w + u + radius];
				rows[y * w + u] = sum;
				if (u - radius >= 0) sum -= x[y * w + u - radius];
			}
		}
		final double[] out = new double[x.length];
		for (int u = 0; u < w; u++) {
			double sum = 0;
			for (int y = 0; y < Math.min(h, radius); y++) sum += rows[y * w + u];
			for (int y = 0; y < h; y++) {
				if (y + radius < h) sum += rows[(y + radius) * w + u];
				out[y * w + u] = sum;
				if (y - radius >= 0) sum -= rows[(y - radius) * w + u];
			}
		}
		return out;
	}

	/** Clears what is connected and lies outside of the box for the most part, and what is neither solid nor beside something solid. */
	private static void connected(final float[] alpha, final byte[] zone, final int w, final int h) {
		final int n = w * h;
		final byte[] kind = new byte[n];   // 1 seen, 2 kept
		final int[] queue = new int[n];
		for (int i = 0; i < n; i++) {
			if (alpha[i] < SOLID || kind[i] != 0) continue;
			int size = 0;
			int inside = 0;
			queue[size++] = i;
			kind[i] = 1;
			for (int k = 0; k < size; k++) {
				final int x = queue[k] % w;
				final int y = queue[k] / w;
				if (zone[queue[k]] == INSIDE) inside++;
				for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++) for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) {
					final int next = v * w + u;
					if (alpha[next] < SOLID || kind[next] != 0) continue;
					kind[next] = 1;
					queue[size++] = next;
				}
			}
			if (2 * inside >= size) for (int k = 0; k < size; k++) kind[queue[k]] = 2;
		}
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			boolean beside = false;
			for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1) && !beside; v++) for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) {
				if (kind[v * w + u] == 2) beside = true;
			}
			if (!beside || kind[y * w + x] == 1) alpha[y * w + x] = 0;
		}
	}

	// -- Along the line --

	/** The most letter in each step of one pixel along the reading direction, from the start of the box to its end. */
	float[] profile() {
		final float[] out = new float[Math.max(1, (int) Math.ceil(quad.width()))];
		final double c = Math.cos(quad.angle());
		final double s = Math.sin(quad.angle());
		for (int y = 0; y < bounds.height(); y++) for (int x = 0; x < bounds.width(); x++) {
			final float a = alpha[y * bounds.width() + x];
			if (a == 0) continue;
			final double u = (bounds.x() + x + 0.5 - quad.x()) * c + (bounds.y() + y + 0.5 - quad.y()) * s + quad.width() / 2;
			final int at = (int) Math.floor(u);
			if (at >= 0 && at < out.length) out[at] = Math.max(out[at], a);
		}
		return out;
	}

	/** The part of the box from and to, in pixels along the reading direction, drawn tight around its letters; as it is where there are none. */
	Quad tight(final double from, final double to) {
		final double[] e = extent(from, to);
		if (e[1] < e[0]) return quad.part(Math.max(0, from), Math.min(quad.width(), to));
		final double c = Math.cos(quad.angle());
		final double s = Math.sin(quad.angle());
		final double u = (e[0] + e[1] - quad.width()) / 2;
		final double v = (e[2] + e[3]) / 2;
		return new Quad(quad.x() + u * c - v * s, quad.y() + u * s + v * c, e[1] - e[0], e[3] - e[2], quad.angle());
	}

	/** Where the letters of a part of the box begin and end across the reading direction, in pixels from the box's middle; the end is less than the start where there are none. */
	double[] rows(final double from, final double to) {
		final double[] e = extent(from, to);
		return new double[] { e[2], e[3] };
	}

	/** First and last place of solid pixels along and across. */
	private double[] extent(final double from, final double to) {
		final double c = Math.cos(quad.angle());
		final double s = Math.sin(quad.angle());
		final double[] e = { Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE };
		for (int y = 0; y < bounds.height(); y++) for (int x = 0; x < bounds.width(); x++) {
			if (alpha[y * bounds.width() + x] < SOLID) continue;
			final double dx = bounds.x() + x + 0.5 - quad.x();
			final double dy = bounds.y() + y + 0.5 - quad.y();
			final double u = dx * c + dy * s + quad.width() / 2;
			if (u < from || u > to) continue;
			final double v = dy * c - dx * s;
			e[0] = Math.min(e[0], u - 0.5);
			e[1] = Math.max(e[1], u + 0.5);
			e[2] = Math.min(e[2], v - 0.5);
			e[3] = Math.max(e[3], v + 0.5);
		}
		return e;
	}
}
