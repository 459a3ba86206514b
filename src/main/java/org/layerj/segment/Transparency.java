package org.layerj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.layerj.layers.RgbaImage;

/**
 * Translucent covers, found where their edge crosses that of something beneath (X-junctions; Metelli, Scientific
 * American 1974).
 * <p>
 * With A the colour of the background, B of something on it, C of a cover over the background and D of the cover over
 * B, a cover that lets the share t through obeys D − C = t (B − A): it has alpha 1 − t and the colour F = (C − t A) /
 * (1 − t), and B goes on beneath D. Colours that lie on one line say nothing, as grey ones do. A cover counts if
 * several of its junctions give the same t and F.
 */
final class Transparency {

	/** Fewest pixels of a segment, within the window, from which its colour is taken. */
	private static final int MIN_COLOUR_PIXELS = 4;
	/** Neighbours' colours are taken from so many pixels around a segment's box: the background may be a gradient. */
	private static final int WINDOW_PIXELS = 10;
	/** Median distance from the median colour, 0 … 441, up to which a segment is of one colour. */
	private static final double FLAT_COLOUR_DISTANCE = 4;
	/**
	 * Distance of colours, 0 … 441, from which a junction's colours differ enough, and below which they are the same.
	 */
	private static final double DIFFERENT_COLOUR_DISTANCE = 36, SAME_COLOUR_DISTANCE = 8;
	/** Range of transmittance that can be distinguished from 0 and 1. */
	private static final double MIN_TRANSMITTANCE = .1, MAX_TRANSMITTANCE = .9;
	/** Largest distance of D from C + t (B − A), levels. */
	private static final double MAX_PREDICTION_ERROR = 2.5;
	/** Sine of the angle between B − A and C − A below which the colours lie on one line. */
	private static final double COLLINEAR_SINE = .2;
	/** Least share of D's edge that has the colour of B or C; levels by which F may lie outside 0 … 255. */
	private static final double MIN_ENCLOSED_SHARE = .5, MAX_OUTSIDE_GAMUT = 8;
	/** By how much t, and F in levels, of one cover's junctions may differ; fewest junctions of a cover. */
	private static final double MAX_TRANSMITTANCE_DIFFERENCE = .06, MAX_COLOUR_DIFFERENCE = 20;
	private static final int MIN_JUNCTIONS = 2;
	/** A segment with more neighbours is no piece of something that goes on beneath a cover. */
	private static final int MAX_NEIGHBOURS = 40;

	/**
	 * What is known of a segment that shows a cover over something.
	 *
	 * @param number of the cover, 0 on; all segments with the same show one cover, or several that are alike
	 * @param through share that the cover lets through
	 * @param own the cover's own colour, 0 … 255
	 * @param ends segments that show what lies beneath, where it comes out; the one that fits best first
	 */
	record Cover(int number, double through, double[] own, List<Integer> ends) {

		/** The segment that shows best what lies beneath. */
		int beneath() {
			return ends.get(0);
		}
	}

	private record Junction(int background, int beneath, int cover, int over, double through, double[] own,
		double missed)
	{

		/** Whether it tells of a cover like that of another. */
		boolean agrees(final Junction other) {
			return Math.abs(through - other.through) < MAX_TRANSMITTANCE_DIFFERENCE
				&& far(own, other.own) < MAX_COLOUR_DIFFERENCE;
		}
	}

	private final Segments segments;
	private final int[][] colours;
	private final int n;
	private final int[] area;
	private final int[][] box;
	private final List<Map<Integer, Integer>> borders = new ArrayList<>();
	private final Set<List<Integer>> corners = new HashSet<>();

