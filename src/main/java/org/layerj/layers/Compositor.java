package org.layerj.layers;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Composites layers: Porter-Duff <em>over</em>, bottom up, straight alpha in and out.
 * <p>
 * All layers of a pixel are combined in double precision with premultiplied colour and rounded once at the end, so that
 * the result is the exact one rounded half up to 8 bits, whatever the number of layers. (ImageJ's own drawing rounds
 * after every layer and is off by 1 in places.)
 */
public final class Compositor {

	private Compositor() {}

	/**
	 * The stack on a transparent canvas. Where nothing covers the canvas, the result is transparent black.
	 *
	 * @param stack not changed
	 * @return a picture of the canvas' size, straight alpha
	 */
	public static RgbaImage flatten(final LayerStack stack) {
		return flatten(stack, 0);
	}

	/**
	 * The stack on a canvas of one colour {@code 0xAARRGGBB}.
	 *
	 * @param stack not changed
	 * @param canvas below all layers, straight alpha
	 * @return a picture of the canvas' size, straight alpha
	 */
	public static RgbaImage flatten(final LayerStack stack, final int canvas) {
		final Optional<SampleFormat> values = stack.format();
		if (values.isPresent()) return seen(stack, canvas, values.get());
		final RgbaImage out = RgbaImage.blank(stack.width(), stack.height());
		IntStream.range(0, stack.height()).parallel().forEach(y -> row(stack, canvas, out, y));
		return out;
	}

	/** Samples are composited, not their colours: no lookup table need be linear. */
	private static RgbaImage seen(final LayerStack stack, final int canvas, final SampleFormat format) {
		final LayerStack alphas = new LayerStack(stack.width(), stack.height(),
			stack.layers().stream().map(l -> l.withPixels(l.bounds(), l.pixels(), l.provenance())).toList());
		final RgbaImage shown =
			Display.of(format).render(SampleCompositor.flatten(stack), flatten(alphas, 0).plane(RgbaImage.ALPHA));
		if (canvas == 0) return shown;
		return flatten(new LayerStack(stack.width(), stack.height(), List.of(Layer.of("seen", "", shown))), canvas);
	}

	private static void row(final LayerStack stack, final int canvas, final RgbaImage out, final int y) {
		final int width = stack.width();
		final double[] red = new double[width];
		final double[] green = new double[width];
		final double[] blue = new double[width];
		final double[] alpha = new double[width];
		final double canvasAlpha = (canvas >>> 24) / 255.0;
		for (int x = 0; x < width; x++) {
			red[x] = canvasAlpha * (canvas >> 16 & 0xff);
			green[x] = canvasAlpha * (canvas >> 8 & 0xff);
			blue[x] = canvasAlpha * (canvas & 0xff);
			alpha[x] = canvasAlpha;
		}
		for (final Layer layer : stack.layers()) {
			final Bounds b = layer.bounds();
			if (!layer.visible() || layer.opacity() == 0 || y < b.y() || y >= b.bottom()) continue;
			final byte[] r = layer.pixels().plane(RgbaImage.RED);
			final byte[] g = layer.pixels().plane(RgbaImage.GREEN);
			final byte[] bl = layer.pixels().plane(RgbaImage.BLUE);
			final byte[] a = layer.pixels().plane(RgbaImage.ALPHA);
			final int rowStart = (y - b.y()) * b.width() - b.x();
			for (int x = Math.max(0, b.x()), end = Math.min(width, b.right()); x < end; x++) {
				final int i = rowStart + x;
				if (a[i] == 0) continue;
				final double over = over(layer.opacity(), a[i] & 0xff);
				final double under = 1 - over;
				red[x] = over * (r[i] & 0xff) + under * red[x];
				green[x] = over * (g[i] & 0xff) + under * green[x];
				blue[x] = over * (bl[i] & 0xff) + under * blue[x];
				alpha[x] = over + under * alpha[x];
			}
		}
		for (int x = 0; x < width; x++) {
			// Less than half a level is nothing, and nothing has no colour.
			if (level(alpha[x] * 255) == 0) continue;
			final int i = y * width + x;
			out.plane(RgbaImage.RED)[i] = quantise(red[x] / alpha[x]);
			out.plane(RgbaImage.GREEN)[i] = quantise(green[x] / alpha[x]);
			out.plane(RgbaImage.BLUE)[i] = quantise(blue[x] / alpha[x]);
			out.plane(RgbaImage.ALPHA)[i] = quantise(alpha[x] * 255);
		}
	}

	private static byte quantise(final double value) {
		return (byte) level(value);
	}

	/**
	 * Coverage 0 … 1 of a pixel with alpha 0 … 255 in a layer of this opacity. The exact colour solve computes with the
	 * same two functions.
	 *
	 * @param opacity 0 … 1
	 * @param alpha 0 … 255
	 * @return {@code opacity * alpha / 255}
	 */
	public static double over(final double opacity, final int alpha) {
		return opacity * alpha / 255.0;
	}

	/**
	 * The 8-bit level 0 … 255 of a value from 0 to 255, rounded half up.
	 *
	 * @param value 0 … 255
	 * @return 0 … 255
	 */
	public static int level(final double value) {
		// Exact halves do occur (opacity 0.5); the last bits of a double must not decide which way they go.
		return Math.min(255, (int) (value + 0.5 + 1e-9));
	}
}
