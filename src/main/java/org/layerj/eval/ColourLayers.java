package org.layerj.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.ColourImage;
import org.layerj.layers.edit.Masks;

/**
 * One layer for each of the k colours that describe the picture best (k-means in RGB). The colour that covers most of
 * the border is the backdrop and fills the canvas; the others follow by falling area.
 */
final class ColourLayers implements Method {

	private static final int ROUNDS = 20;
	/** Pixels that the colours are learnt from, at most. */
	private static final int SAMPLE = 20000;

	@Override
	public String name() {
		return "k-means colours";
	}

	@Override
	public List<RgbaImage> decompose(final RgbaImage input, final int layers) {
		final ColourImage picture = ColourImage.of(input);
		final double[][] colours = colours(picture, layers);
		final int[] nearest =
			IntStream.range(0, picture.pixels()).parallel().map(i -> nearest(picture, i, colours)).toArray();
		final Masks masks = new Masks(picture.width(), picture.height());
		final long[] area = new long[layers];
		final long[] border = new long[layers];
		for (int i = 0; i < nearest.length; i++) {
			area[nearest[i]]++;
			if (masks.isBorder(i)) border[nearest[i]]++;
		}
		final List<Integer> order =
			new ArrayList<>(IntStream.range(0, layers).filter(k -> area[k] > 0).boxed().toList());
		final int bottom = order.stream().max(Comparator.comparingLong(k -> border[k])).orElseThrow();
		order.sort(Comparator.comparingLong(k -> k == bottom ? Long.MIN_VALUE : -area[k]));
		return order.stream().map(k -> {
			final boolean[] mine = masks.of(i -> nearest[i] == k);
			final ColourImage filled = picture.filled(mine);
			if (k == bottom) return filled.toOpaque();
			final float[] alpha = new float[mine.length];
			for (int i = 0; i < alpha.length; i++) alpha[i] = mine[i] ? 1 : 0;
			return filled.toLayer(alpha);
		}).toList();
	}

	private static double[][] colours(final ColourImage picture, final int k) {
		final int step = Math.max(1, picture.pixels() / SAMPLE);
		final int[] sample = IntStream.iterate(0, i -> i < picture.pixels(), i -> i + step).toArray();
		final double[][] colours = start(picture, sample, k);
		for (int round = 0; round < ROUNDS; round++) {
			final double[][] sums = new double[k][4];
			for (final int i : sample) {
				final double[] sum = sums[nearest(picture, i, colours)];
				for (int c = 0; c < 3; c++) sum[c] += picture.rgb()[c][i];
				sum[3]++;
			}
			for (int j = 0; j < k; j++)
				if (sums[j][3] > 0) for (int c = 0; c < 3; c++) colours[j][c] = sums[j][c] / sums[j][3];
		}
		return colours;
	}

	/**
	 * The mean, then again and again the pixel farthest from the colours there are: no chance in it, and rare colours
	 * are found.
	 */
	private static double[][] start(final ColourImage picture, final int[] sample, final int k) {
		final double[][] colours = new double[k][3];
		for (final int i : sample)
			for (int c = 0; c < 3; c++) colours[0][c] += picture.rgb()[c][i] / (double) sample.length;
		for (int j = 1; j < k; j++) {
			final double[][] found = Arrays.copyOf(colours, j);
			final int far = IntStream.of(sample)
				.boxed()
				.max(Comparator.comparingDouble(i -> distance(picture, i, found[nearest(picture, i, found)])))
				.orElseThrow();
			for (int c = 0; c < 3; c++) colours[j][c] = picture.rgb()[c][far];
		}
		return colours;
	}

	private static int nearest(final ColourImage picture, final int i, final double[][] colours) {
		int best = 0;
		for (int k = 1; k < colours.length; k++)
			if (distance(picture, i, colours[k]) < distance(picture, i, colours[best])) best = k;
		return best;
	}

	private static double distance(final ColourImage picture, final int i, final double[] colour) {
		double sum = 0;
		for (int c = 0; c < 3; c++) sum += Math.pow(picture.rgb()[c][i] - colour[c], 2);
		return sum;
	}
}
