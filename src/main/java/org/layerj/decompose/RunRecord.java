package org.layerj.decompose;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.layerj.checkpoint.Adapters;

/**
 * Record of a decomposition: enough to repeat it and to describe it in a methods section.
 *
 * @param model name of the model
 * @param modelFolder its folder, the server's address, or {@code built-in}
 * @param modelHash {@link ModelInfo#hash}
 * @param settings every option as used
 * @param device where it ran, for example {@code cpu}, {@code cuda:0}, or a server
 * @param precision number format of the network's arithmetic, for example {@code f32} or {@code bf16}
 * @param seconds duration of each phase, in the order of the phases
 * @param peakMemory bytes of main memory of the process at the peak
 * @param workingWidth width in pixels the network saw
 * @param workingHeight height in pixels the network saw
 * @param prompt the prompt used: the user's, or the description the model made; empty if it reads none
 * @param adapters the LoRAs that changed the model
 * @param sparedPasses passes through the network of which only the first block was run
 * @param hints what the user knew of the layers
 */
public record RunRecord(String model, String modelFolder, String modelHash, Settings settings, String device,
	String precision, Map<String, Double> seconds, long peakMemory, int workingWidth, int workingHeight, String prompt,
	List<Adapters.Used> adapters, int sparedPasses, List<Hint> hints)
{

	/** A run without LoRAs. */
	public RunRecord(final String model, final String modelFolder, final String modelHash, final Settings settings,
		final String device, final String precision, final Map<String, Double> seconds, final long peakMemory,
		final int workingWidth, final int workingHeight, final String prompt)
	{
		this(model, modelFolder, modelHash, settings, device, precision, seconds, peakMemory, workingWidth,
			workingHeight, prompt, List.of(), 0, List.of());
	}

	public RunRecord {
		adapters = List.copyOf(adapters);
		hints = List.copyOf(hints);
		seconds = Collections.unmodifiableMap(new LinkedHashMap<>(seconds));
	}

	/**
	 * The same run with hints.
	 *
	 * @param known the hints
	 * @return a record with these hints
	 */
	public RunRecord withHints(final List<Hint> known) {
		return new RunRecord(model, modelFolder, modelHash, settings, device, precision, seconds, peakMemory,
			workingWidth, workingHeight, prompt, adapters, sparedPasses, known);
	}

	/** {@return the model as one text: its name and, if there is one, its hash} */
	public String by() {
		return by(model, modelHash);
	}

	static String by(final String name, final String hash) {
		return hash.isEmpty() ? name : name + " sha256:" + hash;
	}

	/**
	 * The record of several runs with the same options as one: this one's, with the seconds of both and the higher
	 * peak.
	 *
	 * @param next of a run with the same model and options
	 * @return one record
	 */
	public RunRecord and(final RunRecord next) {
		final Map<String, Double> sum = new LinkedHashMap<>(seconds);
		next.seconds.forEach((phase, s) -> sum.merge(phase, s, Double::sum));
		return new RunRecord(model, modelFolder, modelHash, settings, device, precision, sum,
			Math.max(peakMemory, next.peakMemory), workingWidth, workingHeight, prompt, adapters,
			sparedPasses + next.sparedPasses, hints);
	}
}
