package org.layerj.common;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.layerj.decompose.Problem;

/**
 * Somebody who cancels a job when it asks for the k-th time whether to stop. The job is run once to learn how often it
 * asks and where; then it is cancelled at the first and at the last time in every class that asks, and must end with
 * "Cancelled.".
 */
public final class CancelAt implements Progress {

	private final int at;
	private final List<String> places = new ArrayList<>();

	private CancelAt(final int at) {
		this.at = at;
	}

	@Override
	public synchronized boolean cancelled() {
		places.add(StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
			.walk(frames -> frames.filter(f -> !Progress.class.isAssignableFrom(f.getDeclaringClass()))
				.findFirst()
				.map(f -> f.getDeclaringClass().getSimpleName())
				.orElseThrow()));
		return places.size() > at;
	}

	/**
	 * Cancels a job everywhere.
	 *
	 * @param job does all of it, with this progress
	 * @param nothing looks whether a cancelled job has left anything; given where, for messages
	 * @return classes in which the job was cancelled
	 */
	public static Set<String> everywhere(final Consumer<Progress> job, final Consumer<String> nothing) {
		final CancelAt whole = new CancelAt(Integer.MAX_VALUE);
		job.accept(whole);
		final Set<Integer> times = new TreeSet<>(Set.of(whole.places.size() - 1));
		for (final String place : whole.places) times.add(whole.places.indexOf(place));
		for (final int at : times) {
			final CancelAt cancelled = new CancelAt(at);
			final String where = "time " + at + ", " + whole.places.get(at);
			final Throwable thrown = assertThrows(Throwable.class, () -> job.accept(cancelled), where);
			assertInstanceOf(CancelledException.class, thrown, where);
			assertEquals("Cancelled.", Problem.message(thrown), where);
			nothing.accept(where);
		}
		return new TreeSet<>(whole.places);
	}
}
