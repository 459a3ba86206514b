package org.layerj.layers;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Fills holes in planes from around them: push-pull (Gortler et al., <em>The Lumigraph</em>, 1996). Known samples are
 * averaged into ever coarser planes, and each coarser one fills what the finer leaves open. Smooth, and free of
 * anything that could be taken for a detail.
 * <p>
 * Only the coarser planes are kept, a third of the size; so one is made for planes that have the same holes, and asked
 * for the samples that are needed.
 */
public final class Diffusion {

	/** The samples of some planes. */
	public interface Samples {

		/** Finite where it is known. */
		double get(int plane, int index);
	}

	private final int width;
	private final int height;
	/** Half as wide and high, with its own holes filled; empty if nothing is known. */
	private final double[][] coarse;
	private final Samples samples;
	private final IntPredicate known;

	private Diffusion(final int width, final int height, final double[][] coarse, final Samples samples,
		final IntPredicate known)
	{
		this.width = width;
		this.height = height;
		this.coarse = coarse;
		this.samples = samples;
		this.known = known;
	}

	/**
	 * Looks at the planes.
	 *
	 * @param planes how many
	 * @param samples of the planes, row by row; may be asked for by several threads, and must stay what they are
	 * @param known by index; the same holds
	 */
	public static Diffusion of(final int width, final int height, final int planes, final Samples samples,
		final IntPredicate known)
	{
		final int hw = (width + 1) / 2;
		final int hh = (height + 1) / 2;
		final double[][] mean = new double[planes][hw * hh];
		final double[] weight = new double[hw * hh];
		IntStream.range(0, hh).parallel().forEach(v -> {
			for (int u = 0; u < hw; u++) {
				final int to = v * hw + u;
				for (int y = 2 * v; y < Math.min(height, 2 * v + 2); y++)
					for (int x = 2 * u; x < Math.min(width, 2 * u + 2); x++)
					{
						final int i = y * width + x;
						if (!known.test(i)) continue;
						weight[to]++;
						for (int c = 0; c < planes; c++) mean[c][to] += samples.get(c, i);
					}
				normalise(mean, weight, to);
			}
		});
		final boolean any = IntStream.range(0, weight.length).anyMatch(i -> weight[i] > 0);
		if (any) pull(mean, weight, hw, hh);
		return new Diffusion(width, height, any ? mean : new double[0][], samples, known);
	}

	/** Whether nothing at all is known, so that there is nothing to fill with. */
	public boolean isEmpty() {
		return coarse.length == 0;
	}

	/** A sample: as it is where it is known, else between the least and the largest that are. */
	public double get(final int plane, final int index) {
		if (known.test(index)) return samples.get(plane, index);
		return between(coarse[plane], (width + 1) / 2, (height + 1) / 2, index % width, index / width);
	}

	/**
	 * One plane with its holes filled.
	 *
	 * @param plane row by row; samples that are not known or not finite play no part
	 * @param known by index
	 * @param otherwise what to fill with if nothing is known at all
	 * @return known samples as they are, between the least and the largest of them elsewhere
	 */
	public static double[] fill(final double[] plane, final int width, final int height, final IntPredicate known,
		final double otherwise)
	{
		final Diffusion filled =
			of(width, height, 1, (c, i) -> plane[i], i -> known.test(i) && Double.isFinite(plane[i]));
		final double[] out = plane.clone();
		for (int i = 0; i < out.length; i++)
			if (!known.test(i)) out[i] = filled.isEmpty() ? otherwise : filled.get(0, i);
		return out;
	}

	/** From sums to means. */
	private static void normalise(final double[][] mean, final double[] weight, final int i) {
		if (weight[i] > 0) for (final double[] m : mean) m[i] /= weight[i];
		weight[i] = Math.min(1, weight[i]);
	}

	/** Means where the weight is 1; filled in where it is 0, mixed between. */
	private static void pull(final double[][] mean, final double[] weight, final int w, final int h) {
		if (w == 1 && h == 1) return;
		final int hw = (w + 1) / 2;
		final int hh = (h + 1) / 2;
		final double[][] coarse = new double[mean.length][hw * hh];
		final double[] coarseWeight = new double[hw * hh];
		IntStream.range(0, hh).parallel().forEach(v -> {
			for (int u = 0; u < hw; u++) {
				final int to = v * hw + u;
				for (int y = 2 * v; y < Math.min(h, 2 * v + 2); y++)
					for (int x = 2 * u; x < Math.min(w, 2 * u + 2); x++)
					{
						final int i = y * w + x;
						coarseWeight[to] += weight[i];
						for (int c = 0; c < mean.length; c++) coarse[c][to] += weight[i] * mean[c][i];
					}
				normalise(coarse, coarseWeight, to);
			}
		});
		pull(coarse, coarseWeight, hw, hh);
		IntStream.range(0, h).parallel().forEach(y -> {
			for (int x = 0; x < w; x++) {
				final int i = y * w + x;
				if (weight[i] >= 1) continue;
				for (int c = 0; c < mean.length; c++)
					mean[c][i] = weight[i] * mean[c][i] + (1 - weight[i]) * between(coarse[c], hw, hh, x, y);
				weight[i] = 1;
			}
		});
	}

	private static double between(final double[] p, final int w, final int h, final int x, final int y) {
		final int x0 = x / 2;
		final int y0 = y / 2;
		final int x1 = Math.max(0, Math.min(w - 1, x % 2 == 0 ? x0 - 1 : x0 + 1));
		final int y1 = Math.max(0, Math.min(h - 1, y % 2 == 0 ? y0 - 1 : y0 + 1));
		return 0.5625 * p[y0 * w + x0] + 0.1875 * (p[y0 * w + x1] + p[y1 * w + x0]) + 0.0625 * p[y1 * w + x1];
	}
}
