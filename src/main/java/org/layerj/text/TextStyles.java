package org.layerj.text;

import java.awt.Font;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.layers.RgbaImage;
import org.layerj.text.LetterPixels.Fit;
import org.layerj.text.Typefaces.Typeface;

/**
 * Estimates the style of text: the text is rendered in the installed typefaces, regular, bold and italic, and compared
 * with the picture.
 * <ol>
 * <li>Each rendering is moved and scaled along and across the line until its centre and its spread are those of the
 * letters' pixels ({@link LetterPixels}).</li>
 * <li>Its score is how well both cover the same pixels (Σ min / Σ max), minus a penalty for uneven scaling.</li>
 * <li>Short lines carry little information, and a figure mostly has one typeface: the mean score over all lines is
 * added to that of each line, with less weight for longer lines.</li>
 * </ol>
 * The size is that of the typeface that fits best ({@link TextColour} has the colour). Without fonts in Java no styles
 * are found.
 */
public final class TextStyles {

	/** What uneven scaling costs, times the logarithm of its ratio. */
	private static final double UNEVEN = 0.5;
	/** How many characters of a line the fit over all lines counts as. */
	private static final double PRIOR = 6;
	/** How much better than plain the fit must be in bold and in italic. */
	private static final double BOLDER = 0.04;
	private static final double SLANTED = 0.03;
	/** Score below which the reading is wrong, or the typeface like none of these. */
	private static final double LEAST = 0.3;
	/** What a line's width counts in its size, 0 … 1; the rest is its height. */
	private static final double ALONG = 0.4;
	/** Typefaces of which italics are tried. */
	private static final int STYLED = 4;
	/** Size in pixels at which outlines are taken. */
	private static final float SIZE = 64;
	private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

	/**
	 * The styles of text.
	 *
	 * @param lines one for each line; empty where no rendering fits
	 * @param words one for each word: that of its line, with the word's colour
	 */
	public record Styles(List<Optional<TextStyle>> lines, List<Optional<TextStyle>> words) {

		public Styles {
			lines = List.copyOf(lines);
			words = List.copyOf(words);
		}
	}

	/** A line written in a typeface. */
	private record Written(Typeface face, boolean bold, boolean italic, Fit fit) {

		double score() {
			return fit.shared() - UNEVEN * Math.abs(Math.log(fit.along() / fit.across()));
		}
	}

	/** A line that is seen, and in each typeface plain and bold. */
	private record Seen(TextLine line, List<WordMatte> words, LetterPixels pixels, List<Written> plain,
		List<Written> bold)
	{

		double fit(final int face) {
			return Math.max(plain.get(face).score(), bold.get(face).score());
		}

		/** How much it says of the typeface. */
		double weight() {
			return line.text().codePoints().filter(Character::isLetterOrDigit).count();
		}
	}

	private TextStyles() {}

	/**
	 * The style of every line and word.
	 *
	 * @param picture in which the text was found; not changed
	 * @param text found in that picture
	 * @param mattes of all its words ({@link TextMatte}), in the text's order
	 * @return styles of lines and words
	 */
	public static Styles of(final RgbaImage picture, final FoundText text, final List<WordMatte> mattes) {
		final List<Optional<Seen>> seen = new ArrayList<>();
		int at = 0;
		for (final TextLine l : text.lines()) {
			seen.add(seen(l, mattes.subList(at, at + l.words().size())));
			at += l.words().size();
		}
		final double[] overall = overall(seen.stream().flatMap(Optional::stream).toList());
		final TextColour colour = new TextColour(picture);
		final List<Optional<TextStyle>> lines = new ArrayList<>();
		final List<Optional<TextStyle>> words = new ArrayList<>();
		for (int k = 0; k < seen.size(); k++) {
			final Optional<Seen> line = seen.get(k);
			final Optional<TextStyle> style = line.flatMap(s -> style(s, overall, colour));
			lines.add(style);
			for (int n = 0; n < text.lines().get(k).words().size(); n++) {
				final int word = n;
				words.add(style.map(s -> colour.of(line.get().words.get(word))
					.map(c -> new TextStyle(s.size(), c, s.bold(), s.italic(), s.family()))
					.orElse(s)));
			}
		}
		return new Styles(lines, words);
	}

	/** Empty where there are no letters, or no fonts to write them in. */
	private static Optional<Seen> seen(final TextLine line, final List<WordMatte> words) {
		final LetterPixels pixels = LetterPixels.of(words, line.quad());
		if (pixels.isEmpty() || Typefaces.ALL.isEmpty()) return Optional.empty();
		final List<Written> plain = new ArrayList<>();
		final List<Written> bold = new ArrayList<>();
		for (final Typeface f : Typefaces.ALL) {
			plain.add(written(f, false, false, line.text(), pixels));
			bold.add(written(f, true, false, line.text(), pixels));
		}
		return Optional.of(new Seen(line, words, pixels, plain, bold));
	}

	private static Written written(final Typeface face, final boolean bold, final boolean italic, final String text,
		final LetterPixels pixels)
	{
		return new Written(face, bold, italic, pixels.fit(outline(face.styled(bold, italic, SIZE), text)));
	}

	private static Shape outline(final Font font, final String text) {
		// What a typeface does not have is written in whatever Java has for it.
		final Font able = font.canDisplayUpTo(text) < 0 ? font
			: new Font(Font.SANS_SERIF, font.getStyle(), 1).deriveFont(font.getSize2D());
		final char[] letters = text.toCharArray();
		return able.layoutGlyphVector(EXACT, letters, 0, letters.length, Font.LAYOUT_LEFT_TO_RIGHT).getOutline();
	}

	/** Of each typeface, how well it fits all lines. */
	private static double[] overall(final List<Seen> lines) {
		final double[] sum = new double[Typefaces.ALL.size()];
		double weight = 0;
		for (final Seen s : lines) {
			weight += s.weight();
			for (int f = 0; f < sum.length; f++) sum[f] += s.weight() * s.fit(f);
		}
		for (int f = 0; f < sum.length; f++) sum[f] /= Math.max(1, weight);
		return sum;
	}

	private static Optional<TextStyle> style(final Seen line, final double[] overall, final TextColour colour) {
		final double prior = PRIOR / Math.max(1, line.weight());
		final List<Integer> order = IntStream.range(0, overall.length)
			.boxed()
			.sorted(Comparator.comparingDouble((Integer f) -> -line.fit(f) - prior * overall[f]))
			.toList();
		Written best = null;
		double most = -Double.MAX_VALUE;
		for (int k = 0; k < order.size(); k++) {
			final int f = order.get(k);
			final List<Written> faces = new ArrayList<>(List.of(line.plain.get(f), line.bold.get(f)));
			if (k < STYLED) for (final boolean b : new boolean[] { false, true })
				faces.add(written(Typefaces.ALL.get(f), b, true, line.line.text(), line.pixels));
			for (final Written w : faces) {
				final double score = w.score() - (w.bold ? BOLDER : 0) - (w.italic ? SLANTED : 0) + prior * overall[f];
				if (score <= most) continue;
				most = score;
				best = w;
			}
		}
		if (best == null || best.fit.shared() < LEAST) return Optional.empty();
		return Optional.of(new TextStyle(size(best.fit), colour.of(line.pixels, best.fit), best.bold, best.italic,
			best.face.family()));
	}

	/** Heights of letters differ less between typefaces than widths do, but a line's width is measured better. */
	private static double size(final Fit fit) {
		return SIZE * Math.pow(fit.along(), ALONG) * Math.pow(fit.across(), 1 - ALONG);
	}
}
