package org.layerj.imagej.window;

import java.awt.image.BufferedImage;

/**
 * A layer as the Layers Window shows it.
 *
 * @param opacity 0 … 1
 * @param synthetic share of the visible pixels that were not observed, 0 … 1
 * @param depth how many layers it descends from: 0 for one that was split from none
 * @param branch leads to the layer it was split from, below or above; a dot if that is gone, empty if there was none
 * @param thumbnail on a checkerboard
 */
record LayerRow(String id, String name, boolean visible, boolean locked, double opacity, double synthetic, int depth,
	String branch, BufferedImage thumbnail) implements Line
{}
