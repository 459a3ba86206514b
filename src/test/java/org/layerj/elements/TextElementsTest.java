package org.layerj.elements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.Quad;
import org.layerj.text.TextBlock;
import org.layerj.text.TextLine;
import org.layerj.text.TextStyles;
import org.layerj.text.TextWord;
import org.layerj.text.WordMatte;

class TextElementsTest {

	private static final int WIDTH = 10;
	private static final int HEIGHT = 6;

	private static TextWord word(final String text, final double x, final double y) {
		return new TextWord(text, 0.9, new Quad(x, y, 2, 2, 0), UnicodeScript.LATIN);
	}

	private static TextLine line(final double confidence, final Quad quad, final TextWord... words) {
		final String text = String.join(" ", Arrays.stream(words).map(TextWord::text).toList());
		return new TextLine(text, confidence, quad, UnicodeScript.LATIN, List.of(words));
	}

	private static WordMatte matte(final TextWord word, final Bounds bounds, final double... alpha) {
		final float[] floats = new float[alpha.length];
		for (int i = 0; i < alpha.length; i++) floats[i] = (float) alpha[i];
		return new WordMatte(word, bounds, floats);
	}

	private static RgbaImage picture() {
		final int[] argb = new int[WIDTH * HEIGHT];
		Arrays.fill(argb, 0xff204060);
		return RgbaImage.ofArgb(WIDTH, HEIGHT, argb);
	}

	/** Two words on one line, below that a third of thin strokes and one of which nothing shows. */
	private static final TextWord A = word("One", 2, 1), B = word("two", 5, 1), C = word("thin", 2, 4),
		D = word("lost", 8, 4);
	private static final FoundText TEXT = new FoundText(List.of(
		new TextBlock(List.of(line(0.8, new Quad(3.5, 1, 6, 2, 0), A, B), line(0.5, new Quad(2, 4, 3, 2, 0), C))),
		new TextBlock(List.of(line(0.7, new Quad(8, 4, 2, 2, 0), D)))));
	private static final List<WordMatte> MATTES =
		List.of(matte(A, new Bounds(1, 0, 3, 2), 1, .5, .4, 0, .6, .3), matte(B, new Bounds(3, 1, 3, 1), .9, .2, .5),
			matte(C, new Bounds(1, 4, 2, 1), .3, .14), matte(D, new Bounds(8, 4, 1, 1), 0));

	@Test
	void wordsLinesAndBlocksHoldOneAnother() {
		final int[] labels = new int[WIDTH * HEIGHT];
		final List<Element> list =
			TextElements.of(picture(), TEXT, MATTES, TextStyles.of(picture(), TEXT, MATTES), labels, 1);
		final Elements all = new Elements(WIDTH, HEIGHT, labels, list);
		assertEquals(List.of("One", "two", "thin", "One two", "thin", "One two\nthin"),
			list.stream().map(e -> e.text().orElseThrow().string()).toList());
		assertEquals(List.of(ElementKind.WORD, ElementKind.WORD, ElementKind.WORD, ElementKind.LINE, ElementKind.LINE,
			ElementKind.BLOCK), list.stream().map(Element::kind).toList());
		assertEquals(List.of(4, 4, 5, 6, 6, 0), list.stream().map(Element::parent).toList());
		assertEquals(new Bounds(1, 0, 2, 2), all.get(1).bounds());
		assertEquals(3, all.get(1).area());
		assertEquals(new Bounds(3, 1, 3, 1), all.get(2).bounds());
		assertEquals(new Bounds(1, 0, 5, 2), all.get(4).bounds(), "a line holds its words");
		assertEquals(5, all.get(4).area());
		assertEquals(1, all.get(3).area(), "letters thinner than half a pixel show where they are strongest");
		assertEquals(0x204060, all.get(6).rgb());
		assertEquals("two", all.at(5, 1).orElseThrow().text().orElseThrow().string());
		assertTrue(all.at(4, 1).isEmpty(), "hardly any letter is there");
		final ElementText block = all.get(6).text().orElseThrow();
		assertEquals((0.8 * 7 + 0.5 * 4) / 11, block.confidence(), 1e-9, "by characters");
		assertEquals(new Quad(3.5, 2.5, 6, 5, 0), block.quad());
	}

	@Test
	void idsGoOnWhereOthersEnd() {
		final int[] labels = new int[WIDTH * HEIGHT];
		Arrays.fill(labels, 3);
		final List<Element> list =
			TextElements.of(picture(), TEXT, MATTES, TextStyles.of(picture(), TEXT, MATTES), labels, 5);
		assertEquals(List.of(5, 6, 7, 8, 9, 10), list.stream().map(Element::id).toList());
		assertEquals(5, labels[1]);
		assertEquals(3, labels[0], "what is no letter stays what it was");
	}

	@Test
	void aPixelIsThatWordsOfWhichItHasMost() {
		final int[] labels = new int[WIDTH * HEIGHT];
		final List<WordMatte> over = List.of(MATTES.get(0), matte(B, new Bounds(1, 0, 3, 2), .9, .8, .5, 0, .6, .1),
			MATTES.get(2), MATTES.get(3));
		TextElements.of(picture(), TEXT, over, TextStyles.of(picture(), TEXT, over), labels, 1);
		assertEquals(List.of(1, 2, 2), List.of(labels[1], labels[2], labels[3]));
		assertEquals(1, labels[WIDTH + 2], "of two alike the first's");
	}

	@Test
	void wordsThatAreHiddenByOthersAreNone() {
		final int[] labels = new int[WIDTH * HEIGHT];
		final List<WordMatte> over =
			List.of(MATTES.get(0), matte(B, new Bounds(1, 0, 1, 1), .9), MATTES.get(2), MATTES.get(3));
		final List<Element> list =
			TextElements.of(picture(), TEXT, over, TextStyles.of(picture(), TEXT, over), labels, 1);
		assertEquals("thin", list.get(1).text().orElseThrow().string());
		assertEquals("One two", list.get(2).text().orElseThrow().string(), "the line says what it said");
	}

	@Test
	void nothingToReadIsNothing() {
		final int[] labels = new int[WIDTH * HEIGHT];
		assertEquals(List.of(), TextElements.of(picture(), new FoundText(List.of()), List.of(),
			new TextStyles.Styles(List.of(), List.of()), labels, 1));
		assertThrows(IllegalArgumentException.class,
			() -> TextElements.of(picture(), TEXT, List.of(), new TextStyles.Styles(List.of(), List.of()), labels, 1));
	}
}
