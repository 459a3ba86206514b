package org.layerj.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.layerj.layers.Bounds;
import org.layerj.layers.edit.Masks;

/**
 * Which pixels of a line are letters, and how much of each: its colours against what is around.
 * <ol>
 * <li>The colour of the letters is the one of which most pixels lie in thin pieces within the line's box, all along it;
 * a background's piece reaches beyond the box or is thick, whether there is one background or several. Outlined letters
 * have a second colour.</li>
 * <li>The background at each pixel is the mean of what is near and no letter.</li>
 * <li>How much of a pixel is letter is where its colour lies between background and letters; less, if it lies
 * beside.</li>
 * <li>What is connected but holds no such piece, as an axis, a frame or a scale bar, is no letter.</li>
 * </ol>
 */
final class LineMatte {

	/**
	 * How far beyond the box letters may reach, and how wide a ring around that is background, in heights of the line;
	 * in pixels at least.
	 */
	private static final double BEYOND = 0.2;
	private static final double RING = 0.5;
	private static final int LEAST = 3;
	/** So many pixels along the edge of a plate are background. */
	private static final int MARGIN = 2;
	/** Colours are counted in cubes of this side. */
	private static final int BINS = 16;
	private static final int SLICES = 12;
	/**
	 * So many colours are looked at; pixels so near to one, of 0 … 441, are of it; it differs at least so much from
	 * what is not of it.
	 */
	private static final int CANDIDATES = 10;
	private static final double NEAR = 44;
	private static final double CONTRAST = 24;
	/**
	 * Most of a piece of a letter lies in the box; hardly anything of it in the ring; and it is thinner than this, in
	 * heights of the line.
	 */
	private static final double WITHIN = 0.5;
	private static final double OUTSIDE = 0.08;
	private static final double THICK = 0.34;
	/**
	 * A piece so much longer than high, and no higher than this in heights of the line, is a bar or a line under the
	 * letters, unless it crosses their middle.
	 */
	private static final double LONG = 4;
	private static final double FLAT = 0.4;
	private static final double MIDDLE = 0.1;
	/** Pixels of the blurred edge around it that what is thick takes along. */
	private static final int EDGE = 1;
	/** From here on a pixel counts as letter when pixels are connected. */
	private static final float SOLID = 0.35f;
	/**
	 * A second colour is one of the letters' if so much of the box is of it, compared to the first, and it is so far
	 * off what a mixture would be.
	 */
	private static final double SECOND = 0.15;
	private static final double ASIDE = 60;
	/** Share of it that lies right around the first. */
	private static final double OUTLINE = 0.9;
	/**
	 * The middle of strokes is seen if it is so much of them; else their colour is the mean of what is as strong as
	 * this share of their pixels is not.
	 */
	private static final double MIDDLES = 0.1;
	private static final double STRONG = 0.95;
	/** How far, as a share of the contrast, a colour may lie beside the mixtures. */
	private static final double TOLERANCE = 0.3;
	/** How far, as a multiple of the contrast, it may lie beyond the letters' colour. */
	private static final double BEYOND_COLOUR = 1.6;
	/** How often background and letters are separated anew. */
	private static final int ROUNDS = 3;

	/** Where the matte lies. */
	final Bounds bounds;
	/** 0 … 1, row by row over the bounds. */
	final float[] alpha;
	final Quad quad;
	/** How far beyond the box letters are looked for, in pixels. */
	final double beyond;

	private LineMatte(final Bounds bounds, final float[] alpha, final Quad quad, final double beyond) {
		this.bounds = bounds;
		this.alpha = alpha;
		this.quad = quad;
		this.beyond = beyond;
	}

