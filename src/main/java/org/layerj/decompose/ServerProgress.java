package org.layerj.decompose;

import java.util.List;
import java.util.function.Supplier;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.remote.ServerInfo;
import org.layerj.remote.Stage;

/** A server's stages as the phases of a job; in each time goes by, even if the server is silent. */
final class ServerProgress implements Progress {

	/** Planned seconds, of which only the proportions count. */
	private static final double SENDING = 1, FETCHING = 2;

	private final Job job;
	private final double planned;
	private final long begun = System.nanoTime();
	private String phase = "";
	private double fraction;

	/** @param planned seconds of the run itself */
	ServerProgress(final Job job, final double planned) {
		this.job = job;
		this.planned = planned;
	}

	/** The phases of what is done on a server, for {@link Progress#plan}. */
	static List<Progress.Phase> phases(final double planned) {
		return List.of(new Progress.Phase(Stage.SEND.phase(), SENDING), new Progress.Phase(Stage.RUN.phase(), planned),
			new Progress.Phase(Stage.FETCH.phase(), FETCHING));
	}

	/** Has a server do something; says so if a cancelled run may go on there. */
	static <T> T ask(final ServerInfo server, final Supplier<T> work) {
		try {
			return work.get();
		}
		catch (final CancelledException e) {
			if (server.cancels()) throw e;
			throw new CancelledException("Cancelled. " + server.kind()
				+ " cannot cancel a run; the connection was closed, but it may go on computing.");
		}
	}

	@Override
	public void check() {
		job.check();
	}

	@Override
	public boolean cancelled() {
		return job.cancelled();
	}

	@Override
	public void phase(final String name) {
		if (name.equals(phase)) return;
		phase = name;
		fraction = 0;
		job.begin(name);
	}

	@Override
	public void update(final double done, final String message) {
		// Where the server is silent, time goes by: never quite to the end.
		fraction =
			done >= 0 ? done : Math.max(fraction, 0.9 * (1 - Math.exp(-(System.nanoTime() - begun) / 1e9 / planned)));
		job.update(fraction, message);
	}
}
