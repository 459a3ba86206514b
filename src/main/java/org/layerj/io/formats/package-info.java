/**
 * Layered pictures as files of other programs, out and in: PSD, OpenRaster, TIFF, ZIP of PNGs; and out only:
 * PowerPoint, SVG.
 * <p>
 * {@link org.layerj.io.formats.LayerFormat} is the entry; nothing else of this package is for others.
 */
package org.layerj.io.formats;
