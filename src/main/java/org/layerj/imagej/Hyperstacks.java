package org.layerj.imagej;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.LUT;
import java.awt.Color;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.RunJson;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;

/**
 * Layered pictures as ImageJ hyperstacks and back.
 *
 * <p>The hyperstack is 8-bit, channels R, G, B, A, one slice (z) per layer from the bottom to the top, each as large as the canvas. It is
 * a composite image in which the alpha channel has an all-black lookup table: so alpha does not disturb the colours shown,
 * survives saving as TIFF, and can be painted on like any channel. An RGB image with an overlay could do none of this: ImageJ
 * drops the alpha of overlays whenever it copies or saves them.
 *
 * <p>The first line of a slice's label is the layer's name, the others are {@code key: value} pairs ({@link LayerLabel}). The image's
 * properties hold the run as JSON and the masks of synthetic pixels. All of it survives TIFF.
 */
public final class Hyperstacks {

	/** Image property: says that an image is such a hyperstack, and which version. */
	public static final String FORMAT = "decompose.format";
	/** Image property: the run record ({@link RunJson}). */
	public static final String RUN = "decompose.run";
	/** Image property: canvas size; tells whether the image has been cropped or scaled since. */
	public static final String CANVAS = "decompose.canvas";
	/** Image properties, followed by the layer's id: the mask of synthetic pixels. */
	public static final String SYNTHETIC = "decompose.synthetic.";

	private static final String VERSION = "1";
	private static final Color[] CHANNELS = { Color.red, Color.green, Color.blue, Color.black };

	private Hyperstacks() {}

	/** A hyperstack of these layers, with pixels of its own. Needs at least one layer. */
	public static ImagePlus of(final LayerStack layers, final String title) {
		if (layers.size() == 0) throw new IllegalArgumentException("A hyperstack needs at least one layer.");
		final ImageStack stack = new ImageStack(layers.width(), layers.height());
		for (final Layer layer : layers.layers()) {
			final String label = LayerLabel.of(layer).text();
			final RgbaImage pixels = layer.onCanvas(layers.width(), layers.height());
			// A copy where they are the layer's own: people paint on images, and layers are values.
			final RgbaImage own = pixels == layer.pixels() ? pixels.copy() : pixels;
			for (int c = 0; c < RgbaImage.PLANES; c++) stack.addSlice(label, own.plane(c));
		}
		final ImagePlus image = new ImagePlus(title, stack);
		image.setDimensions(RgbaImage.PLANES, layers.size(), 1);
		image.setOpenAsHyperStack(true);
		final CompositeImage composite = new CompositeImage(image, CompositeImage.COMPOSITE);
		final LUT[] luts = new LUT[CHANNELS.length];
		for (int c = 0; c < luts.length; c++) {
			luts[c] = LUT.createLutFromColor(CHANNELS[c]);
			luts[c].min = 0;
			luts[c].max = 255;
		}
		composite.setLuts(luts);
		composite.setOpenAsHyperStack(true);
		composite.setPosition(1, 1, 1);
		composite.setProp(FORMAT, VERSION);
		composite.setProp(CANVAS, canvas(composite));
		for (final Layer layer : layers.layers()) {
			if (layer.synthetic().count() > 0) composite.setProp(SYNTHETIC + Latin.escape(layer.id()), MaskText.of(layer.synthetic()));
		}
		return composite;
	}

	/** A hyperstack of the result that carries the run record and the spatial calibration of the picture it was made from. */
	public static ImagePlus of(final Decomposition decomposition, final String title, final Calibration calibration) {
		final ImagePlus image = of(decomposition.layers(), title);
		image.setProp(RUN, Latin.json(RunJson.of(decomposition.run()).toString()));
		final Calibration c = image.getCalibration();
		c.pixelWidth = calibration.pixelWidth;
		c.pixelHeight = calibration.pixelHeight;
		c.xOrigin = calibration.xOrigin;
		c.yOrigin = calibration.yOrigin;
		c.setInvertY(calibration.getInvertY());
		c.setXUnit(calibration.getXUnit());
		c.setYUnit(calibration.getYUnit());
		// Density calibration and slice distance belong to what was measured, not to layers.
		return image;
	}

