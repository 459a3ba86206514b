package org.layerj.elements;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.OkLab;
import org.layerj.text.Quad;
import org.layerj.text.TextStyle;

/**
 * The letters of words ({@link LetterShapes}).
 * <p>
 * They are not in the {@linkplain ElementsJson record}, but computed from it: from the pixels of the words and the
 * composite, so they do not depend on the layers.
 */
public final class Letters {

	/** How far upright strokes of italic type lean, as a tangent. */
	private static final double ITALIC_TANGENT = .2;
	/** Distance (Oklab) of a letter's mean colour from its word's from which it has another colour than the word. */
	private static final double OTHER_COLOUR_DISTANCE = .1;
	/** As far as the edge of a region is looked for, pixels. */
	private static final int EDGE_SEARCH_PIXELS = 2;
	/** What a reader takes for one character. */
	private static final Pattern CHARACTER = Pattern.compile("\\X");
	/** Characters of two parts beside each other. */
	private static final String PAIRS = "\"\u201c\u201d\u201e\u00ab\u00bb";

	private final Elements all;
	private final LayerStack shown;
	private final int[] labels;
	/** In no word yet, since these get other ids by them. */
	private final List<Element> letters = new ArrayList<>();
	/** By letter the id that its word has in the record. */
	private final List<Integer> of = new ArrayList<>();

	private Letters(final Elements all, final LayerStack stack) {
		this.all = all;
		// A hidden layer's words have letters too.
		shown = new LayerStack(stack.width(), stack.height(),
			stack.layers().stream().map(l -> l.withVisible(true)).toList());
		labels = all.labels().clone();
	}

	/**
	 * Elements with the letters of their words: first all letters, in the order of words and in that of reading, then
	 * the others in their order.
	 *
	 * @param all elements, words among them
	 * @param stack layers of the elements' canvas that show them
	 * @return the same with letters as the smallest elements of their words
	 */
	public static Elements in(final Elements all, final LayerStack stack) {
		final List<Element> words = all.list().stream().filter(e -> e.kind() == ElementKind.WORD).toList();
		if (words.isEmpty()) return all;
		final Letters made = new Letters(all, stack);
		words.forEach(made::word);
		return made.elements();
	}

	/**
	 * The pixels adjacent to a region that belong to letters outside of it: the anti-aliased edge of a letter may reach
	 * into the next one.
	 *
	 * @param elements of the canvas
	 * @param region some of it
	 * @return the pixels; empty if there are none
	 */
	public static Optional<Region> beside(final Elements elements, final Region region) {
		final Bounds r = region.bounds();
		final boolean[] other = new boolean[elements.list().size() + 1];
		for (final Element e : elements.list()) other[e.id()] = e.kind() == ElementKind.LETTER;
		final int w = elements.width();
		for (int y = Math.max(0, r.y()); y < Math.min(elements.height(), r.bottom()); y++)
			for (int x = Math.max(0, r.x()); x < Math.min(w, r.right()); x++)
				if (region.contains(x, y)) other[elements.labels()[y * w + x]] = false;
		return Region
			.of(new Bounds(r.x() - EDGE_SEARCH_PIXELS, r.y() - EDGE_SEARCH_PIXELS, r.width() + 2 * EDGE_SEARCH_PIXELS,
				r.height() + 2 * EDGE_SEARCH_PIXELS))
			.on(w, elements.height())
			.map(Region::bounds)
			.map(b -> new Region(b,
				Optional.of(Mask.of(b.width(), b.height(),
					i -> other[elements.labels()[(b.y() + i / b.width()) * w + b.x() + i % b.width()]]))))
			.filter(o -> o.mask().orElseThrow().count() > 0);
	}

	private Elements elements() {
		final int more = letters.size();
		final List<Element> list = new ArrayList<>();
		for (final Element e : letters) list.add(e.withIds(e.id(), of.get(e.id() - 1) + more));
		for (final Element e : all.list()) list.add(e.withIds(e.id() + more, e.parent() == 0 ? 0 : e.parent() + more));
		for (int i = 0; i < labels.length; i++) labels[i] = labels[i] > 0 ? labels[i] + more : -labels[i];
		return new Elements(all.width(), all.height(), labels, list);
	}

