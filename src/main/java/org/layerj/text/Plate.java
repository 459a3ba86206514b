package org.layerj.text;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.layerj.layers.Bounds;
import org.layerj.layers.edit.Masks;

/**
 * Finds the plate that a line of text stands on: a rectangle of one colour behind it that ends near the line's box or
 * within it. It is as thin as letters are beside them, so that it would be taken for one.
 */
final class Plate {

	/** Greatest distance of a colour of 0 … 441 from the plate's. */
	private static final double LIKE = 44;
	/** Colours are counted in cubes of this side. */
	private static final int BIN = 16;
	/** Least share of a plate's edge that has its colour, and most of the whole: a bar has all of it. */
	private static final double STRAIGHT = 0.9;
	private static final double FILLED = 0.97;
	/** Least share of a box's length that lies on the plate: a longer part of it holds letters. */
	private static final double LONG = 0.75;
	/** A character like 口 is as wide as high. */
	private static final double WIDE = 1.5;

	private Plate() {}

	/**
	 * The plate of a line that is level or stands on end; empty if there is none, or if no end of it is seen.
	 *
	 * @param quad the line's box
	 * @param around what is looked at
	 */
	static Optional<Bounds> of(final Rgb picture, final Quad quad, final Bounds around) {
		if (Math.abs(Math.sin(2 * quad.angle())) > 1e-6) return Optional.empty();
		final Bounds box = quad.bounds(picture.width, picture.height);
		final double[] colour = mostFrequent(picture, box);
		final int w = around.width();
		final boolean[] like = new boolean[w * around.height()];
		for (int i = 0; i < like.length; i++)
			like[i] = distance(picture, (around.y() + i / w) * picture.width + around.x() + i % w, colour) <= LIKE;
		final Optional<Bounds> plate = new Masks(w, around.height()).components(like, true, (i, j) -> true)
			.stream()
			.reduce((a, b) -> b.length > a.length ? b : a)
			.flatMap(pixels -> rectangle(pixels, w, around));
		final boolean level = Math.abs(Math.sin(quad.angle())) < 0.5;
		return plate.filter(b -> holds(b, box, level));
	}

	/** Whether a plate holds all letters of a box, by its length, and is no letter itself. */
	private static boolean holds(final Bounds plate, final Bounds box, final boolean level) {
		if (!plate.contains(box.x() + box.width() / 2, box.y() + box.height() / 2)) return false;
		final double shared = level ? Math.min(plate.right(), box.right()) - Math.max(plate.x(), box.x())
			: Math.min(plate.bottom(), box.bottom()) - Math.max(plate.y(), box.y());
		if (shared < LONG * (level ? box.width() : box.height())) return false;
		final boolean within = box.x() <= plate.x() && box.y() <= plate.y() && box.right() >= plate.right()
			&& box.bottom() >= plate.bottom();
		return !within || (level ? plate.width() : plate.height()) >= WIDE * (level ? plate.height() : plate.width());
	}

	/** The rectangle that pixels fill but for letters in it; empty if they do not, or reach the edge all around. */
	private static Optional<Bounds> rectangle(final int[] pixels, final int w, final Bounds around) {
		// A noisy background may have the plate's colour here and there.
		final int[] rows = new int[around.height()];
		for (final int i : pixels) rows[i / w]++;
		final int[] y = ends(rows);
		final int[] columns = new int[w];
		for (final int i : pixels) if (i / w >= y[0] && i / w < y[1]) columns[i % w]++;
		final int[] x = ends(columns);
		final int width = x[1] - x[0];
		final int height = y[1] - y[0];
		if (width == w && height == around.height()) return Optional.empty();
		if (!isSharp(rows, y) || !isSharp(columns, x)) return Optional.empty();
		if (Arrays.stream(columns, x[0], x[1]).sum() > FILLED * width * height) return Optional.empty();
		return Optional.of(new Bounds(around.x() + x[0], around.y() + y[0], width, height));
	}

	/** From the first to behind the last that is nearly as many as most. */
	private static int[] ends(final int[] counts) {
		final int most = Arrays.stream(counts).max().orElseThrow();
		final int[] many = IntStream.range(0, counts.length).filter(k -> counts[k] >= STRAIGHT * most).toArray();
		return new int[] { many[0], many[many.length - 1] + 1 };
	}

	/** Whether there are few two pixels beyond the ends: beside them there may be blends. */
	private static boolean isSharp(final int[] counts, final int[] ends) {
		final int half = Arrays.stream(counts).max().orElseThrow() / 2;
		return (ends[0] < 2 || counts[ends[0] - 2] < half)
			&& (ends[1] > counts.length - 2 || counts[ends[1] + 1] < half);
	}

	/** The mean of the most frequent colours. */
	private static double[] mostFrequent(final Rgb picture, final Bounds box) {
		final int bins = 256 / BIN;
		final int[] count = new int[bins * bins * bins];
		final long[][] sum = new long[3][count.length];
		int most = 0;
		for (int y = box.y(); y < box.bottom(); y++) for (int x = box.x(); x < box.right(); x++) {
			final int i = y * picture.width + x;
			int bin = 0;
			for (int c = 0; c < 3; c++) bin = bin * bins + (picture.planes[c][i] & 0xff) / BIN;
			for (int c = 0; c < 3; c++) sum[c][bin] += picture.planes[c][i] & 0xff;
			if (++count[bin] > count[most]) most = bin;
		}
		final double[] mean = new double[3];
		for (int c = 0; c < 3; c++) mean[c] = (double) sum[c][most] / count[most];
		return mean;
	}

	private static double distance(final Rgb picture, final int i, final double[] colour) {
		double sum = 0;
		for (int c = 0; c < 3; c++) sum += Math.pow((picture.planes[c][i] & 0xff) - colour[c], 2);
		return Math.sqrt(sum);
	}

	/** The part of a line's box that lies on its plate, with some of the plate around. */
	static Quad on(final Bounds plate, final Quad quad, final int margin) {
		final boolean level = Math.abs(Math.sin(quad.angle())) < 0.5;
		final double w = level ? quad.width() : quad.height();
		final double h = level ? quad.height() : quad.width();
		final double left = Math.max(quad.x() - w / 2, plate.x() + margin);
		final double right = Math.min(quad.x() + w / 2, plate.right() - margin);
		final double top = Math.max(quad.y() - h / 2, plate.y() + margin);
		final double bottom = Math.min(quad.y() + h / 2, plate.bottom() - margin);
		if (right - left < 1 || bottom - top < 1) return quad;
		return new Quad((left + right) / 2, (top + bottom) / 2, level ? right - left : bottom - top,
			level ? bottom - top : right - left, quad.angle());
	}
}
