/**
 * What a layered picture is: {@link org.layerj.layers.RgbaImage pixels} and {@link org.layerj.layers.Samples samples},
 * {@link org.layerj.layers.Layer layers}, the {@link org.layerj.layers.LayerStack stack}, and
 * {@link org.layerj.layers.Compositor how they are composited}, and what of them is
 * {@link org.layerj.layers.VisibleProvenance shown}. Knows imglib2 and where pixels come from, and nothing of ImageJ or
 * of the model.
 */
package org.layerj.layers;
