package org.layerj.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.Samples;

/**
 * Gives layers samples in the picture's own format (8, 16 or 32 bits, any channels) that composite to the picture's bit
 * for bit. Engines see only its 256 displayed levels.
 * <p>
 * Alphas stay as they are. Where a layer makes up nearly all of a pixel it has the picture's sample; elsewhere the
 * sample that looks like the layer's colour ({@link Display#seenAs}), changed as little as possible so that
 * {@link SampleCompositor#flatten} is the picture bit for bit ({@link SampleSolver}), for any layers. Then every
 * layer's colours are drawn anew from its samples.
 */
public final class ExactSamples {

	/**
	 * Share of a pixel from which a layer's own sample is taken to be the picture's; as the matting at native size
	 * does.
	 */
	private static final double MIN_OWN_SHARE = 0.95;

	private ExactSamples() {}

	/**
	 * The stack with samples in every layer, compositing to the picture's samples wherever the composite has any alpha.
	 *
	 * @param source the picture's samples
	 * @param stack layers on a canvas of its size; samples they have already are where the search begins
	 * @return the same layers with samples
	 */
	public static LayerStack of(final Samples source, final LayerStack stack) {
		return of(source, stack, ranges(source));
	}

	/**
	 * As {@link #of(Samples, LayerStack)}, for a part of a picture.
	 *
	 * @param source the part's samples
	 * @param stack layers on a canvas of its size
	 * @param ranges the whole picture's ({@link #ranges}), beyond which no sample is moved
	 * @return the same layers with samples
	 */
	public static LayerStack of(final Samples source, final LayerStack stack, final double[][] ranges) {
		if (source.width() != stack.width() || source.height() != stack.height())
			throw new IllegalArgumentException("The canvas of " + stack.width() + " × " + stack.height()
				+ " pixels is not of the picture's size, " + source.width() + " × " + source.height() + ".");
		final SampleFormat format = source.format();
		final Display display = Display.of(format);
		final List<Layer> sampled = new ArrayList<>();
		for (final Layer l : stack.layers()) {
			sampled.add(l.withSamples(l.samples()
				.filter(v -> v.format().equals(format))
				.map(Samples::copy)
				.orElseGet(() -> display.seenAs(l.pixels()))));
		}
		final Layer[] shown = sampled.stream().filter(l -> l.visible() && l.opacity() > 0).toArray(Layer[]::new);
		IntStream.range(0, stack.height()).parallel().forEach(y -> row(source, shown, ranges, y));
		return new LayerStack(stack.width(), stack.height(), sampled.stream().map(display::redrawn).toList());
	}

	/**
	 * Whether the stack composites to these samples bit for bit, wherever its composite has any alpha.
	 *
	 * @param source the picture's samples
	 * @param stack layers with samples of this format
	 * @return whether {@link #mismatches} is 0
	 */
	public static boolean holds(final Samples source, final LayerStack stack) {
		return mismatches(source, stack) == 0;
	}

	/**
	 * Number of pixels of which some sample of the composite is not the picture's, those without alpha not counted.
	 *
	 * @param source the picture's samples
	 * @param stack layers with samples of this format
	 * @return 0 or more
	 */
	public static long mismatches(final Samples source, final LayerStack stack) {
		final Samples shown = SampleCompositor.flatten(stack);
		final byte[] alpha = Compositor.flatten(stack).plane(RgbaImage.ALPHA);
		return IntStream.range(0, alpha.length).parallel().filter(i -> {
			for (int c = 0; c < source.channels() && alpha[i] != 0; c++) if (!source.same(c, i, shown, i)) return true;
			return false;
		}).count();
	}

	/**
	 * By channel, the least and the largest finite sample.
	 *
	 * @param source the picture's samples
	 * @return by channel two numbers
	 */
	public static double[][] ranges(final Samples source) {
		return IntStream.range(0, source.channels()).parallel().mapToObj(c -> {
			double least = Double.POSITIVE_INFINITY;
			double most = Double.NEGATIVE_INFINITY;
			for (int i = 0; i < source.width() * source.height(); i++) {
				final double v = source.get(c, i);
				if (!Double.isFinite(v)) continue;
				least = Math.min(least, v);
				most = Math.max(most, v);
			}
			return new double[] { least, most };
		}).toArray(double[][]::new);
	}

	private static void row(final Samples source, final Layer[] layers, final double[][] ranges, final int y) {
		final Type type = source.format().type();
		final SampleCompositor.Column column = new SampleCompositor.Column(layers);
		final SampleSolver unmix = new SampleSolver(type, layers.length);
		for (int x = 0; x < source.width(); x++) {
			final int p = y * source.width() + x;
			column.gather(x, y);
			final int n = column.count;
			if (n == 0) continue;
			if (n > 1) {
				unmix.count = n;
				System.arraycopy(column.over, 0, unmix.over, 0, n);
				unmix.weigh();
			}
			for (int c = 0; c < source.channels(); c++) {
				final double wanted = source.get(c, p);
				boolean all = n == 1;
				if (n > 1) {
					for (int k = 0; k < n; k++)
						unmix.value[k] =
							unmix.weight(k) > MIN_OWN_SHARE ? wanted : column.samples(k).get(c, column.at[k]);
					all = unmix.solve(wanted, ranges[c][0], ranges[c][1]);
				}
				for (int k = 0; k < n; k++) {
					if (all) column.samples(k).copy(c, column.at[k], source, p);
					else column.samples(k).set(c, column.at[k], unmix.value[k]);
				}
			}
		}
	}
}
