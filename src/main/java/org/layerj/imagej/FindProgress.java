package org.layerj.imagej;

import java.util.List;
import org.layerj.common.Progress;
import org.layerj.refine.NativeSize;

/** What a network that finds something tells, in the status bar; Escape cancels. */
final class FindProgress implements NativeSize.Watch {

	private static final String PHASE = "find";

	private final ImageJProgress progress = new ImageJProgress(() -> false);

	FindProgress() {
		progress.plan(List.of(new Progress.Phase(PHASE, 1)));
		progress.phase(PHASE);
	}

	@Override
	public void done(final double fraction) {
		progress.update(fraction, "");
	}

	@Override
	public void check() {
		progress.check();
	}

	/** Clears the progress bar. */
	void end() {
		progress.end("");
	}
}
