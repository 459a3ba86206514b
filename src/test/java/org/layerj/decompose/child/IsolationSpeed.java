package org.layerj.decompose.child;

import java.util.Arrays;
import java.util.Locale;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelName;
import org.layerj.layers.RgbaImage;

/**
 * What a process of its own costs: seconds for a small picture, from opening the model to its layers, with a new
 * process and in this Java, where libtorch has been loaded by a run before; one after the other, and the median
 * difference. Run as a program, with models as arguments.
 */
final class IsolationSpeed {

	private static final int RUNS = 5;

	private IsolationSpeed() {}

	public static void main(final String[] models) {
		for (final String model : models) {
			seconds(model, Isolation.NONE);
			final double[] extra = new double[RUNS];
			for (int k = 0; k < RUNS; k++) {
				final double process = seconds(model, Isolation.of("process"));
				final double here = seconds(model, Isolation.NONE);
				extra[k] = process - here;
				System.out.printf(Locale.ROOT, "%s: a process of its own %.2f s, here %.2f s%n", model, process, here);
			}
			Arrays.sort(extra);
			System.out.printf(Locale.ROOT, "%s: median difference %.2f s (%.2f to %.2f)%n", model, extra[RUNS / 2],
				extra[0], extra[RUNS - 1]);
		}
	}

	private static double seconds(final String model, final Isolation isolation) {
		final long begun = System.nanoTime();
		try (Decomposer decomposer = isolation.of(Decomposers::open).open(ModelName.of(model), "auto")) {
			decomposer.decompose(white(), DecomposeOptions.defaults().withLayers(2).withSteps(1), Progress.none());
		}
		return (System.nanoTime() - begun) / 1e9;
	}

	private static RgbaImage white() {
		final int[] argb = new int[64 * 64];
		Arrays.fill(argb, -1);
		return RgbaImage.ofArgb(64, 64, argb);
	}
}
