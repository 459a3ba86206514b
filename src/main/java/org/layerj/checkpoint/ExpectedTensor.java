package org.layerj.checkpoint;

import java.util.Arrays;
import java.util.List;

/**
 * A tensor that a configuration asks for.
 *
 * @param name key in the weight files
 * @param required whether the model cannot work without it
 * @param shapes the shapes we can read, the official one first
 */
public record ExpectedTensor(String name, boolean required, List<long[]> shapes) {

	public ExpectedTensor {
		shapes = List.copyOf(shapes);
	}

	/** The official shape. */
	public long[] shape() {
		return shapes.get(0);
	}

	/** Number of elements in the official shape. */
	public long elements() {
		long n = 1;
		for (final long s : shape()) n = Math.multiplyExact(n, s);
		return n;
	}

	/** Whether a stored tensor has a shape we can read. */
	public boolean fits(final TensorInfo stored) {
		return shapes.stream().anyMatch(s -> Arrays.equals(s, stored.shape()));
	}

	@Override
	public String toString() {
		return name + Arrays.toString(shape());
	}
}
