package org.layerj.elements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.layerj.elements.Pick.Mode;
import org.layerj.layers.Bounds;
import org.layerj.text.Quad;

/**
 * One row of pixels: a bar of two pieces (0 and 1), a bar (2), a gap (3), the words "25" (4) and "cells" (5). The bars
 * are a series, the words a line, and all a group.
 */
class PickTest {

	private static Element element(final int id, final int parent, final ElementKind kind, final int x, final int width,
		final int rgb, final String text)
	{
		final Bounds b = new Bounds(x, 0, width, 1);
		return new Element(id, parent, kind, text.isEmpty() ? Role.DATA : Role.TEXT, Optional.of("a"), b, width, rgb,
			text.isEmpty() ? Optional.empty()
				: Optional.of(new ElementText(text, 1, new Quad(x, 0, width, 10, 0), Optional.empty())));
	}

	private final Elements all = new Elements(6, 1, new int[] { 1, 2, 3, 0, 4, 5 },
		List.of(element(1, 6, ElementKind.PIECE, 0, 1, 0xe00000, ""),
			element(2, 6, ElementKind.PIECE, 1, 1, 0xe00000, ""), element(3, 8, ElementKind.PART, 2, 1, 0xd80000, ""),
			element(4, 7, ElementKind.WORD, 4, 1, 0, "25"), element(5, 7, ElementKind.WORD, 5, 1, 0, "cells"),
			element(6, 8, ElementKind.PART, 0, 2, 0xe00000, ""), element(7, 9, ElementKind.LINE, 4, 2, 0, "25 cells"),
			element(8, 9, ElementKind.SERIES, 0, 3, 0xe00000, ""), element(9, 0, ElementKind.GROUP, 0, 5, 0, "")));

	private static Set<Integer> after(final Pick pick) {
		return pick.smallest();
	}

	@Test
	void furtherClicksGoToLargerElementsAndAroundAgain() {
		Pick pick = Pick.NONE.click(all, 0, 0, Mode.REPLACE, true);
		assertEquals(Set.of(1, 2), after(pick), "the part, not the piece");
		pick = pick.click(all, 1, 0, Mode.REPLACE, true);
		assertEquals(Set.of(1, 2, 3), after(pick), "the series, though another pixel of it was clicked");
		pick = pick.click(all, 1, 0, Mode.REPLACE, true);
		assertEquals(Set.of(1, 2, 3, 4, 5), after(pick), "the group");
		assertEquals(Set.of(1, 2), after(pick.click(all, 0, 0, Mode.REPLACE, true)));
	}

	@Test
	void theOtherDirectionTakesWhatIsSmaller() {
		final Pick part = Pick.NONE.click(all, 1, 0, Mode.REPLACE, true);
		assertEquals(Set.of(2), after(part.click(all, 1, 0, Mode.REPLACE, false)));
		assertEquals(Set.of(2), after(Pick.NONE.click(all, 1, 0, Mode.REPLACE, false)));
	}

	@Test
	void clicksAddAndTakeOff() {
		Pick pick = Pick.NONE.click(all, 2, 0, Mode.REPLACE, true).click(all, 4, 0, Mode.ADD, true);
		assertEquals(Set.of(3, 4), after(pick));
		pick = pick.click(all, 4, 0, Mode.ADD, true);
		assertEquals(Set.of(3, 4, 5), after(pick), "the line");
		final Pick less = pick.click(all, 4, 0, Mode.SUBTRACT, true);
		assertEquals(Set.of(3, 5), after(less), "the word");
		assertEquals(Set.of(3), after(less.click(all, 4, 0, Mode.SUBTRACT, true)), "its line");
		assertEquals(Set.of(3, 4, 5), after(less.click(all, 4, 0, Mode.ADD, true)), "and the word is back");
		assertEquals(Set.of(), after(pick.click(all, 3, 0, Mode.REPLACE, true)), "a click on nothing");
	}

