package org.layerj.elements;

import java.util.List;

/**
 * What a picture without its text consists of: a partition into connected segments, and the parts that a person sees,
 * of one segment or several. A part lies in one layer.
 *
 * @param width of the partition, pixels; the picture may be larger
 * @param height of the partition, pixels
 * @param labels the segment, 0 on, of every pixel, row by row
 * @param part for every segment the number of its part
 * @param parts what each is
 */
public record PictureParts(int width, int height, int[] labels, int[] part, List<Part> parts) {

	/**
	 * One part.
	 *
	 * @param role what it is for
	 * @param layer height of its layer
	 * @param whole number of the larger part that it belongs to; its own if that is no larger
	 */
	public record Part(Role role, int layer, int whole) {}

	public PictureParts {
		parts = List.copyOf(parts);
	}
}