	static LineMatte of(final Rgb picture, final Quad quad) {
		final double beyond = Math.max(LEAST, BEYOND * quad.height());
		final double ring = Math.max(LEAST, RING * quad.height());
		final Bounds around = quad.grown(beyond + ring).bounds(picture.width, picture.height);
		final Optional<Bounds> plate = Plate.of(picture, quad, around);
		final Bounds outer = plate.orElse(around);
		final int w = outer.width();
		final int h = outer.height();
		final int n = w * h;
		final Rgb part = picture.window(outer.x(), outer.y(), w, h);
		final Area area = new Area(plate.map(b -> Plate.on(b, quad, MARGIN)).orElse(quad), outer, beyond);
		final List<Colour> colours = colours(part, area);
		float[] alpha = new float[n];
		if (!colours.isEmpty()) {
			// What has none of the letters' colours is background at first, then what is little letter.
			final boolean[] pieces = new boolean[n];
			for (final Colour c : colours) for (int i = 0; i < n; i++) {
				pieces[i] |= c.pieces()[i];
				if (distance(c.rgb(), part, i) < NEAR) alpha[i] = 1;
			}
			final List<double[]> rgb = colours.stream().map(Colour::rgb).toList();
			for (int k = 0; k < ROUNDS; k++) alpha = mixture(part, near(part, alpha, w, h, area.height), rgb, n);
			final boolean[] solid = new boolean[n];
			for (int i = 0; i < n; i++) solid[i] = alpha[i] >= SOLID;
			final boolean[] cut = reachingIn(solid, area);
			for (int i = 0; i < n; i++) if (cut[i] || area.zone[i] == AROUND) alpha[i] = 0;
			// A letter that touched it is a piece of its own now.
			for (final Colour c : colours) pieces(part, area, c.rgb(), i -> !cut[i], pieces);
			connected(alpha, pieces, area);
		}
		return new LineMatte(outer, alpha, quad, beyond);
	}

	private static final byte INSIDE = 2, FRINGE = 1, AROUND = 0;

	/**
	 * Where the pixels around a line lie: in its box, just beyond it, or in the ring around; and how far along and
	 * across the line.
	 */
	private static final class Area {

		private final int w;
		private final int h;
		private final byte[] zone;
		private final double height;
		private final double width;
		/** From the box's middle, in pixels. */
		private final float[] along;
		private final float[] across;

		Area(final Quad quad, final Bounds b, final double beyond) {
			w = b.width();
			h = b.height();
			width = quad.width();
			height = quad.height();
			zone = new byte[w * h];
			along = new float[w * h];
			across = new float[w * h];
			final double c = Math.cos(quad.angle());
			final double s = Math.sin(quad.angle());
			for (int y = 0, i = 0; y < h; y++) for (int x = 0; x < w; x++, i++) {
				final double dx = b.x() + x + 0.5 - quad.x();
				final double dy = b.y() + y + 0.5 - quad.y();
				along[i] = (float) (dx * c + dy * s);
				across[i] = (float) (dy * c - dx * s);
				final double off = Math.max(Math.abs(along[i]) - width / 2, Math.abs(across[i]) - height / 2);
				zone[i] = off <= 0 ? INSIDE : off <= beyond ? FRINGE : AROUND;
			}
		}

		/** The slice along the line in which a pixel lies. */
		int slice(final int i) {
			return Math.max(0, Math.min(SLICES - 1, (int) ((along[i] / width + 0.5) * SLICES)));
		}
	}

	// -- Colours --

	/** A colour, the pixels that are in pieces of letters of that colour, and how many of these lie in the box. */
	private record Colour(double[] rgb, boolean[] pieces, int count) {}

	private static int bin(final Rgb p, final int i) {
		final int shift = 4;
		return ((p.planes[0][i] & 0xff) >> shift) * BINS * BINS + ((p.planes[1][i] & 0xff) >> shift) * BINS
			+ ((p.planes[2][i] & 0xff) >> shift);
	}

	/** The colours of the letters, one or two; none where everything is of one colour. */
	private static List<Colour> colours(final Rgb p, final Area area) {
		final int n = area.w * area.h;
		final double[] count = new double[BINS * BINS * BINS];
		for (int i = 0; i < n; i++) if (area.zone[i] == INSIDE) count[bin(p, i)]++;
		final double[] background = median(p, area.zone, n);
		Colour first = null;
		double most = 0;
		final List<Colour> all = new ArrayList<>();
		for (final int k : frequent(count, background)) {
			final double[] rgb = extreme(p, area.zone, n, k, background);
			final boolean[] pieces = new boolean[n];
			final double value = pieces(p, area, rgb, i -> true, pieces);
			if (value <= 0) continue;
			int inside = 0;
			for (int i = 0; i < n; i++) if (pieces[i] && area.zone[i] == INSIDE) inside++;
			final Colour colour = new Colour(rgb, pieces, inside);
			all.add(colour);
			if (value > most) {
				most = value;
				first = colour;
			}
		}
		if (first == null) return List.of();
		first = refined(p, area, first, background);
		final Colour second = second(p, area, first, all);
		return second == null ? List.of(first) : List.of(first, refined(p, area, second, background));
	}

