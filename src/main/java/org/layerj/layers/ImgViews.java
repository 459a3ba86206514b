package org.layerj.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.imglib2.RandomAccess;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.converter.ColorChannelOrder;
import net.imglib2.converter.Converters;
import net.imglib2.img.array.ArrayImgs;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.RealType;
import net.imglib2.type.numeric.integer.UnsignedByteType;
import net.imglib2.view.Views;

/**
 * Layers and samples as imglib2 images, for imglib2 and BigDataViewer, and back. Images share the layers' memory, and
 * stacks are immutable: copy an image before changing its pixels.
 */
public final class ImgViews {

	private ImgViews() {}

	/**
	 * A picture, of size (width, height); straight alpha.
	 *
	 * @param picture shown, not copied
	 * @return a view of its memory
	 */
	public static RandomAccessibleInterval<ARGBType> argb(final RgbaImage picture) {
		final List<RandomAccessibleInterval<UnsignedByteType>> planes = new ArrayList<>();
		for (final int c : new int[] { RgbaImage.ALPHA, RgbaImage.RED, RgbaImage.GREEN, RgbaImage.BLUE })
			planes.add(ArrayImgs.unsignedBytes(picture.plane(c), picture.width(), picture.height()));
		return Converters.mergeARGB(Views.stack(planes), ColorChannelOrder.ARGB);
	}

	/**
	 * The layers of a stack, of size (width, height, layers), the lowest first: each at its place on the canvas,
	 * transparent around, its opacity and visibility not counted. At least one layer.
	 *
	 * @param stack of at least one layer
	 * @return views of the layers' own memory where a layer is the whole canvas, else of copies
	 */
	public static RandomAccessibleInterval<ARGBType> argb(final LayerStack stack) {
		return Views.stack(stack.layers().stream().map(l -> argb(l.onCanvas(stack.width(), stack.height()))).toList());
	}

	/**
	 * A stack of copies of what an image shows: layers {@code layer-00}, {@code layer-01}, ... of its canvas, of which
	 * every pixel counts as observed.
	 *
	 * @param image of size (width, height, layers), the lowest first; straight alpha
	 * @return one visible, fully opaque layer for each plane
	 * @throws IllegalArgumentException if the image has not three dimensions
	 */
	public static LayerStack stack(final RandomAccessibleInterval<ARGBType> image) {
		if (image.numDimensions() != 3) throw new IllegalArgumentException(
			"A stack of layers has three dimensions, not " + image.numDimensions() + ".");
		final int width = Math.toIntExact(image.dimension(0));
		final int height = Math.toIntExact(image.dimension(1));
		final int size = Math.toIntExact(image.dimension(2));
		final RandomAccess<ARGBType> at = Views.zeroMin(image).randomAccess();
		return new LayerStack(width, height, IntStream.range(0, size).mapToObj(z -> {
			final int[] argb = new int[Math.multiplyExact(width, height)];
			for (int i = 0; i < argb.length; i++) argb[i] = at.setPositionAndGet(i % width, i / width, z).get();
			return Layer.of(String.format("layer-%02d", z), "Layer " + (z + 1), RgbaImage.ofArgb(width, height, argb));
		}).toList());
	}

	/**
	 * Samples in their own type, of size (width, height, channels).
	 *
	 * @param <T> {@link UnsignedByteType}, {@link net.imglib2.type.numeric.integer.UnsignedShortType} or
	 * {@link net.imglib2.type.numeric.real.FloatType}, after the format's type
	 * @param samples shown, not copied
	 * @return a view of their memory
	 */
	public static <T extends RealType<T>> RandomAccessibleInterval<T> samples(final Samples samples) {
		return Views
			.stack(IntStream.range(0, samples.channels()).mapToObj(c -> ImgViews.<T> plane(samples, c)).toList());
	}

	/** The format's type is known when the program runs only. */
	@SuppressWarnings("unchecked")
	private static <T extends RealType<T>> RandomAccessibleInterval<T> plane(final Samples samples, final int channel) {
		final long[] size = { samples.width(), samples.height() };
		return (RandomAccessibleInterval<T>) switch (samples.format().type()) {
			case U8 -> ArrayImgs.unsignedBytes((byte[]) samples.plane(channel), size);
			case U16 -> ArrayImgs.unsignedShorts((short[]) samples.plane(channel), size);
			case F32 -> ArrayImgs.floats((float[]) samples.plane(channel), size);
		};
	}
}