	private Transparency(final int[][] colours, final Segments segments) {
		this.colours = colours;
		this.segments = segments;
		n = segments.count();
		area = new int[n];
		box = new int[n][];
		for (int k = 0; k < n; k++) borders.add(new TreeMap<>());
		final int w = segments.width();
		final int h = segments.height();
		final int[] labels = segments.labels();
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			final int s = labels[i];
			area[s]++;
			if (box[s] == null) box[s] = new int[] { x, y, x, y };
			box[s][0] = Math.min(box[s][0], x);
			box[s][2] = Math.max(box[s][2], x);
			box[s][3] = y;
			if (x + 1 < w) touch(s, labels[i + 1]);
			if (y + 1 < h) touch(s, labels[i + w]);
			if (x + 2 < w && y + 2 < h) corner(labels, i, w);
		}
	}

	private void touch(final int a, final int b) {
		if (a == b) return;
		borders.get(a).merge(b, 1, Integer::sum);
		borders.get(b).merge(a, 1, Integer::sum);
	}

	/** Keeps which four segments meet in 3 × 3 pixels. */
	private void corner(final int[] labels, final int i, final int w) {
		final int[] met = new int[9];
		int count = 0;
		for (int v = 0; v < 3; v++) for (int u = 0; u < 3; u++) {
			final int s = labels[i + v * w + u];
			boolean known = false;
			for (int k = 0; k < count; k++) known |= met[k] == s;
			if (!known) met[count++] = s;
		}
		if (count < 4) return;
		Arrays.sort(met, 0, count);
		for (int a = 0; a < count; a++)
			for (int b = a + 1; b < count; b++)
				for (int c = b + 1; c < count; c++)
					for (int d = c + 1; d < count; d++) corners.add(List.of(met[a], met[b], met[c], met[d]));
	}

	/**
	 * The translucent segments.
	 *
	 * @param colours red, green, blue, alpha, 0 … 255, without the mixed ones at edges ({@link EdgeSharpening}); what
	 * is not opaque tells nothing
	 * @return what is known of each, by its number
	 */
	static Map<Integer, Cover> of(final int[][] colours, final Segments segments) {
		return new Transparency(colours, segments).covers();
	}

	private Map<Integer, Cover> covers() {
		final List<Junction> all = new ArrayList<>();
		for (int d = 0; d < n; d++)
			if (area[d] >= MIN_COLOUR_PIXELS && borders.get(d).size() <= MAX_NEIGHBOURS) new Place(d).junctions(all);
		all.sort(Comparator.comparingDouble(Junction::missed));
		final List<List<Junction>> covers = new ArrayList<>();
		for (final Junction j : all) {
			final List<Junction> same = covers.stream().filter(l -> j.agrees(l.get(0))).findFirst().orElseGet(() -> {
				final List<Junction> made = new ArrayList<>();
				covers.add(made);
				return made;
			});
			same.add(j);
		}
		covers.removeIf(cover -> cover.stream().mapToInt(Junction::over).distinct().count() < MIN_JUNCTIONS);
		final Map<Integer, Cover> out = new TreeMap<>();
		for (int k = 0; k < covers.size(); k++) {
			final List<Junction> cover = covers.get(k);
			final double t = cover.stream().mapToDouble(Junction::through).sorted().toArray()[cover.size() / 2];
			for (final Junction j : cover) {
				add(out, j.over, new Cover(k, t, cover.get(0).own, List.of(j.beneath)));
				add(out, j.cover, new Cover(k, t, cover.get(0).own, List.of(j.background)));
			}
			for (final Junction j : cover) more(j, new Cover(k, t, cover.get(0).own, List.of(j.background)), out);
		}
		return out;
	}

	private static void add(final Map<Integer, Cover> covers, final int segment, final Cover cover) {
		covers.merge(segment, cover, (known, more) -> known.number != more.number ? known : new Cover(known.number,
			known.through, known.own, Stream.concat(known.ends.stream(), more.ends.stream()).distinct().toList()));
	}

	/** Adds what else of a cover over its background lies beside what it covers. */
	private void more(final Junction j, final Cover cover, final Map<Integer, Cover> out) {
		final Place place = new Place(j.over);
		final double[] colour = place.colour(j.cover);
		for (final int s : borders.get(j.over).keySet()) {
			final double[] other = place.colour(s);
			if (other.length > 0 && distance(other, colour) < SAME_COLOUR_DISTANCE) out.putIfAbsent(s, cover);
		}
	}

	private static double far(final double[] a, final double[] b) {
		return Math.max(Math.abs(a[0] - b[0]), Math.max(Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2])));
	}

	private static double distance(final double[] a, final double[] b) {
		return Math.sqrt(dot(minus(a, b), minus(a, b)));
	}

	private static double[] minus(final double[] a, final double[] b) {
		return new double[] { a[0] - b[0], a[1] - b[1], a[2] - b[2] };
	}

	private static double dot(final double[] a, final double[] b) {
		return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
	}

	/** The surroundings of one segment D. */
	private final class Place {

		private final int d;
		private final Map<Integer, double[]> known = new HashMap<>();
		private final Map<Integer, List<int[]>> pixels = new HashMap<>();

		Place(final int d) {
			this.d = d;
		}

		/** Colour of a segment near D; null if it has not one. */
		private double[] colour(final int s) {
			if (pixels.isEmpty()) {
				final int w = segments.width();
				for (int y = Math.max(0, box[d][1] - WINDOW_PIXELS); y <= Math.min(segments.height() - 1,
					box[d][3] + WINDOW_PIXELS); y++)
					for (int x = Math.max(0, box[d][0] - WINDOW_PIXELS); x <= Math.min(w - 1,
						box[d][2] + WINDOW_PIXELS); x++)
					{
						final int i = y * w + x;
						if (colours[RgbaImage.ALPHA][i] < 255) continue;
						pixels.computeIfAbsent(segments.labels()[i], k -> new ArrayList<>())
							.add(new int[] { colours[0][i], colours[1][i], colours[2][i] });
					}
			}
			return known.computeIfAbsent(s, k -> {
				final List<int[]> of = pixels.getOrDefault(k, List.of());
				if (of.size() < MIN_COLOUR_PIXELS) return new double[0];
				final double[] median = new double[3];
				for (int c = 0; c < 3; c++) {
					final int channel = c;
					median[c] = of.stream().mapToInt(p -> p[channel]).sorted().toArray()[of.size() / 2];
				}
				final double[] off = of.stream()
					.mapToDouble(p -> distance(new double[] { p[0], p[1], p[2] }, median))
					.sorted()
					.toArray();
				return off[off.length / 2] > FLAT_COLOUR_DISTANCE ? new double[0] : median;
			});
		}

		/** Adds the junction that fits best, if one does, and those that say the same. */
		void junctions(final List<Junction> all) {
			final double[] dd = colour(d);
			if (dd.length == 0) return;
			final List<Junction> found = new ArrayList<>();
			for (final int b : borders.get(d).keySet()) {
				final double[] bb = colour(b);
				if (bb.length == 0 || distance(bb, dd) < SAME_COLOUR_DISTANCE) continue;
				for (final int c : borders.get(d).keySet()) {
					final double[] cc = colour(c);
					if (b == c || cc.length == 0 || distance(cc, dd) < SAME_COLOUR_DISTANCE
						|| distance(bb, cc) < DIFFERENT_COLOUR_DISTANCE) continue;
					for (final int a : borders.get(b).keySet()) {
						if (a == d || a == c || !borders.get(c).containsKey(a)) continue;
						final Junction j = junction(a, b, c);
						if (j != null && enclosed(bb, cc)) found.add(j);
					}
				}
			}
			if (found.isEmpty()) return;
			final Junction best = Collections.min(found, Comparator.comparingDouble(Junction::missed));
			found.stream().filter(best::agrees).forEach(all::add);
		}

		private Junction junction(final int a, final int b, final int c) {
			final double[] aa = colour(a);
			if (aa.length == 0) return null;
			final double[] e = minus(colour(b), aa);
			final double[] f = minus(colour(c), aa);
			final double ee = dot(e, e);
			final double ff = dot(f, f);
			if (ee < DIFFERENT_COLOUR_DISTANCE * DIFFERENT_COLOUR_DISTANCE
				|| ff < DIFFERENT_COLOUR_DISTANCE * DIFFERENT_COLOUR_DISTANCE / 4) return null;
			if (1 - dot(e, f) * dot(e, f) / (ee * ff) < COLLINEAR_SINE * COLLINEAR_SINE) return null;
			final int[] four = { a, b, c, d };
			Arrays.sort(four);
			if (!corners.contains(List.of(four[0], four[1], four[2], four[3]))) return null;
			final double[] g = minus(colour(d), colour(c));
			final double t = dot(g, e) / ee;
			if (t < MIN_TRANSMITTANCE || t > MAX_TRANSMITTANCE) return null;
			final double missed = Math.sqrt(Math.max(0, dot(g, g) - t * t * ee));
			if (missed > MAX_PREDICTION_ERROR) return null;
			final double[] own = new double[3];
			for (int k = 0; k < 3; k++) {
				own[k] = (colour(c)[k] - t * aa[k]) / (1 - t);
				if (own[k] < -MAX_OUTSIDE_GAMUT || own[k] > 255 + MAX_OUTSIDE_GAMUT) return null;
				own[k] = Math.max(0, Math.min(255, own[k]));
			}
			return new Junction(a, b, c, d, t, own, missed);
		}

		private boolean enclosed(final double[] b, final double[] c) {
			double at = 0;
			double edge = 0;
			for (final Map.Entry<Integer, Integer> e : borders.get(d).entrySet()) {
				edge += e.getValue();
				final double[] s = colour(e.getKey());
				if (s.length > 0 && Math.min(distance(s, b), distance(s, c)) < 2 * SAME_COLOUR_DISTANCE)
					at += e.getValue();
			}
			return at >= MIN_ENCLOSED_SHARE * edge;
		}
	}
}
