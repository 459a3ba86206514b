package org.layerj.imagej.window;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.image.BufferedImage;
import java.util.HashMap;
import java.util.Map;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Small pictures of layers on a checkerboard, cropped to what can be seen; made anew only when pixels change. */
final class Thumbnails {

	private record Made(RgbaImage of, BufferedImage image) {}

	private final int width;
	private final int height;
	private final int square;
	private final Map<String, Made> made = new HashMap<>();

	/** Sizes in pixels of the screen. */
	Thumbnails(final int width, final int height) {
		this.width = width;
		this.height = height;
		square = Math.max(2, height / 8);
	}

	/** Forgets those of all other layers. */
	synchronized void keep(final LayerStack layers) {
		made.keySet().removeIf(id -> layers.find(id).isEmpty());
	}

	synchronized BufferedImage of(final Layer layer) {
		final Made known = made.get(layer.id());
		if (known != null && known.of == layer.pixels()) return known.image;
		final BufferedImage image = draw(layer.pixels());
		made.put(layer.id(), new Made(layer.pixels(), image));
		return image;
	}

	/** A picture as it is, on a checkerboard. */
	BufferedImage of(final RgbaImage picture) {
		final BufferedImage out = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < picture.height(); y++)
			for (int x = 0; x < picture.width(); x++)
				out.setRGB(x, y, mean(picture, x, y, x + 1, y + 1, checker(x, y)));
		return out;
	}

	private BufferedImage draw(final RgbaImage pixels) {
		final BufferedImage out = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
		for (int y = 0; y < height; y++) for (int x = 0; x < width; x++) out.setRGB(x, y, checker(x, y) * 0x010101);
		final Bounds b = AlphaBounds.of(pixels).orElse(new Bounds(0, 0, 1, 1));
		// Small layers are not enlarged beyond what shows their pixels.
		final double scale = Math.min(4, Math.min((width - 4.0) / b.width(), (height - 4.0) / b.height()));
		final int w = Math.max(1, Math.min(width, (int) Math.round(b.width() * scale)));
		final int h = Math.max(1, Math.min(height, (int) Math.round(b.height() * scale)));
		for (int y = 0; y < h; y++) for (int x = 0; x < w; x++) {
			final int px = (width - w) / 2 + x;
			final int py = (height - h) / 2 + y;
			final int left = b.x() + (int) ((long) x * b.width() / w);
			final int top = b.y() + (int) ((long) y * b.height() / h);
			final int right = Math.max(left + 1, b.x() + (int) ((long) (x + 1) * b.width() / w));
			final int bottom = Math.max(top + 1, b.y() + (int) ((long) (y + 1) * b.height() / h));
			out.setRGB(px, py, mean(pixels, left, top, right, bottom, checker(px, py)));
		}
		final Graphics g = out.createGraphics();
		g.setColor(Color.gray);
		g.drawRect(0, 0, width - 1, height - 1);
		g.dispose();
		return out;
	}

	private int checker(final int x, final int y) {
		return (x / square + y / square) % 2 == 0 ? 0xff : 0xcc;
	}

	/** Mean colour of a rectangle, on grey. */
	private static int mean(final RgbaImage pixels, final int left, final int top, final int right, final int bottom,
		final int grey)
	{
		final byte[][] plane = { pixels.plane(0), pixels.plane(1), pixels.plane(2), pixels.plane(3) };
		final double[] sum = new double[3];
		double alpha = 0;
		for (int y = top; y < bottom; y++) for (int x = left; x < right; x++) {
			final int i = y * pixels.width() + x;
			final double a = (plane[RgbaImage.ALPHA][i] & 0xff) / 255.0;
			alpha += a;
			for (int c = 0; c < 3; c++) sum[c] += a * (plane[c][i] & 0xff);
		}
		final int n = (right - left) * (bottom - top);
		int rgb = 0;
		for (int c = 0; c < 3; c++) rgb = rgb << 8 | (int) Math.round((sum[c] + (n - alpha) * grey) / n);
		return rgb;
	}
}
