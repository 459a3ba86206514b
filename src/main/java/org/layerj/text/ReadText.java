package org.layerj.text;

import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/**
 * All that is known of the text of a picture.
 *
 * @param text what was read, and where
 * @param words the letters' pixels, in the text's order
 * @param styles what it looks like
 * @param lifted the letters apart from the rest of the picture
 */
public record ReadText(FoundText text, List<WordMatte> words, TextStyles.Styles styles, LiftedText lifted) {

	public ReadText {
		words = List.copyOf(words);
	}

	/**
	 * Reads the text of a picture and takes it off.
	 *
	 * @param picture any size; straight alpha
	 * @param progress receives the share that is done, 0 … 1; may throw to stop
	 */
	public static ReadText of(final TextFinder finder, final RgbaImage picture, final Progress progress) {
		final FoundText text = finder.find(picture, progress);
		final List<WordMatte> words = TextMatte.of(picture, text);
		return new ReadText(text, words, TextStyles.of(picture, text, words), LiftedText.of(picture, words));
	}

	/** The same, but the text stays in the picture. */
	public ReadText left(final RgbaImage picture) {
		return new ReadText(text, words, styles,
			new LiftedText(RgbaImage.blank(picture.width(), picture.height()), picture, 0));
	}
}
