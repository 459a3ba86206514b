package org.layerj.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.layerj.layers.RgbaImage;

/**
 * The evaluation protocol of LayerD (ICCV 2025), which Qwen-Image-Layered reports: how close predicted layers come to
 * the true ones.
 * <p>
 * Both lists are grouped into occlusion levels, matched in order by dynamic time warping over ½ (RGB L1 + 1 − soft
 * alpha IoU), and scored as the mean over matched pairs. Up to five merges of neighbouring layers, in either list, are
 * then granted one by one wherever they raise the similarity, because a picture can be layered more or less finely.
 */
public final class LayerD {

	/** Merges granted by the published protocol. */
	public static final int MERGES = 5;

	private LayerD() {}

	/**
	 * Scores after a number of merges.
	 *
	 * @param path matched pairs: index of the prediction's level, index of the truth's
	 * @param rgbL1 0…1, lower is better
	 * @param alphaIou 0…1, higher is better
	 */
	public record Level(List<int[]> path, double rgbL1, double alphaIou) {}

	/** Which neighbours were merged: {@code index} and the one above it. */
	public record Edit(boolean inPrediction, int index, double gain) {}

	/**
	 * Scores after 0, 1, … merges; the list ends where no merge helps, and the last entry then holds for all further
	 * merges.
	 */
	public record Result(List<Level> levels, List<Edit> edits) {

		/** Scores with at most this many merges. */
		public Level at(final int merges) {
			return levels.get(Math.min(merges, levels.size() - 1));
		}
	}

	/**
	 * Compares two stacks of equally large layers, bottom to top.
	 *
	 * @param merges largest number of merges, for example {@link #MERGES}
	 */
	public static Result evaluate(final List<RgbaImage> prediction, final List<RgbaImage> truth, final int merges) {
		if (prediction.isEmpty() || truth.isEmpty())
			throw new IllegalArgumentException("There is nothing to compare without layers");
		List<FloatLayer> p = levels(prediction);
		List<FloatLayer> t = levels(truth);
		final List<Level> levels = new ArrayList<>();
		final List<Edit> edits = new ArrayList<>();
		while (true) {
			final Level level = score(p, t);
			levels.add(level);
			if (edits.size() == merges) break;
			final Merge inPrediction = bestMerge(p, t, level.path(), 0);
			final Merge inTruth = bestMerge(t, p, level.path(), 1);
			if (Math.max(inPrediction.gain, inTruth.gain) <= 0) break;
			if (inPrediction.gain > inTruth.gain) {
				p = merged(p, inPrediction.index);
				edits.add(new Edit(true, inPrediction.index, inPrediction.gain));
			}
			else {
				t = merged(t, inTruth.index);
				edits.add(new Edit(false, inTruth.index, inTruth.gain));
			}
		}
		return new Result(levels, edits);
	}

	/**
	 * The occlusion levels of a stack, bottom to top, as lists of layer indices: again and again the layers that share
	 * no pixel with a higher one left.
	 */
	static List<List<Integer>> groups(final List<FloatLayer> layers) {
		final List<Integer> left = new ArrayList<>();
		for (int i = 0; i < layers.size(); i++) left.add(i);
		final List<List<Integer>> groups = new ArrayList<>();
		while (!left.isEmpty()) {
			final List<Integer> group = left.stream()
				.filter(i -> left.stream().noneMatch(j -> j > i && layers.get(i).meets(layers.get(j))))
				.toList();
			groups.add(group);
			left.removeAll(group);
		}
		Collections.reverse(groups);
		return groups;
	}

	private static List<FloatLayer> levels(final List<RgbaImage> pictures) {
		final List<FloatLayer> layers = pictures.stream().map(FloatLayer::of).toList();
		return groups(layers).stream()
			.map(g -> g.stream().map(layers::get).reduce(FloatLayer::under).orElseThrow())
			.toList();
	}

	private static Level score(final List<FloatLayer> p, final List<FloatLayer> t) {
		final List<int[]> path = warp(p, t);
		return new Level(path, path.stream().mapToDouble(s -> p.get(s[0]).rgbL1(t.get(s[1]))).average().orElseThrow(),
			path.stream().mapToDouble(s -> p.get(s[0]).alphaIou(t.get(s[1]))).average().orElseThrow());
	}

	/**
	 * The cheapest monotone path from the bottom pair to the top pair; ties go diagonally, then to the prediction
	 * below.
	 */
	private static List<int[]> warp(final List<FloatLayer> p, final List<FloatLayer> t) {
		final double[][] d = new double[p.size() + 1][t.size() + 1];
		for (final double[] row : d) Arrays.fill(row, Double.POSITIVE_INFINITY);
		d[0][0] = 0;
		for (int i = 1; i < d.length; i++) {
			for (int j = 1; j < d[i].length; j++) {
				d[i][j] =
					p.get(i - 1).cost(t.get(j - 1)) + Math.min(d[i - 1][j - 1], Math.min(d[i - 1][j], d[i][j - 1]));
			}
		}
		final List<int[]> path = new ArrayList<>();
		int i = p.size();
		int j = t.size();
		path.add(new int[] { i - 1, j - 1 });
		while (i > 1 || j > 1) {
			// The borders are infinite, so that a path never leaves the matrix; (0, 0) is only reached from (1, 1).
			final double diagonal = i > 1 && j > 1 ? d[i - 1][j - 1] : Double.POSITIVE_INFINITY;
			if (diagonal <= d[i - 1][j] && diagonal <= d[i][j - 1]) {
				i--;
				j--;
			}
			else if (d[i - 1][j] <= d[i][j - 1]) i--;
			else j--;
			path.add(new int[] { i - 1, j - 1 });
		}
		Collections.reverse(path);
		return path;
	}

	private record Merge(double gain, int index) {}

	/**
	 * The merge of neighbours in {@code layers} that raises the similarity most; gain 0 if none does. Lists of two are
	 * left alone.
	 */
	private static Merge bestMerge(final List<FloatLayer> layers, final List<FloatLayer> others, final List<int[]> path,
		final int side)
	{
		Merge best = new Merge(0, -1);
		if (layers.size() <= 2) return best;
		for (int i = 0; i < layers.size() - 1; i++) {
			final List<FloatLayer> first = partners(others, path, side, i);
			final List<FloatLayer> second = partners(others, path, side, i + 1);
			final FloatLayer both = layers.get(i).under(layers.get(i + 1));
			double rest = similarity(both, second);
			if (i + 2 < layers.size()) rest =
				Math.max(rest, Math.max(similarity(layers.get(i + 2), first), similarity(layers.get(i + 2), second)));
			final double gain = similarity(both, first) + rest - similarity(layers.get(i), first)
				- similarity(layers.get(i + 1), second);
			if (gain > best.gain) best = new Merge(gain, i);
		}
		return best;
	}

	private static List<FloatLayer> partners(final List<FloatLayer> others, final List<int[]> path, final int side,
		final int index)
	{
		return path.stream().filter(s -> s[side] == index).map(s -> others.get(s[1 - side])).toList();
	}

	/**
	 * The merged list's layer comes first, so that colours of a merged truth are masked by the prediction, as in the
	 * published code.
	 */
	private static double similarity(final FloatLayer layer, final List<FloatLayer> partners) {
		return partners.stream().mapToDouble(o -> 1 - layer.cost(o)).sum();
	}

	private static List<FloatLayer> merged(final List<FloatLayer> layers, final int index) {
		final List<FloatLayer> out = new ArrayList<>(layers);
		out.set(index, layers.get(index).under(out.remove(index + 1)));
		return out;
	}
}
