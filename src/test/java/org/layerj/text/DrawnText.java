package org.layerj.text;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.layerj.layers.RgbaImage;

/** Pictures with text that is known, and the pixels of the text alone. */
final class DrawnText {

	private final BufferedImage picture;
	private final BufferedImage text;
	private final Graphics2D onPicture;
	private final Graphics2D onText;

	DrawnText(final int width, final int height, final Color background) {
		picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
		text = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
		onPicture = graphics(picture);
		onText = graphics(text);
		onPicture.setColor(background);
		onPicture.fillRect(0, 0, width, height);
	}

	private static Graphics2D graphics(final BufferedImage image) {
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		return g;
	}

	DrawnText fill(final Color colour, final int x, final int y, final int w, final int h) {
		onPicture.setColor(colour);
		onPicture.fillRect(x, y, w, h);
		return this;
	}

	DrawnText line(final Color colour, final float wide, final int x0, final int y0, final int x1, final int y1) {
		onPicture.setColor(colour);
		onPicture.setStroke(new BasicStroke(wide));
		onPicture.drawLine(x0, y0, x1, y1);
		return this;
	}

	/** Writes with the middle at (x, y), turned clockwise by so many degrees. */
	Quad write(final String string, final int size, final Color colour, final double x, final double y,
		final double degrees)
	{
		Rectangle2D box = null;
		for (final Graphics2D g : new Graphics2D[] { onPicture, onText }) {
			g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
			g.setColor(colour);
			box = g.getFont().createGlyphVector(g.getFontRenderContext(), string).getVisualBounds();
			g.translate(x, y);
			g.rotate(Math.toRadians(degrees));
			g.drawString(string, (float) -box.getCenterX(), (float) -box.getCenterY());
			g.rotate(-Math.toRadians(degrees));
			g.translate(-x, -y);
		}
		return new Quad(x, y, box.getWidth(), box.getHeight(), Math.toRadians(degrees));
	}

	RgbaImage picture() {
		return image(picture);
	}

	/** The text on nothing. */
	RgbaImage text() {
		return image(text);
	}

	private static RgbaImage image(final BufferedImage image) {
		final int w = image.getWidth();
		final RgbaImage out = RgbaImage.blank(w, image.getHeight());
		for (int i = 0; i < w * image.getHeight(); i++) {
			final int argb = image.getRGB(i % w, i / w);
			out.plane(0)[i] = (byte) (argb >> 16);
			out.plane(1)[i] = (byte) (argb >> 8);
			out.plane(2)[i] = (byte) argb;
			out.plane(RgbaImage.ALPHA)[i] = (byte) (argb >>> 24);
		}
		return out;
	}

	/** Σ min / Σ max of what is covered, 0 … 1, and the alpha of the text. */
	double overlap(final float[] covered) {
		final byte[] truth = text().plane(RgbaImage.ALPHA);
		double both = 0;
		double either = 0;
		for (int i = 0; i < truth.length; i++) {
			both += Math.min(covered[i], (truth[i] & 0xff) / 255.0);
			either += Math.max(covered[i], (truth[i] & 0xff) / 255.0);
		}
		return both / either;
	}
}
