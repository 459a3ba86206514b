package org.layerj.layers;

import java.util.Optional;
import org.layerj.provenance.Provenance;

/**
 * One layer of a picture.
 *
 * @param id identifies the layer in its stack; neither shown nor changed
 * @param name what the user calls it
 * @param bounds where its pixels lie on the canvas
 * @param pixels its pixels, as large as its bounds; outside of them the layer is transparent
 * @param opacity 0 … 1, multiplied with the alpha of every pixel
 * @param visible whether it takes part in compositing
 * @param locked whether edits have to leave its pixels, place and opacity as they are
 * @param parent id of the layer it was split from when that was decomposed again; lineage only, it changes nothing in
 * compositing
 * @param provenance where every pixel comes from, as large as the bounds
 * @param samples the samples that the pixels' colours show, where the picture had more than 8-bit red, green and blue;
 * as large as the bounds. Their alpha is that of the pixels. All layers of a stack have them in the same format, or
 * none has.
 */
public record Layer(String id, String name, Bounds bounds, RgbaImage pixels, double opacity, boolean visible,
	boolean locked, Optional<String> parent, Provenance provenance, Optional<Samples> samples)
{

	/** Throws {@link IllegalArgumentException} if sizes differ, the opacity is out of range or the id is blank. */
	public Layer {
		if (id.isBlank()) throw new IllegalArgumentException("A layer needs an id.");
		if (pixels.width() != bounds.width() || pixels.height() != bounds.height()
			|| provenance.width() != bounds.width() || provenance.height() != bounds.height())
			throw new IllegalArgumentException(
				"Layer " + id + " has bounds " + bounds + ", but " + pixels + " and " + provenance + ".");
		if (!(opacity >= 0 && opacity <= 1))
			throw new IllegalArgumentException("The opacity of layer " + id + " must be 0 … 1, not " + opacity + ".");
		if (parent.filter(id::equals).isPresent())
			throw new IllegalArgumentException("Layer " + id + " cannot be its own parent.");
		if (samples.isPresent()
			&& (samples.get().width() != bounds.width() || samples.get().height() != bounds.height()))
			throw new IllegalArgumentException(
				"Layer " + id + " has bounds " + bounds + ", but " + samples.get() + ".");
	}

	/** A layer that is not locked. */
	public Layer(final String id, final String name, final Bounds bounds, final RgbaImage pixels, final double opacity,
		final boolean visible, final Optional<String> parent, final Provenance provenance,
		final Optional<Samples> samples)
	{
		this(id, name, bounds, pixels, opacity, visible, false, parent, provenance, samples);
	}

	/** A layer without samples, not locked. */
	public Layer(final String id, final String name, final Bounds bounds, final RgbaImage pixels, final double opacity,
		final boolean visible, final Optional<String> parent, final Provenance provenance)
	{
		this(id, name, bounds, pixels, opacity, visible, parent, provenance, Optional.empty());
	}

	/**
	 * A visible, fully opaque layer at the canvas' origin of which every pixel counts as observed.
	 *
	 * @param id as for the constructor
	 * @param name what the user calls it
	 * @param pixels as large as the canvas it is meant for
	 * @return the layer
	 */
	public static Layer of(final String id, final String name, final RgbaImage pixels) {
		return new Layer(id, name, Bounds.all(pixels.width(), pixels.height()), pixels, 1, true, Optional.empty(),
			Provenance.observed(pixels.width(), pixels.height()));
	}

	/**
	 * The same layer under another name.
	 *
	 * @param newName any text
	 * @return the layer with the same id
	 */
	public Layer withName(final String newName) {
		return new Layer(id, newName, bounds, pixels, opacity, visible, locked, parent, provenance, samples);
	}

	/**
	 * The same pixels elsewhere on the canvas.
	 *
	 * @param x column of the upper left corner on the canvas; may be negative
	 * @param y row of it; may be negative
	 * @return the layer moved
	 */
	public Layer at(final int x, final int y) {
		return new Layer(id, name, bounds.at(x, y), pixels, opacity, visible, locked, parent, provenance, samples);
	}

	/**
	 * The same layer with other pixels in another place; provenance and pixels have the size of the bounds. Samples are
	 * dropped, since they may no longer agree with the pixels.
	 *
	 * @param newBounds place on the canvas
	 * @param newPixels of the bounds' size
	 * @param newProvenance of the bounds' size
	 * @return the layer with the same id and name
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public Layer withPixels(final Bounds newBounds, final RgbaImage newPixels, final Provenance newProvenance) {
		return new Layer(id, name, newBounds, newPixels, opacity, visible, locked, parent, newProvenance,
			Optional.empty());
	}

	/**
	 * The same layer with samples, as large as the bounds; the caller makes sure that the pixels show them.
	 *
	 * @param newSamples as large as the bounds
	 * @return the layer with samples
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public Layer withSamples(final Samples newSamples) {
		return new Layer(id, name, bounds, pixels, opacity, visible, locked, parent, provenance,
			Optional.of(newSamples));
	}

	/**
	 * The same layer with another opacity, 0 … 1.
	 *
	 * @param newOpacity 0 … 1
	 * @return the layer with this opacity
	 * @throws IllegalArgumentException if it is outside of this range
	 */
	public Layer withOpacity(final double newOpacity) {
		return new Layer(id, name, bounds, pixels, newOpacity, visible, locked, parent, provenance, samples);
	}

	/**
	 * The same layer, shown or hidden.
	 *
	 * @param newVisible whether it takes part in compositing
	 * @return the layer, shown or hidden
	 */
	public Layer withVisible(final boolean newVisible) {
		return new Layer(id, name, bounds, pixels, opacity, newVisible, locked, parent, provenance, samples);
	}

	/**
	 * The same layer, locked or not.
	 *
	 * @param newLocked whether edits leave it as it is
	 * @return the layer, locked or not
	 */
	public Layer withLocked(final boolean newLocked) {
		return new Layer(id, name, bounds, pixels, opacity, visible, newLocked, parent, provenance, samples);
	}

	/**
	 * The same layer as a part of the layer with this id.
	 *
	 * @param newParent id of another layer; it need not be in the stack any more
	 * @return the layer with this parent
	 */
	public Layer withParent(final String newParent) {
		return new Layer(id, name, bounds, pixels, opacity, visible, locked, Optional.of(newParent), provenance,
			samples);
	}

	/**
	 * The same layer with another record of where its pixels come from, as large as the bounds.
	 *
	 * @param newProvenance of the bounds' size
	 * @return the layer with this record
	 * @throws IllegalArgumentException if the sizes differ
	 */
	public Layer withProvenance(final Provenance newProvenance) {
		return new Layer(id, name, bounds, pixels, opacity, visible, locked, parent, newProvenance, samples);
	}

	/**
	 * The samples at their place on a canvas of this size, 0 around them and cut where they reach beyond; none if the
	 * layer has none.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return samples of this size
	 */
	public Optional<Samples> samplesOnCanvas(final int width, final int height) {
		return samples
			.map(v -> bounds.equals(Bounds.all(width, height)) ? v : v.window(-bounds.x(), -bounds.y(), width, height));
	}

	/**
	 * The pixels at their place on a canvas of this size, transparent black around them and cut where they reach
	 * beyond. Opacity and visibility play no part. Where the layer is the canvas, its own pixels, not a copy.
	 *
	 * @param width in pixels, at least 1
	 * @param height in pixels, at least 1
	 * @return a picture of this size
	 */
	public RgbaImage onCanvas(final int width, final int height) {
		return bounds.equals(Bounds.all(width, height)) ? pixels
			: pixels.window(-bounds.x(), -bounds.y(), width, height);
	}

	/**
	 * {@return a mask, as large as the bounds, of the pixels of which less than half was observed in the input picture}
	 */
	public Mask synthetic() {
		if (provenance.isObserved()) return Mask.none(bounds.width(), bounds.height());
		return Mask.of(bounds.width(), bounds.height(), i -> provenance.observed(i) <= Provenance.ALL / 2);
	}

	/**
	 * {@return the share, 0 … 1, of the pixels with alpha above 0 that was not observed; 0 for a layer that is
	 * transparent everywhere}
	 */
	public double syntheticFraction() {
		if (provenance.isObserved()) return 0;
		final byte[] alpha = pixels.plane(RgbaImage.ALPHA);
		long seen = 0;
		long not = 0;
		for (int i = 0; i < alpha.length; i++) {
			if (alpha[i] == 0) continue;
			seen++;
			not += Provenance.ALL - provenance.observed(i);
		}
		return seen == 0 ? 0 : (double) not / (seen * Provenance.ALL);
	}
}
