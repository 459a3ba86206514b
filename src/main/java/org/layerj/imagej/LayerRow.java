package org.layerj.imagej;

import java.awt.image.BufferedImage;

/**
 * A layer as the Layers Window shows it.
 *
 * @param opacity 0 … 1
 * @param synthetic share of the visible pixels that were made up, 0 … 1
 * @param depth how many layers it descends from: 0 for one that was split from none
 * @param thumbnail on a checkerboard
 */
record LayerRow(String id, String name, boolean visible, double opacity, double synthetic, int depth, BufferedImage thumbnail) {}
