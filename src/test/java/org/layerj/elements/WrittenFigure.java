package org.layerj.elements;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.LiftedText;
import org.layerj.text.Quad;
import org.layerj.text.TextBlock;
import org.layerj.text.TextLine;
import org.layerj.text.TextMatte;
import org.layerj.text.TextStyles;
import org.layerj.text.TextWord;
import org.layerj.text.WordMatte;

/** A figure with lines of text that are known as if they had been read, in layers: the background, and all text. */
public final class WrittenFigure {

	/** What lines are written on. */
	public static final Color BACKGROUND = new Color(250, 250, 240);

	private final BufferedImage image;
	private final List<TextBlock> blocks = new ArrayList<>();

	public WrittenFigure(final int width, final int height) {
		image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = image.createGraphics();
		g.setColor(BACKGROUND);
		g.fillRect(0, 0, width, height);
		g.dispose();
	}

	/** Draws what is no text. */
	public Graphics2D graphics() {
		final Graphics2D g = image.createGraphics();
		g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
		return g;
	}

	/** A line with the middle of its letters at (x, y), turned clockwise; returns where its letters are. */
	public Bounds write(final String text, final Font font, final Color colour, final double x, final double y,
		final double degrees, final double confidence)
	{
		final Graphics2D g = graphics();
		final Shape outline = font.createGlyphVector(g.getFontRenderContext(), text).getOutline();
		final Rectangle2D box = outline.getBounds2D();
		final AffineTransform at = AffineTransform.getTranslateInstance(x, y);
		at.rotate(Math.toRadians(degrees));
		at.translate(-box.getCenterX(), -box.getCenterY());
		g.setColor(colour);
		g.fill(at.createTransformedShape(outline));
		g.dispose();
		final Quad quad =
			new Quad(x, y, box.getWidth(), box.getHeight(), Math.toRadians(degrees)).grown(0.15 * font.getSize());
		blocks.add(new TextBlock(List.of(new TextLine(text, confidence, quad, UnicodeScript.LATIN,
			List.of(new TextWord(text, confidence, quad, UnicodeScript.LATIN))))));
		final Rectangle2D letters = at.createTransformedShape(outline).getBounds2D();
		return new Bounds((int) Math.round(letters.getX()), (int) Math.round(letters.getY()),
			(int) Math.round(letters.getWidth()), (int) Math.round(letters.getHeight()));
	}

	/** A level line as screens show it, with coloured fringes; starts at (x, y) on its baseline. */
	public void writeOnScreen(final String text, final Font font, final Color colour, final int x, final int y) {
		final Graphics2D g = graphics();
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_LCD_HRGB);
		g.setFont(font);
		g.setColor(colour);
		g.drawString(text, x, y);
		final Rectangle2D box = font.createGlyphVector(g.getFontRenderContext(), text).getVisualBounds();
		g.dispose();
		final Quad quad = new Quad(x + box.getCenterX(), y + box.getCenterY(), box.getWidth(), box.getHeight(), 0)
			.grown(0.15 * font.getSize());
		blocks.add(new TextBlock(List.of(new TextLine(text, .95, quad, UnicodeScript.LATIN,
			List.of(new TextWord(text, .95, quad, UnicodeScript.LATIN))))));
	}

	public RgbaImage picture() {
		final int w = image.getWidth();
		return RgbaImage.ofArgb(w, image.getHeight(), image.getRGB(0, 0, w, image.getHeight(), null, 0, w));
	}

	public FoundText text() {
		return new FoundText(blocks);
	}

	/** Words, lines and blocks, in the layer {@code text}. */
	public Elements elements() {
		final int[] labels = new int[image.getWidth() * image.getHeight()];
		final List<WordMatte> words = TextMatte.of(picture(), text());
		return new Elements(image.getWidth(), image.getHeight(), labels,
			TextElements.of(picture(), text(), words, TextStyles.of(picture(), text(), words), labels, 1))
			.inLayers(id -> "text");
	}

	/** The layers {@code background} and {@code text}. */
	public LayerStack layers() {
		final LiftedText lifted = LiftedText.of(picture(), TextMatte.of(picture(), text()));
		return new LayerStack(image.getWidth(), image.getHeight(), List
			.of(Layer.of("background", "Background", lifted.background()), Layer.of("text", "Text", lifted.letters())));
	}
}
