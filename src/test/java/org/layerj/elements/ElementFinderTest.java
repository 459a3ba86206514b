package org.layerj.elements;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.LiftedText;
import org.layerj.text.Quad;
import org.layerj.text.ReadText;
import org.layerj.text.TextBlock;
import org.layerj.text.TextLine;
import org.layerj.text.TextStyles;
import org.layerj.text.TextWord;
import org.layerj.text.WordMatte;

class ElementFinderTest {

	@Test
	void aWordReachesAsFarAsWhatItGetsOfTheTextsLayer() {
		final int[] text = new int[12 * 6];
		for (int y = 2; y < 4; y++) for (int x = 2; x < 8; x++) text[y * 12 + x] = 0xff000000;
		final int[] background = new int[text.length];
		Arrays.fill(background, -1);
		final int[] seen = new int[text.length];
		for (int i = 0; i < seen.length; i++) seen[i] = text[i] == 0 ? background[i] : text[i];
		final LayerStack layers =
			new LayerStack(12, 6, List.of(Layer.of("background", "Background", RgbaImage.ofArgb(12, 6, background)),
				Layer.of("text", "Text", RgbaImage.ofArgb(12, 6, text))));
		final PictureParts parts = new PictureParts(12, 6, new int[text.length], new int[] { 0 },
			List.of(new PictureParts.Part(Role.BACKGROUND, 0, 0)));
		final Quad quad = new Quad(3.5, 3, 3, 2, 0);
		final TextWord word = new TextWord("ab", 1, quad, UnicodeScript.LATIN);
		final FoundText found = new FoundText(
			List.of(new TextBlock(List.of(new TextLine("ab", 1, quad, UnicodeScript.LATIN, List.of(word))))));
		final RgbaImage picture = RgbaImage.ofArgb(12, 6, seen);
		final List<WordMatte> words =
			List.of(new WordMatte(word, new Bounds(2, 2, 3, 2), new float[] { 1, 1, 1, 1, 1, 1 }));
		final Elements elements = ElementFinder.of(picture, layers, parts,
			new ReadText(found, words, TextStyles.of(picture, found, words), LiftedText.of(picture, words)),
			OptionalInt.of(1));
		final Element at = elements.at(7, 3).orElseThrow();
		assertEquals(ElementKind.WORD, at.kind());
		assertEquals(new Bounds(2, 2, 6, 2), at.bounds(), "three columns were read, six are its");
		assertEquals(12, at.area());
		assertEquals(Optional.of("text"), at.layer());
		assertEquals(new Bounds(2, 2, 6, 2), elements.around(at).orElseThrow().bounds(), "and so does its line");
		assertEquals(60, elements.at(0, 0).orElseThrow().area());
	}
}
