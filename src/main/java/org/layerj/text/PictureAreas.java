package org.layerj.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.layerj.layers.Bounds;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.ColourPair;
import org.layerj.layers.edit.Masks;

/**
 * The photographs and micrographs in a figure. In what programs draw, most pixels equal their left neighbour exactly;
 * in what a camera took, few do.
 */
final class PictureAreas {

	/** Cells along the longer side of a figure; a cell has at least so many pixels along each of its sides. */
	private static final int CELLS = 96;
	private static final int SMALLEST = 8;
	/** A cell is part of a picture if less of its pixels equal their neighbour; of text in a JPEG, more do. */
	private static final double EQUAL = 0.25;
	/** Of a figure, and of the rectangle around it, a picture has at least this share; and so many cells each way. */
	private static final double LEAST = 0.01;
	private static final double FULL = 0.6;
	private static final int FEWEST = 4;

	/** Share of pixels that differ from their neighbours in a micrograph. */
	private static final double TEXTURED = 0.15;
	/** Levels by which the channels of grey differ at most. */
	private static final int GREY = 12;
	/** A channel below this share of the strongest is dark: what fluoresces has one or two channels. */
	private static final double DARK = 0.35;
	/** Share of a micrograph's pixels that are grey; or are grey or glow, on black. */
	private static final double ALL_GREY = 0.9;
	private static final double GLOWING = 0.7;
	/** Mean level, 0 … 1, above which what is grey may be a blot or a gel. */
	private static final double PALE = 0.75;
	/** Levels below which a pixel is black, and what share is behind what glows: dark photographs have less. */
	private static final int DIM = 40;
	private static final double BLACK = 0.25;
	/**
	 * Of a stained section: least mean level, least length of the mean hue vector over the mean chroma, least chroma.
	 */
	private static final double BRIGHT = 0.5;
	private static final double ONE_HUE = 0.9;
	private static final double STAINED = 0.08;

	private PictureAreas() {}

	/** The pictures of a figure, each with the rectangle around it; in rows from the top. */
	static List<Bounds> of(final RgbaImage figure) {
		final int size = Math.max(SMALLEST, Math.round((float) Math.max(figure.width(), figure.height()) / CELLS));
		final int w = figure.width() / size;
		final int h = figure.height() / size;
		final boolean[] cells = new boolean[w * h];
		for (int y = 0; y < h; y++)
			for (int x = 0; x < w; x++) cells[y * w + x] = equal(figure, x * size, y * size, size) < EQUAL;
		final List<Bounds> pictures = new ArrayList<>();
		for (final int[] part : new Masks(w, h).components(cells, false, (i, j) -> true)) {
			final int left = Arrays.stream(part).map(k -> k % w).min().orElseThrow();
			final int right = Arrays.stream(part).map(k -> k % w).max().orElseThrow() + 1;
			final int top = part[0] / w;
			final int bottom = Arrays.stream(part).max().orElseThrow() / w + 1;
			final int area = (right - left) * (bottom - top);
			if (Math.min(right - left, bottom - top) >= FEWEST && area >= LEAST * w * h && part.length >= FULL * area)
				pictures.add(new Bounds(left * size, top * size, (right - left) * size, (bottom - top) * size));
		}
		return pictures;
	}

	private static double equal(final RgbaImage p, final int left, final int top, final int size) {
		int equal = 0;
		for (int y = top; y < top + size; y++) for (int x = left; x < left + size; x++) {
			final int i = y * p.width() + x;
			if (x == 0 || p.plane(0)[i] == p.plane(0)[i - 1] && p.plane(1)[i] == p.plane(1)[i - 1]
				&& p.plane(2)[i] == p.plane(2)[i - 1]) equal++;
		}
		return (double) equal / (size * size);
	}

	/**
	 * Whether a picture looks as a microscope shows things: grey; glowing in few colours on black; or stained in pink
	 * and purple. It is not smooth.
	 */
	static boolean isMicrograph(final RgbaImage figure, final Bounds picture) {
		long textured = 0;
		long grey = 0;
		long glowing = 0;
		long black = 0;
		double level = 0;
		double chroma = 0;
		double red = 0;
		double yellow = 0;
		for (int y = picture.y(); y < picture.bottom(); y++) for (int x = picture.x(); x < picture.right(); x++) {
			final int i = y * figure.width() + x;
			final int r = figure.plane(0)[i] & 0xff;
			final int g = figure.plane(1)[i] & 0xff;
			final int b = figure.plane(2)[i] & 0xff;
			final int most = Math.max(r, Math.max(g, b));
			final int least = Math.min(r, Math.min(g, b));
			if (!ColourPair.isFlat(figure, x, y)) textured++;
			if (most - least <= GREY) grey++;
			if (most - least <= GREY || least <= DARK * most) glowing++;
			if (most < DIM) black++;
			level += (r + g + b) / 3.0;
			chroma += most - least;
			// The hue's direction, as long as the chroma.
			final double angle = Math.atan2(Math.sqrt(3) * (g - b), 2 * r - g - b);
			red += (most - least) * Math.cos(angle);
			yellow += (most - least) * Math.sin(angle);
		}
		final double all = (double) picture.width() * picture.height();
		final double mean = level / all / 255;
		if (textured < TEXTURED * all) return false;
		if (grey >= ALL_GREY * all) return mean < PALE;
		if (glowing >= GLOWING * all && black >= BLACK * all) return true;
		// Between blue and red, which hue vectors with a red and a blue part show.
		return mean > BRIGHT && chroma > STAINED * 255 * all && Math.hypot(red, yellow) > ONE_HUE * chroma && red > 0
			&& yellow < 0;
	}
}
