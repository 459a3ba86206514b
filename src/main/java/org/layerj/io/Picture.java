package org.layerj.io;

import java.util.Optional;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * A picture and where it came from.
 *
 * @param image its pixels
 * @param source its name and hash
 * @param samples its samples, where the file has 16 bits of them
 */
public record Picture(RgbaImage image, Source source, Optional<Samples> samples) {}
