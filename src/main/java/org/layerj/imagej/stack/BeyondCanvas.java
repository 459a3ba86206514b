package org.layerj.imagej.stack;

import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;
import org.layerj.provenance.Provenance;

/** The pixels and samples of a layer that a hyperstack cannot hold, because they lie beyond the canvas. */
final class BeyondCanvas {

	private BeyondCanvas() {}

	/**
	 * A layer as read from a hyperstack, with what it had beyond the canvas before: nothing can have been painted
	 * there.
	 *
	 * @param read transparent beyond the canvas
	 * @param before the same layer when it was last in step, perhaps shown otherwise
	 */
	static Layer kept(final Layer read, final Layer before, final int width, final int height) {
		final Bounds b = before.bounds();
		if (b.x() >= 0 && b.y() >= 0 && b.right() <= width && b.bottom() <= height
			|| !sameSamples(read.samples(), before.samples())) return read;
		final Bounds to = read.bounds().union(b);
		final Bounds part = to.at(to.x() - read.bounds().x(), to.y() - read.bounds().y());
		final RgbaImage pixels = read.pixels().crop(part);
		for (int c = 0; c < RgbaImage.PLANES; c++)
			copy(before.pixels().plane(c), b, pixels.plane(c), to, width, height);
		final Bounds canvas = Bounds.all(width, height);
		final Provenance.Builder known =
			new Provenance.Builder(to.width(), to.height()).models(read.provenance().models())
				.models(before.provenance().models());
		for (int i = 0; i < to.width() * to.height(); i++) {
			final int x = to.x() + i % to.width();
			final int y = to.y() + i / to.width();
			final Layer source = canvas.contains(x, y) ? read : before;
			final Bounds at = source.bounds();
			if (at.contains(x, y)) known.copy(i, source.provenance(), (y - at.y()) * at.width() + x - at.x());
		}
		final Layer whole = read.withPixels(to, pixels, known.build());
		return read.samples().map(v -> {
			final Samples samples = v.crop(part);
			for (int c = 0; c < samples.channels(); c++)
				copy(before.samples().orElseThrow().plane(c), b, samples.plane(c), to, width, height);
			return Display.redraw(whole.withSamples(samples));
		}).orElse(whole);
	}

	private static boolean sameSamples(final Optional<Samples> a, final Optional<Samples> b) {
		return a.map(v -> v.format().type()).equals(b.map(v -> v.format().type()))
			&& a.map(Samples::channels).equals(b.map(Samples::channels));
	}

	/** What of one plane lies beyond the canvas, into one that holds more. */
	private static void copy(final Object from, final Bounds b, final Object to, final Bounds t, final int width,
		final int height)
	{
		for (int y = b.y(); y < b.bottom(); y++) {
			final boolean beside = y >= 0 && y < height;
			final int left = beside ? Math.min(b.right(), Math.max(b.x(), 0)) : b.right();
			final int right = beside ? Math.max(left, width) : b.right();
			row(from, b, to, t, y, b.x(), left);
			row(from, b, to, t, y, right, b.right());
		}
	}

	private static void row(final Object from, final Bounds b, final Object to, final Bounds t, final int y,
		final int left, final int right)
	{
		if (left < right) System.arraycopy(from, (y - b.y()) * b.width() + left - b.x(), to,
			(y - t.y()) * t.width() + left - t.x(), right - left);
	}
}
