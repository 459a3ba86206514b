package org.layerj.refine;

import org.layerj.layers.RgbaImage;

/**
 * One layer as the network gave it, prepared for being asked at every pixel of a larger picture: its colours filled in
 * where it is transparent, and the range its alpha has in the neighbourhood.
 */
final class Proposal {

	/**
	 * Alpha from which the network's own colour counts alone; below, that of the neighbourhood comes in. Soft shadows
	 * are thin, but have a colour.
	 */
	private static final float OWN_COLOUR_ALPHA = 12 / 255f;
	/**
	 * Alpha from which a colour is as good as any to fill the neighbourhood with: else the edge of a shape would colour
	 * the end of its shadow.
	 */
	private static final float FULL_WEIGHT_ALPHA = 32 / 255f;

	final int width;
	final int height;
	private final float[][] colour;
	private final byte[] least;
	private final byte[] most;
	private final float scaleX;
	private final float scaleY;

	/**
	 * @param layer the network's layer
	 * @param reach the neighbourhood is (2 · reach + 1)² of the layer's own pixels
	 */
	Proposal(final RgbaImage layer, final int reach, final int pictureWidth, final int pictureHeight) {
		width = layer.width();
		height = layer.height();
		scaleX = (float) width / pictureWidth;
		scaleY = (float) height / pictureHeight;
		colour = filled(layer);
		least = extreme(layer.plane(RgbaImage.ALPHA), reach, false);
		most = extreme(layer.plane(RgbaImage.ALPHA), reach, true);
	}

	/** Smallest alpha, 0 … 255, that the network has around its pixel with this index. */
	int least(final int index) {
		return least[index] & 0xff;
	}

	/** Largest alpha, 0 … 255, that the network has around its pixel with this index. */
	int most(final int index) {
		return most[index] & 0xff;
	}

	/** The network's colour at a pixel of the picture, 0 … 1, bilinear, into three entries of {@code out}. */
	void colour(final int x, final int y, final float[] out, final int at) {
		final float u = Math.max(0, Math.min(width - 1, (x + 0.5f) * scaleX - 0.5f));
		final float v = Math.max(0, Math.min(height - 1, (y + 0.5f) * scaleY - 0.5f));
		final int i = (int) v * width + (int) u;
		final int right = (int) u + 1 < width ? 1 : 0;
		final int down = (int) v + 1 < height ? width : 0;
		final float fu = u - (int) u;
		final float fv = v - (int) v;
		for (int c = 0; c < 3; c++) {
			final float[] p = colour[c];
			out[at + c] = (1 - fv) * ((1 - fu) * p[i] + fu * p[i + right])
				+ fv * ((1 - fu) * p[i + down] + fu * p[i + right + down]);
		}
	}

	/**
	 * Colours 0 … 1; where alpha is low, those of the neighbourhood. Straight colours at low alpha are rounded coarsely
	 * or mean nothing, and would come up when layers are enlarged. Push-pull: means weighted by alpha² up to
	 * {@link #FULL_WEIGHT_ALPHA}, each coarser level fills what the finer one leaves open.
	 */
	private static float[][] filled(final RgbaImage layer) {
		final int n = layer.width() * layer.height();
		final float[][] level = new float[4][n];
		for (int i = 0; i < n; i++) {
			final float a = Math.min(1, (layer.plane(RgbaImage.ALPHA)[i] & 0xff) / (255 * FULL_WEIGHT_ALPHA));
			level[3][i] = a * a;
			for (int c = 0; c < 3; c++) level[c][i] = level[3][i] * (layer.plane(c)[i] & 0xff) / 255f;
		}
		return pull(level, layer.width(), layer.height(),
			OWN_COLOUR_ALPHA * OWN_COLOUR_ALPHA / (FULL_WEIGHT_ALPHA * FULL_WEIGHT_ALPHA));
	}

	/** Sums of weighted colours and weights in, colours everywhere out. */
	private static float[][] pull(final float[][] level, final int w, final int h, final float sure) {
		final float[][] coarse;
		final int hw = (w + 1) / 2;
		final int hh = (h + 1) / 2;
		if (w == 1 && h == 1) coarse = new float[][] { { 0.5f }, { 0.5f }, { 0.5f } };
		else {
			final float[][] half = new float[4][hw * hh];
			for (int c = 0; c < 4; c++)
				for (int y = 0; y < h; y++)
					for (int x = 0; x < w; x++) half[c][y / 2 * hw + x / 2] += level[c][y * w + x];
			// Not more than sure: a cell of four sure pixels fills its surroundings no harder than one of one.
			for (int i = 0; i < hw * hh; i++) {
				final float more = Math.max(1, half[3][i]);
				for (int c = 0; c < 4; c++) half[c][i] /= more;
			}
			coarse = pull(half, hw, hh, 0.25f);
		}
		final float[][] out = new float[3][w * h];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int i = y * w + x;
			final float weight = level[3][i];
			final float open = Math.max(0, 1 - weight / sure);
			for (int c = 0; c < 3; c++) {
				final float far = w == 1 && h == 1 ? coarse[c][0] : between(coarse[c], hw, hh, x, y);
				out[c][i] = open == 0 ? level[c][i] / weight
					: (1 - open) * (weight > 0 ? level[c][i] / weight : 0) + open * far;
			}
		}
		return out;
	}

	private static float between(final float[] p, final int w, final int h, final int x, final int y) {
		final int x0 = x / 2;
		final int y0 = y / 2;
		final int x1 = Math.max(0, Math.min(w - 1, x % 2 == 0 ? x0 - 1 : x0 + 1));
		final int y1 = Math.max(0, Math.min(h - 1, y % 2 == 0 ? y0 - 1 : y0 + 1));
		return 0.5625f * p[y0 * w + x0] + 0.1875f * (p[y0 * w + x1] + p[y1 * w + x0]) + 0.0625f * p[y1 * w + x1];
	}

	private byte[] extreme(final byte[] alpha, final int reach, final boolean largest) {
		final byte[] rows = new byte[alpha.length];
		final byte[] out = new byte[alpha.length];
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			int best = alpha[y * width + x] & 0xff;
			for (int k = Math.max(0, x - reach); k <= Math.min(width - 1, x + reach); k++)
				best = pick(best, alpha[y * width + k] & 0xff, largest);
			rows[y * width + x] = (byte) best;
		}
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) {
			int best = rows[y * width + x] & 0xff;
			for (int k = Math.max(0, y - reach); k <= Math.min(height - 1, y + reach); k++)
				best = pick(best, rows[k * width + x] & 0xff, largest);
			out[y * width + x] = (byte) best;
		}
		return out;
	}

	private static int pick(final int a, final int b, final boolean largest) {
		return largest ? Math.max(a, b) : Math.min(a, b);
	}
}
