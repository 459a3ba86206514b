package org.layerj.segment;

import java.util.OptionalInt;
import org.layerj.elements.PictureParts;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.ReadText;

/**
 * Layers that a picture probably has. Its text is apart from them, at the picture's own size.
 *
 * @param layers what the picture without text consists of, bottom to top, in the size that segments are found in
 * @param text what was read; if there is a layer for it, taken off the picture
 * @param textLayer height of the layer that the text belongs to; empty if it stays where it is
 * @param parts what the layers consist of
 */
public record FoundLayers(LayerStack layers, ReadText text, OptionalInt textLayer, PictureParts parts) {

	/** What the layers show: the picture, without text if there is a layer for it. */
	public RgbaImage background() {
		return text.lifted().background();
	}

	/** The letters that were taken off, of the picture's size. */
	public RgbaImage letters() {
		return text.lifted().letters();
	}
}
