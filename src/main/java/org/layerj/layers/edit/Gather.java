package org.layerj.layers.edit;

import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * Layers made of unchanged pixels of other layers: cuts, flips, quarter turns. Provenance and samples move with the
 * pixels.
 */
public final class Gather {

	private Gather() {}

	/**
	 * @param to the new bounds
	 * @param from for an index in the new bounds ({@code y * width + x}) the index in the old ones; below 0 for a
	 * transparent black, observed pixel
	 */
	static Layer of(final Layer layer, final Bounds to, final IntUnaryOperator from) {
		final int n = Math.multiplyExact(to.width(), to.height());
		final int[] index = IntStream.range(0, n).map(from).toArray();
		final RgbaImage pixels = RgbaImage.blank(to.width(), to.height());
		for (int c = 0; c < RgbaImage.PLANES; c++) take(layer.pixels().plane(c), pixels.plane(c), index);
		final Layer moved =
			layer.withPixels(to, pixels, layer.provenance().gather(to.width(), to.height(), i -> index[i]));
		return layer.samples().map(v -> moved.withSamples(samples(v, to, index))).orElse(moved);
	}

	/**
	 * The pixels in other bounds for which the test of their old index holds; all others are transparent black and
	 * observed.
	 */
	static Layer cut(final Layer layer, final Bounds to, final IntPredicate keep) {
		final Bounds b = layer.bounds();
		return of(layer, to, i -> {
			final int x = to.x() - b.x() + i % to.width();
			final int y = to.y() - b.y() + i / to.width();
			if (x < 0 || y < 0 || x >= b.width() || y >= b.height()) return -1;
			return keep.test(y * b.width() + x) ? y * b.width() + x : -1;
		});
	}

	private static Samples samples(final Samples samples, final Bounds to, final int[] index) {
		final List<Object> planes =
			IntStream.range(0, samples.channels()).mapToObj(c -> switch (samples.format().type()) {
				case U8 -> take((byte[]) samples.plane(c), new byte[index.length], index);
				case U16 -> take((short[]) samples.plane(c), new short[index.length], index);
				case F32 -> take((float[]) samples.plane(c), new float[index.length], index);
			}).toList();
		return Samples.of(samples.format(), to.width(), to.height(), planes);
	}

	private static Object take(final byte[] in, final byte[] out, final int[] index) {
		for (int i = 0; i < out.length; i++) if (index[i] >= 0) out[i] = in[index[i]];
		return out;
	}

	private static Object take(final short[] in, final short[] out, final int[] index) {
		for (int i = 0; i < out.length; i++) if (index[i] >= 0) out[i] = in[index[i]];
		return out;
	}

	private static Object take(final float[] in, final float[] out, final int[] index) {
		for (int i = 0; i < out.length; i++) if (index[i] >= 0) out[i] = in[index[i]];
		return out;
	}

	/**
	 * The same layer without transparent margins, whatever colour hides in them; the layer itself if it has none or
	 * nothing but those.
	 *
	 * @param layer not changed
	 * @return a layer that shows the same
	 */
	public static Layer trim(final Layer layer) {
		final Optional<Bounds> bounds = AlphaBounds.of(layer);
		return bounds.isEmpty() || bounds.get().equals(layer.bounds()) ? layer : cut(layer, bounds.get(), i -> true);
	}
}
