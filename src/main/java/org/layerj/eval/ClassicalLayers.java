package org.layerj.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.ColourImage;
import org.layerj.layers.edit.Masks;
import org.layerj.layers.edit.Matte;

/**
 * What LayerD does, without its networks: find what lies on the backdrop, cut it out with anti-aliased edges, fill the
 * backdrop in behind it, and go on inside of what was cut out, at most three times.
 * <p>
 * Parts are distinguished by size: panels (large and thick), shapes (large but thin, or lying on a panel), marks (the
 * size of text). They are put into as many layers as are asked for: backdrop and all else; with panels; with panels,
 * shapes and marks.
 */
final class ClassicalLayers implements Method {

	private static final int DEPTH = 3;
	/** Largest side of a mark and smallest half thickness of a panel, as shares of the canvas' shorter side. */
	private static final double MARK = .13;
	private static final double THICK = .03;

	private enum Kind {
		PANEL, SHAPE, MARK
	}

	@Override
	public String name() {
		return "classical (LayerD-like)";
	}

	@Override
	public List<RgbaImage> decompose(final RgbaImage input, final int layers) {
		if (layers < 3) return new BackgroundForeground().decompose(input, layers);
		final ColourImage picture = ColourImage.of(input);
		final Backdrop backdrop = Backdrop.of(picture);
		final List<Canvas> canvases = new ArrayList<>();
		for (int k = 1; k < Math.min(4, layers); k++) canvases.add(new Canvas(picture));
		final boolean[] all = new boolean[picture.pixels()];
		Arrays.fill(all, true);
		new Cut(picture, canvases).parts(backdrop, all, 1);
		final List<RgbaImage> out = new ArrayList<>();
		out.add(backdrop.colours().toOpaque());
		for (final Canvas canvas : canvases) canvas.layer().ifPresent(out::add);
		return out;
	}

	/** Cuts a picture up into layers above the backdrop. */
	private record Cut(ColourImage picture, List<Canvas> canvases) {

		void parts(final Backdrop backdrop, final boolean[] part, final int depth) {
			final Masks masks = new Masks(picture.width(), picture.height());
			final Matte matte = Matte.of(picture, backdrop.colours(), backdrop.foreground(), part);
			final boolean[] covered = masks.of(i -> matte.alpha()[i] > 0);
			for (final int[] pixels : masks.components(covered, true, (i, j) -> true)) {
				final Kind kind = kind(masks, pixels);
				final Canvas canvas = canvas(kind, backdrop.grainy(), depth);
				if (kind == Kind.PANEL && depth < DEPTH) panel(masks, pixels, matte, canvas, depth);
				else for (final int i : pixels) canvas.put(i, matte.colours(), matte.alpha()[i]);
			}
		}

		/**
		 * A panel with everything on it, which goes into layers above. What looks like the background in it is a hole,
		 * unless it has the size of a letter.
		 */
		private void panel(final Masks masks, final int[] pixels, final Matte matte, final Canvas canvas,
			final int depth)
		{
			final boolean[] mine = masks.filled(pixels, this::isMark);
			final boolean[] inside = masks.erode(mine, 2);
			if (Masks.count(inside) == 0) {
				for (final int i : pixels) canvas.put(i, matte.colours(), matte.alpha()[i]);
				return;
			}
			final Backdrop inner = Backdrop.of(picture, inside);
			// With the edge pixels of the foreground, which are mixed with it.
			final boolean[] covered = masks.dilate(inner.foreground(), 1);
			for (int i = 0; i < mine.length; i++) {
				if (!mine[i]) continue;
				if (inside[i]) canvas.put(i, covered[i] ? inner.colours() : picture, 1);
				else canvas.put(i, matte.colours(), matte.alpha()[i] > 0 ? matte.alpha()[i] : 1);
			}
			parts(inner, inside, depth + 1);
		}

		private Kind kind(final Masks masks, final int[] pixels) {
			if (isMark(pixels)) return Kind.MARK;
			return masks.thickness(pixels) >= THICK * side() ? Kind.PANEL : Kind.SHAPE;
		}

		private boolean isMark(final int[] pixels) {
			final int w = picture.width();
			final IntSummaryStatistics x = Arrays.stream(pixels).map(i -> i % w).summaryStatistics();
			final IntSummaryStatistics y = Arrays.stream(pixels).map(i -> i / w).summaryStatistics();
			return Math.max(x.getMax() - x.getMin(), y.getMax() - y.getMin()) < MARK * side();
		}

		private int side() {
			return Math.min(picture.width(), picture.height());
		}

		private Canvas canvas(final Kind kind, final boolean grainy, final int depth) {
			final int top = canvases.size() - 1;
			final int level = switch (kind) {
				case PANEL -> depth == 1 ? 0 : 1;
				case SHAPE -> depth == 1 && top < 2 ? 0 : 1;
				case MARK -> top;
			};
			return canvases.get(Math.min(top, level));
		}
	}

	/** A layer in the making. */
	private static final class Canvas {

		private final ColourImage colours;
		private final float[] alpha;

		Canvas(final ColourImage like) {
			colours = like.copy();
			alpha = new float[like.pixels()];
		}

		void put(final int i, final ColourImage from, final float a) {
			if (a <= alpha[i]) return;
			alpha[i] = a;
			for (int c = 0; c < 3; c++) colours.rgb()[c][i] = from.rgb()[c][i];
		}

		Optional<RgbaImage> layer() {
			final boolean[] known = new boolean[alpha.length];
			for (int i = 0; i < known.length; i++) known[i] = alpha[i] > 0;
			if (Masks.count(known) == 0) return Optional.empty();
			return Optional.of(colours.filled(known).toLayer(alpha));
		}
	}
}