	@Test
	void aBoxTakesWhatIsWhollyInside() {
		assertEquals(Set.of(2, 3), after(Pick.NONE.box(all, 1, 0, 4, 1, Mode.REPLACE)));
		assertEquals(Set.of(4),
			after(new Pick(Set.of(4, 5), Optional.empty(), List.of()).box(all, 5, 0, 6, 1, Mode.SUBTRACT)));
	}

	/** A word of two letters (1 and 2), another one of one letter (3); both a line. */
	private static Elements written() {
		return new Elements(4, 1, new int[] { 1, 2, 0, 3 },
			List.of(element(1, 4, ElementKind.LETTER, 0, 1, 0, "a"), element(2, 4, ElementKind.LETTER, 1, 1, 0, "7"),
				element(3, 5, ElementKind.LETTER, 3, 1, 0xe00000, "a"), element(4, 6, ElementKind.WORD, 0, 2, 0, "a7"),
				element(5, 6, ElementKind.WORD, 3, 1, 0xe00000, "a"),
				element(6, 0, ElementKind.LINE, 0, 4, 0, "a7 a")));
	}

	@Test
	void lettersAreTheSmallestOfText() {
		final Elements e = written();
		final Pick word = Pick.NONE.click(e, 1, 0, Mode.REPLACE, true);
		assertEquals(Set.of(1, 2), after(word), "a click takes the word");
		assertEquals(Set.of(2), after(word.click(e, 1, 0, Mode.REPLACE, false)), "with Ctrl the letter");
		assertEquals(Set.of(2), after(Pick.NONE.click(e, 1, 0, Mode.REPLACE, false)));
		final Pick line = word.click(e, 1, 0, Mode.REPLACE, true);
		assertEquals(Set.of(1, 2, 3), after(line));
		assertEquals(Set.of(1, 2), after(line.click(e, 1, 0, Mode.REPLACE, false)), "with Ctrl the next smaller");
		assertEquals(Set.of(2),
			after(line.click(e, 1, 0, Mode.SUBTRACT, false)
				.click(e, 0, 0, Mode.REPLACE, true)
				.click(e, 1, 0, Mode.REPLACE, false)));
		assertEquals(Set.of(3), after(Pick.NONE.box(e, 1, 0, 4, 1, Mode.REPLACE)), "half a word is not in a box");
		assertEquals(Set.of(2), after(Pick.NONE.box(e, 1, 0, 2, 1, Mode.REPLACE)), "but a letter alone is");
	}

	@Test
	void lettersAreFoundByWordsAndLikeness() {
		final Elements e = written();
		assertEquals(List.of(1, 2, 3), ElementQuery.find(e, "letters").stream().map(Element::id).toList());
		assertEquals(List.of(1, 3), ElementQuery.find(e, "letter containing A").stream().map(Element::id).toList());
		assertEquals(List.of(3), ElementQuery.find(e, "red letters").stream().map(Element::id).toList());
		assertEquals(List.of(2), ElementQuery.find(e, "letters number").stream().map(Element::id).toList());
		assertEquals(List.of(5), ElementQuery.find(e, "red").stream().map(Element::id).toList(), "words as before");
		assertEquals(List.of(1, 2), ElementQuery.like(e, Likeness.to(e.get(1)), .25).stream().map(Element::id).toList(),
			"whatever they say");
	}

	private Set<Integer> found(final String words) {
		return ElementQuery.find(all, words).stream().map(Element::id).collect(Collectors.toSet());
	}

	@Test
	void wordsFindElements() {
		assertEquals(Set.of(4, 5), found("text"));
		assertEquals(Set.of(3, 6), found("red"));
		assertEquals(Set.of(3, 6), found("red bars"));
		assertEquals(Set.of(6), found("left bar"));
		assertEquals(Set.of(4), found("number"));
		assertEquals(Set.of(5), found("text containing CELL"));
		assertEquals(Set.of(7), found("containing 25 c"));
		assertEquals(Set.of(), found("green"));
		assertTrue(assertThrows(ElementQuery.UnknownWordException.class, () -> found("the bars")).getMessage()
			.startsWith("The word the is not understood; known are arrow, background, bar"));
	}

