package org.layerj.imagej;

import ij.IJ;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.layerj.common.Progress;
import org.layerj.decompose.Durations;
import org.layerj.decompose.PhaseClock;

/** Progress in ImageJ's status bar. Escape cancels, as does whatever else the entry offers. */
final class ImageJProgress implements Progress {

	private final PhaseClock clock = new PhaseClock();
	private final BooleanSupplier cancelled;
	private final BiConsumer<Double, String> also;

	/**
	 * @param cancelled asked in addition to the Escape key
	 */
	ImageJProgress(final BooleanSupplier cancelled) {
		this(cancelled, (done, message) -> {});
	}

	/**
	 * @param cancelled asked in addition to the Escape key
	 * @param also receives the share of all that is done, 0 … 1, and the text of the status bar
	 */
	ImageJProgress(final BooleanSupplier cancelled, final BiConsumer<Double, String> also) {
		this.cancelled = cancelled;
		this.also = also;
		// An Escape pressed for something else, long ago, must not end this run.
		IJ.resetEscape();
	}

	/** Does something that tells of its progress, and clears the progress bar afterwards. */
	static <T> T during(final Function<Progress, T> work) {
		final ImageJProgress progress = new ImageJProgress(() -> false);
		try {
			return work.apply(progress);
		}
		finally {
			progress.end("");
		}
	}

	/** As {@link #during}, for what finds something in one phase. */
	static <T> T finding(final Function<Progress, T> work) {
		return during(progress -> {
			progress.plan(List.of(new Phase("find", 1)));
			progress.phase("find");
			return work.apply(progress);
		});
	}

	@Override
	public void plan(final List<Phase> phases) {
		clock.plan(phases);
	}

	@Override
	public void phase(final String name) {
		clock.phase(name);
		show("");
	}

	@Override
	public void update(final double fraction, final String message) {
		clock.update(fraction);
		show(message);
	}

	@Override
	public boolean cancelled() {
		return IJ.escapePressed() || cancelled.getAsBoolean();
	}

	/** Clears the progress bar. */
	void end(final String message) {
		IJ.showProgress(1.0);
		IJ.showStatus(message);
	}

	private void show(final String message) {
		final String left = clock.left().isPresent() ? ", " + Durations.text(clock.left().getAsDouble()) + " left" : "";
		final String what = clock.phase() + (message.isEmpty() ? "" : ": " + message);
		final String status =
			String.format(Locale.ROOT, "Decompose Layers %.0f %%%s (%s)", 100 * clock.done(), left, what);
		IJ.showStatus(status);
		also.accept(clock.done(), status);
		// 1.0 would clear the bar.
		IJ.showProgress(Math.min(0.999, clock.done()));
	}
}
