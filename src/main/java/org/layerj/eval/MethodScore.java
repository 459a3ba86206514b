package org.layerj.eval;

import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How one method did on all figures.
 *
 * @param peakMemory bytes of main memory of the process at the peak while it ran; empty where the system does not tell
 */
record MethodScore(String method, List<FigureScore> figures, OptionalLong peakMemory) {

	double mean(final ToDoubleFunction<FigureScore> value) {
		return figures.stream().mapToDouble(value).average().orElse(Double.NaN);
	}

	double iou(final int merges) {
		return mean(f -> f.layerd().at(merges).alphaIou());
	}

	double l1(final int merges) {
		return mean(f -> f.layerd().at(merges).rgbL1());
	}

	/** Some of the figures only. */
	MethodScore of(final Predicate<TruthFigure> chosen) {
		return new MethodScore(method, figures.stream().filter(f -> chosen.test(f.figure())).toList(), peakMemory);
	}
}