	@Test
	void elementsAreAlikeInColourSizeAndWhetherTheyAreNumbers() {
		assertEquals(List.of(3, 6),
			ElementQuery.like(all, Likeness.to(all.get(3)), .25).stream().map(Element::id).toList());
		assertEquals(List.of(3), ElementQuery.like(all, Likeness.to(all.get(3)), 0).stream().map(Element::id).toList());
		assertEquals(List.of(4),
			ElementQuery.like(all, Likeness.to(all.get(4)), .25).stream().map(Element::id).toList());
	}

	@Test
	void signsAreLikeTheSame() {
		final Elements e = new Elements(6, 1, new int[] { 1, 2, 3, 4, 5, 6 },
			List.of(element(1, 0, ElementKind.WORD, 0, 1, 0, "***"), element(2, 0, ElementKind.WORD, 1, 1, 0, "ns"),
				element(3, 0, ElementKind.WORD, 2, 1, 0, "*"), element(4, 0, ElementKind.WORD, 3, 1, 0, "="),
				element(5, 0, ElementKind.LETTER, 4, 1, 0, "*"), element(6, 0, ElementKind.LETTER, 5, 1, 0, "a")));
		final Likeness asterisk = Likeness.to(e.get(3));
		assertEquals("kind=word role=text colour=#000000 size=10x10 text=*", asterisk.text());
		for (final Likeness l : List.of(asterisk, Likeness.parse(asterisk.text())))
			assertEquals(List.of(1, 3), ElementQuery.like(e, l, .1).stream().map(Element::id).toList());
		final Likeness equals = Likeness.to(e.get(4));
		assertEquals(equals, Likeness.parse(equals.text()));
		assertEquals(List.of(5), ElementQuery.like(e, Likeness.to(e.get(5)), .1).stream().map(Element::id).toList());
		assertEquals(List.of(6), ElementQuery.like(e, Likeness.to(e.get(6)), .1).stream().map(Element::id).toList());
	}

	@Test
	void coloursHaveTheNamesThatPeopleGiveThem() {
		assertEquals("blue", ElementQuery.colour(0x1f77b4));
		assertEquals("orange", ElementQuery.colour(0xff7f0e));
		assertEquals("green", ElementQuery.colour(0x2ca02c));
		assertEquals("red", ElementQuery.colour(0xd62728));
		assertEquals("purple", ElementQuery.colour(0x9467bd));
		assertEquals("brown", ElementQuery.colour(0x8c564b));
		assertEquals("pink", ElementQuery.colour(0xe377c2));
		assertEquals("grey", ElementQuery.colour(0x7f7f7f));
		assertEquals("white", ElementQuery.colour(0xf8f8f8));
		assertEquals("black", ElementQuery.colour(0x111111));
	}

	@Test
	void aLikenessIsReadAsItIsWritten() {
		for (final Likeness l : List.of(new Likeness(ElementKind.PART, Role.MARK, 0xd02020, 7, 25, Optional.empty()),
			new Likeness(ElementKind.WORD, Role.TEXT, 0x0a0b0c, 12.34, 12.34, Optional.of("number")),
			new Likeness(ElementKind.LINE, Role.TEXT, 0xffffff, .5, .5, Optional.of("*"))))
			assertEquals(l, Likeness.parse(l.text()));
		assertEquals("kind=part role=mark colour=#d02020 size=7x25",
			new Likeness(ElementKind.PART, Role.MARK, 0xd02020, 7, 25, Optional.empty()).text());
		for (final String wrong : List.of("", "role", "kind=part role=mark colour=red size=7x25",
			"kind=part role=mark colour=#d02020", "kind=part role=mark colour=#d02020 size=0x5",
			"kind=part role=mark colour=#d02020 size=7x25 text=yes", "kind=part role=mark colour=#d02020 size=7x25 a=b",
			"kind=dot role=mark colour=#d02020 size=7x25"))
			assertThrows(IllegalArgumentException.class, () -> Likeness.parse(wrong), wrong);
	}
}
