package org.layerj.imagej.stack;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.LUT;
import java.awt.Color;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.Samples;
import org.layerj.provenance.Provenance;

/**
 * Makes the hyperstack of {@link Hyperstacks}, one frame after the other, so that no frame's layers need be held longer
 * than it takes to copy their pixels.
 */
public final class HyperstackBuilder {

	private static final Color[] COLOURS = { Color.red, Color.green, Color.blue };

	/** Planes and labels of one layer in one frame. */
	private record Slice(Object[] planes, String[] labels) {}

	private final int width;
	private final int height;
	private final Optional<SampleFormat> format;
	private final List<List<Slice>> frames = new ArrayList<>();
	private final Map<String, String> properties = new LinkedHashMap<>();

	/** @param first the first frame, which decides on size and kind; still to be added */
	public HyperstackBuilder(final LayerStack first) {
		width = first.width();
		height = first.height();
		format = format(first);
	}

	/** Adds a frame; pixels are copied, because people paint on images, and layers are values. */
	public void add(final LayerStack stack) {
		if (stack.width() != width || stack.height() != height)
			throw new IllegalArgumentException("A frame of " + stack.width() + " × " + stack.height()
				+ " pixels does not fit the others, which have " + width + " × " + height + ".");
		final Optional<Display> display = format.map(Display::of);
		final List<Slice> slices = new ArrayList<>();
		for (final Layer layer : held(stack, format, display).layers()) {
			slices.add(slice(layer));
			properties.putAll(StackProvenance.of(layer, frames.size() + 1, width, height));
		}
		frames.add(slices);
	}

	/** The layers as a hyperstack holds them: those that were drawn in 8 bits get samples that look the same. */
	private static LayerStack held(final LayerStack stack, final Optional<SampleFormat> format,
		final Optional<Display> display)
	{
		return new LayerStack(stack.width(), stack.height(), stack.layers()
			.stream()
			.map(l -> format.isEmpty() || l.samples()
				.filter(v -> v.format().type() == format.get().type() && v.channels() == format.get().channels().size())
				.isPresent() ? l : l.withSamples(display.orElseThrow().seenAs(l.pixels())))
			.toList());
	}

	/** The same of the format that the first layer with samples has. */
	static LayerStack held(final LayerStack stack) {
		final Optional<SampleFormat> format = format(stack);
		return held(stack, format, format.map(Display::of));
	}

	private static Optional<SampleFormat> format(final LayerStack stack) {
		return stack.layers().stream().flatMap(l -> l.samples().stream()).map(Samples::format).findFirst();
	}

	private Slice slice(final Layer layer) {
		final RgbaImage pixels = layer.onCanvas(width, height);
		final Object[] planes = new Object[channels()];
		final String[] labels = new String[planes.length];
		if (format.isEmpty()) {
			for (int c = 0; c < planes.length; c++) {
				planes[c] = pixels == layer.pixels() ? pixels.plane(c).clone() : pixels.plane(c);
				labels[c] = LayerLabel.of(layer).text();
			}
			return new Slice(planes, labels);
		}
		final Samples samples = layer.samplesOnCanvas(width, height).orElseThrow();
		final Samples own = layer.samples().filter(v -> v == samples).isPresent() ? samples.copy() : samples;
		for (int c = 0; c < planes.length - 1; c++) {
			planes[c] = own.plane(c);
			labels[c] = LayerLabel.of(layer).withChannel(format.get().channels().get(c).name()).text();
		}
		planes[planes.length - 1] = AlphaPlane.of(pixels.plane(RgbaImage.ALPHA), format.get().type());
		labels[planes.length - 1] = LayerLabel.of(layer).withChannel("alpha").text();
		return new Slice(planes, labels);
	}

	private int channels() {
		return format.map(f -> f.channels().size() + 1).orElse(RgbaImage.PLANES);
	}

	/** The hyperstack of all frames. Where one has fewer layers than another, transparent ones are put on top. */
	public ImagePlus image(final String title) {
		final int layers = frames.stream().mapToInt(List::size).max().orElse(0);
		if (layers == 0) throw new IllegalArgumentException("A hyperstack needs at least one layer.");
		final ImageStack stack = new ImageStack(width, height);
		for (final List<Slice> frame : frames) {
			for (int k = 0; k < layers; k++) {
				final Slice slice = k < frame.size() ? frame.get(k) : nothing(k);
				for (int c = 0; c < slice.planes.length; c++) stack.addSlice(slice.labels[c], slice.planes[c]);
			}
		}
		final ImagePlus image = new ImagePlus(title, stack);
		image.setDimensions(channels(), layers, frames.size());
		image.setOpenAsHyperStack(true);
		final CompositeImage composite = new CompositeImage(image, CompositeImage.COMPOSITE);
		composite.setLuts(luts());
		composite.setOpenAsHyperStack(true);
		composite.setPosition(1, 1, 1);
		composite.setProp(Hyperstacks.FORMAT, Hyperstacks.VERSION);
		composite.setProp(Hyperstacks.CANVAS, Hyperstacks.canvas(composite));
		composite.setProp(StackProvenance.KEY, StackProvenance.VERSION);
		format.ifPresent(f -> {
			final StringBuilder shown = new StringBuilder();
			for (int c = 0; c < f.channels().size(); c++) {
				shown.append(f.channels().get(c).shown() ? '1' : '0');
				if (composite.getMode() == CompositeImage.COMPOSITE)
					composite.getActiveChannels()[c] = f.channels().get(c).shown();
			}
			composite.setProp(Hyperstacks.VALUES, shown.toString());
		});
		properties.forEach(composite::setProp);
		return composite;
	}

	private Slice nothing(final int index) {
		final Bounds all = Bounds.all(width, height);
		return slice(new Layer("empty-" + index, "(empty)", all, RgbaImage.blank(width, height), 1, true,
			Optional.empty(), Provenance.observed(width, height), format.map(f -> Samples.blank(f, width, height))));
	}

	private LUT[] luts() {
		final LUT[] luts = new LUT[channels()];
		for (int c = 0; c < luts.length - 1; c++) {
			if (format.isEmpty()) luts[c] = lut(LUT.createLutFromColor(COLOURS[c]), 0, 255);
			else {
				final Channel channel = format.get().channels().get(c);
				luts[c] = lut(Luts.of(channel.lut()), channel.min(), channel.max());
			}
		}
		luts[luts.length - 1] = lut(LUT.createLutFromColor(Color.black), 0, 255);
		return luts;
	}

	private static LUT lut(final LUT lut, final double min, final double max) {
		lut.min = min;
		lut.max = max;
		return lut;
	}
}
