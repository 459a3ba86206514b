package org.layerj.segment;

import java.util.ArrayList;
import java.util.List;

/**
 * Small pictures of every segment: itself and its surroundings, at three scales. Each is {@value #SIDE} ×
 * {@value #SIDE} × 4 signed bytes, the colours relative to the segment's mean, and how much of the pixel is the segment
 * (−127 outside of the picture).
 */
final class Patches {

	static final int SIDE = 12;
	/**
	 * Side of the window, as a multiple of the longer side of the segment's bounding box; and at least so many pixels.
	 */
	private static final double[] SCALES = { 1.15, 3, 9 };
	private static final double[] MIN_WINDOW_PIXELS = { 4, 18, 48 };
	static final int BYTES = SCALES.length * SIDE * SIDE * 4;

	private static final float COLOUR_SCALE = 50;

	private Patches() {}

	/** The patches of all segments, {@value #BYTES} bytes each: scale, row, column, channel. */
	static byte[] of(final Segments segments, final RegionColours colours, final Shapes shapes) {
		final List<RegionColours> pyramid = new ArrayList<>(List.of(colours));
		while (Math.min(last(pyramid).width(), last(pyramid).height()) > 8) pyramid.add(last(pyramid).half());
		final byte[] out = new byte[shapes.count * BYTES];
		for (int s = 0; s < shapes.count; s++) for (int k = 0; k < SCALES.length; k++) {
			final double side = Math.max(shapes.side(s) * SCALES[k], MIN_WINDOW_PIXELS[k]);
			// Two samples per patch pixel and axis, from the level where they lie about a pixel apart.
			final int level = (int) Math.max(0,
				Math.min(pyramid.size() - 1.0, Math.floor(Math.log(side / (2 * SIDE)) / Math.log(2))));
			patch(segments, pyramid.get(level), level, shapes, s, side, out, s * BYTES + k * SIDE * SIDE * 4);
		}
		return out;
	}

	private static RegionColours last(final List<RegionColours> pyramid) {
		return pyramid.get(pyramid.size() - 1);
	}

	private static void patch(final Segments segments, final RegionColours colours, final int level,
		final Shapes shapes, final int s, final double side, final byte[] out, final int at)
	{
		final int w = segments.width();
		final int h = segments.height();
		final double cx = (shapes.left[s] + shapes.right[s]) / 2.0;
		final double cy = (shapes.top[s] + shapes.bottom[s]) / 2.0;
		for (int row = 0; row < SIDE; row++) for (int column = 0; column < SIDE; column++) {
			final float[] sum = new float[4];
			for (int sub = 0; sub < 4; sub++) {
				final int x = (int) Math.rint(cx + ((2 * column + sub % 2 + 0.5) / (2 * SIDE) - 0.5) * side);
				final int y = (int) Math.rint(cy + ((2 * row + sub / 2 + 0.5) / (2 * SIDE) - 0.5) * side);
				if (x < 0 || y < 0 || x >= w || y >= h) {
					sum[3] -= 127 / 4f;
					continue;
				}
				final int i = Math.min(y >> level, colours.height() - 1) * colours.width()
					+ Math.min(x >> level, colours.width() - 1);
				for (int c = 0; c < 3; c++)
					sum[c] += (colours.planes()[c][i] - (float) shapes.mean[c][s]) * COLOUR_SCALE / 4;
				if (segments.labels()[y * w + x] == s) sum[3] += 127 / 4f;
			}
			for (int c = 0; c < 4; c++)
				out[at + (row * SIDE + column) * 4 + c] = (byte) Math.max(-127, Math.min(127, Math.rint(sum[c])));
		}
	}
}
