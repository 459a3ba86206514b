package org.layerj.layers;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Fills holes in planes from around them: push-pull (Gortler et al., <em>The Lumigraph</em>, 1996). Known samples are
 * averaged into ever coarser planes, and each coarser one fills what the finer leaves open. Fast, and smooth; but what
 * lies beyond a hole's edge shines into it, unlike with {@link Diffusion}.
 * <p>
 * Only the coarser planes are kept, a third of the size; so one is made for planes that have the same holes, and asked
 * for the samples that are needed.
 */
public final class PushPull {

	/** The samples of some planes. */
	public interface Samples {

		/**
		 * Finite where it is known.
		 *
		 * @param plane counted from 0
		 * @param index {@code y * width + x}
		 * @return its sample
		 */
		double get(int plane, int index);
	}

	private final int width;
	private final int height;
	/** Half as wide and high, with its own holes filled; empty if nothing is known. */
	private final double[][] coarse;
	private final Samples samples;
	private final IntPredicate known;

	private PushPull(final int width, final int height, final double[][] coarse, final Samples samples,
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
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @param planes how many
	 * @param samples of the planes, row by row; may be asked for by several threads, and must stay what they are
	 * @param known by index; the same holds
	 * @return what fills the holes
	 */
	public static PushPull of(final int width, final int height, final int planes, final Samples samples,
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
		return new PushPull(width, height, any ? mean : new double[0][], samples, known);
	}

	/** {@return whether nothing at all is known, so that there is nothing to fill with} */
	public boolean isEmpty() {
		return coarse.length == 0;
	}

	/**
	 * A sample: as it is where it is known, else between the least and the largest that are.
	 *
	 * @param plane counted from 0
	 * @param index {@code y * width + x}
	 * @return the sample there
	 */
	public double get(final int plane, final int index) {
		if (known.test(index)) return samples.get(plane, index);
		return Diffusion.between(coarse[plane], (width + 1) / 2, (height + 1) / 2, index % width, index / width);
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
					mean[c][i] = weight[i] * mean[c][i] + (1 - weight[i]) * Diffusion.between(coarse[c], hw, hh, x, y);
				weight[i] = 1;
			}
		});
	}

}
