package org.layerj.io.formats;

import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** A small picture of a large stack: means of squares, weighted by alpha. */
final class Thumbnail {

	private Thumbnail() {}

	/** At most so many pixels from side to side; never enlarged. */
	static RgbaImage of(final LayerStack stack, final int most) {
		final int step = Math.max(1, (Math.max(stack.width(), stack.height()) + most - 1) / most);
		final int width = (stack.width() + step - 1) / step;
		final int height = (stack.height() + step - 1) / step;
		final RgbaImage out = RgbaImage.blank(width, height);
		for (int y = 0; y < height; y++) {
			final RgbaImage band = RowImage.band(stack, y * step, Math.min(step, stack.height() - y * step));
			for (int x = 0; x < width; x++)
				mean(band, x * step, Math.min(step, stack.width() - x * step), out, y * width + x);
		}
		return out;
	}

	private static void mean(final RgbaImage band, final int left, final int columns, final RgbaImage out,
		final int at)
	{
		final double[] sum = new double[RgbaImage.PLANES];
		for (int y = 0; y < band.height(); y++) for (int x = left; x < left + columns; x++) {
			final int i = y * band.width() + x;
			final int a = band.plane(RgbaImage.ALPHA)[i] & 0xff;
			for (int c = 0; c < RgbaImage.ALPHA; c++) sum[c] += a * (band.plane(c)[i] & 0xff);
			sum[RgbaImage.ALPHA] += a;
		}
		final double alpha = sum[RgbaImage.ALPHA];
		for (int c = 0; c < RgbaImage.ALPHA && alpha > 0; c++) out.plane(c)[at] = (byte) (sum[c] / alpha + 0.5);
		out.plane(RgbaImage.ALPHA)[at] = (byte) (alpha / (columns * band.height()) + 0.5);
	}
}
