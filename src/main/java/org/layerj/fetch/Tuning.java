package org.layerj.fetch;

import java.time.Duration;

/**
 * How a transfer behaves; tests are in a hurry.
 *
 * @param connections at once
 * @param tries how often a request is made without a single byte coming
 * @param pause after the first failure; doubled after every further one
 * @param stall how long a connection may be silent
 * @param piece bytes asked for at once
 * @param record bytes after which what has arrived is recorded
 */
record Tuning(int connections, int tries, Duration pause, Duration stall, long piece, long record) {

	static final Tuning USUAL = new Tuning(4, 6, Duration.ofSeconds(1), Duration.ofSeconds(60), 64L << 20, 8L << 20);

	/** The longest pause a server can ask for. */
	static final Duration LONGEST = Duration.ofMinutes(5);
}
