package org.layerj.io.formats;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.layerj.layers.edit.Ink;
import org.layerj.layers.edit.Split;
import org.layerj.text.Quad;
import org.layerj.text.TextStyle;

/**
 * What is written in a layer, for formats with live text.
 *
 * @param lines in reading order; at least one
 * @param rest the layer without the pixels that show these; empty if nothing is left
 */
public record LiveText(List<KnownText> lines, Optional<Layer> rest) {

	/** A reading less sure than this, 0 … 1, stays pixels: it may be wrong. */
	static final double SURE = 0.8;
	/** Share of a line's letters that must still be in the layer, and alpha from which a pixel is. */
	private static final double THERE = 0.8;
	private static final int SOLID = 96;
	/** Pixels around letters that are their smooth edges. */
	private static final int FRINGE = 2;
	/** Colours off by more, 0 … 255, are not those that were found: somebody has changed them. */
	private static final int CHANGED = 40;
	/** Letters are not made narrower or wider than that. */
	private static final double NARROWEST = 0.7, WIDEST = 1.4;
	/** Lower letters say less of the size than their style does. */
	private static final double MEASURABLE = 8;
	private static final FontRenderContext EXACT = new FontRenderContext(new AffineTransform(), true, true);

	public LiveText {
		lines = List.copyOf(lines);
	}

	/** A layer that shows this text and nothing else. */
	public static LiveText all(final KnownText text) {
		return new LiveText(List.of(text), Optional.empty());
	}

	/**
	 * The lines that were read, by the layers that hold them: those that were read for sure, of which it is known how
	 * they look, and that are still to be seen in their layer as they were.
	 *
	 * @param except ids of layers of which the text is known otherwise
	 */
	static Map<String, LiveText> of(final LayerStack stack, final Elements elements, final Set<String> except) {
		final Map<String, List<KnownText>> lines = new HashMap<>();
		final Map<String, boolean[]> gone = new HashMap<>();
		for (final Element e : elements.list()) {
			if (e.kind() != ElementKind.LINE || e.text().isEmpty() || e.layer().filter(except::contains).isPresent())
				continue;
			final Optional<Layer> layer = e.layer().flatMap(stack::find);
			if (layer.isEmpty() || e.text().get().confidence() < SURE) continue;
			final Region region = elements.region(List.of(e));
			known(e.text().get(), e.rgb(), layer.get(), region).ifPresent(known -> {
				final String id = layer.get().id();
				lines.computeIfAbsent(id, k -> new ArrayList<>()).add(known);
				mark(gone.computeIfAbsent(id, k -> new boolean[stack.width() * stack.height()]), elements, region, id);
			});
		}
		final Map<String, LiveText> out = new HashMap<>();
		lines.forEach((id, known) -> {
			final boolean[] letters = gone.get(id);
			final Layer rest = Split.clear(stack, stack.find(id).orElseThrow(),
				Mask.of(stack.width(), stack.height(), i -> letters[i]));
			out.put(id, new LiveText(known, Ink.bounds(rest).map(b -> rest)));
		});
		return out;
	}

	/** Letters and their edges; not what else the layer holds. */
	private static void mark(final boolean[] letters, final Elements elements, final Region region, final String id) {
		final Bounds b = region.bounds();
		final int w = elements.width();
		for (int y = b.y(); y < b.bottom(); y++) for (int x = b.x(); x < b.right(); x++) {
			if (!region.contains(x, y)) continue;
			for (int v = Math.max(0, y - FRINGE); v <= Math.min(elements.height() - 1, y + FRINGE); v++)
				for (int u = Math.max(0, x - FRINGE); u <= Math.min(w - 1, x + FRINGE); u++)
				{
					final boolean other = elements.at(u, v).filter(e -> e.layer().equals(Optional.of(id))).isPresent();
					letters[v * w + u] |= !other || region.contains(u, v);
				}
		}
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
			for (int k = 0; k < 3; k++) sum[k] += argb >> 16 - 8 * k & 0xff;
		}
		if (there < THERE * all) return Optional.empty();
		return Optional.of(placed(text.string(), style, colour(sum, there, was, style.rgb()), e, q.angle()));
	}

	/** The style's, unless the letters have another now. */
	private static int colour(final long[] sum, final long count, final int was, final int rgb) {
		int now = 0;
		boolean changed = false;
		for (int k = 0; k < 3; k++) {
			final int level = (int) (sum[k] / count);
			now = now << 8 | level;
			changed |= Math.abs(level - (was >> 16 - 8 * k & 0xff)) > CHANGED;
		}
		return changed ? now : rgb;
	}

	/** In the font of its style that is here, as high and wide as its letters are. */
	private static KnownText placed(final String text, final TextStyle style, final int rgb, final double[] extent,
		final double angle)
	{
		final Font found = style.font().orElseThrow();
		// What it does not have is written by Java in another one.
		final Font font = found.canDisplayUpTo(text) < 0 ? found
			: new Font(Font.SANS_SERIF, found.getStyle(), 1).deriveFont(found.getSize2D());
		final Rectangle2D ink = font.createGlyphVector(EXACT, text).getVisualBounds();
		final double high = extent[3] - extent[2];
		final double larger = high < MEASURABLE || ink.getHeight() <= 0 ? 1
			: Math.max(NARROWEST, Math.min(WIDEST, high / ink.getHeight()));
		final double size = style.size() * larger;
		final double stretch = ink.getWidth() <= 0 ? 1
			: Math.max(NARROWEST, Math.min(WIDEST, (extent[1] - extent[0]) / (ink.getWidth() * larger)));
		final LineMetrics metrics = font.deriveFont((float) size).getLineMetrics(text, EXACT);
		final double width = Math.max(1, font.getStringBounds(text, EXACT).getWidth() * larger * stretch);
		final double height = metrics.getAscent() + metrics.getDescent();
		// The middle of the letters stays where it is.
		final double left = (extent[0] + extent[1]) / 2 - ink.getCenterX() * larger * stretch;
		final double top = (extent[2] + extent[3]) / 2 - ink.getCenterY() * larger - metrics.getAscent();
		final double u = left + width / 2;
		final double v = top + height / 2;
		final double x = u * Math.cos(angle) - v * Math.sin(angle);
		final double y = u * Math.sin(angle) + v * Math.cos(angle);
		return new KnownText(text, font.getFamily(), style.bold(), style.italic(), size, rgb, x - width / 2,
			y - height / 2, width, height, angle, stretch);
	}
}
