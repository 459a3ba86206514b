package org.layerj.text;

import java.lang.Character.UnicodeScript;

/**
 * A word, number or single character in a picture.
 *
 * @param text at least one character, none of them a space
 * @param confidence 0 … 1, the mean of the recogniser's confidence over its characters
 * @param quad its place
 * @param script of most of its letters; {@code COMMON} for numbers and signs
 */
public record TextWord(String text, double confidence, Quad quad, UnicodeScript script) {}
