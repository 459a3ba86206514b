package org.layerj.layers.edit;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
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
	private static final double APART = 0.12;
	private static final double ALIKE = 0.06;
	/** Most of the distance that may be left of it for those readers. */
	private static final double LEFT = 0.38;
	/** Levels by which neighbours of one colour differ at most. */
	private static final int FLAT = 3;
	/** Share of a picture's opaque pixels that are such if it is a drawing. */
	private static final double DRAWN = 0.2;
	/** Chroma in {@link OkLab} below which a colour is grey. */
	private static final double GREY = 0.04;
	/** Least share of a picture that a colour has; less of it are remains of edges. */
	private static final double LEAST = 0.0005;
	/** Parts of a picture's longer side in which colours are looked for, and how many parts are beside one another. */
	private static final int PARTS = 100;
	private static final int BESIDE = 10;

	/**
	 * The pairs among the main colours of a picture's areas of one colour that stand beside one another: colours of
	 * different panels need not be distinguished. None in a photograph, which has no such areas. Each pair once, for
	 * the first vision of {@link ColourVision} that it is alike for.
	 *
	 * @param picture not changed; what is transparent does not count
	 * @return none, if all main colours can be distinguished
	 */
	public static List<ColourPair> alike(final RgbaImage picture) {
		final RgbaImage flat = flat(picture);
		final List<ColourPair> pairs = new ArrayList<>();
		final int seen = opaque(flat);
		if (seen == 0 || seen < DRAWN * opaque(picture)) return pairs;
		final List<Integer> colours = colours(flat);
		final Map<Integer, BitSet> places = new HashMap<>();
		for (int i = 0; i < colours.size(); i++) for (int j = 0; j < i; j++) {
			final int a = colours.get(i);
			final int b = colours.get(j);
			final double apart = OkLab.of(a).distance(OkLab.of(b));
			if (apart < APART) continue;
			final double alike = Math.min(ALIKE, LEFT * apart);
			for (final ColourVision v : ColourVision.values()) {
				if (OkLab.of(v.simulate(a)).distance(OkLab.of(v.simulate(b))) > alike) continue;
				if (areBeside(places.computeIfAbsent(a, c -> places(flat, c)),
					places.computeIfAbsent(b, c -> places(flat, c)), columns(flat))) pairs.add(new ColourPair(b, a, v));
				break;
			}
		}
		return pairs;
	}

	private static int opaque(final RgbaImage picture) {
		int opaque = 0;
		for (final byte a : picture.plane(RgbaImage.ALPHA)) if (a != 0) opaque++;
		return opaque;
	}

	/**
	 * The background, the main colours of the rest, and the main colours of what is not grey: markers and lines cover
	 * little beside paper, plates and text.
	 */
	private static List<Integer> colours(final RgbaImage flat) {
		final int background = MainColours.dominant(Layer.of("a", "a", flat));
		final RgbaImage rest = without(flat, rgb -> isLike(rgb, background));
		final List<Integer> out = new ArrayList<>(List.of(background));
		MainColours.of(List.of(Layer.of("a", "a", rest))).forEach(c -> out.add(c.rgb()));
		final Map<Integer, Boolean> grey = new HashMap<>();
		final RgbaImage coloured = without(rest, rgb -> grey.computeIfAbsent(rgb, c -> OkLab.of(c).chroma() < GREY));
		MainColours.of(List.of(Layer.of("a", "a", coloured)))
			.stream()
			.filter(c -> c.weight() >= LEAST * flat.width() * flat.height())
			.forEach(c -> out.add(c.rgb()));
		return out.stream().distinct().toList();
	}

	private static int rgb(final RgbaImage picture, final int i) {
		return (picture.plane(0)[i] & 0xff) << 16 | (picture.plane(1)[i] & 0xff) << 8 | picture.plane(2)[i] & 0xff;
	}

	private static boolean isLike(final int a, final int b) {
		for (int shift = 0; shift <= 16; shift += 8)
			if (Math.abs((a >> shift & 0xff) - (b >> shift & 0xff)) > FLAT) return false;
		return true;
	}

	private static RgbaImage without(final RgbaImage picture, final IntPredicate colours) {
		final RgbaImage out = picture.copy();
		final byte[] alpha = out.plane(RgbaImage.ALPHA);
		for (int i = 0; i < alpha.length; i++) if (alpha[i] != 0 && colours.test(rgb(picture, i))) alpha[i] = 0;
		return out;
	}

	/** The part that a column or row is in. */
	private static int part(final RgbaImage picture, final int at) {
		final int side = Math.max(picture.width(), picture.height());
		return at * Math.min(PARTS, side) / side;
	}

	private static int columns(final RgbaImage picture) {
		return part(picture, picture.width() - 1) + 1;
	}

	/** In which parts of a picture a colour is, row by row. */
	private static BitSet places(final RgbaImage flat, final int colour) {
		final BitSet places = new BitSet();
		for (int y = 0; y < flat.height(); y++) for (int x = 0; x < flat.width(); x++) {
			final int i = y * flat.width() + x;
			if (flat.plane(RgbaImage.ALPHA)[i] != 0 && isLike(rgb(flat, i), colour))
				places.set(part(flat, y) * columns(flat) + part(flat, x));
		}
		return places;
	}

	/** Whether two colours are no farther apart than bars of one chart: as far as the smaller one is large. */
	private static boolean areBeside(final BitSet a, final BitSet b, final int columns) {
		final int reach = (int) Math.max(BESIDE, Math.sqrt(Math.min(a.cardinality(), b.cardinality())));
		return a.stream().anyMatch(i -> {
			final int from = Math.max(0, i % columns - reach);
			final int to = Math.min(columns - 1, i % columns + reach);
			for (int y = Math.max(0, i / columns - reach); y <= i / columns + reach; y++) {
				final int next = b.nextSetBit(y * columns + from);
				if (next >= 0 && next <= y * columns + to) return true;
			}
			return false;
		});
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
