package org.layerj.imagej.stack;

import ij.ImagePlus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.SampleFormat;
import org.layerj.tracking.PixelTracking;

/**
 * What a hyperstack looked like when it was last in step with layers, as checksums: to find out what has been done to
 * it since by whatever tool.
 *
 * @param frame which is looked at, from 1
 * @param width of the canvas
 * @param height of the canvas
 * @param format how samples are shown, if the channels are the picture's own
 * @param ids of the layers, one per slice (z)
 * @param pixels checksums of all channels of a slice
 * @param labels of the slices
 */
public record HyperstackState(int frame, int width, int height, Optional<SampleFormat> format, List<String> ids,
	List<Long> pixels, List<String> labels)
{

	/** The present state of a frame that is in step with these layers. */
	public static HyperstackState of(final ImagePlus image, final int frame, final LayerStack layers) {
		return of(image, frame, layers.layers().stream().map(Layer::id).toList());
	}

	private static HyperstackState of(final ImagePlus image, final int frame, final List<String> ids) {
		final int slices = image.getNSlices();
		final Long[] pixels = new Long[slices];
		IntStream.range(0, slices).parallel().forEach(z -> pixels[z] = checksum(image, z + 1, frame));
		final List<String> labels = new ArrayList<>();
		for (int z = 1; z <= slices; z++) labels.add(label(image, z, frame));
		return new HyperstackState(frame, image.getWidth(), image.getHeight(), ChannelFormat.of(image), ids,
			List.of(pixels), labels);
	}

	/**
	 * What has been found in an image.
	 *
	 * @param layers as they are now
	 * @param state of the image a moment before they were read; so if somebody is painting just now, the next look
	 * finds the rest
	 */
	public record Found(LayerStack layers, HyperstackState state) {}

	/**
	 * The layers with what has been done to the image since. Layers whose slices were left alone stay the ones they
	 * are, with pixels beyond the canvas and all; if all were, so does the stack. If the whole image was flipped or
	 * turned, what lay beyond the canvas is gone.
	 *
	 * @param known the layers this is the state of
	 * @throws org.layerj.decompose.DecompositionException if the image is no stack of layers any more
	 */
	public Found look(final LayerStack known, final ImagePlus image) {
		if (!Hyperstacks.isLayers(image)) return new Found(Hyperstacks.layers(image, frame), this);
		final HyperstackState seen = of(image, frame, ids);
		if (equals(seen)) return new Found(known, this);
		final LayerStack parsed = Hyperstacks.layers(image, frame);
		if (parsed.size() != seen.pixels.size()) return look(known, image);
		if ((seen.width != width || seen.height != height) && !PixelTracking.exactly(known, parsed)) {
			final Optional<LayerStack> resized = Resized.of(known, parsed, image, frame);
			if (resized.isPresent()) return new Found(resized.get(), new HyperstackState(frame, seen.width, seen.height,
				seen.format, resized.get().layers().stream().map(Layer::id).toList(), seen.pixels, seen.labels));
		}
		final boolean kept = seen.width != width || seen.height != height || !reachesBeyond(known)
			|| PixelTracking.inPlace(known, parsed);
		final List<Layer> layers = new ArrayList<>();
		for (int z = 0; z < parsed.size(); z++) layers.add(layer(known, parsed, seen, z, kept));
		final LayerStack found = new LayerStack(parsed.width(), parsed.height(), layers);
		return new Found(found, new HyperstackState(frame, seen.width, seen.height, seen.format,
			layers.stream().map(Layer::id).toList(), seen.pixels, seen.labels));
	}

	/** The same with the labels that the image has now. */
	public HyperstackState relabelled(final ImagePlus image) {
		final List<String> now = new ArrayList<>();
		for (int z = 1; z <= pixels.size(); z++) now.add(label(image, z, frame));
		return new HyperstackState(frame, width, height, format, ids, pixels, now);
	}

	private boolean reachesBeyond(final LayerStack known) {
		final Bounds canvas = Bounds.all(width, height);
		return known.layers().stream().anyMatch(l -> !l.bounds().union(canvas).equals(canvas));
	}

	/** @param kept whether pixels that have not changed are still what they were, and so those beyond the canvas */
	private Layer layer(final LayerStack known, final LayerStack parsed, final HyperstackState now, final int z,
		final boolean kept)
	{
		final Layer p = parsed.get(z);
		if (now.width != width || now.height != height) return p;
		final boolean lost = LayerLabel.parse(now.labels.get(z)).id().isEmpty() && parsed.size() == known.size()
			&& parsed.find(known.get(z).id()).isEmpty();
		final Optional<Layer> before = lost ? Optional.of(known.get(z)) : known.find(p.id());
		if (before.isEmpty()) return p;
		final Layer b = before.get();
		// Samples that are shown otherwise look otherwise.
		final boolean changed =
			!now.format.equals(format) || !now.pixels.get(z).equals(pixels.get(ids.indexOf(b.id())));
		final Layer seen = !kept ? p : changed ? BeyondCanvas.kept(p, b, width, height) : b;
		final Layer source = lost ? b : p;
		final Layer merged = new Layer(b.id(), source.name(), seen.bounds(), seen.pixels(), source.opacity(),
			source.visible(), source.locked(), source.parent(), seen.provenance(), seen.samples());
		return merged.equals(b) ? b : merged;
	}

	private static String label(final ImagePlus image, final int z, final int frame) {
		for (int c = 1; c <= image.getNChannels(); c++) {
			final String label = image.getStack().getSliceLabel(image.getStackIndex(c, z, frame));
			if (label != null && !label.isBlank()) return label;
		}
		return "";
	}

	private static long checksum(final ImagePlus image, final int z, final int frame) {
		long sum = 0;
		for (int c = 1; c <= image.getNChannels(); c++) {
			sum = sum * 0x9e3779b97f4a7c15L + checksum(image.getStack().getPixels(image.getStackIndex(c, z, frame)));
		}
		return sum;
	}

	private static long checksum(final Object pixels) {
		if (pixels instanceof byte[] bytes) {
			final CRC32C sum = new CRC32C();
			sum.update(bytes);
			return sum.getValue();
		}
		long sum = 1;
		if (pixels instanceof short[] shorts) for (final short s : shorts) sum = sum * 0x100000001b3L + s;
		if (pixels instanceof float[] floats)
			for (final float f : floats) sum = sum * 0x100000001b3L + Float.floatToRawIntBits(f);
		if (pixels instanceof int[] ints) for (final int i : ints) sum = sum * 0x100000001b3L + i;
		return sum;
	}
}
