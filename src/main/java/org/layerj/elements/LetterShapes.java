package org.layerj.elements;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Tells the letters of a word apart: connected pixels, with what lies above or below them, as the dot of an i or an
 * accent does. What counts as connected is half a pixel of letter and more; or so much less or more that there are as
 * many letters as wanted, since thin strokes come apart at half a pixel, and letters that stand close touch.
 */
final class LetterShapes {

	/** How much of a pixel is letter, of the most that there is in the word; the first that fits is taken. */
	private static final double[] LETTER_ALPHAS = { .5, .4, .6, .3, .7, .2, .8, .1, .9 };
	/** Share of the narrower one's width that lies above or below another part of the same letter. */
	private static final double SAME_COLUMN_SHARE = .5;

	/**
	 * A letter.
	 *
	 * @param from where it begins along the line, pixels from the origin of the window
	 * @param to where it ends
	 * @param pixels their indices in the window, at least one
	 */
	record Shape(double from, double to, int[] pixels) {

		Shape and(final Shape o) {
			return new Shape(Math.min(from, o.from), Math.max(to, o.to),
				IntStream.concat(Arrays.stream(pixels), Arrays.stream(o.pixels)).toArray());
		}
	}

	/** Connected pixels, or several such parts of one letter. */
	private static final class Part {

		double from = Double.MAX_VALUE;
		double to = -Double.MAX_VALUE;
		final List<Integer> ids = new ArrayList<>();

		double overlap(final Part o) {
			return Math.min(to, o.to) - Math.max(from, o.from);
		}

		double width() {
			return to - from;
		}
	}

	private final int w;
	private final int h;
	private final boolean[] own;
	private final float[] alpha;
	private final double[] along;
	/** Half of a pixel's extent along the line. */
	private final double half;

	/**
	 * A word.
	 *
	 * @param width of the window, pixels
	 * @param own the word's pixels, row by row; at least one
	 * @param alpha how much of each pixel is letter, 0 … 1
	 * @param angle of the reading direction, radians, clockwise
	 * @param lean tangent of the angle by which upright strokes lean
	 */
	LetterShapes(final int width, final boolean[] own, final float[] alpha, final double angle, final double lean) {
		w = width;
		h = own.length / width;
		this.own = own;
		this.alpha = alpha;
		final double c = Math.cos(angle);
		final double s = Math.sin(angle);
		half = (Math.abs(c) + Math.abs(s)) / 2;
		along = new double[own.length];
		Arrays.setAll(along, i -> {
			final double x = i % w + .5;
			final double y = i / w + .5;
			return x * c + y * s + lean * ((y - h / 2.0) * c - (x - w / 2.0) * s);
		});
	}

	/**
	 * The letters, in reading order; every pixel of the word belongs to one.
	 *
	 * @param wanted how many there should be; 0 if that is not known
	 */
	List<Shape> letters(final int wanted) {
		final int[] ids = new int[own.length];
		List<Part> best = List.of();
		double level = 0;
		for (final double solid : wanted == 0 ? new double[] { LETTER_ALPHAS[0] } : LETTER_ALPHAS) {
			final List<Part> parts = parts(solid, ids);
			if (!best.isEmpty() && Math.abs(parts.size() - wanted) >= Math.abs(best.size() - wanted)) continue;
			best = parts;
			level = solid;
			if (parts.size() == wanted) break;
		}
		best = parts(level, ids);
		return shapes(best, ids);
	}

