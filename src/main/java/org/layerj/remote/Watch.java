package org.layerj.remote;

/** Told how far a server is, and asked whether to go on. Called from the thread that waits. */
public interface Watch {

	/** Nobody watches. */
	Watch NONE = new Watch() {

		@Override
		public void check() {}

		@Override
		public void update(final Stage stage, final double fraction, final String message) {}
	};

	/** Parts of a run, in their order. */
	enum Stage {
		/** The picture goes out. */
		SEND,
		/** The server computes, or others' jobs are before ours. */
		RUN,
		/** The layers come back. */
		FETCH
	}

	/** Throws if the run is to be stopped; asked several times a second. */
	void check();

	/**
	 * How far it is.
	 *
	 * @param fraction of the stage, 0 … 1; below 0 where the server does not say
	 * @param message a few words; may be empty
	 */
	void update(Stage stage, double fraction, String message);
}
