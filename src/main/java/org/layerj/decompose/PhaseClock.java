package org.layerj.decompose;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;
import org.layerj.common.Progress;

/**
 * Times the phases of a job and computes the progress of the whole. Safe to read from other threads.
 * <p>
 * The share done follows the planned seconds. The time left of the present phase is extrapolated from its own pace;
 * that of the phases to come is their planned time, stretched by how much slower or faster than planned the job has
 * been so far.
 */
public final class PhaseClock {

	private final LongSupplier nanoTime;
	private final Map<String, Double> planned = new LinkedHashMap<>();
	private final Map<String, Double> spent = new LinkedHashMap<>();
	private String phase = "";
	private long begun;
	private double fraction;

	/** By the system's clock. */
	public PhaseClock() {
		this(System::nanoTime);
	}

	/**
	 * With another clock, in nanoseconds.
	 *
	 * @param nanoTime increasing; its origin does not matter
	 */
	public PhaseClock(final LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	/**
	 * Starts anew with these phases.
	 *
	 * @param phases in their order, with how long each takes in proportion
	 */
	public synchronized void plan(final List<Progress.Phase> phases) {
		planned.clear();
		spent.clear();
		phase = "";
		for (final Progress.Phase p : phases) planned.put(p.name(), Math.max(0, p.seconds()));
	}

	/**
	 * Ends the present phase and begins another one.
	 *
	 * @param name of a phase of the plan
	 */
	public synchronized void phase(final String name) {
		end();
		phase = name;
		begun = nanoTime.getAsLong();
		fraction = 0;
	}

	/**
	 * Sets the progress of the present phase.
	 *
	 * @param newFraction 0 … 1
	 */
	public synchronized void update(final double newFraction) {
		fraction = Math.max(0, Math.min(1, newFraction));
	}

	/** Ends the present phase; the job is done. */
	public synchronized void end() {
		if (!phase.isEmpty()) spent.merge(phase, elapsed(), Double::sum);
		phase = "";
	}

	/** {@return the name of the present phase; empty before the first and after the last} */
	public synchronized String phase() {
		return phase;
	}

	/** {@return the seconds of every phase that has ended, in order} */
	public synchronized Map<String, Double> seconds() {
		return new LinkedHashMap<>(spent);
	}

	/** {@return the share of the whole job that is done, 0 … 1} */
	public synchronized double done() {
		final double all = total();
		return all == 0 ? 0 : Math.min(1, (before() + fraction * planned.getOrDefault(phase, 0.0)) / all);
	}

	/** {@return the expected seconds until the end; empty if there is too little progress for an estimate} */
	public synchronized OptionalDouble left() {
		if (phase.isEmpty() || total() == 0) return OptionalDouble.empty();
		final double now = elapsed();
		final double here = planned.getOrDefault(phase, 0.0);
		final double plannedSoFar = before() + fraction * here;
		final double spentSoFar = spent.values().stream().mapToDouble(d -> d).sum() + now;
		if (plannedSoFar < 0.02 * total()) return OptionalDouble.empty();
		final double pace = spentSoFar / plannedSoFar;
		final double rest = fraction > 0.05 ? now * (1 - fraction) / fraction : Math.max(0, here * pace - now);
		return OptionalDouble.of(rest + (total() - before() - here) * pace);
	}

	private double elapsed() {
		return (nanoTime.getAsLong() - begun) / 1e9;
	}

	private double total() {
		return planned.values().stream().mapToDouble(d -> d).sum();
	}

	/** Planned seconds of the phases before the present one, whether they were run or skipped. */
	private double before() {
		if (phase.isEmpty()) return spent.isEmpty() ? 0 : total();
		if (!planned.containsKey(phase))
			return spent.keySet().stream().mapToDouble(p -> planned.getOrDefault(p, 0.0)).sum();
		double sum = 0;
		for (final Map.Entry<String, Double> p : planned.entrySet()) {
			if (p.getKey().equals(phase)) break;
			sum += p.getValue();
		}
		return sum;
	}
}
