package org.layerj.imagej.stack;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.layers.Lut;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;

/** What the samples of ImageJ images are, and how ImageJ shows them. */
public final class ChannelFormat {

	private ChannelFormat() {}

	/**
	 * The format of a hyperstack of layers whose channels are the picture's samples; empty if they are red, green, blue
	 * and alpha.
	 */
	static Optional<SampleFormat> of(final ImagePlus layers) {
		final String shown = layers.getProp(Hyperstacks.VALUES);
		if (shown == null) return Optional.empty();
		final List<Channel> channels = new ArrayList<>();
		for (int c = 0; c < shown.length(); c++) {
			final LUT lut = lut(layers, c);
			final String label = layers.getStack().getSliceLabel(layers.getStackIndex(c + 1, 1, 1));
			channels.add(channel(label == null ? "" : LayerLabel.parse(label).channel(), lut, shown.charAt(c) == '1'));
		}
		return Optional.of(new SampleFormat(type(layers), channels));
	}

	/**
	 * A composite image forgets its tables when it is made anything else; then all channels are shown as the current
	 * one is.
	 */
	private static LUT lut(final ImagePlus image, final int channel) {
		return image instanceof CompositeImage composite ? composite.getChannelLut(channel + 1)
			: image.getProcessor().getLut();
	}

	/** The format of the picture that an image shows, if that is more than 8-bit colours; see {@link ImagePictures}. */
	public static Optional<SampleFormat> ofPicture(final ImagePlus image) {
		if (image.getBitDepth() == 24) return Optional.empty();
		if (isBlend(image)) return ofBlend((CompositeImage) image);
		final ImageProcessor pixels = image.getProcessor();
		final Channel channel = channel("", pixels.getLut(), true);
		final boolean plain = channel.lut().equals(Lut.GREY) && channel.min() == 0 && channel.max() == 255
			&& !image.getCalibration().calibrated();
		if (image.getBitDepth() == 8 && (plain || !channel.lut().isSmooth())) return Optional.empty();
		return Optional.of(new SampleFormat(type(image), List.of(channel)));
	}

	/** Whether the image shows several channels at once. */
	static boolean isBlend(final ImagePlus image) {
		return image.isComposite() && ((CompositeImage) image).getMode() == CompositeImage.COMPOSITE
			&& image.getNChannels() > 1;
	}

	private static Optional<SampleFormat> ofBlend(final CompositeImage image) {
		final String projection = image.getProp("CompositeProjection");
		if (projection != null && !projection.toLowerCase(Locale.ROOT).contains("sum")) return Optional.empty();
		// The processors by which the image is drawn know their ranges; tables know them later, and not all.
		image.updateImage();
		final List<Channel> channels = new ArrayList<>();
		for (int c = 1; c <= image.getNChannels(); c++) {
			final String label =
				image.getStack().getShortSliceLabel(image.getStackIndex(c, image.getSlice(), image.getFrame()));
			final LUT lut =
				Optional.ofNullable(image.getProcessor(c)).map(p -> p.getLut()).orElse(image.getChannelLut(c));
			channels.add(channel(label == null ? "" : label, lut, image.getActiveChannels()[c - 1]));
		}
		return Optional.of(new SampleFormat(type(image), channels));
	}

	private static Channel channel(final String name, final LUT lut, final boolean shown) {
		return new Channel(name, Luts.of(lut), lut.min, lut.max, shown);
	}

	private static Type type(final ImagePlus image) {
		return switch (image.getBitDepth()) {
			case 8 -> Type.U8;
			case 16 -> Type.U16;
			default -> Type.F32;
		};
	}
}
