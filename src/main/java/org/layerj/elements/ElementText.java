package org.layerj.elements;

import java.util.Optional;
import org.layerj.text.Quad;
import org.layerj.text.TextStyle;

/**
 * What an element says.
 *
 * @param string as it was read; lines of a block are separated by a line feed
 * @param confidence 0 … 1, the mean over its characters of how sure the recogniser is
 * @param quad where it stands on the canvas
 * @param style how it looks; empty if that could not be determined
 */
public record ElementText(String string, double confidence, Quad quad, Optional<TextStyle> style) {}
