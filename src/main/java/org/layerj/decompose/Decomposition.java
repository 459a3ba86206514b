package org.layerj.decompose;

import org.layerj.layers.LayerStack;

/**
 * The outcome of a run.
 *
 * @param layers the layered picture, of the input's size
 * @param run how it came about
 */
public record Decomposition(LayerStack layers, RunRecord run) {}
