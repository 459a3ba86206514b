package org.layerj.imagej.stack;

import ij.ImagePlus;
import ij.measure.Calibration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.RunJson;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.Samples;
import org.layerj.provenance.Provenance;
import org.layerj.tracking.PixelTracking;

/**
 * Layered pictures as ImageJ hyperstacks and back.
 * <p>
 * The hyperstack is 8-bit, channels R, G, B, A, one slice (z) per layer from the bottom to the top, each as large as
 * the canvas. It is a composite image in which the alpha channel has an all-black lookup table: so alpha does not
 * disturb the colours shown, survives saving as TIFF, and can be painted on like any channel. An RGB image with an
 * overlay could do none of this: ImageJ drops the alpha of overlays whenever it copies or saves them.
 * <p>
 * If the layers have {@link Samples}, the hyperstack has their bit depth and channels, with lookup tables and display
 * ranges, and alpha, 0 … 255, is the channel after them. Several frames hold the layers of a stack's slices or a
 * movie's frames.
 * <p>
 * The first line of a slice's label is the layer's name, the others are {@code key: value} pairs ({@link LayerLabel}).
 * The image's properties hold the run as JSON and {@link StackProvenance where pixels come from}. All of it survives
 * TIFF.
 */
public final class Hyperstacks {

	/** Image property: says that an image is such a hyperstack, and which version. */
	public static final String FORMAT = "decompose.format";
	/** Image property: the run record ({@link RunJson}). */
	public static final String RUN = "decompose.run";
	/** Image property: canvas size; tells whether the image has been cropped or scaled since. */
	public static final String CANVAS = "decompose.canvas";
	/**
	 * Image property of hyperstacks whose channels are the picture's own samples and alpha: one digit per channel of
	 * the picture, 1 if it is shown.
	 */
	public static final String VALUES = "decompose.values";
	/** Image properties of frames after the first, followed by the number of the frame and a name. */
	public static final String FRAME = "decompose.frame.";

	static final String VERSION = "1";

	private Hyperstacks() {}

	/** A hyperstack of these layers, with pixels of its own. Needs at least one layer. */
	public static ImagePlus of(final LayerStack layers, final String title) {
		final HyperstackBuilder builder = new HyperstackBuilder(layers);
		builder.add(layers);
		return builder.image(title);
	}

	/** A hyperstack of the result that carries the run record and the calibration of the picture it was made from. */
	public static ImagePlus of(final Decomposition decomposition, final String title, final Calibration calibration) {
		final ImagePlus image = of(decomposition.layers(), title);
		image.setProp(RUN, Latin.json(RunJson.of(decomposition.run()).toString()));
		decomposition.elementsRecord().ifPresent(r -> StackElements.keep(r, image, 1));
		calibrate(image, calibration);
		return image;
	}

	/**
	 * Gives a hyperstack the calibration of its picture: all of it if it has the picture's samples, else that of space
	 * only.
	 */
	public static void calibrate(final ImagePlus image, final Calibration calibration) {
		if (image.getProp(VALUES) != null) {
			image.setCalibration(calibration.copy());
			return;
		}
		final Calibration c = image.getCalibration();
		c.pixelWidth = calibration.pixelWidth;
		c.pixelHeight = calibration.pixelHeight;
		c.xOrigin = calibration.xOrigin;
		c.yOrigin = calibration.yOrigin;
		c.setInvertY(calibration.getInvertY());
		c.setXUnit(calibration.getXUnit());
		c.setYUnit(calibration.getYUnit());
		// Density calibration and slice distance belong to what was measured, not to colours and layers.
	}

	/** Whether {@link #layers} understands this image. */
	public static boolean isLayers(final ImagePlus image) {
		if (!VERSION.equals(image.getProp(FORMAT)) || image.getBitDepth() == 24) return false;
		final String values = image.getProp(VALUES);
		return values == null ? image.getBitDepth() == 8 && image.getNChannels() == RgbaImage.PLANES
			: image.getNChannels() == values.length() + 1;
	}

	/** The layers of a hyperstack, as {@link #layers(ImagePlus, int)}, in the current frame. */
	public static LayerStack layers(final ImagePlus image) {
		return layers(image, Math.max(1, image.getFrame()));
	}

