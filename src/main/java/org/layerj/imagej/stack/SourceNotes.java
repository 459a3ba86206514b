package org.layerj.imagej.stack;

import ij.ImagePlus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a hyperstack of layers notes of the picture it was made from, beside samples and calibration: all that
 * {@link Recomposed} needs to make an image of the same kind. Kept in image properties, so that it survives TIFF.
 *
 * @param grey whether it was 8-bit grey
 * @param alongZ whether the frames are slices in depth rather than in time
 * @param depth distance of its slices
 * @param labels its slice labels by frame and channel, {@code 1.1} first
 * @param info what ImageJ shows under <em>Image › Show Info...</em>
 */
public record SourceNotes(boolean grey, boolean alongZ, Optional<Double> depth, Map<String, String> labels,
	Optional<String> info)
{

	private static final String KIND = "decompose.source";
	private static final String DEPTH = "decompose.depth";
	private static final String LABEL = "decompose.label.";

	/** Keeps labels as an unmodifiable copy. */
	public SourceNotes {
		labels = Map.copyOf(labels);
	}

	/** Of a picture and the slices of it that have become the frames. */
	public static SourceNotes of(final ImagePlus source, final List<Integer> slices) {
		final boolean layers = Hyperstacks.isLayers(source);
		final Map<String, String> labels = new TreeMap<>();
		for (int f = 0; f < slices.size() && !layers; f++) {
			final List<String> ofSlice = ImagePictures.labels(source, slices.get(f));
			for (int c = 0; c < ofSlice.size(); c++)
				if (!ofSlice.get(c).isBlank()) labels.put(f + 1 + "." + (c + 1), ofSlice.get(c));
		}
		final boolean grey = source.getBitDepth() == 8 && !layers && !ChannelFormat.isBlend(source);
		return new SourceNotes(grey, source.getNFrames() == 1 && source.getNSlices() > 1,
			Optional.of(source.getCalibration().pixelDepth).filter(d -> d != 1), labels,
			Optional.ofNullable(source.getInfoProperty()).filter(i -> !layers));
	}

	/** Notes of a hyperstack; whatever has been lost is as in a plain picture. */
	static SourceNotes read(final ImagePlus hyperstack) {
		final String kind = Optional.ofNullable(hyperstack.getProp(KIND)).orElse("");
		final Map<String, String> labels = new TreeMap<>();
		for (int f = 1; f <= hyperstack.getNFrames(); f++) for (int c = 1; c <= hyperstack.getNChannels(); c++) {
			final String label = hyperstack.getProp(LABEL + f + "." + c);
			if (label != null) labels.put(f + "." + c, Latin.unescape(label));
		}
		return new SourceNotes(kind.contains("grey"), kind.contains("z"), depth(hyperstack), labels,
			Optional.ofNullable(hyperstack.getInfoProperty()));
	}

	private static Optional<Double> depth(final ImagePlus hyperstack) {
		try {
			return Optional.ofNullable(hyperstack.getProp(DEPTH)).map(Double::valueOf);
		}
		catch (final NumberFormatException e) {
			return Optional.empty();
		}
	}

	/** Puts the notes into the properties of a hyperstack, where {@link #read} finds them. */
	public void write(final ImagePlus hyperstack) {
		hyperstack.setProp(KIND, (grey ? "grey" : "colour") + (alongZ ? " z" : ""));
		depth.ifPresent(d -> hyperstack.setProp(DEPTH, String.valueOf(d)));
		labels.forEach((at, label) -> hyperstack.setProp(LABEL + at, Latin.escape(label)));
		info.ifPresent(i -> hyperstack.setProperty("Info", i));
	}

	/** The label of a slice, or null, as ImageJ wants it. */
	String label(final int frame, final int channel) {
		return labels.get(frame + "." + channel);
	}
}
