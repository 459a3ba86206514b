package org.layerj.elements;

import java.util.Optional;
import org.layerj.text.Quad;
import org.layerj.text.TextStyle;

/**
 * The text of an element.
 *
 * @param string as it was read; lines of a block are separated by a line feed
 * @param confidence 0 … 1, the mean of the recogniser's confidence over its characters
 * @param quad its place on the canvas
 * @param style its style; empty if that could not be determined
 */
public record ElementText(String string, double confidence, Quad quad, Optional<TextStyle> style) {}
