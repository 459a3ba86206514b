package org.layerj.layers.edit;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.layerj.layers.RgbaImage;

/**
 * Mattes a foreground on a known background that comes back slightly changed, for example by a network that generates
 * the whole picture. The change is measured at the picture's margin, which shows background only.
 */
public final class DifferenceMatte {

	/** Width of the margin as a share of the shorter side, and in pixels at least. */
	private static final double MARGIN = 0.03;
	private static final int LEAST_MARGIN = 2;
	/** A pixel stands out if it differs by so many levels more than nearly all of the margin does. */
	private static final int LEVELS = 12;
	private static final double NEARLY = 0.98;
	/** Fewer pixels than this that hang together are the network's noise. */
	private static final int SPECK = 6;

	private DifferenceMatte() {}

	/**
	 * The picture without its background: alpha and, at its edges, colours free of the background's.
	 *
	 * @param picture opaque; nothing stands before its margin
	 * @param behind the background, opaque and as large
	 * @return as large as the picture, straight alpha
	 */
	public static RgbaImage of(final RgbaImage picture, final RgbaImage behind) {
		final ColourImage seen = ColourImage.of(picture);
		final ColourImage known = ColourImage.of(behind);
		final Masks masks = new Masks(seen.width(), seen.height());
		final int wide = Math.max(LEAST_MARGIN, (int) (MARGIN * Math.min(seen.width(), seen.height())));
		final boolean[] margin = masks.of(i -> masks.away(i) < wide);
		// The background as it came back: shifted by as much as the margin is.
		for (int c = 0; c < 3; c++) {
			final float[] plane = known.rgb()[c];
			final float[] now = seen.rgb()[c];
			final int shift = quantile(margin, 0.5, i -> Math.round(now[i] - plane[i]));
			for (int i = 0; i < plane.length; i++) plane[i] = Math.max(0, Math.min(255, plane[i] + shift));
		}
		final float least = LEVELS + quantile(margin, NEARLY, i -> Math.round(seen.apart(i, known, i)));
		final boolean[] foreground = masks.of(i -> seen.apart(i, known, i) > least);
		for (final int[] part : masks.components(foreground.clone(), true, (i, j) -> true))
			if (part.length < SPECK) for (final int i : part) foreground[i] = false;
		final boolean[] all = masks.of(i -> true);
		final Matte matte = Matte.of(seen, known, foreground, all);
		return matte.colours().toLayer(matte.alpha());
	}

	private static int quantile(final boolean[] where, final double share, final IntUnaryOperator value) {
		final int[] values = new int[Masks.count(where)];
		int n = 0;
		for (int i = 0; i < where.length; i++) if (where[i]) values[n++] = value.applyAsInt(i);
		Arrays.sort(values);
		return values[(int) (share * (n - 1))];
	}
}
