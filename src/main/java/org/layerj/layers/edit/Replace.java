package org.layerj.layers.edit;

import java.util.List;
import java.util.Set;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.provenance.Kind;
import org.layerj.provenance.Provenance;

/**
 * Replaces pixels of a layer; the new ones are synthetic. If the layer has samples, the new pixels get the samples that
 * are displayed most like them ({@link Display#seenAs}), and their colours are those of these samples.
 */
public final class Replace {

	/**
	 * How the new picture gets its size and place; always with its middle in the middle of the layer's visible pixels.
	 */
	public enum Fit {
		/** As large as fits, in its own proportions. */
		CONTAIN,
		/** As small as covers everything, in its own proportions; what sticks out is cut off. */
		COVER,
		/** Exactly as large; the proportions may change. */
		STRETCH,
		/** Its own size; it may stick out. */
		NONE
	}

	/** Which alpha the result has. */
	public enum Alpha {
		/** The new picture's. */
		TAKE,
		/**
		 * The layer's: its shape stays, and where the new picture is transparent or absent, the layer's old colours
		 * stay too.
		 */
		KEEP
	}

	private Replace() {}

	/**
	 * The layer with a picture in place of its visible pixels. Opacity, name and visibility stay.
	 *
	 * @param layer not changed
	 * @param content of any size
	 * @param fit how it is made to fit the layer's visible pixels
	 * @param alpha whose shape the layer has afterwards
	 * @return a layer whose new pixels are of unknown origin; its samples, if it has any, look like them
	 */
	public static Layer content(final Layer layer, final RgbaImage content, final Fit fit, final Alpha alpha) {
		final Bounds box = AlphaBounds.of(layer).orElse(layer.bounds());
		final Layer fitted = fitted(content, fit, box);
		return alpha == Alpha.TAKE ? pixels(layer, fitted.bounds(), fitted.pixels(), Kind.UNKNOWN)
			: colours(layer, fitted, Kind.UNKNOWN, Set.of());
	}

	/**
	 * The layer with these pixels in these bounds instead of its own. All with any alpha are of this kind.
	 *
	 * @param layer not changed
	 * @param bounds place on the canvas
	 * @param pixels of this size
	 * @param kind of those that show
	 * @return another layer; its samples, if it has any, look like its pixels
	 */
	public static Layer pixels(final Layer layer, final Bounds bounds, final RgbaImage pixels, final Kind kind) {
		final Layer made = layer.withPixels(bounds, pixels,
			Provenance.of(bounds.width(), bounds.height(), kind, i -> pixels.plane(RgbaImage.ALPHA)[i] != 0));
		return layer.samples()
			.map(v -> Display.redraw(made.withSamples(Display.of(v.format()).seenAs(pixels))))
			.orElse(made);
	}

	/**
	 * The layer in its own shape with another picture's colours over its own. Pixels where both have alpha are
	 * generated; all others stay as they are.
	 *
	 * @param layer not changed
	 * @param at where the picture lies, as large as it
	 * @param picture what to show
	 * @param model that generated the picture
	 * @return another layer; its samples, if it has any, look like its pixels
	 */
	public static Layer colours(final Layer layer, final Bounds at, final RgbaImage picture, final String model) {
		return colours(layer, Layer.of("content", "content", picture).at(at.x(), at.y()), Kind.GENERATED,
			Set.of(model));
	}

	/**
	 * The layer with other pixels and alpha in a part of it; the rest stays as it is. New pixels with any alpha are
	 * generated.
	 *
	 * @param layer not changed
	 * @param at where the picture lies, as large as it
	 * @param picture what to show
	 * @param part pixels of the picture that count
	 * @param model that generated the picture
	 * @return another layer; its samples, if it has any, look like its pixels
	 */
	public static Layer part(final Layer layer, final Bounds at, final RgbaImage picture, final Mask part,
		final String model)
	{
		return part(layer, at, picture, part, Kind.GENERATED, Set.of(model));
	}

