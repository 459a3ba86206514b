package org.layerj.text;

import java.lang.Character.UnicodeScript;
import java.util.List;

/**
 * A line of words.
 *
 * @param text the words with a space between any two
 * @param confidence 0 … 1, the mean over its characters
 * @param quad its place, slightly larger than the letters
 * @param script of most of its letters; {@code COMMON} for numbers and signs
 * @param words in reading order, at least one
 */
public record TextLine(String text, double confidence, Quad quad, UnicodeScript script, List<TextWord> words) {

	public TextLine {
		words = List.copyOf(words);
	}
}
