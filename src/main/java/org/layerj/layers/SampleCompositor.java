package org.layerj.layers;

import java.util.stream.IntStream;
import org.layerj.layers.SampleFormat.Type;

/**
 * Composites layers in the picture's own samples: <em>over</em> as {@link Compositor} does it, each channel for itself,
 * in double precision, rounded once at the end to the samples' type.
 * <p>
 * With coverages α_i = opacity_i a_i / 255 a sample is Σ w_i v_i, w_i = α_i Π_{j>i} (1 − α_j) / A. Two rules make it
 * exact where it can be: layers hidden under full coverage take no part, so that their NaN or infinity does not come
 * through; and if all that take part have the same sample bit for bit, that is the result. Else NaN and infinities
 * spread as in any sum. Whole numbers are rounded half up. Where alpha is rounded to 0, samples are 0.
 */
public final class SampleCompositor {

	private SampleCompositor() {}

	/**
	 * The samples of the stack, all of whose layers have samples.
	 *
	 * @param stack whose layers have samples in one format
	 * @return samples of the canvas' size, in that format
	 * @throws IllegalArgumentException if a layer has none
	 */
	public static Samples flatten(final LayerStack stack) {
		final SampleFormat format =
			stack.format().orElseThrow(() -> new IllegalArgumentException("Not every layer has samples."));
		final Samples out = Samples.blank(format, stack.width(), stack.height());
		final Layer[] layers =
			stack.layers().stream().filter(l -> l.visible() && l.opacity() > 0).toArray(Layer[]::new);
		IntStream.range(0, stack.height()).parallel().forEach(y -> {
			final Column column = new Column(layers);
			for (int x = 0; x < stack.width(); x++) {
				column.gather(x, y);
				for (int c = 0; c < format.channels().size(); c++) column.show(c, out, y * stack.width() + x);
			}
		});
		return out;
	}

	/** The layers that take part in one pixel. Not for several threads. */
	public static final class Column {

		private final Layer[] layers;
		/** Number of layers that take part, from the top (0) down. */
		public int count;
		/** Which of the layers these are, from the top down. */
		public final int[] layer;
		/** The index of the pixel in each of them. */
		public final int[] at;
		/** How much each of them covers, alpha times opacity, 0 … 1. */
		public final double[] over;

		/** @param layers bottom to top, all with samples */
		public Column(final Layer[] layers) {
			this.layers = layers;
			layer = new int[layers.length];
			at = new int[layers.length];
			over = new double[layers.length];
		}

		/**
		 * Finds the layers of a pixel, down to the first that covers it all.
		 *
		 * @param x column of the canvas
		 * @param y row of the canvas
		 */
		public void gather(final int x, final int y) {
			count = 0;
			double through = 1;
			for (int k = layers.length - 1; k >= 0; k--) {
				final Layer l = layers[k];
				final Bounds b = l.bounds();
				if (!b.contains(x, y)) continue;
				final int i = (y - b.y()) * b.width() + x - b.x();
				final int alpha = l.pixels().plane(RgbaImage.ALPHA)[i] & 0xff;
				if (alpha == 0) continue;
				layer[count] = k;
				at[count] = i;
				over[count] = Compositor.over(l.opacity(), alpha);
				through *= 1 - over[count];
				if (over[count++] == 1) break;
			}
			// Less than half a level of alpha is nothing, and nothing has no sample.
			if (Compositor.level((1 - through) * 255) == 0) count = 0;
		}

		/**
		 * The samples of the layer that takes part as number {@code k} from the top.
		 *
		 * @param k below {@code count}
		 * @return all samples of that layer
		 */
		public Samples samples(final int k) {
			return layers[layer[k]].samples().orElseThrow();
		}

		private void show(final int c, final Samples out, final int i) {
			if (count == 0) return;
			boolean same = true;
			for (int k = 1; k < count && same; k++) same = samples(k).same(c, at[k], samples(0), at[0]);
			if (same) {
				out.copy(c, i, samples(0), at[0]);
				return;
			}
			double sum = 0;
			double cover = 0;
			for (int k = count - 1; k >= 0; k--) {
				sum = cover == 0 ? over[k] * samples(k).get(c, at[k])
					: over[k] * samples(k).get(c, at[k]) + (1 - over[k]) * sum;
				cover = over[k] + (1 - over[k]) * cover;
			}
			out.set(c, i, round(out.format().type(), sum / cover));
		}
	}

	/**
	 * The value that the type can hold, nearest to this one; whole numbers half up.
	 *
	 * @param type of the sample
	 * @param value any number
	 * @return as a number; NaN and infinities only as {@code F32}
	 */
	public static double round(final Type type, final double value) {
		// Exact halves do occur (opacity 0.5); the last bits of a double must not decide which way they go.
		return type == Type.F32 ? (float) value : Math.max(0, Math.min(type.most(), Math.floor(value + 0.5 + 1e-9)));
	}
}
