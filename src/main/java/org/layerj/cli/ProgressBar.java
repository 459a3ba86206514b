package org.layerj.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.layerj.common.Progress;
import org.layerj.decompose.Durations;
import org.layerj.decompose.PhaseClock;

/**
 * Progress on the command line: on a terminal one line that is drawn over again, in a log a line at each phase and
 * every ten seconds.
 */
final class ProgressBar implements Progress {

	private static final int BAR = 24;
	private static final int LINE = 79;
	private static final double LOG_SECONDS = 10;

	private final PrintStream out;
	private final boolean terminal;
	private final LongSupplier nanoTime;
	private final PhaseClock clock;
	private volatile boolean cancelled;
	private long shown;
	private boolean drawn;

	ProgressBar(final PrintStream out, final boolean terminal, final LongSupplier nanoTime) {
		this.out = out;
		this.terminal = terminal;
		this.nanoTime = nanoTime;
		this.clock = new PhaseClock(nanoTime);
	}

	@Override
	public void plan(final List<Phase> phases) {
		clock.plan(phases);
	}

	@Override
	public void phase(final String name) {
		clock.phase(name);
		show("", true);
	}

	@Override
	public void update(final double fraction, final String message) {
		clock.update(fraction);
		show(message, false);
	}

	@Override
	public boolean cancelled() {
		return cancelled;
	}

	/** Makes the job stop at the next opportunity. */
	void cancel() {
		cancelled = true;
	}

	/** Wipes the bar, so that what is printed next starts on a clean line. */
	synchronized void end() {
		clock.end();
		if (drawn) out.print("\r" + " ".repeat(LINE) + "\r");
		drawn = false;
		out.flush();
	}

	private synchronized void show(final String message, final boolean always) {
		final long now = nanoTime.getAsLong();
		if (!terminal && !always && (now - shown) / 1e9 < LOG_SECONDS) return;
		shown = now;
		final OptionalDouble left = clock.left();
		final String text = String.format(Locale.ROOT, "%3.0f %% %s%s%s", 100 * clock.done(), clock.phase(),
			message.isEmpty() ? "" : ": " + message,
			left.isPresent() ? ", " + Durations.text(left.getAsDouble()) + " left" : "");
		if (terminal) {
			final int full = (int) (BAR * clock.done());
			final String line = "[" + "#".repeat(full) + "-".repeat(BAR - full) + "] " + text;
			out.print("\r" + String.format("%-" + LINE + "s", line.substring(0, Math.min(LINE, line.length()))));
			out.flush();
			drawn = true;
		}
		else out.println(text.strip());
	}
}
