package org.layerj.segment;

import java.util.List;
import java.util.OptionalInt;
import org.layerj.elements.Elements;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.LiftedText;
import org.layerj.text.WordMatte;

/**
 * Layers that a picture probably has. Its text is apart from them, at the picture's own size.
 *
 * @param layers what the picture without text consists of, bottom to top, in the size that segments are found in
 * @param text the text and the picture without it
 * @param textLayer height of the layer that the text belongs to; empty if it stays where it is
 * @param parts what the layers consist of
 * @param read the text
 * @param words its letters' pixels, in the same order
 */
public record FoundLayers(LayerStack layers, LiftedText text, OptionalInt textLayer, FoundParts parts, FoundText read,
	List<WordMatte> words)
{

	/** What the layers show: the picture, without text if there is a layer for it. */
	public RgbaImage ground() {
		return text.ground();
	}

	/** Layers of the picture's size with the text put into the one it belongs to. */
	public LayerStack withText(final LayerStack refined) {
		return textLayer.isEmpty() ? refined : text.over(refined, textLayer.getAsInt());
	}

	/**
	 * The elements of the picture.
	 *
	 * @param picture the picture
	 * @param refined its layers, of its size, in the order of {@link #layers}
	 */
	public Elements elements(final RgbaImage picture, final LayerStack refined) {
		return ElementFinder.of(picture, refined, parts, read, words, textLayer);
	}
}