	/** Whether {@link #layers} understands this image. */
	public static boolean isLayers(final ImagePlus image) {
		return image.getBitDepth() == 8 && image.getNChannels() == RgbaImage.PLANES && image.getNFrames() == 1 && VERSION.equals(image.getProp(FORMAT));
	}

	/**
	 * The layers of a hyperstack, whatever has been done to it since: pixels are copied as they are now.
	 *
	 * <p>Names, ids, opacity, visibility and parents come from the labels. A layer's bounds are those of the label, made larger if
	 * something has been painted outside of them. Where labels or the canvas size have been lost or changed, a layer is as large as
	 * the canvas, observed, opaque and visible. Layers that reached beyond the canvas are transparent there.
	 *
	 * @throws DecompositionException if this is no such hyperstack
	 */
	public static LayerStack layers(final ImagePlus image) {
		if (!isLayers(image)) throw new DecompositionException("The image " + image.getTitle() + " is not a stack of layers made by Decompose Layers.");
		final boolean sameCanvas = canvas(image).equals(image.getProp(CANVAS));
		final List<Layer> layers = new ArrayList<>();
		final Set<String> ids = new HashSet<>();
		for (int z = 1; z <= image.getNSlices(); z++) {
			final LayerLabel label = LayerLabel.parse(label(image, z));
			final RgbaImage all = slice(image, z);
			final Bounds whole = Bounds.all(all.width(), all.height());
			final Optional<Bounds> before = label.bounds().filter(b -> sameCanvas);
			final Bounds bounds = before.map(b -> grown(b, all)).orElse(whole);
			final Optional<Mask> mask = before.flatMap(b -> label.id()).map(id -> image.getProp(SYNTHETIC + Latin.escape(id))).flatMap(MaskText::parse)
				.filter(m -> m.width() == before.get().width() && m.height() == before.get().height());
			// Slices may have been duplicated; only the first keeps the id.
			final String id = unique(label.id().orElse("layer-" + z), ids);
			layers.add(new Layer(id, label.name().isBlank() ? "Layer " + z : label.name(), bounds, bounds.equals(whole) ? all : all.crop(bounds), label.opacity(),
				label.visible(), label.parent().filter(p -> !p.equals(id)), moved(mask, before.orElse(whole), bounds)));
		}
		return new LayerStack(image.getWidth(), image.getHeight(), layers);
	}

	/** The layer at the image's current slice, as large as the canvas. */
	static RgbaImage current(final ImagePlus image) {
		return slice(image, image.getSlice());
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

	private static Mask moved(final Optional<Mask> mask, final Bounds from, final Bounds to) {
		if (mask.isEmpty()) return Mask.none(to.width(), to.height());
		if (from.equals(to)) return mask.get();
		return Mask.of(to.width(), to.height(), i -> {
			final int x = to.x() + i % to.width();
			final int y = to.y() + i / to.width();
			return from.contains(x, y) && mask.get().get(x - from.x(), y - from.y());
		});
	}

	private static String unique(final String id, final Set<String> taken) {
		String free = id;
		for (int n = 2; !taken.add(free); n++) free = id + "-" + n;
		return free;
	}

	private static RgbaImage slice(final ImagePlus image, final int z) {
		final byte[][] planes = new byte[RgbaImage.PLANES][];
		for (int c = 0; c < planes.length; c++) planes[c] = ((byte[]) image.getStack().getPixels(image.getStackIndex(c + 1, z, 1))).clone();
		return RgbaImage.ofPlanes(image.getWidth(), image.getHeight(), planes[0], planes[1], planes[2], planes[3]);
	}

	/** The label of a layer: that of its first channel which has one, since commands may label single slices. */
	private static String label(final ImagePlus image, final int z) {
		for (int c = 1; c <= RgbaImage.PLANES; c++) {
			final String label = image.getStack().getSliceLabel(image.getStackIndex(c, z, 1));
			if (label != null && !label.isBlank()) return label;
		}
		return "";
	}

	private static String canvas(final ImagePlus image) {
		return image.getWidth() + " x " + image.getHeight();
	}
}
