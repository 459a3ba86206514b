package org.layerj.eval;

import java.util.Arrays;
import java.util.List;
import org.layerj.layers.edit.ColourImage;
import org.layerj.layers.edit.Masks;

/**
 * A picture, or a part of it, distinguished into what lies behind, the background, and the foreground.
 * <p>
 * Where the picture is smooth, what lies behind is a region of gradually changing colour: the one along the border of
 * the canvas, or the largest of a part. Where it is grainy, as a micrograph is, drawn things are recognised by having
 * no grain.
 *
 * @param colours what lies behind, filled in smoothly behind the foreground; defined on the whole canvas
 * @param foreground what lies before it
 * @param grainy whether it is a micrograph or a photograph rather than a drawing
 */
record Backdrop(ColourImage colours, boolean[] foreground, boolean grainy) {

	/** Largest step between neighbouring pixels of one smooth region. */
	private static final float STEP = 3;
	/** A pixel further from the backdrop than this is foreground. */
	private static final float FOREGROUND = 7;
	/** Share of the border, and of the area of a part, from which on a region is backdrop beside the main one. */
	private static final double SIDE_BY_SIDE = .12;
	/**
	 * Step between neighbours from which on a picture is grainy: the median along a margin, the upper quartile of a
	 * part.
	 */
	private static final float GRAIN = 1.5f;
	/** Drawn things in grainy pictures: nine pixels this close together … */
	private static final float FLAT = 2;
	/** … that stand out from their surroundings by as much. */
	private static final float STANDS_OUT = 28;

	/** Of the whole canvas. */
	static Backdrop of(final ColourImage picture) {
		final boolean[] all = new boolean[picture.pixels()];
		Arrays.fill(all, true);
		return of(picture, all, true);
	}

	/** Of a part of the canvas, for example a panel. */
	static Backdrop of(final ColourImage picture, final boolean[] part) {
		return of(picture, part, false);
	}

	private static Backdrop of(final ColourImage picture, final boolean[] part, final boolean canvas) {
		final Masks masks = new Masks(picture.width(), picture.height());
		// Of a canvas, the margin tells: pictures on a white background are grainy, too.
		final int margin = Math.max(2, Math.min(picture.width(), picture.height()) / 50);
		if (grain(picture, canvas ? masks.of(i -> masks.away(i) < margin) : part, canvas ? .5 : .75) < GRAIN) {
			final boolean[] known = region(picture, part, masks, canvas);
			// Colours at the edge of a region are mixed with what lies on it. Thin regions are edge only.
			final boolean[] inner = masks.erode(known, 1);
			ColourImage behind = picture.filled(Masks.count(inner) > 0 ? inner : known);
			// What a frame or a letter encloses is backdrop too, if it looks so.
			final ColourImage first = behind;
			final boolean[] same = masks.of(i -> part[i] && picture.apart(i, first, i) <= FOREGROUND);
			behind = picture.filled(masks.erode(same, 1));
			final ColourImage second = behind;
			final boolean[] foreground = masks.of(i -> part[i] && picture.apart(i, second, i) > FOREGROUND);
			if (Masks.count(foreground) < .8 * Masks.count(part)) return new Backdrop(behind, foreground, false);
		}
		final boolean[] foreground = drawn(picture, part, masks);
		final boolean[] wide = masks.dilate(foreground, 2);
		return new Backdrop(picture.filled(masks.of(i -> part[i] && !wide[i])), foreground, true);
	}

	/** A quantile of the differences between horizontal neighbours. */
	private static float grain(final ColourImage picture, final boolean[] part, final double share) {
		final int[] steps = new int[256];
		int n = 0;
		for (int i = 0; i < part.length - 1; i++) {
			if (!part[i] || !part[i + 1] || (i + 1) % picture.width() == 0) continue;
			steps[(int) picture.apart(i, picture, i + 1)]++;
			n++;
		}
		int below = 0;
		for (int s = 0; s < steps.length; s++) {
			below += steps[s];
			if (below >= share * n) return s;
		}
		return 0;
	}

	private static boolean[] region(final ColourImage picture, final boolean[] part, final Masks masks,
		final boolean canvas)
	{
		final List<int[]> regions = masks.components(part, false, (i, j) -> picture.apart(i, picture, j) <= STEP);
		final boolean[] inner = masks.erode(part, 1);
		final boolean[] border = masks.of(i -> part[i] && (!inner[i] || masks.isBorder(i)));
		final double borderLength = Masks.count(border);
		final double area = Masks.count(part);
		final long[] touching =
			regions.stream().mapToLong(r -> Arrays.stream(r).filter(i -> border[i]).count()).toArray();
		int main = 0;
		for (int r = 1; r < touching.length; r++) {
			if (canvas ? touching[r] > touching[main] : regions.get(r).length > regions.get(main).length) main = r;
		}
		final boolean[] known = new boolean[part.length];
		for (int r = 0; r < touching.length; r++) {
			// A background that panels cut into pieces comes to the border several times; a part may be several panels
			// side
			// by side.
			final boolean beside =
				touching[r] > SIDE_BY_SIDE * borderLength && (canvas || regions.get(r).length >= SIDE_BY_SIDE * area);
			if (r == main || beside) for (final int i : regions.get(r)) known[i] = true;
		}
		return known;
	}

	private static boolean[] drawn(final ColourImage picture, final boolean[] part, final Masks masks) {
		final int w = picture.width();
		final boolean[] flat = masks.of(i -> {
			final int x = i % w;
			final int y = i / w;
			if (!part[i] || x == 0 || y == 0 || x == w - 1 || y == picture.height() - 1) return false;
			for (int dy = -1; dy <= 1; dy++)
				for (int dx = -1; dx <= 1; dx++) if (picture.apart(i, picture, i + dy * w + dx) > FLAT) return false;
			return true;
		});
		final boolean[] seeds = new boolean[part.length];
		final boolean[] near = masks.dilate(flat, 2);
		final ColourImage around = picture.filled(masks.of(i -> part[i] && !near[i]));
		for (final int[] spot : masks.components(flat, true, (i, j) -> true)) {
			// Saturated parts of a micrograph are flat as well, but run out softly.
			if (Arrays.stream(spot).mapToDouble(i -> picture.apart(i, around, i)).average().orElse(0) < STANDS_OUT)
				continue;
			for (final int i : spot) seeds[i] = true;
		}
		// A mark is all that has a seed's colour and hangs together with it: letters are thinner than the nine pixels
		// in places.
		final boolean[] foreground = new boolean[part.length];
		for (final int[] spot : masks.components(part, true, (i, j) -> picture.apart(i, picture, j) <= 2 * FLAT)) {
			if (Arrays.stream(spot).filter(i -> seeds[i]).count() * 12 < spot.length) continue;
			for (final int i : spot) foreground[i] = true;
		}
		return foreground;
	}
}
