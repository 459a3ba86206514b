/**
 * What a layered picture is: {@link org.layerj.layers.RgbaImage pixels}, {@link org.layerj.layers.Layer layers}, the
 * {@link org.layerj.layers.LayerStack stack}, and {@link org.layerj.layers.Compositor how they are put together}. Knows imglib2, and nothing of ImageJ or of the model.
 */
package org.layerj.layers;
