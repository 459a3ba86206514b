package org.layerj.decompose;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.layerj.checkpoint.Machine;
import org.layerj.checkpoint.MemoryForecast;
import org.layerj.checkpoint.MemoryForecast.Plan;
import org.layerj.checkpoint.ModelConfigs;
import org.layerj.checkpoint.RunFlops;
import org.layerj.checkpoint.RunSize;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Memory;
import org.layerj.torch.Speed;

/** What a run costs in time and memory on this machine: the model's arithmetic over a measured rate, and its weights and activations. */
final class RunCost {

	static final String LOAD = "load";
	static final String ENCODE = "encode";
	static final String PROMPT = "prompt";
	static final String DENOISE = "denoise";
	static final String DECODE = "decode";
	static final String REVISE = "revise";
	static final String REFINE = "refine";

	/** Share of a large matrix product's rate that whole networks reach: norms, attention and memory traffic take the rest. */
	private static final double EFFICIENCY = 0.6;
	/** Bytes of weights brought in per second from a file in the page cache, cast or transfer included. */
	private static final double LOAD_RATE = 1e9;
	/** Seconds per pixel and layer at the picture's own size (docs/EXACTNESS.md, two cores). */
	private static final double REFINE_PIXEL = 60e-9;
	/** The same per pixel at which regions are found. */
	private static final double VOTE_PIXEL = 200e-9;
	/** And once for all layers, to tell the page from what is drawn on it. */
	private static final double PAGE_PIXEL = 600e-9;
	/** Seconds before the first weight: libtorch, programs. */
	private static final double START = 1;
	/** Free memory that a run may plan with; the rest is left to others. */
	private static final double USABLE = 0.9;

	private final ModelConfigs configs;
	private final Device device;
	private final DType dtype;
	/** What a core and a graphics card of today do in a second, for forecasts before anything was measured. */
	private static final double USUAL_CORE = 40e9, USUAL_CARD = 50e12;
	/** The last rate measured in this JVM, by device and number type. */
	private static final Map<List<Object>, Double> MEASURED = new ConcurrentHashMap<>();

	private final Supplier<Machine> machine;
	private final boolean measured;
	private OptionalDouble rate = OptionalDouble.empty();

	/**
	 * @param machine asked anew for every run
	 * @param measured whether the machine's speed is measured, for which libtorch is loaded, rather than assumed
	 */
	RunCost(final ModelConfigs configs, final Device device, final DType dtype, final Supplier<Machine> machine, final boolean measured) {
		this.configs = configs;
		this.device = device;
		this.dtype = dtype;
		this.machine = machine;
		this.measured = measured;
	}

	/**
	 * Whether all weights can stay in memory during this run, or have to be fetched block by block in every step.
	 *
	 * @param held bytes that this model already holds on the device
	 */
	boolean fitsResident(final RunSize run, final long held) {
		return need(run, MemoryForecast.Weights.RESIDENT) <= USABLE * (free() + held);
	}

	Forecast forecast(final RunSize run, final long held) {
		final boolean resident = fitsResident(run, held);
		final Plan plan = plan(resident ? MemoryForecast.Weights.RESIDENT : MemoryForecast.Weights.STREAMED);
		final MemoryForecast memory = new MemoryForecast(configs);
		final double seconds = phases(run, resident).stream().mapToDouble(Progress.Phase::seconds).sum();
		final long ram = machine.get().available() + (device.isCpu() ? held : 0);
		final Runtime java = Runtime.getRuntime();
		return new Forecast(seconds, memory.ram(run, plan), memory.gpu(run, plan), ram, device.isCpu() ? 0 : free() + held, memory.heap(run), java.maxMemory() - java
			.totalMemory() + java.freeMemory());
	}

	/**
	 * Expected seconds of each phase.
	 *
	 * @param resident whether weights are loaded once, or fetched in every pass
	 */
	List<Progress.Phase> phases(final RunSize run, final boolean resident) {
		final RunFlops flops = RunFlops.of(configs, run);
		final double perSecond = rate() * EFFICIENCY;
		final double pass = 24.0 * configs.transformer().dim() * configs.transformer().dim() * configs.transformer().layers() * precision().bytes() / LOAD_RATE;
		final double fetches = resident ? 0 : pass * run.steps() * (run.guided() ? 2 : 1);
		final double text = configs.text().map(t -> (double) t.layers() * t.hidden() * (2.0 * t.hidden() + 3.0 * t.intermediate()) * precision().bytes()).orElse(0.0);
		final double refine = REFINE_PIXEL * run.layers() * run.picturePixels();
		final double vote = (VOTE_PIXEL * run.layers() + PAGE_PIXEL) * run.votingPixels();
		final List<Progress.Phase> phases = new ArrayList<>(List.of(new Progress.Phase(LOAD, START + (resident ? pass : 0)), new Progress.Phase(ENCODE, flops.encode()
			/ perSecond), new Progress.Phase(PROMPT, text / LOAD_RATE + (flops.caption() + flops.prompt()) / perSecond), new Progress.Phase(DENOISE, fetches + flops
				.denoise() / perSecond), new Progress.Phase(DECODE, flops.decode() / perSecond)));
		if (run.revised()) phases.add(new Progress.Phase(REVISE, fetches / run.steps() + vote + flops.revise() / perSecond));
		phases.add(new Progress.Phase(REFINE, refine + (run.revised() ? 0 : vote)));
		return phases;
	}

	private long need(final RunSize run, final MemoryForecast.Weights weights) {
		final MemoryForecast memory = new MemoryForecast(configs);
		return device.isCpu() ? memory.ram(run, plan(weights)) : memory.gpu(run, plan(weights));
	}

	private Plan plan(final MemoryForecast.Weights weights) {
		return new Plan(device.isCpu() ? MemoryForecast.Processor.CPU : MemoryForecast.Processor.GPU, precision(), weights);
	}

	private MemoryForecast.Precision precision() {
		return dtype == DType.BF16 ? MemoryForecast.Precision.BF16 : MemoryForecast.Precision.F32;
	}

	private long free() {
		return device.isCpu() ? machine.get().available() : Memory.free(device);
	}

	private double rate() {
		final List<Object> key = List.of(device, dtype);
		if (!measured) return MEASURED.getOrDefault(key, device.isCpu() ? USUAL_CORE * machine.get().processors() : USUAL_CARD);
		if (rate.isEmpty()) {
			rate = OptionalDouble.of(Speed.measure(device, dtype));
			MEASURED.put(key, rate.getAsDouble());
		}
		return rate.getAsDouble();
	}
}
