package org.layerj.imagej.edit;

import ij.gui.TextRoi;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.stack.Latin;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.Gather;
import org.layerj.layers.edit.Replace;
import org.layerj.layers.edit.TextLook;
import org.layerj.provenance.Kind;

/**
 * Text in layers: the text selection that looks like what is written in a layer, and a layer with a text selection
 * written in it.
 * <p>
 * ImageJ draws the letters; their smooth edges become alpha, and every pixel has exactly the text's colour.
 */
public final class LayerText {

	/** ROI property: id of the layer the text was lifted from. */
	static final String LAYER = "decompose.text";

	private static final int LARGEST = 2000;

	private LayerText() {}

	/**
	 * A text selection with the size, colour and place of what is written in a layer; an empty layer gives 18 pixels,
	 * black, in its upper left corner.
	 *
	 * @param stack with the layer in it
	 * @param request may ask for another {@code font} (with bold or italic behind it), {@code size}, colour
	 * ({@code tint}) or place ({@code x}, {@code y}: where the first letter begins and the line on which it stands)
	 */
	static TextRoi roi(final LayerStack stack, final Layer layer, final String text, final EditRequest request) {
		final List<Layer> seen = new ArrayList<>(stack.layers().subList(0, stack.indexOf(layer.id())));
		seen.add(layer.withVisible(true).withOpacity(1));
		final Optional<TextLook> look =
			TextLook.of(layer, Compositor.flatten(new LayerStack(stack.width(), stack.height(), seen)));
		final double measured = look.map(TextLook::size).orElse(18.0);
		final double size = request.number("size").orElse(measured);
		if (!(size >= 1 && size <= LARGEST)) throw new InvalidOptionException("size",
			"The option size must be a font size from 1 to " + LARGEST + ", not " + size + ".");
		final Font font = font(request.text("font").orElse(Font.SANS_SERIF))
			.deriveFont((float) (request.has("size") ? size : Math.rint(size)));
		final FontMetrics metrics = metrics(font);
		final double x = request.number("x").orElse(look.map(l -> l.lines().get(0).left()).orElse(layer.bounds().x()));
		final double baseline = request.number("y")
			.orElse(look.map(l -> l.lines().get(0).baseline()).orElse(layer.bounds().y() + metrics.getAscent()));
		// Whole pixels: ImageJ draws text at no others.
		final TextRoi roi = new TextRoi(Math.rint(x - leftBearing(font, text)),
			Math.rint(baseline) - metrics.getHeight() + metrics.getDescent(), text, font);
		roi.setAntialiased(true);
		roi.setAngle(0);
		roi.setJustification(TextRoi.LEFT);
		roi.setStrokeColor(new Color(
			request.text("tint").map(t -> EditSources.colour("tint", t)).orElse(look.map(TextLook::colour).orElse(0))));
		roi.setProperty(LAYER, Latin.escape(layer.id()));
		return roi;
	}

	/** The layer with the text of a selection in it and nothing else. */
	static Layer written(final Layer layer, final TextRoi roi) {
		checkGlyphs(roi.getCurrentFont(), roi.getText());
		// A selection's bounds leave out what hangs over, as the feet of italics do, and where it is turned.
		final int reach = roi.getAngle() == 0 ? roi.getCurrentFont().getSize()
			: (int) Math.ceil(Math.hypot(roi.getBounds().width, roi.getBounds().height));
		final Bounds b = new Bounds(roi.getBounds().x - reach, roi.getBounds().y - reach,
			roi.getBounds().width + 2 * reach, roi.getBounds().height + 2 * reach);
		final BufferedImage canvas = new BufferedImage(b.width(), b.height(), BufferedImage.TYPE_INT_RGB);
		final Graphics2D g = canvas.createGraphics();
		final TextRoi white = (TextRoi) roi.clone();
		white.setImage(null);
		white.setStrokeColor(Color.white);
		white.setFillColor(null);
		white.setLocation(roi.getXBase() - b.x(), roi.getYBase() - b.y());
		white.drawOverlay(g);
		g.dispose();
		final int rgb = (roi.getStrokeColor() == null ? Color.black : roi.getStrokeColor()).getRGB() & 0xffffff;
		final int[] argb = canvas.getRGB(0, 0, b.width(), b.height(), null, 0, b.width());
		for (int i = 0; i < argb.length; i++) argb[i] = (argb[i] & 0xff) == 0 ? 0 : argb[i] << 24 | rgb;
		final Layer all = Replace.pixels(layer, b, RgbaImage.ofArgb(b.width(), b.height(), argb), Kind.BY_HAND);
		return Gather.trim(all);
	}

	/** Throws {@link InvalidOptionException} if letters would come out as boxes. */
	private static void checkGlyphs(final Font font, final String text) {
		final String missing = missing(font, text);
		if (missing.isEmpty()) return;
		final Font any = new Font(Font.SANS_SERIF, Font.PLAIN, 1);
		throw new InvalidOptionException("text",
			missing(any, missing).isEmpty()
				? "The font " + font.getFamily() + " has no " + missing + "; choose another one, for example "
					+ Font.SANS_SERIF + "."
				: "No installed font can show " + missing + "; install one that can, or leave it out.");
	}

	/** Letters that a font has no glyphs for, each once and separated by spaces. */
	private static String missing(final Font font, final String text) {
		return text.codePoints()
			.filter(c -> !Character.isWhitespace(c) && !Character.isISOControl(c)
				&& Character.getType(c) != Character.FORMAT && !isSelector(c))
			.filter(c -> !font.canDisplay(c))
			.distinct()
			.mapToObj(Character::toString)
			.collect(Collectors.joining(" "));
	}

	/** Variants of the letter before, which fonts need not have. */
	private static boolean isSelector(final int c) {
		return c >= 0xfe00 && c <= 0xfe0f || c >= 0xe0100 && c <= 0xe01ef;
	}

	/** Id of the layer that a text selection was lifted from. */
	public static Optional<String> liftedFrom(final TextRoi roi) {
		return Optional.ofNullable(roi.getProperty(LAYER)).map(Latin::unescape);
	}

	/** A typeface, followed by bold, italic or both if wanted. */
	private static Font font(final String text) {
		final String lower = text.toLowerCase(Locale.ROOT);
		final int style =
			(lower.matches(".*\\bbold\\b.*") ? Font.BOLD : 0) | (lower.matches(".*\\bitalic\\b.*") ? Font.ITALIC : 0);
		return new Font(text.replaceAll("(?i)[\\s-]*\\b(bold|italic)\\b", "").strip(), style, 1);
	}

	static FontMetrics metrics(final Font font) {
		return graphics().getFontMetrics(font);
	}

	/** How far right of its origin the letters of the first line begin. */
	private static double leftBearing(final Font font, final String text) {
		final Graphics2D g = graphics();
		g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
		final String first = text.lines().findFirst().orElse("");
		return first.isBlank() ? 0 : font.createGlyphVector(g.getFontRenderContext(), first).getVisualBounds().getX();
	}

	private static Graphics2D graphics() {
		return new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
	}
}
