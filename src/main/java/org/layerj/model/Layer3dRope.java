package org.layerj.model;

import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;

/**
 * Layer3D rotary positions (section 3.2, "Layer3D RoPE"): every image token has a layer, a row and a column; the
 * condition picture sits at layer −1; text tokens follow behind all of them on the diagonal.
 * <p>
 * Rows and columns are centred: a grid of g counts from −⌈g/2⌉ to ⌊g/2⌋−1. The angles of token p on axis a are
 * p·10000^(−2j/dim_a) in float32. They are constant over blocks and steps.
 */
final class Layer3dRope {

	private static final float THETA = 10000f;

	private final int[] axes;

	/** @param axes channels given to layer, row and column; each even */
	Layer3dRope(final int[] axes) {
		this.axes = axes.clone();
	}

	/** Cosines and sines, each {@code (tokens, 1, d/2)}, text first, then frames 0…n−1 and the condition frame. */
	record Table(Tensor cos, Tensor sin) {}

	/**
	 * The table of one forward pass.
	 *
	 * @param frames generated frames: composite and layers
	 * @param rows token rows of a frame
	 * @param columns token columns of a frame
	 * @param textTokens length of the prompt
	 */
	Table table(final Scope scope, final int frames, final int rows, final int columns, final int textTokens) {
		final int pairs = pairs();
		final int tokens = textTokens + (frames + 1) * rows * columns;
		final float[] angles = angles(frames, rows, columns, textTokens);
		final float[] cos = new float[angles.length];
		final float[] sin = new float[angles.length];
		for (int i = 0; i < angles.length; i++) {
			cos[i] = (float) Math.cos(angles[i]);
			sin[i] = (float) Math.sin(angles[i]);
		}
		return new Table(Tensors.of(scope, cos, tokens, 1, pairs), Tensors.of(scope, sin, tokens, 1, pairs));
	}

	private int pairs() {
		return (axes[0] + axes[1] + axes[2]) / 2;
	}

	private float[] angles(final int frames, final int rows, final int columns, final int textTokens) {
		final float[] out = new float[(textTokens + (frames + 1) * rows * columns) * pairs()];
		final int textStart = Math.max(Math.max(rows / 2, columns / 2), frames);
		int at = 0;
		for (int t = 0; t < textTokens; t++) at = put(out, at, textStart + t, textStart + t, textStart + t);
		for (int f = 0; f <= frames; f++) {
			final int layer = f < frames ? f : -1;
			for (int y = 0; y < rows; y++) {
				for (int x = 0; x < columns; x++)
					at = put(out, at, layer, y - (rows - rows / 2), x - (columns - columns / 2));
			}
		}
		return out;
	}

	private int put(final float[] out, final int start, final int... position) {
		int at = start;
		for (int axis = 0; axis < 3; axis++) {
			for (int j = 0; j < axes[axis] / 2; j++) {
				final float frequency = 1f / (float) Math.pow(THETA, 2f * j / axes[axis]);
				out[at++] = position[axis] * frequency;
			}
		}
		return at;
	}
}
