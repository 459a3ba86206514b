package org.layerj.text;

import org.layerj.layers.Bounds;

/**
 * Which pixels are a word.
 *
 * @param word the word
 * @param bounds where its pixels lie, inside the picture
 * @param alpha how much of each pixel is letter, 0 … 1, row by row over the bounds; not a copy
 */
public record WordMatte(TextWord word, Bounds bounds, float[] alpha) {

	public WordMatte {
		if (alpha.length != bounds.width() * bounds.height()) throw new IllegalArgumentException(
			alpha.length + " values are not " + bounds.width() + " × " + bounds.height() + ".");
	}
}
