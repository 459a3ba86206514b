package org.layerj.imagej.open;

import ij.gui.ImageRoi;
import ij.gui.Roi;
import ij.process.ColorProcessor;
import java.awt.Graphics;
import java.awt.Rectangle;
import java.awt.image.DirectColorModel;
import java.util.Optional;
import org.layerj.imagej.stack.Latin;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/**
 * A layer as an element of an overlay: cropped to what is not transparent, and found by the mouse only where it can be
 * seen.
 * <p>
 * ImageJ's own {@link ImageRoi} loses its alpha when it is cloned, which duplicating, cropping and flattening do. This
 * one keeps it; saved in a file it becomes an opaque {@link ImageRoi} all the same, so files hold the hyperstack.
 * <p>
 * The layer's id stands in the ROI property {@value #ID}.
 */
public final class LayerRoi extends ImageRoi {

	/** ROI property: the layer's id. */
	public static final String ID = "layer";

	/** Alpha from which on the mouse finds a pixel; half the largest alpha for layers that are fainter all over. */
	private static final int SEEN = 64;
	/** Thin lines are hard to hit; so many pixels beside them count as well. */
	private static final int REACH = 1;

	private static final long serialVersionUID = 1L;

	private final transient Layer layer;
	private final transient Bounds part;
	private final transient RgbaImage shown;
	private final int threshold;

	LayerRoi(final Layer layer) {
		this(layer, AlphaBounds.of(layer.pixels()).orElse(new Bounds(0, 0, 1, 1)));
	}

	private LayerRoi(final Layer layer, final Bounds part) {
		this(layer, part, layer.pixels().crop(part));
	}

	private LayerRoi(final Layer layer, final Bounds part, final RgbaImage shown) {
		super(layer.bounds().x() + part.x(), layer.bounds().y() + part.y(), processor(shown));
		this.layer = layer;
		this.part = part;
		this.shown = shown;
		int most = 0;
		for (final byte a : shown.plane(RgbaImage.ALPHA)) most = Math.max(most, a & 0xff);
		threshold = Math.max(1, Math.min(SEEN, (most + 1) / 2));
		setProperty(ID, Latin.escape(layer.id()));
		setName(layer.name());
		setOpacity(layer.opacity());
	}

	/**
	 * The id of the layer that an element of an overlay stands for; also of an {@link ImageRoi} that was one before it
	 * was saved.
	 */
	public static Optional<String> idOf(final Roi roi) {
		return Optional.ofNullable(roi.getProperty(ID)).filter(s -> !s.isBlank()).map(Latin::unescape);
	}

	/** The id of the layer this element stands for. */
	public String id() {
		return idOf(this).orElse(layer.id());
	}

	/** Whether these are the layer's pixels; where they lie is another matter. */
	boolean shows(final Layer other) {
		return other.id().equals(id()) && other.pixels() == layer.pixels();
	}

	/** The layer with what may be changed of an element: place, opacity and name. */
	Layer applyTo(final Layer target) {
		Layer l = target;
		final int x = (int) Math.round(getXBase()) - part.x();
		final int y = (int) Math.round(getYBase()) - part.y();
		if (x != l.bounds().x() || y != l.bounds().y()) l = l.at(x, y);
		if (getOpacity() != l.opacity()) l = l.withOpacity(getOpacity());
		if (getName() != null && !getName().isBlank() && !getName().equals(l.name())) l = l.withName(getName());
		return l;
	}

	/** The layer this element stands for, under another id, where the element is now. */
	Layer layer(final String id) {
		final Layer l = applyTo(layer);
		return new Layer(id, l.name(), l.bounds(), l.pixels(), l.opacity(), true, l.parent().filter(p -> !p.equals(id)),
			l.provenance(), l.samples());
	}

	/** Takes place, opacity and name from the layer; tells whether anything was different. */
	boolean follow(final Layer target) {
		if (applyTo(target).equals(target)) return false;
		setLocation(target.bounds().x() + part.x(), target.bounds().y() + part.y());
		setOpacity(target.opacity());
		setName(target.name());
		return true;
	}

	/** Whether the mouse at this pixel of the canvas is on something that can be seen. */
	boolean hit(final int x, final int y) {
		for (int dy = -REACH; dy <= REACH; dy++) for (int dx = -REACH; dx <= REACH; dx++) {
			final int px = x + dx - getBounds().x;
			final int py = y + dy - getBounds().y;
			if (px < 0 || py < 0 || px >= shown.width() || py >= shown.height()) continue;
			if ((shown.plane(RgbaImage.ALPHA)[py * shown.width() + px] & 0xff) >= threshold) return true;
		}
		return false;
	}

	/** Where it can be seen; but once it is selected, its whole box can be dragged. */
	@Override
	public boolean contains(final int x, final int y) {
		return isActiveOverlayRoi() ? super.contains(x, y) : hit(x, y);
	}

	@Override
	public boolean containsPoint(final double x, final double y) {
		return contains((int) Math.floor(x), (int) Math.floor(y));
	}

	/** No handles: it is not enlarged by dragging a corner. */
	@Override
	public int isHandle(final int sx, final int sy) {
		return -1;
	}

	/**
	 * ImageJ draws what is selected twice, once at its height and once above everything; of the second only the outline
	 * is wanted.
	 */
	@Override
	public void draw(final Graphics g) {
		if (overlay || !isActiveOverlayRoi()) {
			super.draw(g);
			return;
		}
		final Rectangle b = getBounds();
		final int left = screenX(b.x);
		final int top = screenY(b.y);
		g.setColor(Roi.getColor());
		g.drawRect(left - 1, top - 1, screenX(b.x + b.width) - left + 1, screenY(b.y + b.height) - top + 1);
	}

	@Override
	public synchronized Object clone() {
		final LayerRoi copy = (LayerRoi) super.clone();
		// What super made of the pixels is opaque.
		copy.setProcessor(processor(shown));
		return copy;
	}

	private static ColorProcessor processor(final RgbaImage pixels) {
		final ColorProcessor processor = new ColorProcessor(pixels.width(), pixels.height(), pixels.argb());
		processor.setColorModel(new DirectColorModel(32, 0x00ff0000, 0x0000ff00, 0x000000ff, 0xff000000));
		return processor;
	}
}