	/**
	 * The colour of an outline around the letters, or of the letters if the first is that of the outline; null if they
	 * have none.
	 */
	private static Colour second(final Rgb p, final Area area, final Colour first, final List<Colour> all) {
		final int outline = (int) Math.max(2, area.height / 14);
		final boolean[] around = new Masks(area.w, area.h).dilate(first.pieces(), outline + 1);
		final float[] letters = new float[area.w * area.h];
		for (int i = 0; i < letters.length; i++) letters[i] = around[i] ? 1 : 0;
		final double[][] behind = near(p, letters, area.w, area.h, area.height);
		Colour second = null;
		double most = ASIDE;
		for (final Colour c : all) {
			if (c.count() < SECOND * first.count()) continue;
			double sum = 0;
			for (int i = 0; i < letters.length; i++) {
				if (!c.pieces()[i] || area.zone[i] != INSIDE) continue;
				sum += aside(c.rgb(), new double[] { behind[0][i], behind[1][i], behind[2][i] }, first.rgb());
			}
			if (sum > most * c.count() && isOutline(p, area, first.rgb(), c.rgb(), outline)) {
				most = sum / c.count();
				second = c;
			}
		}
		return second;
	}

	/**
	 * A colour as it is in the middle of the strokes; where they are thinner than three pixels, as it is at its
	 * strongest: the rest is blends.
	 */
	private static Colour refined(final Rgb p, final Area area, final Colour colour, final double[] background) {
		final int w = area.w;
		final boolean[] of = colour.pieces();
		final double[][] values = new double[of.length][];
		int size = 0;
		int middle = 0;
		for (int i = 0; i < of.length; i++) {
			if (!of[i] || area.zone[i] != INSIDE) continue;
			final boolean within = i % w > 0 && i % w + 1 < w && i >= w && i + w < of.length && of[i - 1] && of[i + 1]
				&& of[i - w] && of[i + w];
			values[size++] = new double[] { within ? 1 : 0, projection(p, i, background, colour.rgb()), i };
			if (within) middle++;
		}
		if (size == 0) return colour;
		final boolean strokes = middle > MIDDLES * size;
		final double[] sorted =
			Arrays.stream(values, 0, size).filter(v -> !strokes || v[0] > 0).mapToDouble(v -> v[1]).sorted().toArray();
		final double limit = sorted[(int) ((strokes ? 0.3 : STRONG) * (sorted.length - 1))];
		final double[] rgb = new double[3];
		int count = 0;
		for (int k = 0; k < size; k++) {
			if (strokes && values[k][0] == 0 || values[k][1] < limit) continue;
			for (int q = 0; q < 3; q++) rgb[q] += p.planes[q][(int) values[k][2]] & 0xff;
			count++;
		}
		for (int q = 0; q < 3; q++) rgb[q] /= count;
		return new Colour(rgb, of, colour.count());
	}

	/** Bins that are frequent and stand out, none beside another. */
	private static List<Integer> frequent(final double[] count, final double[] background) {
		final double[] value = new double[count.length];
		for (int k = 0; k < count.length; k++)
			if (count[k] > 0) value[k] = cluster(count, k) * distance(centre(k), background);
		final List<Integer> order = new ArrayList<>();
		for (int k = 0; k < count.length; k++) if (value[k] > 0) order.add(k);
		order.sort(Comparator.<Integer> comparingDouble(k -> value[k]).reversed());
		final List<Integer> out = new ArrayList<>();
		for (final int k : order) {
			if (out.size() == CANDIDATES) break;
			if (out.stream().noneMatch(o -> distance(centre(o), centre(k)) < 2 * 256 / BINS)) out.add(k);
		}
		return out;
	}

