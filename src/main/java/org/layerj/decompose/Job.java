package org.layerj.decompose;

import java.util.List;
import java.util.Map;
import org.layerj.common.Progress;

/**
 * Passes phases on to whoever listens, and times them. Planned from the start; a part of it may only tell how far it
 * is.
 */
final class Job implements Progress {

	private final Progress progress;
	private final PhaseClock clock = new PhaseClock();
	private final Runnable before;

	Job(final Progress progress, final List<Progress.Phase> phases) {
		this(progress, phases, () -> {});
	}

	/** @param before is run wherever the work may be stopped; what it throws ends it */
	Job(final Progress progress, final List<Progress.Phase> phases, final Runnable before) {
		this.progress = progress;
		this.before = before;
		clock.plan(phases);
		progress.plan(phases);
	}

	void begin(final String phase) {
		check();
		clock.phase(phase);
		progress.phase(phase);
	}

	@Override
	public void update(final double fraction, final String message) {
		clock.update(fraction);
		progress.update(fraction, message);
	}

	@Override
	public boolean cancelled() {
		return progress.cancelled();
	}

	@Override
	public void check() {
		progress.check();
		before.run();
	}

	Map<String, Double> end() {
		clock.end();
		return clock.seconds();
	}
}