	/**
	 * The layers of one frame of a hyperstack, whatever has been done to it since: pixels are copied as they are now.
	 * <p>
	 * Names, ids, opacity, visibility and parents come from the labels. A layer's bounds are those of the label, made
	 * larger if something has been painted outside of them. Where labels or the canvas size have been lost or changed,
	 * a layer is as large as the canvas, opaque and visible. Where pixels come from is {@linkplain StackProvenance
	 * followed} through what has been done. Layers that reached beyond the canvas are transparent there. If the
	 * channels are the picture's samples, layers have them as samples, and their pixels are rendered from these.
	 *
	 * @param frame counted from 1
	 * @throws DecompositionException if this is no such hyperstack
	 */
	public static LayerStack layers(final ImagePlus image, final int frame) {
		if (!isLayers(image)) throw new DecompositionException(
			"The image " + image.getTitle() + " is not a stack of layers made by Decompose Layers.");
		final boolean sameCanvas = canvas(image).equals(image.getProp(CANVAS));
		final Optional<SampleFormat> format = ChannelFormat.of(image);
		final Optional<Display> display = format.map(Display::of);
		final List<LayerLabel> labels = new ArrayList<>();
		final List<PixelTracking.Now> held = new ArrayList<>();
		for (int z = 1; z <= image.getNSlices(); z++) {
			labels.add(LayerLabel.parse(label(image, z, frame)));
			final int slice = slice(image, z, frame);
			final Optional<Samples> values = format.map(f -> values(image, f, slice));
			held.add(new PixelTracking.Now(values.map(v -> display.orElseThrow().render(v, alpha(image, slice)))
				.orElseGet(() -> rgba(image, slice)), values));
		}
		final Bounds whole = Bounds.all(image.getWidth(), image.getHeight());
		final List<Bounds> to = new ArrayList<>();
		for (int k = 0; k < labels.size(); k++) {
			final RgbaImage all = held.get(k).pixels();
			to.add(labels.get(k).bounds().filter(b -> sameCanvas).map(b -> grown(b, all)).orElse(whole));
		}
		final List<Provenance> known = StackProvenance.read(image, frame, labels, held, to);
		final List<Layer> layers = new ArrayList<>();
		final Set<String> ids = new HashSet<>();
		for (int z = 1; z <= labels.size(); z++) {
			final LayerLabel label = labels.get(z - 1);
			final RgbaImage all = held.get(z - 1).pixels();
			final Bounds bounds = to.get(z - 1);
			// Slices may have been duplicated; only the first keeps the id.
			final String id = unique(label.id().orElse("layer-" + z), ids);
			layers.add(new Layer(id, label.name().isBlank() ? "Layer " + z : label.name(), bounds,
				bounds.equals(whole) ? all : all.crop(bounds), label.opacity(), label.visible(), label.locked(),
				label.parent().filter(p -> !p.equals(id)), known.get(z - 1),
				held.get(z - 1).samples().map(v -> bounds.equals(whole) ? v : v.crop(bounds))));
		}
		return new LayerStack(image.getWidth(), image.getHeight(), layers);
	}

	/** The layer at the image's current slice, as large as the canvas. */
	static RgbaImage current(final ImagePlus image) {
		final int slice = slice(image, image.getSlice(), image.getFrame());
		return currentSamples(image).map(v -> Display.of(v.format()).render(v, alpha(image, slice)))
			.orElseGet(() -> rgba(image, slice));
	}

	/** The samples of the layer at the image's current slice, as large as the canvas, if it has any. */
	static Optional<Samples> currentSamples(final ImagePlus image) {
		return ChannelFormat.of(image).map(f -> values(image, f, slice(image, image.getSlice(), image.getFrame())));
	}

	/** The bounds and every pixel outside of them that is not transparent black. */
	private static Bounds grown(final Bounds bounds, final RgbaImage pixels) {
		int left = bounds.x();
		int top = bounds.y();
		int right = bounds.right();
		int bottom = bounds.bottom();
		for (int y = 0; y < pixels.height(); y++) for (int x = 0; x < pixels.width(); x++) {
			if (x >= left && x < right && y >= top && y < bottom || pixels.argb(x, y) == 0) continue;
			left = Math.min(left, x);
			top = Math.min(top, y);
			right = Math.max(right, x + 1);
			bottom = Math.max(bottom, y + 1);
		}
		return new Bounds(left, top, right - left, bottom - top);
	}

	private static String unique(final String id, final Set<String> taken) {
		String free = id;
		for (int n = 2; !taken.add(free); n++) free = id + "-" + n;
		return free;
	}

	/** Number of the stack's slice that holds a layer's first channel. */
	private static int slice(final ImagePlus image, final int z, final int frame) {
		return image.getStackIndex(1, z, frame);
	}

	private static RgbaImage rgba(final ImagePlus image, final int slice) {
		final byte[][] planes = new byte[RgbaImage.PLANES][];
		for (int c = 0; c < planes.length; c++) planes[c] = ((byte[]) image.getStack().getPixels(slice + c)).clone();
		return RgbaImage.ofPlanes(image.getWidth(), image.getHeight(), planes[0], planes[1], planes[2], planes[3]);
	}

	private static Samples values(final ImagePlus image, final SampleFormat format, final int slice) {
		final List<Object> planes = new ArrayList<>();
		for (int c = 0; c < format.channels().size(); c++) planes.add(image.getStack().getPixels(slice + c));
		return Samples.of(format, image.getWidth(), image.getHeight(), planes).copy();
	}

	private static byte[] alpha(final ImagePlus image, final int slice) {
		return AlphaPlane.read(image.getStack().getPixels(slice + image.getNChannels() - 1));
	}

	/** The label of a layer: that of its first channel which has one, since commands may label single slices. */
	private static String label(final ImagePlus image, final int z, final int frame) {
		for (int c = 1; c <= image.getNChannels(); c++) {
			final String label = image.getStack().getSliceLabel(image.getStackIndex(c, z, frame));
			if (label != null && !label.isBlank()) return label;
		}
		return "";
	}

	static String canvas(final ImagePlus image) {
		return image.getWidth() + " x " + image.getHeight();
	}
}
