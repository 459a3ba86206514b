package org.layerj.io;

import org.layerj.layers.RgbaImage;

/**
 * A picture and where it came from.
 *
 * @param image its pixels
 * @param source its name and hash
 */
public record Picture(RgbaImage image, Source source) {}
