package org.layerj.text;

import java.util.ArrayList;
import java.util.List;
import org.layerj.layers.Bounds;

/**
 * The place of text: a rectangle at any angle, in pixels of the picture. The pixel in column x covers x to x + 1.
 *
 * @param x middle
 * @param y middle
 * @param width along the reading direction, above 0
 * @param height across the reading direction, above 0
 * @param angle of the reading direction in radians, −π … π, clockwise as seen since y points down; −π/2 reads upwards
 */
public record Quad(double x, double y, double width, double height, double angle) {

	/**
	 * The corners in reading direction: start and end of the upper edge, end and start of the lower edge.
	 *
	 * @return four pairs {x, y} in pixels
	 */
	public double[][] corners() {
		final double c = Math.cos(angle);
		final double s = Math.sin(angle);
		final double[][] out = new double[4][];
		for (int k = 0; k < 4; k++) {
			final double u = (k == 0 || k == 3 ? -0.5 : 0.5) * width;
			final double v = (k < 2 ? -0.5 : 0.5) * height;
			out[k] = new double[] { x + u * c - v * s, y + u * s + v * c };
		}
		return out;
	}

	/**
	 * A part of this rectangle along the reading direction.
	 *
	 * @param from start of the part, pixels from the start of the rectangle
	 * @param to end of the part, pixels from the start of the rectangle
	 * @return a rectangle of the same height and angle
	 */
	public Quad part(final double from, final double to) {
		final double middle = (from + to - width) / 2;
		return new Quad(x + middle * Math.cos(angle), y + middle * Math.sin(angle), Math.max(1e-3, to - from), height,
			angle);
	}

	/**
	 * The rectangle grown on every side.
	 *
	 * @param by pixels; negative to shrink
	 * @return never empty
	 */
	public Quad grown(final double by) {
		return new Quad(x, y, Math.max(1e-3, width + 2 * by), Math.max(1e-3, height + 2 * by), angle);
	}

	/**
	 * The same place in a scaled picture.
	 *
	 * @param factor new size of the picture / old size, above 0
	 * @return the rectangle with scaled centre and sides
	 */
	public Quad scaled(final double factor) {
		return new Quad(x * factor, y * factor, width * factor, height * factor, angle);
	}

	/**
	 * The same rectangle with another reading direction.
	 *
	 * @param quarters number of quarter turns of the reading direction, clockwise
	 * @return a rectangle that covers the same area
	 */
	public Quad turned(final int quarters) {
		final boolean swap = quarters % 2 != 0;
		return new Quad(x, y, swap ? height : width, swap ? width : height,
			Math.IEEEremainder(angle + quarters * Math.PI / 2, 2 * Math.PI));
	}

	/** The smallest level rectangle that holds this one; itself if it reads rather upwards or downwards. */
	Quad level() {
		if (angle == 0 || Math.abs(angle) > Math.PI / 4) return this;
		final double c = Math.cos(angle);
		final double s = Math.abs(Math.sin(angle));
		return new Quad(x, y, width * c + height * s, width * s + height * c, 0);
	}

	/** {@return the area in square pixels} */
	public double area() {
		return width * height;
	}

	/**
	 * The smallest rectangle of whole pixels that contains this one, clipped to a picture.
	 *
	 * @param pictureWidth in pixels
	 * @param pictureHeight in pixels
	 * @return inside the picture
	 */
	public Bounds bounds(final int pictureWidth, final int pictureHeight) {
		double left = Double.MAX_VALUE;
		double top = Double.MAX_VALUE;
		double right = -Double.MAX_VALUE;
		double bottom = -Double.MAX_VALUE;
		for (final double[] c : corners()) {
			left = Math.min(left, c[0]);
			right = Math.max(right, c[0]);
			top = Math.min(top, c[1]);
			bottom = Math.max(bottom, c[1]);
		}
		// A hair less, so that sums that round to 10.0000001 do not reach into pixel 10.
		final int x0 = clamp((int) Math.floor(left + 1e-6), pictureWidth - 1);
		final int y0 = clamp((int) Math.floor(top + 1e-6), pictureHeight - 1);
		final int x1 = Math.max(x0 + 1, clamp((int) Math.ceil(right - 1e-6), pictureWidth));
		final int y1 = Math.max(y0 + 1, clamp((int) Math.ceil(bottom - 1e-6), pictureHeight));
		return new Bounds(x0, y0, x1 - x0, y1 - y0);
	}

	private static int clamp(final int v, final int most) {
		return Math.max(0, Math.min(most, v));
	}

	/**
	 * The area of the intersection with another rectangle, by polygon clipping (Sutherland and Hodgman, CACM 1974).
	 *
	 * @param other any
	 * @return pixels, 0 or more
	 */
	public double overlap(final Quad other) {
		final double reach = Math.hypot(width, height) + Math.hypot(other.width, other.height);
		if (Math.hypot(x - other.x, y - other.y) * 2 > reach) return 0;
		List<double[]> polygon = List.of(corners());
		final double[][] edges = other.corners();
		for (int k = 0; k < 4 && !polygon.isEmpty(); k++) polygon = cut(polygon, edges[k], edges[(k + 1) % 4]);
		double twice = 0;
		for (int k = 0; k < polygon.size(); k++) {
			final double[] a = polygon.get(k);
			final double[] b = polygon.get((k + 1) % polygon.size());
			twice += a[0] * b[1] - a[1] * b[0];
		}
		return Math.abs(twice) / 2;
	}

	/** The part of a polygon on the inner side of an edge. */
	private static List<double[]> cut(final List<double[]> polygon, final double[] from, final double[] to) {
		final List<double[]> out = new ArrayList<>();
		for (int k = 0; k < polygon.size(); k++) {
			final double[] a = polygon.get(k);
			final double[] b = polygon.get((k + 1) % polygon.size());
			final double da = side(from, to, a);
			final double db = side(from, to, b);
			if (da >= 0) out.add(a);
			if (da > 0 && db < 0 || da < 0 && db > 0) {
				final double t = da / (da - db);
				out.add(new double[] { a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]) });
			}
		}
		return out;
	}

	private static double side(final double[] from, final double[] to, final double[] p) {
		return (to[0] - from[0]) * (p[1] - from[1]) - (to[1] - from[1]) * (p[0] - from[0]);
	}
}
