package org.layerj.torch;

/** How fast a device multiplies matrices, measured in a fraction of a second. */
public final class Speed {

	private static final int ROWS = 1024;
	private static final int WIDTH = 1024;
	private static final int RUNS = 4;

	private Speed() {}

	/**
	 * Floating-point operations per second (a multiplication and an addition are two) of the best of a few products of
	 * 1024 × 1024 matrices.
	 */
	public static double measure(final Device device, final DType dtype) {
		try (Scope scope = Torch.scope()) {
			final Tensor x = Tensors.to(scope, Tensors.of(scope, new float[ROWS * WIDTH], ROWS, WIDTH), device, dtype);
			double best = Double.MAX_VALUE;
			for (int i = 0; i < RUNS; i++) {
				final long begin = System.nanoTime();
				// Reading a value waits for a graphics card to finish.
				Tensors.maxAbs(Tensors.product(scope, x, x));
				best = Math.min(best, (System.nanoTime() - begin) / 1e9);
			}
			return 2.0 * ROWS * WIDTH * WIDTH / best;
		}
	}
}
