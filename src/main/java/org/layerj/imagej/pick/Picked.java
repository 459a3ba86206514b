package org.layerj.imagej.pick;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.plugin.filter.ThresholdToSelection;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.awt.Point;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.layerj.decompose.DecompositionException;
import org.layerj.elements.Element;
import org.layerj.elements.Elements;
import org.layerj.elements.LayerElements;
import org.layerj.elements.Letters;
import org.layerj.elements.Pick;
import org.layerj.elements.PictureCells;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.StackElements;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Region;

/**
 * The elements of open layers and what is chosen of them, which shows as ImageJ's selection in the image where it was
 * chosen. Belongs to the hyperstack as a property. Of layers without a record of elements, connected parts are taken;
 * words of a record consist of their letters.
 * <p>
 * Outlines are traced once for each element, so that hovering and clicking only looks things up.
 */
final class Picked {

	/** Property of the hyperstack; not text, so ImageJ neither saves nor copies it. */
	private static final String PROPERTY = "decompose.picked";

	/** Said when the record is that of another picture. */
	private static final String LOST = "The elements of this stack were found in another picture than its layers show "
		+ "now, which has been cropped, resized or edited since. Connected parts of layers are taken instead; decompose "
		+ "the picture again to have its elements.";

	/** Pixels in an element's bounds from which tracing its outline takes longer than a click should. */
	private static final long LARGE = 1_000_000;

	private final Elements elements;
	private final int frame;
	/** What the elements were read from: the record, or the layers themselves. */
	private final Object source;
	/** What the layers showed. */
	private final PictureCells picture;
	/** Layers that show that. */
	private volatile LayerStack layers;
	private final Map<Integer, Roi> outlines = new HashMap<>();
	private volatile Pick pick = Pick.NONE;

	private Picked(final Elements elements, final int frame, final Object source, final LayerStack layers) {
		this.elements = elements;
		this.frame = frame;
		this.source = source;
		this.layers = layers;
		picture = PictureCells.of(layers);
	}

	/** Of the current frame of open layers; not for the event thread, since layers may have to be looked at. */
	static Picked of(final OpenLayers open) {
		final ImagePlus image = open.hyperstack();
		final int frame = Math.max(1, image.getT());
		final Optional<Object> record = Optional.ofNullable(image.getProp(StackElements.key(frame)));
		final LayerStack layers = open.layers();
		final Optional<Picked> known = known(image);
		if (known.isPresent() && record.isPresent() && known.get().source == record.get()
			&& known.get().shownBy(layers)) return known.get();
		if (known.isPresent() && known.get().source == layers) return known.get();
		final Optional<Elements> read = StackElements.read(image, frame, layers);
		if (read.isEmpty() && record.isPresent() && known.filter(k -> k.source == k.layers).isEmpty()) IJ.log(LOST);
		final Picked fresh = new Picked(read.map(e -> Letters.in(e, layers)).orElseGet(() -> LayerElements.of(layers)),
			frame, read.isPresent() ? record.orElseThrow() : layers, layers);
		image.setProperty(PROPERTY, fresh);
		final Thread ahead = new Thread(fresh::traceLarge, "Decompose Layers outlines");
		ahead.setDaemon(true);
		ahead.setPriority(Thread.MIN_PRIORITY);
		ahead.start();
		return fresh;
	}

	/** Outlines that take long are traced before somebody asks for them. */
	private void traceLarge() {
		elements.list().stream().filter(e -> e.bounds().area() > LARGE).forEach(this::outline);
	}

	/** Whether layers show the same as those that the elements were read with, whatever has been moved among them. */
	private boolean shownBy(final LayerStack now) {
		if (layers == now) return true;
		if (!PictureCells.of(now).equals(picture)) return false;
		layers = now;
		return true;
	}

	/** What has been looked at before, of the frame that is shown now and the canvas as it is now. */
	static Optional<Picked> known(final ImagePlus hyperstack) {
		return Optional.ofNullable(hyperstack.getProperty(PROPERTY))
			.filter(Picked.class::isInstance)
			.map(Picked.class::cast)
			.filter(p -> p.frame == Math.max(1, hyperstack.getT()) && p.elements.width() == hyperstack.getWidth()
				&& p.elements.height() == hyperstack.getHeight());
	}

	/** The elements with the layers that they are in now, whatever has been done since they were found. */
	static Elements current(final OpenLayers open) {
		return of(open).elements.inLayersOf(open.layers());
	}

	Elements elements() {
		return elements;
	}

	Pick pick() {
		return pick;
	}

	/** The outline of one element, on the canvas. */
	synchronized Roi outline(final Element e) {
		return (Roi) outlines.computeIfAbsent(e.id(), id -> roi(List.of(e))).clone();
	}

	/** How many clicks at a pixel of an element choose it; -1 if only the smallest there is it. */
	int clicks(final Element wanted, final int x, final int y) {
		Pick clicked = Pick.NONE;
		for (int n = 1; n < 50; n++) {
			clicked = clicked.click(elements, x, y, Pick.Mode.REPLACE, true);
			// One of the same size looks the same.
			if (clicked.last().filter(l -> l.area() == wanted.area()).isPresent()) return n;
		}
		return -1;
	}

	/** Makes elements what is chosen, and the image's selection. */
	void choose(final Pick chosen, final ImagePlus image) {
		pick = chosen;
		if (chosen.smallest().isEmpty()) {
			image.deleteRoi();
			return;
		}
		final Roi roi = chosen.last()
			.filter(l -> elements.smallest(l).equals(chosen.smallest()))
			.map(this::outline)
			.orElseGet(() -> roi(new TreeSet<>(chosen.smallest()).stream().map(elements::get).toList()));
		image.setRoi(roi);
	}

	/** The elements that points are on, as a selection does not say itself; empty if it is none of points. */
	static Optional<Region> points(final OpenLayers open, final Roi roi) {
		if (!(roi instanceof PointRoi points)) return Optional.empty();
		final Picked picked = of(open);
		Pick all = Pick.NONE;
		for (final Point p : points.getContainedPoints())
			if (picked.elements.at(p.x, p.y).isPresent())
				all = all.ended().click(picked.elements, p.x, p.y, Pick.Mode.ADD, true);
		if (all.smallest().isEmpty())
			throw new DecompositionException("There is no element at the points; give points that lie on elements.");
		return Optional.of(picked.elements.region(all.smallest().stream().map(picked.elements::get).toList()));
	}

	/** What the soft edge of a region is not looked for in: other letters than those in it. */
	static Optional<Region> beside(final OpenLayers open, final Region region) {
		// Connected parts of layers, which are the elements where there is no record, are no letters.
		return StackElements.has(open.hyperstack(), Math.max(1, open.hyperstack().getT()))
			? Letters.beside(of(open).elements(), region) : Optional.empty();
	}

	private Roi roi(final Collection<Element> some) {
		final Region region = elements.region(some);
		final ByteProcessor mask = new ByteProcessor(region.bounds().width(), region.bounds().height());
		final byte[] pixels = (byte[]) mask.getPixels();
		for (int i = 0; i < pixels.length; i++) if (region.mask().orElseThrow().get(i)) pixels[i] = -1;
		mask.setThreshold(128, 255, ImageProcessor.NO_LUT_UPDATE);
		final Roi roi = new ThresholdToSelection().convert(mask);
		roi.setLocation(region.bounds().x() + roi.getBounds().x, region.bounds().y() + roi.getBounds().y);
		return roi;
	}
}
