package org.layerj.segment;

import java.util.OptionalInt;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.LiftedText;

/**
 * Layers that a picture probably has. Its text is apart from them, at the picture's own size.
 *
 * @param layers what the picture without text consists of, bottom to top, in the size that segments are found in
 * @param text the text and the picture without it
 * @param textLayer height of the layer that the text belongs to; empty if it stays where it is
 */
public record FoundLayers(LayerStack layers, LiftedText text, OptionalInt textLayer) {

	/** What the layers show: the picture, without text if there is a layer for it. */
	public RgbaImage ground() {
		return text.ground();
	}

	/** Layers of the picture's size with the text put into the one it belongs to. */
	public LayerStack withText(final LayerStack refined) {
		return textLayer.isEmpty() ? refined : text.over(refined, textLayer.getAsInt());
	}
}
