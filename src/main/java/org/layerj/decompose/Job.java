package org.layerj.decompose;

import java.util.List;
import java.util.Map;
import org.layerj.common.Progress;
import org.layerj.refine.NativeSize;

/** Passes phases on to whoever listens, and times them. */
final class Job implements NativeSize.Watch {

	private final Progress progress;
	private final PhaseClock clock = new PhaseClock();

	Job(final Progress progress, final List<Progress.Phase> phases) {
		this.progress = progress;
		clock.plan(phases);
		progress.plan(phases);
	}

	void begin(final String phase) {
		progress.check();
		clock.phase(phase);
		progress.phase(phase);
	}

	void update(final double fraction, final String message) {
		clock.update(fraction);
		progress.update(fraction, message);
	}

	@Override
	public void done(final double fraction) {
		check();
		update(fraction, "");
	}

	@Override
	public void check() {
		progress.check();
	}

	Map<String, Double> end() {
		clock.end();
		return clock.seconds();
	}
}
