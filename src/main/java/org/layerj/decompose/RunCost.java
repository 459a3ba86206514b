package org.layerj.decompose;

import java.util.List;
import java.util.OptionalDouble;
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
	static final String REFINE = "refine";

	/** Share of a large matrix product's rate that whole networks reach: norms, attention and memory traffic take the rest. */
	private static final double EFFICIENCY = 0.6;
	/** Bytes of weights brought in per second from a file in the page cache, cast included. */
	private static final double LOAD_RATE = 1e9;
	/** Seconds per pixel and layer at the picture's own size (docs/EXACTNESS.md, two cores). */
	private static final double REFINE_PIXEL = 60e-9;
	/** Seconds before the first weight: libtorch, programs. */
	private static final double START = 1;
	/** Free memory that a run may plan with; the rest is left to others. */
	private static final double USABLE = 0.9;

	private final ModelConfigs configs;
	private final Device device;
	private final DType dtype;
	private OptionalDouble rate = OptionalDouble.empty();

	RunCost(final ModelConfigs configs, final Device device, final DType dtype) {
		this.configs = configs;
		this.device = device;
		this.dtype = dtype;
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
		final Plan plan = plan(fitsResident(run, held) ? MemoryForecast.Weights.RESIDENT : MemoryForecast.Weights.STREAMED);
		final MemoryForecast memory = new MemoryForecast(configs);
		final double seconds = phases(run).stream().mapToDouble(Progress.Phase::seconds).sum();
		final long ram = Machine.here().available() + (device.isCpu() ? held : 0);
		return new Forecast(seconds, memory.ram(run, plan), memory.gpu(run, plan), ram, device.isCpu() ? 0 : free() + held);
	}

	/** Expected seconds of each phase. */
	List<Progress.Phase> phases(final RunSize run) {
		final RunFlops flops = RunFlops.of(configs, run);
		final double perSecond = rate() * EFFICIENCY;
		final double weights = new MemoryForecast(configs).ram(run, new Plan(MemoryForecast.Processor.CPU, precision(), MemoryForecast.Weights.RESIDENT));
		return List.of(new Progress.Phase(LOAD, START + weights / LOAD_RATE), new Progress.Phase(ENCODE, flops.encode() / perSecond), new Progress.Phase(PROMPT, (flops
			.caption() + flops.prompt()) / perSecond), new Progress.Phase(DENOISE, flops.denoise() / perSecond), new Progress.Phase(DECODE, flops.decode() / perSecond),
			new Progress.Phase(REFINE, run.picturePixels() * run.layers() * REFINE_PIXEL));
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
		return device.isCpu() ? Machine.here().available() : Memory.free(device);
	}

	private double rate() {
		if (rate.isEmpty()) rate = OptionalDouble.of(Speed.measure(device, dtype));
		return rate.getAsDouble();
	}
}
