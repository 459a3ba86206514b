package org.layerj.text;

import java.lang.Character.UnicodeScript;
import java.util.List;

/**
 * Words that stand on one line, in reading order.
 *
 * @param text the words with a space between any two
 * @param confidence 0 … 1, the mean over its characters
 * @param quad where it stands, a little larger than the letters
 * @param script what most of its letters are written in; {@code COMMON} for numbers and signs
 * @param words at least one
 */
public record TextLine(String text, double confidence, Quad quad, UnicodeScript script, List<TextWord> words) {

	public TextLine {
		words = List.copyOf(words);
	}
}
