/**
 * Edits of layers: pure functions from a {@link org.layerj.layers.Layer layer} to a layer or from a
 * {@link org.layerj.layers.LayerStack stack} to a stack. What an edit does not name stays the same object.
 * <p>
 * <b>What happens to {@link org.layerj.provenance.Provenance provenance}.</b> Edits that move pixels move it with them.
 * Mixed pixels come from wherever their parts do, by their shares. What is recoloured or written is edited by hand;
 * what is taken from another picture is unknown.
 * <p>
 * <b>What happens to {@link org.layerj.layers.Samples samples}.</b> Edits that move, delete, reorder, split or
 * duplicate keep every sample. Resizing, rotating by an odd angle and merging mix samples as they mix colours, weighted
 * by alpha, and round once. Recolouring rejects layers with samples: their colours come from the lookup table all
 * layers share. Replaced pixels get the samples whose colours come nearest ({@link org.layerj.layers.Display#seenAs}).
 * Colours are drawn anew from samples that have changed.
 * <p>
 * What cannot be done is an {@link org.layerj.layers.edit.EditException} with a message, and nothing has changed. Knows
 * {@code layers} and, to solve for the picture again, {@code exact}.
 */
package org.layerj.layers.edit;
