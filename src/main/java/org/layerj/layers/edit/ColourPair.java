package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.List;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/**
 * Two colours of a figure that people with a colour vision deficiency cannot tell apart.
 *
 * @param first {@code 0xRRGGBB}
 * @param second {@code 0xRRGGBB}
 * @param vision of those who do not
 */
public record ColourPair(int first, int second, ColourVision vision) {

	/** Distances in {@link OkLab}: colours that are meant to be distinguished, and that are not. */
	private static final double APART = 0.14;
	private static final double ALIKE = 0.06;
	/** Levels by which neighbours of one colour differ at most. */
	private static final int FLAT = 3;
	/** Share of a picture that is of such pixels if it is a drawing. */
	private static final double DRAWN = 0.2;

	/**
	 * The pairs among the main colours of a picture's areas of one colour; none in a photograph, which has no such
	 * areas. Each pair once, for the first vision of {@link ColourVision} that it is alike for.
	 *
	 * @param picture not changed
	 * @return none, if all main colours can be distinguished
	 */
	public static List<ColourPair> alike(final RgbaImage picture) {
		final RgbaImage flat = flat(picture);
		final List<ColourPair> pairs = new ArrayList<>();
		int seen = 0;
		for (final byte a : flat.plane(RgbaImage.ALPHA)) if (a != 0) seen++;
		if (seen < DRAWN * picture.width() * picture.height()) return pairs;
		final List<Integer> colours = withoutLargest(flat);
		for (int i = 0; i < colours.size(); i++) for (int j = 0; j < i; j++) {
			final int a = colours.get(i);
			final int b = colours.get(j);
			if (OkLab.of(a).distance(OkLab.of(b)) < APART) continue;
			for (final ColourVision v : ColourVision.values()) {
				if (OkLab.of(v.simulate(a)).distance(OkLab.of(v.simulate(b))) > ALIKE) continue;
				pairs.add(new ColourPair(b, a, v));
				break;
			}
		}
		return pairs;
	}

	/** Main colours; those of what is small beside the background count by their share of the rest. */
	private static List<Integer> withoutLargest(final RgbaImage flat) {
		final List<Integer> out = new ArrayList<>();
		final int background = MainColours.dominant(Layer.of("a", "a", flat));
		out.add(background);
		final RgbaImage rest = flat.copy();
		final byte[] alpha = rest.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) {
			boolean same = true;
			for (int c = 0; c < 3; c++)
				same &= Math.abs((rest.plane(c)[i] & 0xff) - (background >> 16 - 8 * c & 0xff)) <= FLAT;
			if (same) alpha[i] = 0;
		}
		MainColours.of(List.of(Layer.of("a", "a", rest))).forEach(c -> out.add(c.rgb()));
		return out.stream().distinct().toList();
	}

	/** The pixels that look like those around them; all others transparent. */
	private static RgbaImage flat(final RgbaImage picture) {
		final int w = picture.width();
		final RgbaImage out = picture.copy();
		final byte[] alpha = out.plane(RgbaImage.ALPHA);
		for (int y = 0; y < picture.height(); y++)
			for (int x = 0; x < w; x++) if (!isFlat(picture, x, y)) alpha[y * w + x] = 0;
		return out;
	}

	/**
	 * Whether a pixel looks like those beside, above and below it.
	 *
	 * @param picture not changed
	 * @param x column, counted from 0 at the left
	 * @param y row, counted from 0 at the top
	 * @return those beyond the edge do not count
	 */
	public static boolean isFlat(final RgbaImage picture, final int x, final int y) {
		final int w = picture.width();
		final int i = y * w + x;
		for (int c = 0; c < 3; c++) {
			final byte[] p = picture.plane(c);
			final int v = p[i] & 0xff;
			if (x > 0 && Math.abs((p[i - 1] & 0xff) - v) > FLAT || x < w - 1 && Math.abs((p[i + 1] & 0xff) - v) > FLAT
				|| y > 0 && Math.abs((p[i - w] & 0xff) - v) > FLAT
				|| y < picture.height() - 1 && Math.abs((p[i + w] & 0xff) - v) > FLAT) return false;
		}
		return true;
	}
}