	/**
	 * The layer without the pixels of a region, and with another layer composited over it. The new pixels are edited by
	 * hand.
	 *
	 * @param layer not changed
	 * @param gone pixels of the canvas that become transparent
	 * @param letters what is laid over, opaque and at its place on the canvas
	 * @return the layer, as large as it has to be
	 */
	public static Layer redrawn(final Layer layer, final Region gone, final Layer letters) {
		final Bounds at = gone.bounds().union(letters.bounds());
		final RgbaImage over = letters.pixels();
		final Bounds b = letters.bounds();
		final RgbaImage old =
			Gather
				.cut(layer, at,
					i -> !gone.contains(layer.bounds().x() + i % layer.bounds().width(),
						layer.bounds().y() + i / layer.bounds().width()))
				.pixels();
		final RgbaImage both = Compositor.flatten(new LayerStack(at.width(), at.height(),
			List.of(Layer.of("old", "old", old), Layer.of("new", "new", over).at(b.x() - at.x(), b.y() - at.y()))));
		final Mask changed = Mask.of(at.width(), at.height(), i -> {
			final int x = at.x() + i % at.width();
			final int y = at.y() + i / at.width();
			return gone.contains(x, y) || x >= b.x() && y >= b.y() && x < b.right() && y < b.bottom()
				&& over.argb(x - b.x(), y - b.y()) >>> 24 != 0;
		});
		return part(layer, at, both, changed, Kind.BY_HAND, Set.of());
	}

	private static Layer part(final Layer layer, final Bounds at, final RgbaImage picture, final Mask part,
		final Kind kind, final Set<String> models)
	{
		final Bounds all = layer.bounds().union(at);
		final Layer old = Gather.cut(layer, all, i -> true);
		final RgbaImage pixels = old.pixels().copy();
		final byte[] taken = new byte[all.width() * all.height()];
		for (int j = 0; j < at.height(); j++) for (int i = 0; i < at.width(); i++) {
			final int from = j * at.width() + i;
			if (!part.get(from)) continue;
			final int to = (at.y() - all.y() + j) * all.width() + at.x() - all.x() + i;
			taken[to] = (byte) 255;
			for (int c = 0; c < RgbaImage.PLANES; c++) pixels.plane(c)[to] = picture.plane(c)[from];
		}
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		final Provenance provenance = old.provenance().replaced(kind, models, i -> taken[i] != 0 && alpha[i] != 0);
		final Layer made = layer.withPixels(all, pixels, provenance);
		return Gather
			.trim(old.samples().map(v -> Display.redraw(made.withSamples(mixed(v, pixels, taken)))).orElse(made));
	}

	private static Layer fitted(final RgbaImage content, final Fit fit, final Bounds box) {
		final double scaleX = (double) box.width() / content.width();
		final double scaleY = (double) box.height() / content.height();
		final double scale = fit == Fit.CONTAIN ? Math.min(scaleX, scaleY) : Math.max(scaleX, scaleY);
		final int width =
			fit == Fit.NONE ? content.width() : fit == Fit.STRETCH ? box.width() : side(content.width() * scale);
		final int height =
			fit == Fit.NONE ? content.height() : fit == Fit.STRETCH ? box.height() : side(content.height() * scale);
		final Bounds to = new Bounds(box.x() + Math.floorDiv(box.width() - width, 2),
			box.y() + Math.floorDiv(box.height() - height, 2), width, height);
		final Layer resized = Geometry.resize(Layer.of("content", "content", content), to);
		return fit == Fit.COVER ? Gather.cut(resized, box, i -> true) : resized;
	}

	private static int side(final double length) {
		return (int) Math.max(1, Math.min(1 << 16, Math.round(length)));
	}

	/** The layer's own shape with the content's colours over its own. */
	private static Layer colours(final Layer layer, final Layer content, final Kind kind, final Set<String> models) {
		final Bounds b = layer.bounds();
		final RgbaImage over = Gather.cut(content, b, i -> true).pixels();
		final byte[] share = over.plane(RgbaImage.ALPHA);
		final RgbaImage pixels = layer.pixels().copy();
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		for (int c = 0; c < 3; c++) {
			final byte[] plane = pixels.plane(c);
			for (int i = 0; i < plane.length; i++) {
				if (alpha[i] == 0 || share[i] == 0) continue;
				final double s = (share[i] & 0xff) / 255.0;
				plane[i] = Warp.level(s * (over.plane(c)[i] & 0xff) + (1 - s) * (plane[i] & 0xff));
			}
		}
		final Provenance made = layer.provenance().replaced(kind, models, i -> alpha[i] != 0 && share[i] != 0);
		final Layer replaced = layer.withPixels(b, pixels, made);
		return layer.samples().map(v -> Display.redraw(replaced.withSamples(mixed(v, pixels, share)))).orElse(replaced);
	}

	/** The layer's own samples where the content does not show. */
	private static Samples mixed(final Samples own, final RgbaImage pixels, final byte[] share) {
		final Samples shown = Display.of(own.format()).seenAs(pixels);
		for (int c = 0; c < own.channels(); c++) {
			for (int i = 0; i < share.length; i++)
				if (share[i] == 0) Warp.set(shown.plane(c), own.format().type(), i, own.get(c, i));
		}
		return shown;
	}
}
