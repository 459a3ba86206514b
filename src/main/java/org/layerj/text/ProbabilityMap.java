package org.layerj.text;

/**
 * For each pixel the probability that it belongs to the core of a text line.
 *
 * @param width pixels
 * @param height pixels
 * @param values 0 … 255 for 0 … 1, row by row, not a copy; read with {@code & 0xff}
 */
public record ProbabilityMap(int width, int height, byte[] values) {

	public ProbabilityMap {
		if (values.length != width * height)
			throw new IllegalArgumentException(values.length + " values are not " + width + " × " + height + ".");
	}

	/**
	 * The probability at a pixel.
	 *
	 * @param x column, from 0
	 * @param y row, from 0
	 * @return 0 … 1
	 */
	public double at(final int x, final int y) {
		return (values[y * width + x] & 0xff) / 255.0;
	}
}
