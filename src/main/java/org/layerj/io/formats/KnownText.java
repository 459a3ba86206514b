package org.layerj.io.formats;

/**
 * What is written in a layer, where that is known: somebody has written it there and nobody has painted on it since.
 * Formats with live text write it as such, the others write the layer's pixels.
 *
 * @param text lines, separated by line feeds
 * @param font family
 * @param bold whether it is bold
 * @param italic whether it is italic
 * @param size of the font, in pixels
 * @param rgb colour {@code 0xRRGGBB}
 * @param x left edge of the text's box, in pixels of the canvas
 * @param y upper edge
 * @param width at least 1
 * @param height at least 1
 */
public record KnownText(String text, String font, boolean bold, boolean italic, double size, int rgb, double x,
	double y, double width, double height)
{}