	/**
	 * Marks the pieces of a colour that may be letters.
	 *
	 * @param may which pixels are looked at, by index
	 * @param pieces gets them; by index
	 * @return how well the colour is that of letters: how much of it they are, all along the line, and how far it
	 * differs from what is not of it
	 */
	private static double pieces(final Rgb p, final Area area, final double[] colour, final IntPredicate may,
		final boolean[] pieces)
	{
		final int n = area.w * area.h;
		final double[] of = new double[n];
		double contrast = 0;
		int others = 0;
		int all = 0;
		int elsewhere = 0;
		int box = 0;
		for (int i = 0; i < n; i++) {
			final double d = distance(colour, p, i);
			if (d < NEAR && may.test(i)) of[i] = 1;
			if (area.zone[i] == INSIDE) {
				box++;
				if (d < NEAR) all++;
			}
			if (area.zone[i] == AROUND || d < NEAR) continue;
			contrast += d;
			others++;
		}
		if (all == 0 || others == 0 || contrast < CONTRAST * others) return 0;
		final int radius = thick(area);
		final double[] sums = box(of, area.w, area.h, radius);
		final double full = (2 * radius + 1) * (2 * radius + 1);
		final Masks masks = new Masks(area.w, area.h);
		int inside = 0;
		int slices = 0;
		for (final Piece piece : Piece.of(area, masks.of(i -> of[i] > 0))) {
			if (piece.isSpeck()) elsewhere += piece.pixels.length - piece.count(INSIDE);
			int thick = 0;
			for (final int i : piece.pixels) if (sums[i] >= full) thick++;
			if (!piece.isLetter() || thick * full > 0.5 * piece.pixels.length) continue;
			for (final int i : piece.pixels) {
				pieces[i] = true;
				if (area.zone[i] != INSIDE) continue;
				inside++;
				slices |= 1 << area.slice(i);
			}
		}
		final double spread = Integer.bitCount(slices) / (double) SLICES;
		final double rare = n == box ? 1 : 1 - Math.min(1, elsewhere / (double) (n - box) / (inside / (double) box));
		return inside * (inside / (double) all) * rare * spread * spread * contrast / others
			* edge(p, area, colour, pieces);
	}

	/** Half the side of a square that fits into no stroke. */
	private static int thick(final Area area) {
		return (int) Math.max(2, Math.round(THICK * area.height / 2));
	}

	/**
	 * Pixels of what is too thick for strokes and goes on around the box: a bright cell of the letters' colour, say,
	 * that some of them touch.
	 */
	private static boolean[] reachingIn(final boolean[] of, final Area area) {
		final Masks masks = new Masks(area.w, area.h);
		final int radius = thick(area);
		final boolean[] thick = masks.dilate(masks.erode(of, radius), radius + EDGE);
		final boolean[] out = new boolean[of.length];
		for (final int[] part : components(area, masks.of(i -> thick[i] && of[i])))
			if (Arrays.stream(part).anyMatch(i -> area.zone[i] == AROUND)) for (final int i : part) out[i] = true;
		return out;
	}

	/**
	 * How far the colours two pixels beyond the pieces' edges are off theirs, in the mean, 0 … 1. Letters are sharp,
	 * what shines or is out of focus is not.
	 */
	private static double edge(final Rgb p, final Area area, final double[] colour, final boolean[] pieces) {
		double sum = 0;
		int count = 0;
		for (int y = 2; y < area.h - 2; y++) for (int x = 2; x < area.w - 2; x++) {
			final int i = y * area.w + x;
			if (!pieces[i]) continue;
			for (final int step : new int[] { -1, 1, -area.w, area.w }) {
				if (pieces[i + step]) continue;
				sum += distance(colour, p, i + 2 * step);
				count++;
			}
		}
		return count == 0 ? 0 : sum / count / Math.sqrt(3) / 255;
	}

	/** Connected pixels of a line, by index. */
	private record Piece(Area area, int[] pixels) {

		static List<Piece> of(final Area area, final boolean[] mask) {
			return components(area, mask).stream().map(pixels -> new Piece(area, pixels)).toList();
		}

		/** First and last place of the piece along and across the line. */
		private float[] extent() {
			final float[] e = { Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE };
			for (final int i : pixels) {
				e[0] = Math.min(e[0], area.along[i]);
				e[1] = Math.max(e[1], area.along[i]);
				e[2] = Math.min(e[2], area.across[i]);
				e[3] = Math.max(e[3], area.across[i]);
			}
			return e;
		}

		private int count(final int zone) {
			int count = 0;
			for (final int i : pixels) if (area.zone[i] == zone) count++;
			return count;
		}

		/** Whether the piece is no larger than a letter, as the pieces of a texture. */
		boolean isSpeck() {
			final float[] e = extent();
			return Math.max(e[1] - e[0], e[3] - e[2]) < area.height;
		}

		/** Whether the piece lies where letters do, and is no bar under or over them. */
		boolean isLetter() {
			final float[] e = extent();
			final double length = e[1] - e[0] + 1;
			final double high = e[3] - e[2] + 1;
			final boolean bar = length > LONG * high && high < FLAT * area.height && length > area.height / 2
				&& (e[2] > MIDDLE * area.height || e[3] < -MIDDLE * area.height);
			return count(INSIDE) >= WITHIN * pixels.length && count(AROUND) <= OUTSIDE * pixels.length && !bar;
		}
	}

