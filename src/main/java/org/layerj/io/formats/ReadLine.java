package org.layerj.io.formats;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.elements.Element;
import org.layerj.elements.ElementKind;
import org.layerj.elements.ElementText;
import org.layerj.elements.Elements;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.text.Quad;
import org.layerj.text.TextStyle;

/**
 * A line that was read and still stands in its layer as it was read.
 *
 * @param element its id among the elements
 * @param layer id of the layer
 * @param confidence of the reading, 0 … 1
 * @param text what it says, and how to write that so that it looks the same
 * @param letters its pixels in that layer, smooth edges included, on the canvas
 */
public record ReadLine(int element, String layer, double confidence, KnownText text, Region letters) {

	/** Share of a line's letters that must still be in the layer, and alpha from which a pixel is. */
	private static final double THERE = 0.8;
	private static final int SOLID = 96;
	/** Pixels around letters that are their smooth edges. */
	private static final int FRINGE = 2;
	/** Colours off by more, 0 … 255, are not those that were found: somebody has changed them. */
	private static final int CHANGED = 40;
	/** A colour is among those of the letters if one is so near to it, 0 … 255. */
	private static final int NEAR = 16;
	/** Letters are not made narrower or wider than that. */
	private static final double NARROWEST = 0.7, WIDEST = 1.4;
	/** Lower letters say less of the size than their style does. */
	private static final double MEASURABLE = 8;
	private static final FontRenderContext EXACT = new FontRenderContext(new AffineTransform(), true, true);

	/**
	 * All such lines of which it is known how they look, in reading order.
	 *
	 * @param stack layers in which the lines are seen
	 * @param elements of the stack's canvas
	 * @return none, if nothing was read
	 */
	public static List<ReadLine> of(final LayerStack stack, final Elements elements) {
		final List<ReadLine> lines = new ArrayList<>();
		for (final Element e : elements.list()) {
			final Optional<Layer> layer = e.layer().flatMap(stack::find);
			if (e.kind() != ElementKind.LINE || e.text().isEmpty() || layer.isEmpty()) continue;
			final Region region = elements.region(List.of(e));
			known(e.text().get(), e.rgb(), layer.get(), region).ifPresent(known -> lines.add(new ReadLine(e.id(),
				layer.get().id(), e.text().get().confidence(), known, letters(elements, region, layer.get().id()))));
		}
		return lines;
	}

	/**
	 * A line that was written anew where one was read; what people write is certain.
	 *
	 * @param element id of the element that holds the line
	 * @param layer id of the layer
	 * @param text what is written there now
	 * @return a line with full confidence
	 */
	public static ReadLine written(final int element, final String layer, final KnownText text) {
		final Layer drawn = text.drawn(layer);
		final byte[] alpha = drawn.pixels().plane(RgbaImage.ALPHA);
		final Bounds b = drawn.bounds();
		return new ReadLine(element, layer, 1, text,
			new Region(b, Optional.of(Mask.of(b.width(), b.height(), i -> alpha[i] != 0))));
	}

	/** Letters and their edges; not what else the layer holds. */
	private static Region letters(final Elements elements, final Region region, final String layer) {
		final Bounds r = region.bounds();
		final int left = Math.max(0, r.x() - FRINGE);
		final int top = Math.max(0, r.y() - FRINGE);
		final Bounds b = new Bounds(left, top, Math.min(elements.width(), r.right() + FRINGE) - left,
			Math.min(elements.height(), r.bottom() + FRINGE) - top);
		final boolean[] in = new boolean[b.width() * b.height()];
		for (int y = r.y(); y < r.bottom(); y++) for (int x = r.x(); x < r.right(); x++) {
			if (!region.contains(x, y)) continue;
			for (int v = Math.max(b.y(), y - FRINGE); v < Math.min(b.bottom(), y + FRINGE + 1); v++)
				for (int u = Math.max(b.x(), x - FRINGE); u < Math.min(b.right(), x + FRINGE + 1); u++)
				{
					final boolean other =
						elements.at(u, v).filter(e -> e.layer().equals(Optional.of(layer))).isPresent();
					in[(v - b.y()) * b.width() + u - b.x()] |= !other || region.contains(u, v);
				}
		}
		return new Region(b, Optional.of(Mask.of(b.width(), b.height(), i -> in[i])));
	}

