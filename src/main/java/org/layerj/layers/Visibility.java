package org.layerj.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What of each layer can be seen in the picture, and what lies hidden under others. */
public final class Visibility {

	/** A pixel that changes the picture by less than half an 8-bit level shows nothing of itself. */
	private static final double SEEN = 0.5 / 255;

	private Visibility() {}

	/**
	 * The same stack with every layer's synthetic mask set to what is hidden: pixels with alpha above 0 of which the
	 * layers above leave less than half an 8-bit level. No picture can show them, so a model that gives them colour
	 * made them up.
	 */
	public static LayerStack markHidden(final LayerStack stack) {
		final float[] through = new float[Math.multiplyExact(stack.width(), stack.height())];
		Arrays.fill(through, 1);
		final List<Layer> marked = new ArrayList<>(stack.layers());
		for (int i = marked.size() - 1; i >= 0; i--) {
			final Layer layer = marked.get(i);
			if (!layer.visible()) continue;
			final Bounds b = layer.bounds();
			final byte[] alpha = layer.pixels().plane(RgbaImage.ALPHA);
			marked.set(i, layer.withSynthetic(Mask.of(b.width(), b.height(), p -> {
				final int x = b.x() + p % b.width();
				final int y = b.y() + p / b.width();
				if (alpha[p] == 0 || x < 0 || y < 0 || x >= stack.width() || y >= stack.height()) return false;
				return !seen(layer, alpha[p] & 0xff, through[y * stack.width() + x]);
			})));
			for (int y = Math.max(0, b.y()); y < Math.min(stack.height(), b.bottom()); y++) {
				for (int x = Math.max(0, b.x()); x < Math.min(stack.width(), b.right()); x++) {
					through[y * stack.width() + x] *= passes(layer, alpha[(y - b.y()) * b.width() + x - b.x()] & 0xff);
				}
			}
		}
		return new LayerStack(stack.width(), stack.height(), marked);
	}

	/**
	 * Whether a pixel of this alpha, 0 … 255, changes what is seen by half a level, where the layers above let this
	 * much through.
	 */
	static boolean seen(final Layer layer, final int alpha, final float through) {
		return layer.opacity() * alpha / 255.0 * through >= SEEN;
	}

	/** Share, 0 … 1, of what lies below that a pixel of this alpha lets through. */
	static float passes(final Layer layer, final int alpha) {
		return (float) (1 - layer.opacity() * alpha / 255.0);
	}
}
