/**
 * Layered pictures as files of other programs, out and in: PSD, OpenRaster, TIFF, ZIP of PNGs; and out only:
 * PowerPoint, SVG.
 * <p>
 * {@link org.layerj.io.formats.LayerFormat} is the door; everything else of this package stands behind it.
 */
package org.layerj.io.formats;
