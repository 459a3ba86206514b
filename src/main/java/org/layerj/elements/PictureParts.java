package org.layerj.elements;

import java.util.List;

/**
 * The parts of a picture without its text: a partition into connected segments, and parts of one or several segments,
 * each in one layer.
 *
 * @param width of the partition, pixels; the picture may be larger
 * @param height of the partition, pixels
 * @param labels the segment, 0 on, of every pixel, row by row
 * @param part for every segment the number of its part
 * @param parts the parts
 */
public record PictureParts(int width, int height, int[] labels, int[] part, List<Part> parts) {

	/**
	 * One part.
	 *
	 * @param role its role
	 * @param layer index of its layer, 0 at the bottom
	 * @param whole number of the larger part that contains it; its own if there is none
	 */
	public record Part(Role role, int layer, int whole) {}

	public PictureParts {
		parts = List.copyOf(parts);
	}
}
