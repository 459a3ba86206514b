package org.layerj.checkpoint;

import java.util.Arrays;

/**
 * One tensor as a safetensors header describes it.
 *
 * @param name key, for example {@code transformer_blocks.0.attn.to_q.weight}
 * @param dtype safetensors type name, for example {@code BF16}
 * @param shape sizes, outermost first
 * @param file the file that holds it, relative to the model folder
 * @param offset first byte in that file
 * @param bytes length in bytes
 */
public record TensorInfo(String name, String dtype, long[] shape, String file, long offset, long bytes) {

	/** Number of elements. */
	public long elements() {
		long n = 1;
		for (final long s : shape) n *= s;
		return n;
	}

	@Override
	public String toString() {
		return name + " " + dtype + Arrays.toString(shape);
	}
}
