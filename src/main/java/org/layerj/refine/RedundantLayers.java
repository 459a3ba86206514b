package org.layerj.refine;

import java.util.stream.IntStream;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/**
 * Removes redundant layers. A model asked for too many layers leaves some empty, or duplicates content; without such a
 * layer the composite hardly changes.
 */
public final class RedundantLayers {

	/**
	 * A pixel counts as changed if one of its channels changes by more than this, of 255. Below lies the noise of a
	 * small model.
	 */
	private static final int MIN_CHANGE_LEVELS = 24;
	/**
	 * Changed pixels that make a layer worth having: a few, or this share of a large picture. A panel letter has more.
	 */
	private static final int MIN_CHANGED_PIXELS = 6;
	private static final double MIN_CHANGED_SHARE = 0.0003;

	private RedundantLayers() {}

	/**
	 * The stack without its redundant layers, found one by one from the top down; the lowest of equals stays. At least
	 * one layer is left.
	 *
	 * @param stack any layers; invisible ones are redundant
	 * @return composites to the same picture
	 */
	public static LayerStack drop(final LayerStack stack) {
		LayerStack kept = stack;
		for (int k = stack.size() - 1; k >= 0 && kept.size() > 1; k--) {
			final LayerStack fewer = kept.without(stack.get(k).id());
			if (changed(kept, fewer) < Math.max(MIN_CHANGED_PIXELS, MIN_CHANGED_SHARE * stack.width() * stack.height()))
				kept = fewer;
		}
		return kept;
	}

	private static long changed(final LayerStack one, final LayerStack other) {
		final RgbaImage a = Compositor.flatten(one);
		final RgbaImage b = Compositor.flatten(other);
		return IntStream.range(0, one.width() * one.height()).filter(i -> {
			if (Math
				.abs((a.plane(RgbaImage.ALPHA)[i] & 0xff) - (b.plane(RgbaImage.ALPHA)[i] & 0xff)) > MIN_CHANGE_LEVELS)
				return true;
			if (a.plane(RgbaImage.ALPHA)[i] == 0) return false;
			for (int c = 0; c < 3; c++)
				if (Math.abs((a.plane(c)[i] & 0xff) - (b.plane(c)[i] & 0xff)) > MIN_CHANGE_LEVELS) return true;
			return false;
		}).count();
	}
}
