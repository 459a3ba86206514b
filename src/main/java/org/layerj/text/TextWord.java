package org.layerj.text;

import java.lang.Character.UnicodeScript;

/**
 * A word, number or lone letter in a picture.
 *
 * @param text at least one character, none of them a space
 * @param confidence 0 … 1, the mean over its characters of how sure the recogniser is
 * @param quad where it stands
 * @param script what most of its letters are written in; {@code COMMON} for numbers and signs
 */
public record TextWord(String text, double confidence, Quad quad, UnicodeScript script) {}
