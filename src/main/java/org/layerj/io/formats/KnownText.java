package org.layerj.io.formats;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/**
 * Text with a known place, written by the user or read in the picture. Formats with live text write it as text, others
 * as pixels.
 *
 * @param text lines, separated by line feeds
 * @param font name of an installed font family
 * @param bold whether it is bold
 * @param italic whether it is italic
 * @param size of the font, in pixels
 * @param rgb colour {@code 0xRRGGBB}
 * @param x left edge of the text's box, in pixels of the canvas, before it is turned
 * @param y upper edge, where the font's ascent begins
 * @param width at least 1
 * @param height at least 1
 * @param angle by which the box is turned about its middle, in radians, clockwise as seen
 * @param stretch width of the letters relative to the font's; 1 is unchanged
 */
public record KnownText(String text, String font, boolean bold, boolean italic, double size, int rgb, double x,
	double y, double width, double height, double angle, double stretch)
{

	private static final FontRenderContext EXACT = new FontRenderContext(new AffineTransform(), true, true);

	/** Horizontal text with the font's letter widths. */
	public KnownText(final String text, final String font, final boolean bold, final boolean italic, final double size,
		final int rgb, final double x, final double y, final double width, final double height)
	{
		this(text, font, bold, italic, size, rgb, x, y, width, height, 0, 1);
	}

	/**
	 * Text whose first line begins at (x, y) on its baseline, or ends or has its middle there, depending on the anchor.
	 *
	 * @param text lines separated by line breaks
	 * @param font family name
	 * @param bold whether it is bold
	 * @param italic whether it slants
	 * @param size font size in pixels
	 * @param rgb {@code 0xRRGGBB}
	 * @param x column of the canvas
	 * @param y row of the baseline
	 * @param angle in degrees, clockwise
	 * @param stretch width of the letters relative to the font's
	 * @param anchor what of the first line is at x
	 * @return the text and its place
	 */
	public static KnownText on(final String text, final String font, final boolean bold, final boolean italic,
		final double size, final int rgb, final double x, final double y, final double angle, final double stretch,
		final Anchor anchor)
	{
		final KnownText some = new KnownText(text, font, bold, italic, size, rgb, 0, 0, 1, 1, angle, stretch);
		final LineMetrics metrics = some.awt().getLineMetrics(text, EXACT);
		final double wide = Math.max(1, some.lines().stream().mapToDouble(some::advance).max().orElse(1));
		final double high = Math.max(1, (metrics.getAscent() + metrics.getDescent()) * some.lines().size());
		final double along = switch (anchor) {
			case START -> wide / 2;
			case MIDDLE -> 0;
			case END -> -wide / 2;
		};
		final double below = high / 2 - metrics.getAscent();
		return new KnownText(text, font, bold, italic, size, rgb,
			x + along * Math.cos(angle) - below * Math.sin(angle) - wide / 2,
			y + along * Math.sin(angle) + below * Math.cos(angle) - high / 2, wide, high, angle, stretch);
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

	/** {@return where the first line begins, on its baseline} */
	public Point2D origin() {
		return baseline(0).transform(new Point2D.Double(), null);
	}

	/** How wide a line is, in pixels. */
	double advance(final String line) {
		return awt().getStringBounds(line, EXACT).getWidth() * stretch;
	}

	/** The point of a line that stays in place when its length changes. */
	public enum Anchor {
		/** The left one of text that is not turned. */
		START,
		/** Neither: both move by half of the difference. */
		MIDDLE,
		/** The right one of text that is not turned. */
		END
	}

	/**
	 * Another line in the same place and style.
	 *
	 * @param string text of the other line
	 * @param anchor the point that stays in place
	 * @return the other line
	 * @throws InvalidOptionException if no font here has all its letters
	 */
	public KnownText saying(final String string, final Anchor anchor) {
		final KnownText same =
			new KnownText(string, able(string), bold, italic, size, rgb, x, y, width, height, angle, stretch);
		final double wide = Math.max(1, same.advance(string));
		final double along = switch (anchor) {
			case START -> (wide - width) / 2;
			case MIDDLE -> 0;
			case END -> (width - wide) / 2;
		};
		return new KnownText(string, same.font, bold, italic, size, rgb,
			x + width / 2 + along * Math.cos(angle) - wide / 2, y + along * Math.sin(angle), wide, height, angle,
			stretch);
	}

	private String able(final String string) {
		if (awt().canDisplayUpTo(string) < 0) return font;
		final int at = new Font(Font.SANS_SERIF, Font.PLAIN, 1).canDisplayUpTo(string);
		if (at >= 0) throw new InvalidOptionException("text", "No installed font can show "
			+ string.substring(at, string.offsetByCodePoints(at, 1)) + "; install one that can, or leave it out.");
		return Font.SANS_SERIF;
	}

	/**
	 * The letters as a layer with this id; every pixel has exactly the text's colour.
	 *
	 * @param id of the layer
	 * @return as large as the letters
	 */
	public Layer drawn(final String id) {
		final Area all = new Area();
		for (int k = 0; k < lines().size(); k++) {
			final AffineTransform at = baseline(k);
			at.scale(stretch, 1);
			all.add(new Area(at.createTransformedShape(awt().createGlyphVector(EXACT, lines().get(k)).getOutline())));
		}
		final Rectangle box = all.getBounds();
		final Bounds b = new Bounds(box.x - 1, box.y - 1, box.width + 2, box.height + 2);
		final BufferedImage canvas = new BufferedImage(b.width(), b.height(), BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = canvas.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
		g.setColor(Color.WHITE);
		g.translate(-b.x(), -b.y());
		g.fill(all);
		g.dispose();
		final int[] argb = canvas.getRGB(0, 0, b.width(), b.height(), null, 0, b.width());
		for (int i = 0; i < argb.length; i++) argb[i] = (argb[i] & 0xff) == 0 ? 0 : argb[i] << 24 | rgb;
		return Layer.of(id, id, RgbaImage.ofArgb(b.width(), b.height(), argb)).at(b.x(), b.y());
	}

	private double ascent() {
		return awt().getLineMetrics(text, EXACT).getAscent();
	}

	private Font awt() {
		return new Font(font, (bold ? Font.BOLD : 0) | (italic ? Font.ITALIC : 0), 1).deriveFont((float) size);
	}
}
