package org.layerj.layers.edit;

/**
 * Alpha and foreground colour of each pixel: {@code I = αF + (1 − α)B}.
 * <p>
 * Inside of a thing α is 1 and F the picture. At its edge F is taken over from the inside, or from where the thing
 * differs most from the background, and α is the least-squares solution.
 *
 * @param alpha 0…1
 * @param colours F; continued smoothly where α is 0, since scores count colours that a prediction hides
 */
public record Matte(float[] alpha, ColourImage colours) {

	/** How far from an edge pixel its colour is looked for: anti-aliased edges are two pixels wide at most. */
	private static final int REACH = 2;
	/** A pixel that the mixture misses by more than this is no mixture. */
	private static final float MISFIT = 24;
	/** Below this, a trace is more likely the background's. */
	private static final float TRACE = .04f;

	/**
	 * Mattes a foreground on a known background.
	 *
	 * @param picture the foreground before the background
	 * @param behind the background alone, of the same size
	 * @param foreground what differs clearly, without its faint edge
	 * @param part nothing outside of it gets alpha
	 * @return alpha and foreground colours
	 */
	public static Matte of(final ColourImage picture, final ColourImage behind, final boolean[] foreground,
		final boolean[] part)
	{
		final Masks masks = new Masks(picture.width(), picture.height());
		final boolean[] core = masks.erode(foreground, 1);
		final boolean[] wide = masks.dilate(foreground, 1);
		final float[] alpha = new float[foreground.length];
		final ColourImage colours = picture.copy();
		for (int i = 0; i < foreground.length; i++) {
			if (!wide[i] || !part[i]) continue;
			alpha[i] = 1;
			if (core[i]) continue;
			final int from = source(picture, behind, foreground, core, i);
			final float a = mix(picture, behind, i, from);
			if (Float.isNaN(a)) {
				if (!foreground[i]) alpha[i] = 0;
				continue;
			}
			alpha[i] = a < TRACE ? 0 : a > 1 - TRACE ? 1 : a;
			if (alpha[i] < 1) for (int c = 0; c < 3; c++) colours.rgb()[c][i] = picture.rgb()[c][from];
		}
		return new Matte(alpha, colours.filled(masks.of(i -> alpha[i] > 0)));
	}

	/**
	 * The nearest pixel of the inside within reach; if there is none, the one that differs most from the background.
	 */
	private static int source(final ColourImage picture, final ColourImage behind, final boolean[] foreground,
		final boolean[] core, final int i)
	{
		final int w = picture.width();
		final int x = i % w;
		final int y = i / w;
		int best = i;
		float score = -1;
		for (int v = Math.max(0, y - REACH); v <= Math.min(picture.height() - 1, y + REACH); v++) {
			for (int u = Math.max(0, x - REACH); u <= Math.min(w - 1, x + REACH); u++) {
				final int j = v * w + u;
				if (!foreground[j]) continue;
				// An inner pixel beats all others, and among them the nearest does.
				final float s = core[j] ? 2000 - (u - x) * (u - x) - (v - y) * (v - y) : picture.apart(j, behind, j);
				if (s <= score) continue;
				score = s;
				best = j;
			}
		}
		return best;
	}

	/** The least-squares α, NaN if the pixel is no mixture of the two colours. */
	private static float mix(final ColourImage picture, final ColourImage behind, final int i, final int from) {
		float over = 0;
		float under = 0;
		for (int c = 0; c < 3; c++) {
			final float f = picture.rgb()[c][from] - behind.rgb()[c][i];
			over += f * (picture.rgb()[c][i] - behind.rgb()[c][i]);
			under += f * f;
		}
		if (under < 1) return Float.NaN;
		final float a = Math.max(0, Math.min(1, over / under));
		for (int c = 0; c < 3; c++) {
			final float mixed = a * picture.rgb()[c][from] + (1 - a) * behind.rgb()[c][i];
			if (Math.abs(mixed - picture.rgb()[c][i]) > MISFIT) return Float.NaN;
		}
		return a;
	}
}
