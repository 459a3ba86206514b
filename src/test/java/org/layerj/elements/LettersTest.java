package org.layerj.elements;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;

class LettersTest {

	private static final List<String> WORDS =
		List.of("Control", "minimal", "fijord", "\u00dcbertr\u00e4ger", "(A)", "12.5%", "p<0.001", "Time/min",
			"Fluorescence", "\u201cWhy?\u201d", "T.Voyer", "\u00b13.2;", "\u00f6\u00e4i:!", "AVATAR", "kDa", "rnnmtt");

	private static WrittenFigure written(final String text, final int style, final double degrees) {
		final WrittenFigure figure = new WrittenFigure(260, degrees == 0 ? 80 : 260);
		figure.write(text, new Font(Font.SANS_SERIF, style, 24), Color.BLACK, 130, degrees == 0 ? 40 : 130, degrees,
			.9);
		return figure;
	}

	private static List<Element> letters(final Elements all) {
		return all.list().stream().filter(e -> e.kind() == ElementKind.LETTER).toList();
	}

	private static String spelt(final Elements all) {
		return String.join("|", letters(all).stream().map(e -> e.text().orElseThrow().string()).toList());
	}

	@Test
	void wordsConsistOfLettersInReadingOrder() {
		final WrittenFigure figure = new WrittenFigure(300, 90);
		final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 24);
		figure.write("Fij\u00e9:", font, Color.BLACK, 80, 45, 0, .9);
		figure.write("\u201c5%\u201d", font, new Color(200, 30, 30), 220, 45, 0, .9);
		final Elements found = figure.elements();
		final Elements all = Letters.in(found, figure.layers());
		assertEquals("F|i|j|\u00e9|:|\u201c|5|%|\u201d", spelt(all));
		assertEquals(found.list().size() + 9, all.list().size());
		for (final Element e : letters(all)) {
			final Element word = all.around(e).orElseThrow();
			assertEquals(ElementKind.WORD, word.kind());
			assertEquals(word.bounds(), word.bounds().union(e.bounds()));
			assertEquals(word.text().orElseThrow().style(), e.text().orElseThrow().style());
			assertEquals(word.text().orElseThrow().quad().height(), e.text().orElseThrow().quad().height());
			assertEquals(e.area(), Arrays.stream(all.labels()).filter(l -> l == e.id()).count());
			assertEquals(e.bounds().x() + e.bounds().width() / 2.0, e.text().orElseThrow().quad().x(), .01);
		}
		for (int i = 0; i < all.labels().length; i++) {
			assertEquals(found.labels()[i] == 0, all.labels()[i] == 0);
			if (found.labels()[i] != 0)
				assertEquals(found.get(found.labels()[i]).text(), all.around(all.get(all.labels()[i])).get().text());
		}
	}

	@Test
	void turnedAndItalicTextHasItsLettersToo() {
		for (final double degrees : new double[] { -90, 30, 180 }) {
			final WrittenFigure figure = written("Time:i", Font.PLAIN, degrees);
			assertEquals("T|i|m|e|:|i", spelt(Letters.in(figure.elements(), figure.layers())), degrees + "\u00b0");
		}
		final WrittenFigure italic = written("Fijfl:", Font.ITALIC, 0);
		assertEquals("F|i|j|f|l|:", spelt(Letters.in(italic.elements(), italic.layers())));
	}

	@Test
	void lettersAreTheSameWhateverLayersShowThem() {
		final WrittenFigure figure = written("Control", Font.PLAIN, 0);
		final Elements all = figure.elements();
		final Elements letters = Letters.in(all, figure.layers());
		final LayerStack flat = new LayerStack(260, 80,
			List.of(org.layerj.layers.Layer.of("text", "All", org.layerj.layers.Compositor.flatten(figure.layers()))));
		assertEquals(letters, Letters.in(all, flat));
		final LayerStack layers = figure.layers();
		assertEquals(letters, Letters.in(all, layers.with(layers.get(1).withVisible(false))), "hidden");
		final Elements noText = LayerElements.of(layers);
		assertSame(noText, Letters.in(noText, layers));
	}

	@Test
	void aWordOfSeveralColoursHasLettersOfTheirOwn() {
		final WrittenFigure figure = new WrittenFigure(200, 80);
		final Bounds b = figure.write("HIT", new Font(Font.SANS_SERIF, Font.BOLD, 30), Color.BLACK, 100, 40, 0, .9);
		final Elements black = figure.elements();
		final int third = b.x() + b.width() * 6 / 10;
		final Graphics2D g = figure.graphics();
		g.setComposite(java.awt.AlphaComposite.getInstance(java.awt.AlphaComposite.SRC_OVER));
		g.setColor(Color.RED);
		final Font font = new Font(Font.SANS_SERIF, Font.BOLD, 30);
		final GlyphVector glyphs = font.createGlyphVector(g.getFontRenderContext(), "HIT");
		final Rectangle2D box = glyphs.getOutline().getBounds2D();
		g.translate(100 - box.getCenterX(), 40 - box.getCenterY());
		g.fill(glyphs.getGlyphOutline(2));
		g.dispose();
		final List<Element> letters = letters(Letters.in(black, figure.layers()));
		assertEquals(3, letters.size());
		assertEquals(black.get(1).text().get().style(), letters.get(0).text().get().style());
		assertTrue(letters.get(2).bounds().x() >= third);
		assertEquals("red", ElementQuery.colour(ElementQuery.rgb(letters.get(2))));
	}

	@Test
	void lettersBesideARegionAreThoseItHoldsNothingOf() {
		final WrittenFigure figure = written("mmm", Font.BOLD, 0);
		final Elements all = Letters.in(figure.elements(), figure.layers());
		final Region middle = all.region(List.of(all.get(2)));
		assertEquals(Optional.empty(), Letters.beside(all, middle), "the others are farther away than an edge");
		final Bounds m = middle.bounds();
		final int end = all.get(1).bounds().right();
		final Region beside =
			Letters.beside(all, Region.of(new Bounds(end, m.y(), m.right() - end, m.height()))).orElseThrow();
		assertEquals(0,
			Mask.of(m.width(), m.height(), i -> beside.contains(m.x() + i % m.width(), m.y() + i / m.width())).count());
		assertTrue(beside.contains(end - 1, m.bottom() - 3));
		assertEquals(Optional.empty(), Letters.beside(all, Region.of(new Bounds(end - 1, m.y(), 9, m.height()))),
			"a letter that the region holds a part of may go with it");
	}

	private record Score(int right, int all) {

		Score and(final Score o) {
			return new Score(right + o.right, all + o.all);
		}
	}

	/**
	 * The share of letters that have the pixels that they were drawn with (IoU of .9 and more). With
	 * {@code -Dletters.all=true} at more sizes, in more fonts, and printed for each.
	 */
	@Test
	void lettersAreThoseThatWereDrawn() {
		final boolean every = Boolean.getBoolean("letters.all");
		final Map<String, Score> by = new TreeMap<>();
		for (final String family : every ? List.of(Font.SANS_SERIF, Font.SERIF, Font.MONOSPACED)
			: List.of(Font.SANS_SERIF))
			for (final int style : every ? new int[] { 0, 1, 2 } : new int[] { 0 })
				for (final int size : every ? new int[] { 8, 10, 12, 16, 24 } : new int[] { 11, 20 })
					for (final String word : every ? WORDS : WORDS.subList(0, 6))
					{
						final Score s = score(word, new Font(family, style, size));
						for (final String key : List.of("all", family, "size " + size, "style " + style, word))
							by.merge(key, s, Score::and);
					}
		if (every) by.forEach((k, s) -> System.out.printf(Locale.ROOT, "%s: %.3f%n", k, (double) s.right / s.all));
		assertTrue(by.get("all").right > (every ? .9 : .93) * by.get("all").all, by.toString());
	}

	private static Score score(final String text, final Font font) {
		final int w = font.getSize() * (text.length() + 3);
		final int h = 3 * font.getSize();
		final double x = w / 2.0 + .3;
		final double y = h / 2.0 + .4;
		final WrittenFigure figure = new WrittenFigure(w, h);
		figure.write(text, font, Color.BLACK, x, y, 0, .9);
		final Elements found = Letters.in(figure.elements(), figure.layers());
		final GlyphVector glyphs = font.createGlyphVector(figure.graphics().getFontRenderContext(), text);
		final Rectangle2D box = glyphs.getOutline().getBounds2D();
		final int[] drawn = new int[w * h];
		final int[] most = new int[w * h];
		for (int k = 0; k < glyphs.getNumGlyphs(); k++) {
			final BufferedImage one = new BufferedImage(w, h, BufferedImage.TYPE_BYTE_GRAY);
			final Graphics2D g = one.createGraphics();
			g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
			g.fill(AffineTransform.getTranslateInstance(x - box.getCenterX(), y - box.getCenterY())
				.createTransformedShape(glyphs.getGlyphOutline(k)));
			g.dispose();
			for (int i = 0; i < most.length; i++) {
				final int v = one.getRaster().getSample(i % w, i / w, 0);
				if (v <= most[i]) continue;
				most[i] = v;
				drawn[i] = k + 1;
			}
		}
		int right = 0;
		for (int k = 1; k <= glyphs.getNumGlyphs(); k++) {
			final Map<Integer, Integer> here = new HashMap<>();
			for (int i = 0; i < drawn.length; i++)
				if (drawn[i] == k && found.labels()[i] != 0) here.merge(found.labels()[i], 1, Integer::sum);
			final int own = here.values().stream().mapToInt(n -> n).sum();
			if (here.entrySet()
				.stream()
				.anyMatch(e -> e.getValue() >= .9 * (own + found.get(e.getKey()).area() - e.getValue()))) right++;
		}
		return new Score(right, glyphs.getNumGlyphs());
	}
}
