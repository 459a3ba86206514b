package org.layerj.imagej.pick;

import ij.IJ;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import org.layerj.common.CancelledException;

/** Work on layers that may take a while: a progress bar, and Escape ends it. */
final class Work {

	/** Nanoseconds without a message: shorter work shows no progress. */
	private static final long SOON = 300_000_000L;

	private Work() {}

	/**
	 * Does it.
	 *
	 * @param work receives the listener for the share that is done, 0 … 1, from any thread, and throws
	 * {@link CancelledException} when Escape has been pressed
	 */
	static void during(final Consumer<DoubleConsumer> work) {
		// An Escape pressed for something else, long ago, must not end this.
		IJ.resetEscape();
		final long begun = System.nanoTime();
		try {
			work.accept(done -> {
				if (IJ.escapePressed()) throw new CancelledException();
				// 1.0 would clear the bar.
				if (System.nanoTime() - begun > SOON) IJ.showProgress(Math.min(.999, done));
			});
		}
		finally {
			if (System.nanoTime() - begun > SOON) IJ.showProgress(1.0);
		}
	}
}
