package org.layerj.elements;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;
import org.layerj.text.FoundText;
import org.layerj.text.Quad;
import org.layerj.text.TextBlock;
import org.layerj.text.TextLine;
import org.layerj.text.TextMatte;
import org.layerj.text.TextStyle;
import org.layerj.text.TextStyles;
import org.layerj.text.TextWord;
import org.layerj.text.WordMatte;

/**
 * Converts text to elements: words are the smallest, lines are their parents, and blocks those of lines. A line of one
 * word has both, and so has a block of one line, so that all text is in lines. A block has the style of its first line.
 */
public final class TextElements {

	/** A pixel is a word's if at least so much of it is letter, or of letters thinner than that the most there is. */
	private static final float MIN_LETTER_ALPHA = 0.5f;
	private static final float MIN_SHARE_OF_STRONGEST = 0.5f;

	private TextElements() {}

	/**
	 * The elements of text, and their labels. Words without a visible pixel are left out, and so are lines and blocks
	 * of such words only; other lines and blocks keep their whole text.
	 *
	 * @param picture the one in which the text was found
	 * @param text what was found
	 * @param words its words' pixels ({@link TextMatte}), all of them, in the text's order
	 * @param styles what the text looks like
	 * @param labels of the picture's size; a word's pixels get its id, whatever was there before, others are not
	 * touched
	 * @param first id of the first element, at least 1
	 * @return with ids from the first on without gaps: all words, then all lines, then all blocks, each in reading
	 * order; in no layer yet
	 */
	public static List<Element> of(final RgbaImage picture, final FoundText text, final List<WordMatte> words,
		final TextStyles.Styles styles, final int[] labels, final int first)
	{
		if (labels.length != picture.width() * picture.height()) throw new IllegalArgumentException(
			labels.length + " labels are not those of " + picture.width() + " × " + picture.height() + " pixels.");
		if (words.size() != text.words().size()) throw new IllegalArgumentException(
			words.size() + " mattes are not those of " + text.words().size() + " words.");
		final int[] owner = owners(picture, words);
		final Extent[] seen = seen(picture, owner, words.size());
		final int[] id = new int[words.size()];
		int next = first;
		for (int k = 0; k < id.length; k++) if (!seen[k].isEmpty()) id[k] = next++;
		for (int i = 0; i < labels.length; i++) if (owner[i] >= 0) labels[i] = id[owner[i]];
		// Children come first, so the ids of lines are known before words are made.
		final List<Element> wordElements = new ArrayList<>();
		final List<Element> lineElements = new ArrayList<>();
		final List<Element> blockElements = new ArrayList<>();
		int number = 0;
		int line = next;
		int block = next + linesSeen(text, seen);
		int at = 0;
		for (final TextBlock b : text.blocks()) {
			final Extent wholeBlock = new Extent();
			final List<String> strings = new ArrayList<>();
			final List<TextLine> shown = new ArrayList<>();
			final List<Optional<TextStyle>> looks = new ArrayList<>();
			double sure = 0;
			double characters = 0;
			for (final TextLine l : b.lines()) {
				final Extent wholeLine = new Extent();
				for (final TextWord w : l.words()) {
					if (!seen[at].isEmpty()) {
						wordElements.add(element(id[at], line, ElementKind.WORD, seen[at],
							new ElementText(w.text(), w.confidence(), w.quad(), styles.words().get(at))));
						wholeLine.add(seen[at]);
					}
					at++;
				}
				final Optional<TextStyle> style = styles.lines().get(number++);
				if (wholeLine.isEmpty()) continue;
				lineElements.add(element(line++, block, ElementKind.LINE, wholeLine,
					new ElementText(l.text(), l.confidence(), l.quad(), style)));
				looks.add(style);
				wholeBlock.add(wholeLine);
				strings.add(l.text());
				shown.add(l);
				sure += l.confidence() * l.text().length();
				characters += l.text().length();
			}
			if (wholeBlock.isEmpty()) continue;
			blockElements.add(element(block++, 0, ElementKind.BLOCK, wholeBlock,
				new ElementText(String.join("\n", strings), sure / characters, around(shown), looks.get(0))));
		}
		final List<Element> all = new ArrayList<>(wordElements);
		all.addAll(lineElements);
		all.addAll(blockElements);
		return all;
	}

	private static Element element(final int id, final int parent, final ElementKind kind, final Extent seen,
		final ElementText text)
	{
		return new Element(id, parent, kind, Role.TEXT, Optional.empty(), seen.bounds(), seen.area(), seen.rgb(),
			Optional.of(text));
	}

	private static int linesSeen(final FoundText text, final Extent[] seen) {
		int lines = 0;
		int at = 0;
		for (final TextLine l : text.lines()) {
			boolean any = false;
			for (int k = 0; k < l.words().size(); k++) any |= !seen[at++].isEmpty();
			if (any) lines++;
		}
		return lines;
	}

	/** The rectangle around lines, at the angle of the first. */
	private static Quad around(final List<TextLine> lines) {
		final double angle = lines.get(0).quad().angle();
		final double c = Math.cos(angle);
		final double s = Math.sin(angle);
		double left = Double.MAX_VALUE;
		double right = -Double.MAX_VALUE;
		double top = Double.MAX_VALUE;
		double bottom = -Double.MAX_VALUE;
		for (final TextLine l : lines) for (final double[] p : l.quad().corners()) {
			final double u = p[0] * c + p[1] * s;
			final double v = p[1] * c - p[0] * s;
			left = Math.min(left, u);
			right = Math.max(right, u);
			top = Math.min(top, v);
			bottom = Math.max(bottom, v);
		}
		final double u = (left + right) / 2;
		final double v = (top + bottom) / 2;
		return new Quad(u * c - v * s, u * s + v * c, right - left, bottom - top, angle);
	}

	/** For every pixel the word to which most of it belongs; −1 where there is none. */
	private static int[] owners(final RgbaImage picture, final List<WordMatte> words) {
		final int w = picture.width();
		final int[] owner = new int[w * picture.height()];
		final float[] most = new float[owner.length];
		Arrays.fill(owner, -1);
		for (int k = 0; k < words.size(); k++) {
			final WordMatte word = words.get(k);
			final Bounds b = word.bounds();
			float strongest = 0;
			for (final float a : word.alpha()) strongest = Math.max(strongest, a);
			if (strongest == 0) continue;
			final float solid = Math.min(MIN_LETTER_ALPHA, MIN_SHARE_OF_STRONGEST * strongest);
			for (int y = 0, i = 0; y < b.height(); y++) for (int x = 0; x < b.width(); x++, i++) {
				final int pixel = (b.y() + y) * w + b.x() + x;
				final float a = word.alpha()[i];
				if (a < solid || a <= most[pixel] || picture.plane(RgbaImage.ALPHA)[pixel] == 0) continue;
				most[pixel] = a;
				owner[pixel] = k;
			}
		}
		return owner;
	}

	private static Extent[] seen(final RgbaImage picture, final int[] owner, final int words) {
		final Extent[] seen = new Extent[words];
		Arrays.setAll(seen, k -> new Extent());
		for (int i = 0; i < owner.length; i++) if (owner[i] >= 0) seen[owner[i]].add(picture, i);
		return seen;
	}
}
