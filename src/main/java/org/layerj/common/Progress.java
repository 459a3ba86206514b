package org.layerj.common;

import java.util.List;

/**
 * How a long job tells what it does and learns that it should stop. Called from the thread that does the work.
 * <p>
 * A job first {@link #plan plans} its phases with their expected seconds, then {@link #phase begins} them one by one
 * and {@link #update reports} within each. From that a listener can tell the share done and the time left
 * ({@code org.layerj.decompose.PhaseClock}).
 */
public interface Progress {

	/**
	 * One part of a job.
	 *
	 * @param name for the user and the run record, unique in the plan, for example {@code denoise}
	 * @param seconds expected duration; only the proportions need to be right
	 */
	record Phase(String name, double seconds) {}

	/** All phases in order. Called once, before anything else. */
	default void plan(final List<Phase> phases) {}

	/** Begins a phase of the plan, if it is not the present one; the one before it is done. A phase may be skipped. */
	default void phase(final String name) {}

	/**
	 * How far the present phase is.
	 *
	 * @param fraction 0 … 1
	 * @param message a few words for the user, for example {@code step 3 of 20}; may be empty
	 */
	default void update(final double fraction, final String message) {}

	/** Whether the job should stop. Cheap; may be called from any thread. */
	default boolean cancelled() {
		return false;
	}

	/**
	 * Stops the job if that is wanted. To be called wherever stopping is safe, at least once a second where possible.
	 */
	default void check() {
		if (cancelled()) throw new CancelledException();
	}

	/** For a part of the work of the present phase, which knows nothing of the rest and plans no phases. */
	default Progress part(final double from, final double to) {
		final Progress whole = this;
		return new Progress() {

			@Override
			public void update(final double fraction, final String message) {
				whole.update(from + (to - from) * fraction, message);
			}

			@Override
			public boolean cancelled() {
				return whole.cancelled();
			}

			@Override
			public void check() {
				whole.check();
			}
		};
	}

	/** Discards what it receives, and never cancels. */
	static Progress none() {
		return new Progress() {};
	}
}
