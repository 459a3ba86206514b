package org.layerj.subject;

/**
 * The salient subject of a picture.
 *
 * @param width of the picture
 * @param height of the picture
 * @param alpha the subject's matte, 0 … 255, row by row, not a copy; read with {@code & 0xff}
 * @param certainty 0 … 1: IoU of the network's mask with its own pixels above ½
 */
public record FoundSubject(int width, int height, byte[] alpha, double certainty) {

	public FoundSubject {
		if (alpha.length != width * height)
			throw new IllegalArgumentException(alpha.length + " values are not " + width + " × " + height + ".");
	}
}