	private void word(final Element word) {
		final Bounds b = word.bounds();
		final RgbaImage picture = Compositor.flatten(new LayerStack(b.width(), b.height(),
			shown.layers().stream().map(l -> l.at(l.bounds().x() - b.x(), l.bounds().y() - b.y())).toList()));
		final boolean[] own = new boolean[Math.toIntExact(b.area())];
		final boolean[] other = new boolean[own.length];
		for (int i = 0; i < own.length; i++) {
			final int label = all.labels()[(b.y() + i / b.width()) * all.width() + b.x() + i % b.width()];
			own[i] = label == word.id();
			other[i] = !own[i] && label != 0 && all.get(label).kind() == ElementKind.WORD;
		}
		final boolean leans = word.text().flatMap(ElementText::style).filter(TextStyle::italic).isPresent();
		final List<String> characters = CHARACTER.matcher(word.text().map(ElementText::string).orElse(""))
			.results()
			.map(MatchResult::group)
			.filter(c -> !c.isBlank())
			.flatMap(c -> PAIRS.contains(c) ? Stream.of(c, "") : Stream.of(c))
			.toList();
		final List<LetterShapes.Shape> shapes =
			new LetterShapes(b.width(), own, share(picture, own, other), angle(word), leans ? ITALIC_TANGENT : 0)
				.letters(characters.size());
		final boolean known = shapes.size() == characters.size();
		for (int k = 0; k < shapes.size(); k++) {
			LetterShapes.Shape shape = shapes.get(k);
			final String says = known ? characters.get(k) : "";
			if (known && k + 1 < shapes.size() && characters.get(k + 1).isEmpty()) shape = shape.and(shapes.get(++k));
			letter(word, b, shape, says, picture);
		}
	}

	/** The reading direction; text that was turned is not known any more, but runs along the longer side. */
	private double angle(final Element word) {
		final Bounds line = all.around(word).orElse(word).bounds();
		return word.text().map(t -> t.quad().angle()).orElse(line.height() > line.width() ? Math.PI / 2 : 0);
	}

	/**
	 * How much of each pixel is letter, more or less: how far its colour I lies from that around the letters, B, to the
	 * letters' own, F, each a mean: (I − B)·(F − B) / |F − B|².
	 *
	 * @param own pixels of the word
	 * @param other pixels of other words, which are none of this
	 */
	private static float[] share(final RgbaImage picture, final boolean[] own, final boolean[] other) {
		final float[] share = new float[own.length];
		final double[] around = mean(picture, i -> !own[i] && !other[i]);
		final double[] letters = mean(picture, i -> own[i]);
		double square = 0;
		for (int c = 0; c < 3; c++) square += (letters[c] - around[c]) * (letters[c] - around[c]);
		for (int i = 0; i < share.length; i++) {
			double dot = 0;
			for (int c = 0; c < 3; c++) dot += ((picture.plane(c)[i] & 0xff) - around[c]) * (letters[c] - around[c]);
			share[i] = other[i] || square == 0 ? 0 : (float) Math.max(0, Math.min(1, dot / square));
		}
		return share;
	}

	private static double[] mean(final RgbaImage picture, final IntPredicate of) {
		final double[] mean = new double[3];
		int n = 0;
		for (int i = 0; i < picture.plane(0).length; i++) {
			if (!of.test(i)) continue;
			n++;
			for (int c = 0; c < 3; c++) mean[c] += picture.plane(c)[i] & 0xff;
		}
		for (int c = 0; c < 3; c++) mean[c] /= Math.max(1, n);
		return mean;
	}

	private void letter(final Element word, final Bounds b, final LetterShapes.Shape shape, final String says,
		final RgbaImage picture)
	{
		final int id = letters.size() + 1;
		final Extent extent = new Extent();
		for (final int i : shape.pixels()) {
			extent.add(picture, i);
			labels[(b.y() + i / b.width()) * all.width() + b.x() + i % b.width()] = -id;
		}
		final Bounds at = extent.bounds();
		of.add(word.id());
		letters.add(
			new Element(id, 0, ElementKind.LETTER, word.role(), word.layer(), at.at(b.x() + at.x(), b.y() + at.y()),
				extent.area(), extent.rgb(), word.text().map(t -> text(t, b, shape, says, extent.rgb(), word.rgb()))));
	}

	/** As high as the word, by which letters of one size are known. */
	private static ElementText text(final ElementText word, final Bounds b, final LetterShapes.Shape shape,
		final String says, final int rgb, final int wordRgb)
	{
		final Quad q = word.quad();
		final double c = Math.cos(q.angle());
		final double s = Math.sin(q.angle());
		final double along = (shape.from() + shape.to()) / 2 + b.x() * c + b.y() * s - q.x() * c - q.y() * s;
		final boolean other = OkLab.of(rgb).distance(OkLab.of(wordRgb)) > OTHER_COLOUR_DISTANCE;
		return new ElementText(says, word.confidence(),
			new Quad(q.x() + along * c, q.y() + along * s, shape.to() - shape.from(), q.height(), q.angle()),
			word.style().map(t -> other ? new TextStyle(t.size(), rgb, t.bold(), t.italic(), t.family()) : t));
	}
}
