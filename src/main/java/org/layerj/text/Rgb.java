package org.layerj.text;

import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;

/** What the networks see of a picture: red, green and blue as on a page, no alpha. */
final class Rgb {

	/** Mean brightness of what is opaque above which a transparent picture is seen on black. */
	private static final double LIGHT = 0.7;

	final int width;
	final int height;
	final byte[][] planes;

	private Rgb(final int width, final int height, final byte[][] planes) {
		this.width = width;
		this.height = height;
		this.planes = planes;
	}

	/**
	 * A picture on white; on black if what it shows is so light that it would hardly be seen on white, as white letters
	 * on nothing.
	 */
	static Rgb of(final RgbaImage picture) {
		final byte[] alpha = picture.plane(RgbaImage.ALPHA);
		if (picture.isOpaque()) return new Rgb(picture.width(), picture.height(),
			new byte[][] { picture.plane(0), picture.plane(1), picture.plane(2) });
		double bright = 0;
		double weight = 0;
		for (int i = 0; i < alpha.length; i++) {
			final int a = alpha[i] & 0xff;
			weight += a;
			bright += a * (0.299 * (picture.plane(0)[i] & 0xff) + 0.587 * (picture.plane(1)[i] & 0xff)
				+ 0.114 * (picture.plane(2)[i] & 0xff)) / 255;
		}
		final int page = bright > LIGHT * weight ? 0 : 255;
		final byte[][] planes = new byte[3][alpha.length];
		for (int c = 0; c < 3; c++) for (int i = 0; i < alpha.length; i++) {
			final int a = alpha[i] & 0xff;
			planes[c][i] = (byte) (((picture.plane(c)[i] & 0xff) * a + page * (255 - a) + 127) / 255);
		}
		return new Rgb(picture.width(), picture.height(), planes);
	}

	/** A window, its edge pixels repeated where it reaches beyond the picture. */
	Rgb window(final int x, final int y, final int w, final int h) {
		final byte[][] out = new byte[3][w * h];
		for (int row = 0; row < h; row++) {
			final int from = Math.max(0, Math.min(height - 1, y + row)) * width;
			for (int column = 0; column < w; column++) {
				final int at = from + Math.max(0, Math.min(width - 1, x + column));
				for (int c = 0; c < 3; c++) out[c][row * w + column] = planes[c][at];
			}
		}
		return new Rgb(w, h, out);
	}

	/** Rows as columns. */
	Rgb transposed() {
		final byte[][] out = new byte[3][width * height];
		for (int y = 0; y < height; y++)
			for (int x = 0; x < width; x++)
				for (int c = 0; c < 3; c++) out[c][x * height + y] = planes[c][y * width + x];
		return new Rgb(height, width, out);
	}

	Rgb resized(final int w, final int h) {
		if (w == width && h == height) return this;
		final byte[][] out = new byte[3][];
		for (int c = 0; c < 3; c++)
			out[c] = PillowResize.plane(planes[c], width, height, w, h, PillowResize.Filter.BICUBIC);
		return new Rgb(w, h, out);
	}

	/** Half the size, rounded up: the mean of each two by two pixels, those at an odd edge repeated. */
	Rgb halved() {
		final int w = (width + 1) / 2;
		final int h = (height + 1) / 2;
		final byte[][] out = new byte[3][w * h];
		for (int c = 0; c < 3; c++) for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int top = 2 * y * width;
			final int bottom = Math.min(2 * y + 1, height - 1) * width;
			final int left = 2 * x;
			final int right = Math.min(left + 1, width - 1);
			final byte[] p = planes[c];
			out[c][y * w + x] = (byte) ((p[top + left] & 0xff) + (p[top + right] & 0xff) + (p[bottom + left] & 0xff)
				+ (p[bottom + right] & 0xff) + 2 >> 2);
		}
		return new Rgb(w, h, out);
	}

	/** The planes one after another. */
	byte[] bytes() {
		final byte[] out = new byte[3 * width * height];
		for (int c = 0; c < 3; c++) System.arraycopy(planes[c], 0, out, c * width * height, width * height);
		return out;
	}

	/**
	 * The values of one plane around a point, interpolated linearly; pixel (x, y) has its middle at (x + 0.5, y + 0.5).
	 */
	double at(final int plane, final double x, final double y) {
		final double u = Math.max(0, Math.min(width - 1, x - 0.5));
		final double v = Math.max(0, Math.min(height - 1, y - 0.5));
		final int x0 = (int) u;
		final int y0 = (int) v;
		final int x1 = Math.min(width - 1, x0 + 1);
		final int y1 = Math.min(height - 1, y0 + 1);
		final byte[] p = planes[plane];
		final double top = (p[y0 * width + x0] & 0xff) * (x0 + 1 - u) + (p[y0 * width + x1] & 0xff) * (u - x0);
		final double bottom = (p[y1 * width + x0] & 0xff) * (x0 + 1 - u) + (p[y1 * width + x1] & 0xff) * (u - x0);
		return top * (y0 + 1 - v) + bottom * (v - y0);
	}

	/**
	 * The picture of a line, turned upright.
	 *
	 * @param columns width of the result; the line stands at the left, and grey is put behind it, as the recogniser was
	 * taught
	 * @param rows height of the result
	 */
	byte[] line(final Quad quad, final int columns, final int rows) {
		final byte[] out = new byte[3 * rows * columns];
		final double step = quad.height() / rows;
		final double c = Math.cos(quad.angle());
		final double s = Math.sin(quad.angle());
		// Where pixels are dropped, the mean over all of them.
		final int samples = (int) Math.max(1, Math.min(16, Math.ceil(step)));
		final int used = Math.min(columns, (int) Math.max(1, Math.round(quad.width() / step)));
		final double along = quad.width() / used;
		for (int row = 0; row < rows; row++) for (int column = 0; column < columns; column++) {
			if (column >= used) {
				for (int q = 0; q < 3; q++) out[(q * rows + row) * columns + column] = 127;
				continue;
			}
			final double[] sum = new double[3];
			for (int j = 0; j < samples; j++) for (int i = 0; i < samples; i++) {
				final double u = (column + (i + 0.5) / samples) * along - quad.width() / 2;
				final double v = (row + (j + 0.5) / samples) * step - quad.height() / 2;
				final double x = quad.x() + u * c - v * s;
				final double y = quad.y() + u * s + v * c;
				for (int q = 0; q < 3; q++) sum[q] += at(q, x, y);
			}
			for (int q = 0; q < 3; q++)
				out[(q * rows + row) * columns + column] = (byte) Math.round(sum[q] / (samples * samples));
		}
		return out;
	}
}
