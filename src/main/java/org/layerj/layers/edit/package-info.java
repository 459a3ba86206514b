/**
 * Edits of layers: pure functions from a {@link org.layerj.layers.Layer layer} to a layer or from a
 * {@link org.layerj.layers.LayerStack stack} to a stack. What an edit does not name stays the same object.
 * <p>
 * <b>What happens to the mask of synthetic pixels.</b> A synthetic pixel is one that was not observed in the input
 * picture. Edits that move pixels move the mask with them. Resampled pixels are synthetic as soon as a synthetic one
 * lends them more than a trace. Recolouring keeps the mask: the shape was observed, and the new colour is a function of
 * the observed one. Pixels that an edit makes, by replacing content or writing text, were not observed, so they are
 * synthetic.
 * <p>
 * <b>What happens to {@link org.layerj.layers.Values values}.</b> Edits that move, delete, reorder, split or duplicate
 * keep every sample. Resizing, rotating by an odd angle and merging mix samples as they mix colours, weighted by alpha,
 * and round once. Recolouring refuses layers with values: their colours come from the lookup table all layers share.
 * Replaced pixels get the values whose colours come nearest ({@link org.layerj.layers.Display#seenAs}). Colours are
 * drawn anew from values that have changed.
 * <p>
 * What cannot be done is an {@link org.layerj.layers.edit.EditException} with a sentence, and nothing has changed.
 * Knows {@code layers} only.
 */
package org.layerj.layers.edit;
