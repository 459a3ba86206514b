package org.layerj.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * Separates layers that only touch. Where a proposal divides one object, or places one a pixel off, two layers overlap
 * in a few mixed pixels. Each of these goes, with the colour that both show there together, to the layer that
 * contributes more to it, so that the layers do not overlap.
 */
final class SmallOverlaps {

	/**
	 * Pixels that two layers have in common, as a share of the square root of the picture's pixels, up to which they
	 * only touch: 64 in a figure of 100 000. Measured by {@code OverlapEvaluation} in the test tree, see
	 * {@code docs/RESULTS.md}.
	 */
	static final double TOUCH_SHARE = .2;

	private SmallOverlaps() {}

	/**
	 * The layers above the lowest without overlaps of a few pixels.
	 *
	 * @param stack layers of opacity 1 that cover the canvas
	 * @param touch pixels in common up to which layers only touch, as a share of the square root of all
	 * @return layers whose composite differs by rounding at most
	 */
	static LayerStack without(final LayerStack stack, final double touch) {
		final int most = (int) Math.round(touch * Math.sqrt((double) stack.width() * stack.height()));
		final List<RgbaImage> pictures = new ArrayList<>();
		for (final Layer layer : stack.layers()) pictures.add(layer.pixels().copy());
		for (int low = 1; low < pictures.size(); low++) for (int high = low + 1; high < pictures.size(); high++) {
			final int[] shared = shared(pictures.get(low), pictures.get(high), most);
			for (final int i : shared)
				if (neighbours(pictures, low, high, i)) give(pictures.get(low), pictures.get(high), i);
		}
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < pictures.size(); k++) {
			final Layer layer = stack.get(k);
			layers.add(layer.withPixels(layer.bounds(), pictures.get(k), layer.provenance()));
		}
		return new LayerStack(stack.width(), stack.height(), layers);
	}

	/** The pixels in which both have some alpha; none if there are more than {@code most}. */
	private static int[] shared(final RgbaImage low, final RgbaImage high, final int most) {
		final byte[] a = low.plane(RgbaImage.ALPHA);
		final byte[] b = high.plane(RgbaImage.ALPHA);
		final int[] found = new int[most];
		int count = 0;
		for (int i = 0; i < a.length; i++) {
			if (a[i] == 0 || b[i] == 0) continue;
			if (count == most) return new int[0];
			found[count++] = i;
		}
		return Arrays.copyOf(found, count);
	}

	/** Whether no layer between them has alpha there. */
	private static boolean neighbours(final List<RgbaImage> pictures, final int low, final int high, final int i) {
		for (int k = low + 1; k < high; k++) if (pictures.get(k).plane(RgbaImage.ALPHA)[i] != 0) return false;
		return true;
	}

	/** What both look like together, to the one with the larger share of it; nothing to the other. */
	private static void give(final RgbaImage low, final RgbaImage high, final int i) {
		final double above = (high.plane(RgbaImage.ALPHA)[i] & 0xff) / 255.0;
		final double below = (1 - above) * (low.plane(RgbaImage.ALPHA)[i] & 0xff) / 255.0;
		final RgbaImage to = above >= below ? high : low;
		for (int c = 0; c < RgbaImage.ALPHA; c++)
			to.plane(c)[i] = (byte) Math
				.round((above * (high.plane(c)[i] & 0xff) + below * (low.plane(c)[i] & 0xff)) / (above + below));
		to.plane(RgbaImage.ALPHA)[i] = (byte) Math.round(255 * (above + below));
		(to == high ? low : high).plane(RgbaImage.ALPHA)[i] = 0;
	}
}
