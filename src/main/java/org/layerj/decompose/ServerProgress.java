package org.layerj.decompose;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.remote.ServerInfo;
import org.layerj.remote.Watch;

/** A server's stages as the phases of a job. */
final class ServerProgress implements Watch {

	/** Names of the phases. */
	static final String SEND = "send", RUN = "denoise", FETCH = "fetch";

	/** Planned seconds, of which only the proportions count. */
	private static final double SENDING = 1, FETCHING = 2;

	private final Job job;
	private final double planned;
	private final long begun = System.nanoTime();
	private Optional<Stage> stage = Optional.empty();
	private double fraction;

	/** @param planned seconds of the run itself */
	ServerProgress(final Job job, final double planned) {
		this.job = job;
		this.planned = planned;
	}

	/** The phases of what is done on a server, for {@link Progress#plan}. */
	static List<Progress.Phase> phases(final double planned) {
		return List.of(new Progress.Phase(SEND, SENDING), new Progress.Phase(RUN, planned),
			new Progress.Phase(FETCH, FETCHING));
	}

	/** Has a server do something; says so if a cancelled run may go on there. */
	static <T> T ask(final ServerInfo server, final Supplier<T> work) {
		try {
			return work.get();
		}
		catch (final CancelledException e) {
			if (server.cancels()) throw e;
			throw new CancelledException("Cancelled. " + server.kind()
				+ " has no way to take a run back; the connection was closed, but it may go on computing.");
		}
	}

	@Override
	public void check() {
		job.check();
	}

	@Override
	public void update(final Stage now, final double done, final String message) {
		if (stage.filter(now::equals).isEmpty()) {
			stage = Optional.of(now);
			fraction = 0;
			job.begin(switch (now) {
				case SEND -> SEND;
				case RUN -> RUN;
				case FETCH -> FETCH;
			});
		}
		// Where the server is silent, time goes by: never quite to the end.
		fraction =
			done >= 0 ? done : Math.max(fraction, 0.9 * (1 - Math.exp(-(System.nanoTime() - begun) / 1e9 / planned)));
		job.update(fraction, message);
	}
}
