package org.layerj.layers;

import java.util.Arrays;
import java.util.Locale;

/**
 * Which pixels that a stack shows were made up: by a model, or by filling a hole. None as long as nothing has been
 * edited; moving, hiding or erasing a layer uncovers them.
 *
 * @param mask pixels of the canvas that show a synthetic pixel of some layer by at least half an 8-bit level
 * @param pixels how many these are
 * @param shown how many pixels of the canvas show anything
 */
public record Exposed(Mask mask, long pixels, long shown) {

	/** Looks at what a stack shows now. */
	public static Exposed of(final LayerStack stack) {
		final int n = Math.multiplyExact(stack.width(), stack.height());
		final float[] through = new float[n];
		Arrays.fill(through, 1);
		final boolean[] made = new boolean[n];
		for (int k = stack.size() - 1; k >= 0; k--) {
			final Layer layer = stack.get(k);
			if (!layer.visible()) continue;
			final Bounds b = layer.bounds();
			for (int y = Math.max(0, b.y()); y < Math.min(stack.height(), b.bottom()); y++) {
				for (int x = Math.max(0, b.x()); x < Math.min(stack.width(), b.right()); x++) {
					final int p = y * stack.width() + x;
					final int i = (y - b.y()) * b.width() + x - b.x();
					final int alpha = layer.pixels().plane(RgbaImage.ALPHA)[i] & 0xff;
					if (alpha == 0) continue;
					if (layer.synthetic().get(i) && Visibility.seen(layer, alpha, through[p])) made[p] = true;
					through[p] *= Visibility.passes(layer, alpha);
				}
			}
		}
		final Mask mask = Mask.of(stack.width(), stack.height(), p -> made[p]);
		long shown = 0;
		for (final float t : through) if (t < 1) shown++;
		return new Exposed(mask, mask.count(), shown);
	}

	public boolean any() {
		return pixels > 0;
	}

	/** Share of the pixels shown that are made up, 0 … 100. */
	public double percent() {
		return shown == 0 ? 0 : 100.0 * pixels / shown;
	}

	/** What to tell the user after an edit, as one sentence; empty if nothing made up is seen. */
	public String warning() {
		return any() ? String.format(Locale.ROOT,
			"Of the pixels now shown, %s were not in the picture but made up; say so where you publish it.", share())
			: "";
	}

	/**
	 * A sentence for the caption of a figure, as journals ask for it: tool, model, and what was made up.
	 *
	 * @param model name of the model, as in the run record
	 */
	public String caption(final String model) {
		final String how = "The image was taken apart into layers with Decompose Layers (ImageJ plugin; model: " + model
			+ ") and put together again";
		if (!any()) return how + "; none of the pixels shown is marked as generated or added.";
		return how + "; " + share()
			+ " of the pixels shown are not from the original image but were generated or added.";
	}

	private String share() {
		return percent() < 0.1 ? "a trace (less than 0.1 %)" : String.format(Locale.ROOT, "%.1f %%", percent());
	}
}
