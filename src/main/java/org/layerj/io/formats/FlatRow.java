package org.layerj.io.formats;

import java.util.Arrays;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Rows of the composite of the stack, one channel at a time and in the file's own depth, so that a preview needs the
 * memory of a row. On white, as Photoshop keeps its merged picture: colour is mixed with white by the alpha that goes
 * with it.
 */
final class FlatRow {

	private final LayerStack stack;
	private final Depth depth;
	private final double[] sum;
	private final double[] cover;

	FlatRow(final LayerStack stack, final Depth depth) {
		this.stack = stack;
		this.depth = depth;
		this.sum = new double[stack.width()];
		this.cover = new double[stack.width()];
	}

	/** One row of one channel; the channel after the colours is alpha. */
	void row(final int channel, final int y, final byte[] out) {
		final boolean alpha = channel == depth.colours();
		compose(channel, y);
		for (int x = 0; x < sum.length; x++) {
			final double value = alpha ? cover[x] * depth.most() : sum[x] + (1 - cover[x]) * depth.most();
			// The same rounding as the compositor's.
			depth.put(out, x, Math.min(depth.most(), (int) (value + 0.5 + 1e-9)));
		}
	}

	/** Whether everything shines through nowhere. */
	boolean opaque() {
		for (int y = 0; y < stack.height(); y++) {
			compose(depth.colours(), y);
			for (final double c : cover) if (c < 1 - 1e-12) return false;
		}
		return true;
	}

	private void compose(final int channel, final int y) {
		Arrays.fill(sum, 0);
		Arrays.fill(cover, 0);
		for (final Layer layer : stack.layers()) {
			final Bounds b = layer.bounds();
			if (!layer.visible() || layer.opacity() == 0 || y < b.y() || y >= b.bottom()) continue;
			final int start = (y - b.y()) * b.width() - b.x();
			for (int x = Math.max(0, b.x()), end = Math.min(stack.width(), b.right()); x < end; x++) {
				final int a = depth.sample(layer, depth.colours(), start + x);
				if (a == 0) continue;
				final double over = layer.opacity() * a / depth.most();
				sum[x] = over * depth.sample(layer, channel, start + x) + (1 - over) * sum[x];
				cover[x] = over + (1 - over) * cover[x];
			}
		}
	}
}
