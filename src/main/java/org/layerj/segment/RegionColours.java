package org.layerj.segment;

import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.OkLab;

/**
 * A picture in Oklab over white, scaled so that the three channels vary about equally: lightness 0 … 2, opponent
 * colours about −2 … 2; and its alpha.
 *
 * @param planes three planes, row by row
 * @param alpha 0 … 1
 */
record RegionColours(int width, int height, float[][] planes, float[] alpha) {

	private static final float LIGHTNESS_SCALE = 2;
	private static final float OPPONENT_SCALE = 6;

	static RegionColours of(final RgbaImage picture) {
		final int n = picture.width() * picture.height();
		final float[][] planes = new float[3][n];
		final float[] alpha = new float[n];
		int last = -1;
		OkLab lab = OkLab.of(0);
		for (int i = 0; i < n; i++) {
			final int a = picture.plane(RgbaImage.ALPHA)[i] & 0xff;
			int rgb = 0;
			for (int c = 0; c < 3; c++)
				rgb = rgb << 8 | ((picture.plane(c)[i] & 0xff) * a + 255 * (255 - a) + 127) / 255;
			if (rgb != last) lab = OkLab.of(rgb);
			last = rgb;
			planes[0][i] = LIGHTNESS_SCALE * (float) lab.l();
			planes[1][i] = OPPONENT_SCALE * (float) lab.a();
			planes[2][i] = OPPONENT_SCALE * (float) lab.b();
			alpha[i] = a / 255f;
		}
		return new RegionColours(picture.width(), picture.height(), planes, alpha);
	}

	/** Half the size, rounded up, by the mean of 2 × 2 pixels. */
	RegionColours half() {
		final int w = (width + 1) / 2;
		final int h = (height + 1) / 2;
		final float[][] out = new float[3][w * h];
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int right = Math.min(2 * x + 1, width - 1);
			final int below = Math.min(2 * y + 1, height - 1);
			for (int c = 0; c < 3; c++)
				out[c][y * w + x] = (planes[c][2 * y * width + 2 * x] + planes[c][2 * y * width + right]
					+ planes[c][below * width + 2 * x] + planes[c][below * width + right]) / 4;
		}
		return new RegionColours(w, h, out, new float[0]);
	}
}
