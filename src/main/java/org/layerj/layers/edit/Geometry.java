package org.layerj.layers.edit;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;

/**
 * Moving, resizing, turning and flipping a layer. Points are in canvas coordinates, y downwards; pixel (x, y) is the
 * square from (x, y) to (x + 1, y + 1), so that the middle of a layer is {@link #middle}. Nothing is cropped at the
 * canvas.
 */
public final class Geometry {

	/** Sides a result may have; far more than any picture, and before memory runs out. */
	private static final int LARGEST = 1 << 16;
	/** Pixels from the canvas' corner. */
	private static final int FARTHEST = 1 << 24;

	private Geometry() {}

	/**
	 * The point in the middle of a layer's visible pixels; of its bounds, if it has none.
	 *
	 * @param layer not changed
	 * @return on the canvas
	 */
	public static Point2D middle(final Layer layer) {
		final Bounds b = AlphaBounds.of(layer).orElse(layer.bounds());
		return new Point2D.Double(b.x() + b.width() / 2.0, b.y() + b.height() / 2.0);
	}

	/**
	 * The same pixels, this many pixels to the right and down.
	 *
	 * @param layer not changed
	 * @param dx pixels to the right; negative: to the left
	 * @param dy pixels down; negative: up
	 * @return the layer elsewhere
	 * @throws EditException if it would be too far away for a position to be written
	 */
	public static Layer move(final Layer layer, final long dx, final long dy) {
		final long x = layer.bounds().x() + dx;
		final long y = layer.bounds().y() + dy;
		if (Math.max(Math.abs(x), Math.abs(y)) > FARTHEST)
			throw new EditException("Layer " + layer.name() + " cannot be moved that far from the canvas.");
		return layer.at((int) x, (int) y);
	}

	/**
	 * The layer enlarged or made smaller about a point, without its transparent margins: what can be seen gets the new
	 * size, and straight edges stay sharp. New edges are rounded to whole pixels; at factors of 1 nothing changes.
	 *
	 * @param layer not changed
	 * @param scaleX factor above 0 for widths
	 * @param scaleY factor above 0 for heights
	 * @param about the point that stays where it is
	 * @return the layer in new bounds
	 */
	public static Layer resize(final Layer layer, final double scaleX, final double scaleY, final Point2D about) {
		if (!(scaleX > 0 && scaleY > 0) || Double.isInfinite(scaleX + scaleY)) throw new EditException(
			"A layer is resized by factors above 0, not " + number(scaleX) + " and " + number(scaleY) + ".");
		if (scaleX == 1 && scaleY == 1) return layer;
		final Layer trimmed = Gather.trim(layer);
		final Bounds b = trimmed.bounds();
		final double left = about.getX() + (b.x() - about.getX()) * scaleX;
		final double top = about.getY() + (b.y() - about.getY()) * scaleY;
		return resize(trimmed, bounds(left, top, left + b.width() * scaleX, top + b.height() * scaleY));
	}

	/**
	 * The layer fitted into other bounds.
	 *
	 * @param layer not changed
	 * @param to place and size on the canvas
	 * @return the layer in these bounds
	 */
	public static Layer resize(final Layer layer, final Bounds to) {
		final Bounds b = layer.bounds();
		if (to.width() == b.width() && to.height() == b.height()) return layer.at(to.x(), to.y());
		return Warp.of(layer, to, p -> Resampling.resize(p, b.width(), b.height(), to.width(), to.height()));
	}

	/**
	 * The layer turned about a point. Quarter turns move pixels without changing them (their place is rounded to whole
	 * pixels if it falls between them); other angles interpolate.
	 *
	 * @param layer not changed
	 * @param degrees clockwise, as ImageJ counts them
	 * @param about the point that stays where it is
	 * @return the layer in new bounds
	 */
	public static Layer rotate(final Layer layer, final double degrees, final Point2D about) {
		if (Double.isNaN(degrees) || Double.isInfinite(degrees))
			throw new EditException("The angle must be a number of degrees.");
		final double angle = (degrees % 360 + 360) % 360;
		if (angle == 0) return layer;
		final boolean quarter = angle % 90 == 0;
		final AffineTransform turn =
			quarter ? AffineTransform.getQuadrantRotateInstance((int) (angle / 90), about.getX(), about.getY())
				: AffineTransform.getRotateInstance(Math.toRadians(angle), about.getX(), about.getY());
		final Bounds b = layer.bounds();
		final Rectangle2D box =
			turn.createTransformedShape(new Rectangle2D.Double(b.x(), b.y(), b.width(), b.height())).getBounds2D();
		if (quarter)
			return quarterTurn(layer, (int) (angle / 90), near(Math.round(box.getX())), near(Math.round(box.getY())));
		// A pixel more all around, since interpolation spreads edges.
		final Bounds to = bounds(Math.floor(box.getMinX()) - 1, Math.floor(box.getMinY()) - 1,
			Math.ceil(box.getMaxX()) + 1, Math.ceil(box.getMaxY()) + 1);
		final AffineTransform back = AffineTransform.getTranslateInstance(-b.x(), -b.y());
		back.rotate(Math.toRadians(-angle), about.getX(), about.getY());
		back.translate(to.x(), to.y());
		return Gather
			.trim(Warp.of(layer, to, p -> Resampling.map(p, b.width(), b.height(), to.width(), to.height(), back)));
	}

	/**
	 * The layer's mirror image in the same bounds: left and right exchanged, or top and bottom.
	 *
	 * @param layer not changed
	 * @param horizontally whether left and right are exchanged
	 * @return the layer in its bounds
	 */
	public static Layer flip(final Layer layer, final boolean horizontally) {
		final int w = layer.bounds().width();
		final int h = layer.bounds().height();
		return Gather.of(layer, layer.bounds(),
			i -> horizontally ? i / w * w + w - 1 - i % w : (h - 1 - i / w) * w + i % w);
	}

	private static Layer quarterTurn(final Layer layer, final int quarters, final int x, final int y) {
		final int w = layer.bounds().width();
		final int h = layer.bounds().height();
		if (quarters == 2) return Gather.of(layer, new Bounds(x, y, w, h), i -> w * h - 1 - i);
		final Bounds to = new Bounds(x, y, h, w);
		// Clockwise by 90°, the left column becomes the top row, from the bottom up.
		if (quarters == 1) return Gather.of(layer, to, i -> (h - 1 - i % h) * w + i / h);
		return Gather.of(layer, to, i -> i % h * w + w - 1 - i / h);
	}

	private static Bounds bounds(final double left, final double top, final double right, final double bottom) {
		final long x = Math.round(left);
		final long y = Math.round(top);
		final long w = Math.max(1, Math.round(right) - x);
		final long h = Math.max(1, Math.round(bottom) - y);
		if (w > LARGEST || h > LARGEST || w * h > Integer.MAX_VALUE - 8) throw new EditException(
			"The layer would become too large (" + w + " × " + h + " pixels); choose a smaller factor.");
		return new Bounds(near(x), near(y), (int) w, (int) h);
	}

	private static int near(final long position) {
		if (position < -FARTHEST || position > FARTHEST)
			throw new EditException("The layer would lie too far from the canvas; choose a point nearer to it.");
		return (int) position;
	}

	private static String number(final double value) {
		return value == Math.rint(value) && Math.abs(value) < 1e9 ? String.valueOf((long) value)
			: String.valueOf(value);
	}
}
