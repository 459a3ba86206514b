package org.layerj.text;

import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/**
 * The text of a picture with mattes and styles.
 *
 * @param text what was read, and where
 * @param words mattes of the words, in the text's order
 * @param styles of lines and words
 * @param lifted letters and background
 */
public record ReadText(FoundText text, List<WordMatte> words, TextStyles.Styles styles, LiftedText lifted) {

	public ReadText {
		words = List.copyOf(words);
	}

	/**
	 * Reads the text of a picture and separates it from the background.
	 *
	 * @param finder reads the text
	 * @param picture any size; straight alpha
	 * @param progress receives the share that is done, 0 … 1; may throw to stop
	 * @return the text
	 */
	public static ReadText of(final TextFinder finder, final RgbaImage picture, final Progress progress) {
		final FoundText text = finder.find(picture, progress);
		final List<WordMatte> words = TextMatte.of(picture, text);
		return new ReadText(text, words, TextStyles.of(picture, text, words), LiftedText.of(picture, words));
	}

	/**
	 * The same text, left in the picture: without letters of its own.
	 *
	 * @param picture which becomes the background
	 * @return the same text
	 */
	public ReadText left(final RgbaImage picture) {
		return new ReadText(text, words, styles,
			new LiftedText(RgbaImage.blank(picture.width(), picture.height()), picture, 0));
	}
}