	/**
	 * Letters by pixels of at least so much letter, in reading order. Weaker pixels of the word belong to what they are
	 * connected with; what is connected with nothing is a part too, since a word may have letters of other colours.
	 *
	 * @param ids becomes for each pixel the connected part, of those that letters consist of, or 0
	 */
	private List<Part> parts(final double solid, final int[] ids) {
		Arrays.fill(ids, 0);
		final int[] queue = new int[own.length];
		final List<Part> connected = new ArrayList<>();
		for (int i = 0; i < own.length; i++)
			if (ids[i] == 0 && own[i] && isSolid(i, solid))
				connected.add(part(i, connected.size() + 1, ids, queue, j -> isSolid(j, solid)));
		int size = 0;
		for (int i = 0; i < own.length; i++) if (ids[i] != 0) queue[size++] = i;
		for (int k = 0; k < size; k++) {
			final int id = ids[queue[k]];
			size = around(queue[k], queue, size, j -> own[j] && ids[j] == 0, j -> ids[j] = id);
		}
		for (int i = 0; i < own.length; i++)
			if (ids[i] == 0 && own[i]) connected.add(part(i, connected.size() + 1, ids, queue, j -> own[j]));
		return columns(connected);
	}

	/** The word's own pixels are those of half and more. */
	private boolean isSolid(final int i, final double solid) {
		return solid == LETTER_ALPHAS[0] ? own[i]
			: solid < LETTER_ALPHAS[0] ? own[i] || alpha[i] >= solid : own[i] && alpha[i] >= solid;
	}

	private Part part(final int first, final int id, final int[] ids, final int[] queue, final IntPredicate of) {
		final Part part = new Part();
		part.ids.add(id);
		int size = 0;
		queue[size++] = first;
		ids[first] = id;
		for (int k = 0; k < size; k++) {
			final int i = queue[k];
			part.from = Math.min(part.from, along[i] - half);
			part.to = Math.max(part.to, along[i] + half);
			size = around(i, queue, size, j -> ids[j] == 0 && of.test(j), j -> ids[j] = id);
		}
		return part;
	}

	/** Joins what lies above each other. */
	private static List<Part> columns(final List<Part> connected) {
		final List<Part> letters = new ArrayList<>();
		// Wide ones first: what lies above or below belongs to them.
		connected.sort(Comparator.comparingDouble(Part::width).reversed());
		for (final Part part : connected) {
			letters.stream()
				.filter(l -> l.overlap(part) >= SAME_COLUMN_SHARE * part.width())
				.max(Comparator.comparingDouble(part::overlap))
				.ifPresentOrElse(l -> {
					l.ids.addAll(part.ids);
					l.from = Math.min(l.from, part.from);
					l.to = Math.max(l.to, part.to);
				}, () -> letters.add(part));
		}
		letters.sort(Comparator.comparingDouble(l -> l.from + l.to));
		return letters;
	}

	private List<Shape> shapes(final List<Part> letters, final int[] ids) {
		final int[] letter = new int[own.length + 1];
		final List<IntStream.Builder> pixels = new ArrayList<>();
		for (int k = 0; k < letters.size(); k++) {
			for (final int id : letters.get(k).ids) letter[id] = k;
			pixels.add(IntStream.builder());
		}
		for (int i = 0; i < own.length; i++) if (own[i]) pixels.get(letter[ids[i]]).add(i);
		return pixels.stream().map(p -> p.build().toArray()).map(this::shape).toList();
	}

	private Shape shape(final int[] pixels) {
		return new Shape(Arrays.stream(pixels).mapToDouble(i -> along[i] - half).min().orElseThrow(),
			Arrays.stream(pixels).mapToDouble(i -> along[i] + half).max().orElseThrow(), pixels);
	}

	/** Adds the neighbours of a pixel for which something holds to a queue; returns its new size. */
	private int around(final int i, final int[] queue, final int size, final IntPredicate test,
		final IntConsumer mark)
	{
		int n = size;
		for (int y = Math.max(0, i / w - 1); y <= Math.min(h - 1, i / w + 1); y++)
			for (int x = Math.max(0, i % w - 1); x <= Math.min(w - 1, i % w + 1); x++)
			{
				if (!test.test(y * w + x)) continue;
				mark.accept(y * w + x);
				queue[n++] = y * w + x;
			}
		return n;
	}
}
