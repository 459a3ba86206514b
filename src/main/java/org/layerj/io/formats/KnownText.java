package org.layerj.io.formats;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.util.List;

/**
 * Text that is known to stand somewhere: somebody has written it there, or it was read. Formats with live text write it
 * as such, the others write pixels.
 *
 * @param text lines, separated by line feeds
 * @param font family, as Java knows it here
 * @param bold whether it is bold
 * @param italic whether it is italic
 * @param size of the font, in pixels
 * @param rgb colour {@code 0xRRGGBB}
 * @param x left edge of the text's box, in pixels of the canvas, before it is turned
 * @param y upper edge, where the font's ascent begins
 * @param width at least 1
 * @param height at least 1
 * @param angle by which the box is turned about its middle, in radians, clockwise as seen
 * @param stretch how many times as wide as the font has them letters are; 1 is as it has them
 */
public record KnownText(String text, String font, boolean bold, boolean italic, double size, int rgb, double x,
	double y, double width, double height, double angle, double stretch)
{

	private static final FontRenderContext EXACT = new FontRenderContext(new AffineTransform(), true, true);

	/** Level text in letters as wide as the font has them. */
	public KnownText(final String text, final String font, final boolean bold, final boolean italic, final double size,
		final int rgb, final double x, final double y, final double width, final double height)
	{
		this(text, font, bold, italic, size, rgb, x, y, width, height, 0, 1);
	}

	List<String> lines() {
		return text.lines().toList();
	}

	/** From the canvas where the text's first line begins, on its baseline, to the canvas: turned, not stretched. */
	AffineTransform baseline(final int line) {
		final AffineTransform at = AffineTransform.getRotateInstance(angle, x + width / 2, y + height / 2);
		at.translate(x, y + height * line / Math.max(1, lines().size()) + ascent());
		return at;
	}

	/** How wide a line is, in pixels. */
	double advance(final String line) {
		return awt().getStringBounds(line, EXACT).getWidth() * stretch;
	}

	private double ascent() {
		return awt().getLineMetrics(text, EXACT).getAscent();
	}

	private Font awt() {
		return new Font(font, (bold ? Font.BOLD : 0) | (italic ? Font.ITALIC : 0), 1).deriveFont((float) size);
	}
}