	/** Empty if the line's letters are not there any more, or it is not known how they look. */
	private static Optional<KnownText> known(final ElementText text, final int was, final Layer layer,
		final Region region)
	{
		if (text.style().flatMap(TextStyle::font).isEmpty()) return Optional.empty();
		final TextStyle style = text.style().get();
		final Bounds b = region.bounds();
		final Quad q = text.quad();
		final double c = Math.cos(q.angle());
		final double s = Math.sin(q.angle());
		final double[] e = { Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE };
		final long[] sum = new long[3];
		final int[] least = { 255, 255, 255 };
		final int[] most = new int[3];
		long all = 0;
		long there = 0;
		for (int y = b.y(); y < b.bottom(); y++) for (int x = b.x(); x < b.right(); x++) {
			if (!region.contains(x, y)) continue;
			all++;
			final double u = (x + 0.5) * c + (y + 0.5) * s;
			final double v = (y + 0.5) * c - (x + 0.5) * s;
			e[0] = Math.min(e[0], u - 0.5);
			e[1] = Math.max(e[1], u + 0.5);
			e[2] = Math.min(e[2], v - 0.5);
			e[3] = Math.max(e[3], v + 0.5);
			final int px = x - layer.bounds().x();
			final int py = y - layer.bounds().y();
			if (px < 0 || py < 0 || px >= layer.bounds().width() || py >= layer.bounds().height()) continue;
			final int argb = layer.pixels().argb(px, py);
			if (argb >>> 24 < SOLID) continue;
			there++;
			for (int k = 0; k < 3; k++) {
				final int level = argb >> 16 - 8 * k & 0xff;
				sum[k] += level;
				least[k] = Math.min(least[k], level);
				most[k] = Math.max(most[k], level);
			}
		}
		if (there < THERE * all) return Optional.empty();
		int now = 0;
		boolean changed = false;
		for (int k = 0; k < 3; k++) {
			final int level = (int) (sum[k] / there);
			now = now << 8 | level;
			changed |= isChanged(level, least[k], most[k], was >> 16 - 8 * k & 0xff, style.rgb() >> 16 - 8 * k & 0xff);
		}
		return Optional.of(placed(text.string(), style, changed ? now : style.rgb(), e, q.angle()));
	}

	/**
	 * Whether letters have another colour now, in one channel. In a layer smooth edges have the letters' colour, or in
	 * text with coloured fringes one between it and that in the picture.
	 *
	 * @param mean of the letters in the layer
	 * @param least of these
	 * @param most of these
	 * @param was mean of the letters in the picture, smooth edges included
	 * @param own that of the letters' style
	 */
	private static boolean isChanged(final int mean, final int least, final int most, final int was, final int own) {
		if (Math.abs(mean - was) <= CHANGED) return false;
		return own < least - NEAR || own > most + NEAR || mean < Math.min(was, own) - CHANGED
			|| mean > Math.max(was, own) + CHANGED;
	}

	/** In the font of its style that is here, as high and wide as its letters are. */
	private static KnownText placed(final String text, final TextStyle style, final int rgb, final double[] extent,
		final double angle)
	{
		final Font found = style.font().orElseThrow();
		// What it does not have is written by Java in another one.
		final Font font = found.canDisplayUpTo(text) < 0 ? found
			: new Font(Font.SANS_SERIF, found.getStyle(), 1).deriveFont(found.getSize2D());
		final Rectangle2D glyphs = font.createGlyphVector(EXACT, text).getVisualBounds();
		final double high = extent[3] - extent[2];
		final double larger = high < MEASURABLE || glyphs.getHeight() <= 0 ? 1
			: Math.max(NARROWEST, Math.min(WIDEST, high / glyphs.getHeight()));
		final double size = style.size() * larger;
		final double stretch = glyphs.getWidth() <= 0 ? 1
			: Math.max(NARROWEST, Math.min(WIDEST, (extent[1] - extent[0]) / (glyphs.getWidth() * larger)));
		final LineMetrics metrics = font.deriveFont((float) size).getLineMetrics(text, EXACT);
		final double width = Math.max(1, font.getStringBounds(text, EXACT).getWidth() * larger * stretch);
		final double height = metrics.getAscent() + metrics.getDescent();
		// The middle of the letters stays where it is.
		final double left = (extent[0] + extent[1]) / 2 - glyphs.getCenterX() * larger * stretch;
		final double top = (extent[2] + extent[3]) / 2 - glyphs.getCenterY() * larger - metrics.getAscent();
		final double u = left + width / 2;
		final double v = top + height / 2;
		final double x = u * Math.cos(angle) - v * Math.sin(angle);
		final double y = u * Math.sin(angle) + v * Math.cos(angle);
		return new KnownText(text, font.getFamily(), style.bold(), style.italic(), size, rgb, x - width / 2,
			y - height / 2, width, height, angle, stretch);
	}
}
