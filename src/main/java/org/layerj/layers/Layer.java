package org.layerj.layers;

import java.util.Optional;

/**
 * One layer of a picture.
 *
 * @param id what tells it from the other layers of its stack; never shown, never changed
 * @param name what the user calls it
 * @param bounds where its pixels lie on the canvas
 * @param pixels its pixels, as large as its bounds; outside of them the layer is transparent
 * @param opacity 0 … 1, multiplied with the alpha of every pixel
 * @param visible whether it takes part in compositing
 * @param parent id of the layer it was split from when that was decomposed again; lineage only, it changes nothing in compositing
 * @param synthetic the pixels that were not observed in the input picture but made up by the model, as large as the bounds
 */
public record Layer(String id, String name, Bounds bounds, RgbaImage pixels, double opacity, boolean visible, Optional<String> parent, Mask synthetic) {

	public Layer {
		if (id.isBlank()) throw new IllegalArgumentException("A layer needs an id.");
		if (pixels.width() != bounds.width() || pixels.height() != bounds.height() || synthetic.width() != bounds.width()
			|| synthetic.height() != bounds.height()) throw new IllegalArgumentException("Layer " + id + " has bounds " + bounds + ", but " + pixels + " and "
				+ synthetic + ".");
		if (!(opacity >= 0 && opacity <= 1)) throw new IllegalArgumentException("The opacity of layer " + id + " must be 0 … 1, not " + opacity + ".");
		if (parent.filter(id::equals).isPresent()) throw new IllegalArgumentException("Layer " + id + " cannot be its own parent.");
	}

	/** A visible, fully opaque layer at the canvas' origin of which every pixel counts as observed. */
	public static Layer of(final String id, final String name, final RgbaImage pixels) {
		return new Layer(id, name, Bounds.all(pixels.width(), pixels.height()), pixels, 1, true, Optional.empty(), Mask.none(pixels.width(), pixels.height()));
	}

	public Layer withName(final String newName) {
		return new Layer(id, newName, bounds, pixels, opacity, visible, parent, synthetic);
	}

	/** The same pixels elsewhere on the canvas. */
	public Layer at(final int x, final int y) {
		return new Layer(id, name, bounds.at(x, y), pixels, opacity, visible, parent, synthetic);
	}

	/** Other pixels in another place; both masks and pixels have the size of the bounds. */
	public Layer withPixels(final Bounds newBounds, final RgbaImage newPixels, final Mask newSynthetic) {
		return new Layer(id, name, newBounds, newPixels, opacity, visible, parent, newSynthetic);
	}

	public Layer withOpacity(final double newOpacity) {
		return new Layer(id, name, bounds, pixels, newOpacity, visible, parent, synthetic);
	}

	public Layer withVisible(final boolean newVisible) {
		return new Layer(id, name, bounds, pixels, opacity, newVisible, parent, synthetic);
	}

	public Layer withParent(final String newParent) {
		return new Layer(id, name, bounds, pixels, opacity, visible, Optional.of(newParent), synthetic);
	}

	public Layer withSynthetic(final Mask newSynthetic) {
		return new Layer(id, name, bounds, pixels, opacity, visible, parent, newSynthetic);
	}

	/**
	 * The pixels at their place on a canvas of this size, transparent black around them and cut where they reach beyond. Opacity and
	 * visibility play no part. Where the layer is the canvas, its own pixels, not a copy.
	 */
	public RgbaImage onCanvas(final int width, final int height) {
		return bounds.equals(Bounds.all(width, height)) ? pixels : pixels.window(-bounds.x(), -bounds.y(), width, height);
	}

	/** Share, 0 … 1, of the pixels with alpha above 0 that are synthetic; 0 for a layer that is transparent everywhere. */
	public double syntheticFraction() {
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		long seen = 0;
		long made = 0;
		for (int i = 0; i < alpha.length; i++) {
			if (alpha[i] == 0) continue;
			seen++;
			if (synthetic.get(i)) made++;
		}
		return seen == 0 ? 0 : (double) made / seen;
	}
}
