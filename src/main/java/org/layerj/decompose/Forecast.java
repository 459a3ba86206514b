package org.layerj.decompose;

import java.util.Locale;
import java.util.Optional;

/**
 * Expected time and memory of a run, and the memory available.
 *
 * @param seconds expected duration; NaN if unknown
 * @param ram bytes of main memory needed at the peak
 * @param gpu bytes of graphics memory needed at the peak; 0 if none is used
 * @param availableRam bytes of main memory free now
 * @param availableGpu bytes of graphics memory free now; 0 if none is used
 * @param heap bytes of Java memory needed for the picture and its layers; part of {@code ram}
 * @param availableHeap bytes of Java memory that {@code -Xmx} leaves
 * @param plan how weights are kept to fit into this memory, human-readable; empty if all are ready in it
 * @param where a clause on the server that does the work, and on its memory; empty if it is done here
 * @param obstacle why the server cannot do it, as a message; empty if that is not certain
 */
public record Forecast(double seconds, long ram, long gpu, long availableRam, long availableGpu, long heap,
	long availableHeap, String plan, String where, String obstacle)
{

	/** A run on this computer. */
	public Forecast(final double seconds, final long ram, final long gpu, final long availableRam,
		final long availableGpu, final long heap, final long availableHeap)
	{
		this(seconds, ram, gpu, availableRam, availableGpu, heap, availableHeap, "", "", "");
	}

	/**
	 * The same with weights kept in another way than all ready in memory.
	 *
	 * @param other human-readable, as {@link #plan}
	 * @return the forecast with this plan
	 */
	public Forecast withPlan(final String other) {
		return new Forecast(seconds, ram, gpu, availableRam, availableGpu, heap, availableHeap, other, where, obstacle);
	}

	/** A run whose pictures are small enough for any Java heap. */
	public Forecast(final double seconds, final long ram, final long gpu, final long availableRam,
		final long availableGpu)
	{
		this(seconds, ram, gpu, availableRam, availableGpu, 0, Long.MAX_VALUE);
	}

	/** {@return why the run should not be started, as one message; empty if there is memory enough} */
	public Optional<String> rejection() {
		if (!obstacle.isEmpty()) return Optional.of(obstacle);
		if (ram > availableRam) return Optional.of(rejection("memory", ram, availableRam));
		if (heap > availableHeap) return Optional.of("The picture and its layers need about " + gigabytes(heap)
			+ " of Java memory, but only " + gigabytes(availableHeap)
			+ " are left; give Java more (-Xmx), choose fewer layers or decompose the picture in parts.");
		if (gpu > availableGpu) return Optional.of(rejection("graphics memory", gpu, availableGpu));
		return Optional.empty();
	}

	private static String rejection(final String what, final long needed, final long available) {
		return "This run needs about " + gigabytes(needed) + " of " + what + ", but only " + gigabytes(available)
			+ " are free; choose fewer layers, a lower resolution or a smaller model.";
	}

	/** The forecast as one human-readable line, for example {@code about 45 s, 1.2 GB of memory (14.0 GB free)}. */
	@Override
	public String toString() {
		return (Double.isNaN(seconds) ? "time not known yet" : "about " + Durations.text(seconds))
			+ (where.isEmpty() ? "" : " on " + where) + ", " + gigabytes(ram) + " of memory (" + gigabytes(availableRam)
			+ " free)"
			+ (gpu == 0 ? "" : ", " + gigabytes(gpu) + " of graphics memory (" + gigabytes(availableGpu) + " free)")
			+ (plan.isEmpty() ? "" : "; " + plan);
	}

	/**
	 * Bytes as 10⁹ bytes with one decimal.
	 *
	 * @param bytes 0 or more
	 * @return for example {@code 1.2 GB}
	 */
	public static String gigabytes(final long bytes) {
		return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
	}
}
