package org.layerj.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Decides to which class each part of a picture goes: by what its segments look like, and by which parts near it or
 * like it belong together. The assignment c that maximises, over all parts p, the sum of
 * <pre>mean over the part's pixels of log P(c_p)  +  λ Σ_q w_pq [c_p = c_q] (log-odds that p and q are of one class − θ)</pre>
 * with w_pq the neighbours' share by the square root of their size, by iterated conditional modes (Besag 1986), the
 * largest parts first.
 */
final class PartClasses {

	/**
	 * λ, the weight of pairs against a part's own class scores, and θ, the log-odds from which a pair favours one
	 * class. On 200 development figures, segment by segment, the mean IoU is higher by .016 to .022 with λ of 2 to 6
	 * and θ of .4 to 1 (training/choose_pairs.py); on the layers of 60 figures λ of 2, 3 and 4 score alike.
	 */
	private static final double PAIR_WEIGHT = 3, MIN_LOG_ODDS = .7;
	private static final int MAX_ROUNDS = 10;
	/**
	 * Factor on the probability of panels and shapes above level 1, since the network confuses levels more often than
	 * roles. Mean IoU on the development figures: .2, .4 and .7 within .0013 of each other, 1 lower by .01.
	 */
	private static final double UPPER_LEVEL_WEIGHT = .4;
	private static final double[] CLASS_WEIGHTS =
		Arrays.stream(SegmentClass.values()).mapToDouble(c -> c.level() > 1 ? UPPER_LEVEL_WEIGHT : 1).toArray();
	/** Bounds of probabilities: no single segment excludes a class, and no single pair decides alone. */
	private static final double MIN_PROBABILITY = 1e-6, MIN_PAIR_PROBABILITY = .01;
	private static final int KINDS = SegmentClass.values().length;

	/** A part beside another or like it. */
	private record Link(int to, double odds) {}

	private final int[] part;
	private final double[] area;
	private final double[][] looks;
	private final List<List<Link>> links;

	/** @param part for every segment the number of its part, 0 on */
	PartClasses(final SegmentGraph graph, final SegmentNetwork.Answer answer, final int[] part) {
		this.part = part;
		final int parts = Arrays.stream(part).max().orElse(-1) + 1;
		area = new double[parts];
		looks = new double[parts][KINDS];
		for (int s = 0; s < part.length; s++) {
			final double size = graph.area()[s];
			area[part[s]] += size;
			for (int c = 0; c < KINDS; c++)
				looks[part[s]][c] +=
					size * Math.log(CLASS_WEIGHTS[c] * answer.visible()[s * KINDS + c] + MIN_PROBABILITY);
		}
		for (int p = 0; p < parts; p++) for (int c = 0; c < KINDS; c++) looks[p][c] /= area[p];
		links = links(graph, answer);
	}

	/** Log-odds of pairs of parts: the mean of their segments' in each direction, larger ones counting more. */
	private List<List<Link>> links(final SegmentGraph graph, final SegmentNetwork.Answer answer) {
		final Map<Long, double[]> sums = new TreeMap<>();
		for (int e = 0; e < graph.from().length; e++) {
			final int a = graph.from()[e];
			final int b = graph.to()[e];
			if (a >= part.length || b >= part.length || part[a] == part[b]) continue;
			final double p = Math.max(MIN_PAIR_PROBABILITY, Math.min(1 - MIN_PAIR_PROBABILITY, answer.together()[e]));
			final double weight = Math.sqrt(Math.min(graph.area()[a], graph.area()[b]));
			final double[] sum = sums.computeIfAbsent(key(part[a], part[b]), k -> new double[2]);
			sum[0] += weight * (Math.log(p / (1 - p)) - MIN_LOG_ODDS);
			sum[1] += weight;
		}
		final List<List<Link>> out = new ArrayList<>();
		for (int p = 0; p < area.length; p++) out.add(new ArrayList<>());
		sums.forEach((key, there) -> {
			final int p = (int) (key / area.length);
			final int q = (int) (key % area.length);
			final double[] back = sums.get(key(q, p));
			final double mean = there[0] / there[1];
			if (back == null) {
				out.get(p).add(new Link(q, mean));
				out.get(q).add(new Link(p, mean));
			}
			else out.get(p).add(new Link(q, (mean + back[0] / back[1]) / 2));
		});
		return out;
	}

	private long key(final int p, final int q) {
		return (long) p * area.length + q;
	}

	/** Rules out for a segment's part what is not from {@code least} to {@code most}. */
	void limit(final int segment, final SegmentClass least, final SegmentClass most) {
		for (final SegmentClass c : SegmentClass.values())
			if (c.compareTo(least) < 0 || c.compareTo(most) > 0)
				looks[part[segment]][c.ordinal()] = Double.NEGATIVE_INFINITY;
	}

	/** For every segment the best of these classes. */
	SegmentClass[] among(final List<SegmentClass> classes) {
		final int[] best = new int[area.length];
		for (int p = 0; p < best.length; p++) best[p] = best(p, classes, new double[KINDS]);
		final int[] order = IntStream.range(0, best.length)
			.boxed()
			.sorted(Comparator.comparingDouble(p -> -area[p]))
			.mapToInt(p -> p)
			.toArray();
		boolean changed = true;
		for (int round = 0; round < MAX_ROUNDS && changed; round++) {
			changed = false;
			for (final int p : order) {
				final int now = best(p, classes, drawn(p, best));
				changed |= now != best[p];
				best[p] = now;
			}
		}
		return Arrays.stream(part).mapToObj(p -> SegmentClass.values()[best[p]]).toArray(SegmentClass[]::new);
	}

	/** What the neighbours' classes make of each class for a part. */
	private double[] drawn(final int p, final int[] best) {
		final double[] out = new double[KINDS];
		double all = 0;
		for (final Link link : links.get(p)) {
			final double weight = Math.sqrt(area[link.to]);
			out[best[link.to]] += weight * link.odds;
			all += weight;
		}
		if (all > 0) for (int c = 0; c < KINDS; c++) out[c] *= PAIR_WEIGHT / all;
		return out;
	}

	private int best(final int p, final List<SegmentClass> classes, final double[] drawn) {
		int best = classes.get(0).ordinal();
		for (final SegmentClass c : classes)
			if (looks[p][c.ordinal()] + drawn[c.ordinal()] > looks[p][best] + drawn[best]) best = c.ordinal();
		return best;
	}
}
