package org.layerj.text;

import org.layerj.layers.Bounds;

/**
 * The matte of a word.
 *
 * @param word the word
 * @param bounds of its pixels, inside the picture
 * @param alpha 0 … 1, row by row over the bounds; not a copy
 */
public record WordMatte(TextWord word, Bounds bounds, float[] alpha) {

	public WordMatte {
		if (alpha.length != bounds.width() * bounds.height()) throw new IllegalArgumentException(
			alpha.length + " values are not " + bounds.width() + " × " + bounds.height() + ".");
	}
}
