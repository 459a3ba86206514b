package org.layerj.segment;

import java.util.OptionalInt;
import org.layerj.elements.PictureParts;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.ReadText;

/**
 * A proposal of layers. Text is separate, at the picture's own size.
 *
 * @param layers of the picture without text, bottom to top, at the size of the segmentation
 * @param text of the picture; separated from it if there is a layer for it
 * @param textLayer index of the text layer, 0 at the bottom; empty if the text stays in the picture
 * @param parts of the layers
 */
public record FoundLayers(LayerStack layers, ReadText text, OptionalInt textLayer, PictureParts parts) {

	/** {@return the picture that the layers show: without text if there is a layer for it} */
	public RgbaImage background() {
		return text.lifted().background();
	}

	/** {@return the letters separated from the picture, of its size} */
	public RgbaImage letters() {
		return text.lifted().letters();
	}
}
