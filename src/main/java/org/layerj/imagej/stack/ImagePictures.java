package org.layerj.imagej.stack;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.layers.Display;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.Samples;

/**
 * What an ImageJ window shows, as a picture: the current slice with its lookup table and display range; of a composite
 * image the channels as they are blended; without overlays. Of a stack of layers, the current layer with its alpha.
 * <p>
 * Beside it the samples that were recorded, where they are more than 8-bit colours: 16 bits, floats, several channels,
 * a lookup table that orders amounts, a density calibration. Plain 8-bit grey, RGB, palettes, and blends other than
 * sums are colours and nothing else.
 * <p>
 * The slices of a stack are numbered from 1: all planes in their order, or, where channels are shown together, all of z
 * and then of t.
 */
public final class ImagePictures {

	/** Said where a picture is needed and there is none. */
	public static final String NO_IMAGE = "There is no image open; open a picture first.";

	/**
	 * One picture of an image.
	 *
	 * @param image what is seen
	 * @param samples what was recorded, of the same size; empty if that is what is seen
	 */
	public record Seen(RgbaImage image, Optional<Samples> samples) {}

	private ImagePictures() {}

	/** What the window shows; throws {@link DecompositionException} if there is nothing to see. */
	public static RgbaImage of(final ImagePlus image) {
		return current(image).image();
	}

	/** What the window shows, and its samples; throws {@link DecompositionException} if there is nothing to see. */
	public static Seen current(final ImagePlus image) {
		require(image);
		if (Hyperstacks.isLayers(image)) return new Seen(Hyperstacks.current(image), Hyperstacks.currentSamples(image));
		return at(image, currentNumber(image));
	}

	private static void require(final ImagePlus image) {
		if (image.getWidth() < 1 || image.getHeight() < 1 || image.getProcessor() == null)
			throw new DecompositionException(NO_IMAGE);
	}

	/** Number of slices; a stack of layers counts as one. */
	public static int count(final ImagePlus image) {
		require(image);
		if (Hyperstacks.isLayers(image)) return 1;
		return ChannelFormat.isBlend(image) ? image.getNSlices() * image.getNFrames() : image.getStackSize();
	}

	/** Number of the slice that the window shows. */
	public static int currentNumber(final ImagePlus image) {
		if (Hyperstacks.isLayers(image)) return 1;
		return ChannelFormat.isBlend(image) ? (image.getFrame() - 1) * image.getNSlices() + image.getSlice()
			: image.getCurrentSlice();
	}

	/** One slice, shown as the current one is. */
	public static Seen at(final ImagePlus image, final int number) {
		require(image);
		if (Hyperstacks.isLayers(image)) return current(image);
		final Optional<SampleFormat> format = ChannelFormat.ofPicture(image);
		if (format.isPresent()) {
			final Samples samples = samples(image, format.get(), number);
			final byte[] opaque = new byte[image.getWidth() * image.getHeight()];
			Arrays.fill(opaque, (byte) -1);
			return new Seen(Display.of(format.get()).render(samples, opaque), Optional.of(samples));
		}
		final int[] rgb =
			(int[]) (image.isComposite() && ChannelFormat.isBlend(image) ? blend(image, number) : rgb(image, number))
				.getPixels();
		// ImageJ does not care what is in the alpha byte of its RGB images.
		return new Seen(RgbaImage.ofArgb(image.getWidth(), image.getHeight(),
			Arrays.stream(rgb).map(p -> p | 0xff000000).toArray()), Optional.empty());
	}

	/** The labels of a slice: one per channel shown, or one; empty text where there is none. */
	static List<String> labels(final ImagePlus image, final int number) {
		final List<String> labels = new ArrayList<>();
		for (final int index : planes(image, number)) {
			final String label = image.getStack().getSliceLabel(index);
			labels.add(label == null ? "" : label);
		}
		return labels;
	}

	/** Numbers of the planes that make up a slice. */
	private static int[] planes(final ImagePlus image, final int number) {
		if (!ChannelFormat.isBlend(image)) return new int[] { number };
		final int[] planes = new int[image.getNChannels()];
		for (int c = 0; c < planes.length; c++)
			planes[c] = image.getStackIndex(c + 1, (number - 1) % image.getNSlices() + 1,
				(number - 1) / image.getNSlices() + 1);
		return planes;
	}

	private static Samples samples(final ImagePlus image, final SampleFormat format, final int number) {
		final List<Object> pixels = Arrays.stream(planes(image, number))
			.mapToObj(index -> number == currentNumber(image) && !ChannelFormat.isBlend(image)
				? image.getProcessor().getPixels() : image.getStack().getPixels(index))
			.toList();
		// Copied: a run takes minutes, and meanwhile people paint.
		return Samples.of(format, image.getWidth(), image.getHeight(), pixels).copy();
	}

	private static ImageProcessor blend(final ImagePlus image, final int number) {
		final int[] at = { image.getChannel(), image.getSlice(), image.getFrame() };
		image.setPositionWithoutUpdate(at[0], (number - 1) % image.getNSlices() + 1,
			(number - 1) / image.getNSlices() + 1);
		image.updateImage();
		final ColorProcessor shown = new ColorProcessor(image.getImage());
		image.setPositionWithoutUpdate(at[0], at[1], at[2]);
		image.updateImage();
		return shown;
	}

	private static ImageProcessor rgb(final ImagePlus image, final int number) {
		if (number == image.getCurrentSlice()) return rgb(image.getProcessor());
		final ImageProcessor pixels = image.getStack().getProcessor(number);
		if (!(pixels instanceof ColorProcessor)) pixels.setLut(image.getProcessor().getLut());
		return rgb(pixels);
	}

	private static ImageProcessor rgb(final ImageProcessor pixels) {
		return pixels instanceof ColorProcessor ? pixels : pixels.convertToRGB();
	}
}
