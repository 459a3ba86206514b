package org.layerj.elements;

import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;

/** Bounds, area and mean colour of an element, as its pixels are added. */
public final class Extent {

	private int left = Integer.MAX_VALUE;
	private int top = Integer.MAX_VALUE;
	private int right;
	private int bottom;
	private long area;
	private final long[] sum = new long[3];

	/** An extent without a pixel. */
	public Extent() {}

	/**
	 * The extent of an element.
	 *
	 * @param known the element
	 */
	public Extent(final Element known) {
		final Bounds b = known.bounds();
		left = b.x();
		top = b.y();
		right = b.right();
		bottom = b.bottom();
		area = known.area();
		for (int c = 0; c < 3; c++) sum[c] = area * (known.rgb() >> 8 * (2 - c) & 0xff);
	}

	/**
	 * Adds the pixel of the picture with the index {@code y * width + x}.
	 *
	 * @param picture in which the pixel is
	 * @param index {@code y * width + x}
	 */
	public void add(final RgbaImage picture, final int index) {
		final int x = index % picture.width();
		final int y = index / picture.width();
		left = Math.min(left, x);
		top = Math.min(top, y);
		right = Math.max(right, x + 1);
		bottom = Math.max(bottom, y + 1);
		area++;
		for (int c = 0; c < 3; c++) sum[c] += picture.plane(c)[index] & 0xff;
	}

	/**
	 * Adds all pixels of another one.
	 *
	 * @param other of the same picture
	 */
	public void add(final Extent other) {
		left = Math.min(left, other.left);
		top = Math.min(top, other.top);
		right = Math.max(right, other.right);
		bottom = Math.max(bottom, other.bottom);
		area += other.area;
		for (int c = 0; c < 3; c++) sum[c] += other.sum[c];
	}

	/** {@return whether it has no pixel} */
	public boolean isEmpty() {
		return area == 0;
	}

	/** {@return the number of pixels} */
	public long area() {
		return area;
	}

	/** {@return the smallest rectangle that contains all pixels, of which there has to be one} */
	public Bounds bounds() {
		return new Bounds(left, top, right - left, bottom - top);
	}

	/** {@return the mean colour, {@code 0xRRGGBB}, of the pixels, of which there has to be one} */
	public int rgb() {
		int rgb = 0;
		for (final long s : sum) rgb = rgb << 8 | (int) Math.round((double) s / area);
		return rgb;
	}
}