	private static List<int[]> components(final Area area, final boolean[] mask) {
		return new Masks(area.w, area.h).components(mask, true, (i, j) -> true);
	}

	/** Whether what is of one colour lies around what is of another, no farther away than an outline is wide. */
	private static boolean isOutline(final Rgb p, final Area area, final double[] letter, final double[] colour,
		final int outline)
	{
		final Masks masks = new Masks(area.w, area.h);
		final boolean[] beside = masks.dilate(masks.of(i -> distance(letter, p, i) < ASIDE / 2), outline);
		int near = 0;
		int all = 0;
		for (int i = 0; i < beside.length; i++) {
			if (area.zone[i] != INSIDE || distance(colour, p, i) > ASIDE / 2) continue;
			all++;
			if (beside[i]) near++;
		}
		return near > OUTLINE * all;
	}

	private static double[] centre(final int bin) {
		final int size = 256 / BINS;
		return new double[] { (bin / BINS / BINS + 0.5) * size, (bin / BINS % BINS + 0.5) * size,
			(bin % BINS + 0.5) * size };
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
				for (int l = Math.max(0, b - 1); l <= Math.min(BINS - 1, b + 1); l++)
					sum += Math.max(0, more[(i * BINS + j) * BINS + l]);
			}
		}
		return sum;
	}

	/**
	 * The mean of the pixels near a bin's colour that lie farthest from the background: strokes' middles, not their
	 * blends.
	 */
	private static double[] extreme(final Rgb p, final byte[] zone, final int n, final int bin,
		final double[] background)
	{
		final double[] c = centre(bin);
		final double length = Math.max(1, distance(c, background));
		double[] along = new double[1024];
		int m = 0;
		for (int i = 0; i < n; i++) {
			if (zone[i] != INSIDE || distance(c, p, i) > 56) continue;
			if (m == along.length) along = Arrays.copyOf(along, 2 * m);
			along[m++] = projection(p, i, background, c) / length;
		}
		if (m == 0) return c;
		final double[] sorted = Arrays.copyOf(along, m);
		Arrays.sort(sorted);
		final double limit = sorted[(int) (0.6 * (m - 1))];
		final double[] sum = new double[4];
		for (int i = 0; i < n; i++) {
			if (zone[i] != INSIDE || distance(c, p, i) > 56 || projection(p, i, background, c) / length < limit)
				continue;
			for (int q = 0; q < 3; q++) sum[q] += p.planes[q][i] & 0xff;
			sum[3]++;
		}
		return new double[] { sum[0] / sum[3], sum[1] / sum[3], sum[2] / sum[3] };
	}

	private static double projection(final Rgb p, final int i, final double[] background, final double[] c) {
		double sum = 0;
		for (int q = 0; q < 3; q++) sum += ((p.planes[q][i] & 0xff) - background[q]) * (c[q] - background[q]);
		return sum;
	}

	private static double distance(final double[] a, final double[] b) {
		return Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) + (a[2] - b[2]) * (a[2] - b[2]));
	}

	private static double distance(final double[] a, final Rgb p, final int i) {
		final double r = a[0] - (p.planes[0][i] & 0xff);
		final double g = a[1] - (p.planes[1][i] & 0xff);
		final double b = a[2] - (p.planes[2][i] & 0xff);
		return Math.sqrt(r * r + g * g + b * b);
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
		return distance(c,
			new double[] { a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2]) });
	}

	/** Median of each channel outside of the box. */
	private static double[] median(final Rgb p, final byte[] zone, final int n) {
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
	private static float[] mixture(final Rgb p, final double[][] background, final List<double[]> colours,
		final int n)
	{
		final float[] alpha = new float[n];
		for (int i = 0; i < n; i++) for (final double[] f : colours) {
			double along = 0;
			double length = 0;
			for (int q = 0; q < 3; q++) {
				final double d = f[q] - background[q][i];
				along += ((p.planes[q][i] & 0xff) - background[q][i]) * d;
				length += d * d;
			}
			if (length < 16 * 16) continue;
			// A step beyond the letters' colour is still a letter.
			final double t = Math.max(0, Math.min(BEYOND_COLOUR, along / length));
			double off = 0;
			for (int q = 0; q < 3; q++) {
				final double step = (p.planes[q][i] & 0xff) - background[q][i] - t * (f[q] - background[q][i]);
				off += step * step;
			}
			final double limit = Math.max(20 * 20, TOLERANCE * TOLERANCE * length);
			alpha[i] = Math.max(alpha[i], (float) (Math.min(1, t) * Math.exp(-Math.max(0, off - limit) / limit)));
		}
		return alpha;
	}

	/**
	 * At each pixel the mean of what is near and no letter, by its weight; of what is farther away where there is
	 * hardly any.
	 */
	private static double[][] near(final Rgb p, final float[] alpha, final int w, final int h, final double height) {
		final double[] weight = new double[w * h];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			// A pixel beside a letter may be a blend.
			float most = 0;
			for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++) {
				for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++)
					most = Math.max(most, alpha[v * w + u]);
			}
			weight[y * w + x] = Math.pow(1 - most, 4) + 1e-6;
		}
		final int small = (int) Math.max(2, height / 8);
		final int large = (int) Math.max(2, height / 3);
		final double[] sums = around(weight, w, h, small, large);
		final double[][] out = new double[3][];
		for (int q = 0; q < 3; q++) {
			final double[] x = new double[w * h];
			for (int i = 0; i < x.length; i++) x[i] = weight[i] * (p.planes[q][i] & 0xff);
			out[q] = around(x, w, h, small, large);
			for (int i = 0; i < x.length; i++) out[q][i] /= sums[i];
		}
		return out;
	}

	/** Sum over what is near, and a little over what is farther away. */
	private static double[] around(final double[] x, final int w, final int h, final int small, final int large) {
		final double[] out = box(box(x, w, h, small), w, h, small);
		final double[] far = box(box(x, w, h, large), w, h, large);
		for (int i = 0; i < out.length; i++) out[i] += 0.01 * far[i];
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
		// All columns at once: each pass goes through memory in its order.
		final double[] out = new double[x.length];
		final double[] sum = new double[w];
		for (int y = 0; y < Math.min(h, radius); y++) for (int u = 0; u < w; u++) sum[u] += rows[y * w + u];
		for (int y = 0; y < h; y++) {
			if (y + radius < h) for (int u = 0; u < w; u++) sum[u] += rows[(y + radius) * w + u];
			System.arraycopy(sum, 0, out, y * w, w);
			if (y - radius >= 0) for (int u = 0; u < w; u++) sum[u] -= rows[(y - radius) * w + u];
		}
		return out;
	}

	/**
	 * Clears what is connected and holds no piece of a letter, or lies elsewhere; and what is neither solid nor beside
	 * something solid.
	 */
	private static void connected(final float[] alpha, final boolean[] pieces, final Area area) {
		final int w = area.w;
		final int h = area.h;
		final boolean[] solid = new boolean[w * h];
		final boolean[] kept = new boolean[w * h];
		for (int i = 0; i < solid.length; i++) solid[i] = alpha[i] >= SOLID;
		for (final Piece piece : Piece.of(area, solid))
			if (Arrays.stream(piece.pixels).anyMatch(i -> pieces[i]) && piece.isLetter())
				for (final int i : piece.pixels) kept[i] = true;
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			boolean beside = false;
			for (int v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1) && !beside; v++) {
				for (int u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++) beside |= kept[v * w + u];
			}
			if (!beside || solid[y * w + x] && !kept[y * w + x]) alpha[y * w + x] = 0;
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
			final double u =
				(bounds.x() + x + 0.5 - quad.x()) * c + (bounds.y() + y + 0.5 - quad.y()) * s + quad.width() / 2;
			final int at = (int) Math.floor(u);
			if (at >= 0 && at < out.length) out[at] = Math.max(out[at], a);
		}
		return out;
	}

	/** Whether letters cannot be distinguished from the background. */
	boolean isEmpty() {
		for (final float a : alpha) if (a >= SOLID) return false;
		return true;
	}

	/**
	 * The part of the box from and to, in pixels along the reading direction, drawn tight around its letters; as it is
	 * where there are none.
	 */
	Quad tight(final double from, final double to) {
		final double[] e = extent(from, to);
		if (e[1] < e[0]) return quad.part(Math.max(0, from), Math.min(quad.width(), to));
		final double c = Math.cos(quad.angle());
		final double s = Math.sin(quad.angle());
		final double u = (e[0] + e[1] - quad.width()) / 2;
		final double v = (e[2] + e[3]) / 2;
		return new Quad(quad.x() + u * c - v * s, quad.y() + u * s + v * c, e[1] - e[0], e[3] - e[2], quad.angle());
	}

	/**
	 * Where the letters of a part of the box begin and end across the reading direction, in pixels from the box's
	 * middle; the end is less than the start where there are none.
	 */
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
