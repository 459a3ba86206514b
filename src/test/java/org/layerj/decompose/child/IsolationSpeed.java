package org.layerj.decompose.child;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.Progress;
import org.layerj.layers.RgbaImage;

/**
 * What a process of its own costs: seconds until a model is open, and until a small picture is decomposed; by the clock
 * and of the child's processor time. Run as a program, with models as arguments.
 */
final class IsolationSpeed {

	private static final int RUNS = 3;

	private IsolationSpeed() {}

	public static void main(final String[] models) {
		for (final String model : models) for (int k = 0; k < RUNS; k++) {
			final long begun = System.nanoTime();
			try (
				ProcessDecomposer child = ProcessDecomposer.open(ModelName.of(model), "auto", Isolation.of("process")))
			{
				final double open = (System.nanoTime() - begun) / 1e9;
				final double openWork = processor(child);
				child.decompose(white(), DecomposeOptions.defaults().withLayers(2).withSteps(1), Progress.none());
				System.out.printf(Locale.ROOT, "%s: open %.2f s (%.2f s of processor), decomposed %.2f s (%.2f s)%n",
					model, open, openWork, (System.nanoTime() - begun) / 1e9, processor(child));
			}
		}
	}

	private static double processor(final ProcessDecomposer child) {
		return child.process().orElseThrow().info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1000.0;
	}

	private static RgbaImage white() {
		final int[] argb = new int[64 * 64];
		Arrays.fill(argb, -1);
		return RgbaImage.ofArgb(64, 64, argb);
	}
}
