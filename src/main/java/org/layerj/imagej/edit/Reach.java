package org.layerj.imagej.edit;

import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.EditException;

/**
 * How far from the canvas a layer may lie. A layer is one rectangle: painted on where it is on the canvas, it spans all
 * from there to the pixels it has beyond, and that has to fit into memory.
 */
public final class Reach {

	/** Pixels that a layer and the canvas may span together; half a gigabyte or so while they are worked on. */
	static final long FARTHEST = 1 << 25;
	/** Of large pictures, so many times the canvas: a layer can always be moved to just beside it. */
	private static final int CANVASES = 4;

	private Reach() {}

	/**
	 * The layers after an edit, if each is near enough; those that were farther before may stay so or come nearer.
	 *
	 * @throws EditException if one is not
	 */
	public static LayerStack checked(final LayerStack before, final LayerStack after) {
		final long most = Math.max(FARTHEST, CANVASES * (long) after.width() * after.height());
		for (final Layer layer : after.layers()) {
			final long pixels = width(layer, after) * height(layer, after);
			if (pixels <= most
				|| before.find(layer.id()).filter(l -> width(l, before) * height(l, before) >= pixels).isPresent())
				continue;
			throw new EditException(
				"Layer " + layer.name() + " would lie too far from the canvas: both together would span "
					+ width(layer, after) + " × " + height(layer, after) + " pixels, of which there may be "
					+ most / 1_000_000 + " million; choose a place nearer to the canvas.");
		}
		return after;
	}

	private static long width(final Layer layer, final LayerStack canvas) {
		final Bounds b = layer.bounds();
		return (long) Math.max(b.right(), canvas.width()) - Math.min(b.x(), 0);
	}

	private static long height(final Layer layer, final LayerStack canvas) {
		final Bounds b = layer.bounds();
		return (long) Math.max(b.bottom(), canvas.height()) - Math.min(b.y(), 0);
	}
}
