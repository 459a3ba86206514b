package org.layerj.remote;

import org.layerj.common.Progress;

/** Parts of a run on a server, in their order: the phases that it goes through. */
public enum Stage {

	/** The picture goes out. */
	SEND("send"),
	/** The server computes, or others' jobs are before ours. */
	RUN("denoise"),
	/** The layers come back. */
	FETCH("fetch");

	private final String phase;

	Stage(final String phase) {
		this.phase = phase;
	}

	/** Its name among the phases of a job. */
	public String phase() {
		return phase;
	}

	/**
	 * Says how far it is.
	 *
	 * @param fraction of the stage, 0 … 1; below 0 where the server does not say
	 */
	void tell(final Progress progress, final double fraction, final String message) {
		progress.phase(phase);
		progress.update(fraction, message);
	}
}
