package org.layerj.text;

/**
 * How likely each pixel is the core of a line of text.
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

	/** 0 … 1. */
	public double at(final int x, final int y) {
		return (values[y * width + x] & 0xff) / 255.0;
	}
}
