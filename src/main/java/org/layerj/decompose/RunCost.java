package org.layerj.decompose;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.Machine;
import org.layerj.checkpoint.MemoryForecast;
import org.layerj.checkpoint.MemoryForecast.Plan;
import org.layerj.checkpoint.ModelConfigs;
import org.layerj.checkpoint.RunFlops;
import org.layerj.checkpoint.RunSize;
import org.layerj.checkpoint.TextConfig;
import org.layerj.common.Progress;
import org.layerj.model.Keep;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Speed;

/**
 * What a run costs in time and memory on this machine: the model's arithmetic over a measured rate, and its weights and
 * activations.
 */
final class RunCost {

	static final String LOAD = "load";
	static final String ENCODE = "encode";
	static final String PROMPT = "prompt";
	static final String DENOISE = "denoise";
	static final String DECODE = "decode";
	static final String REFINE = "refine";

	/**
	 * Share of a large matrix product's rate that whole networks reach: norms, attention and memory traffic take the
	 * rest.
	 */
	private static final double EFFICIENCY = 0.6;
	/** Bytes of weights brought in per second from a file in the page cache, cast or transfer included. */
	private static final double LOAD_RATE = 1e9;
	/** Seconds per pixel and layer at the picture's own size (docs/RESULTS.md, two cores). */
	private static final double REFINE_PIXEL = 60e-9;
	/** Seconds before the first weight: libtorch, programs. */
	private static final double START = 1;
	/** Free memory that a run may plan with; the rest is left to others. */
	private static final double USABLE = 0.9;

	/** Numbers expanded from their stored form per second. */
	private static final double EXPAND_CORE = 0.15e9, EXPAND_CARD = 20e9;

	private final MemoryForecast memory;
	private final ModelConfigs configs;
	private final Device device;
	private final DType dtype;
	/** What a core and a graphics card of today do in a second, for forecasts before anything was measured. */
	private static final double USUAL_CORE = 40e9, USUAL_CARD = 50e12;
	/** The last rate measured in this JVM, by device and number type. */
	private static final Map<List<Object>, Double> MEASURED = new ConcurrentHashMap<>();

	private final Supplier<Machine> machine;
	private final LongSupplier graphicsMemory;
	private final boolean measured;
	private OptionalDouble rate = OptionalDouble.empty();

	/**
	 * @param machine asked anew for every run
	 * @param graphicsMemory bytes free on the graphics card, where the device is one
	 * @param measured whether the machine's speed is measured, for which libtorch is loaded, rather than assumed
	 */
	RunCost(final MemoryForecast memory, final Device device, final DType dtype, final Supplier<Machine> machine,
		final LongSupplier graphicsMemory, final boolean measured)
	{
		this.memory = memory;
		this.configs = memory.configs();
		this.device = device;
		this.dtype = dtype;
		this.machine = machine;
		this.graphicsMemory = graphicsMemory;
		this.measured = measured;
	}

	/**
	 * How a run is carried out in the memory there is.
	 *
	 * @param plan of the transformer
	 * @param text of the text encoder, which is in memory before the transformer is
	 */
	record Choice(Plan plan, Plan text) {

		/** What of a stack of so many blocks stays, by one of the plans. */
		static Keep keep(final Plan plan, final int blocks) {
			if (plan.kept() >= 1) return plan.weights() == MemoryForecast.Weights.RESIDENT ? Keep.all()
				: new Keep(Keep.Form.STORED, blocks);
			return new Keep(plan.weights() == MemoryForecast.Weights.STORED ? Keep.Form.STORED : Keep.Form.EXPANDED,
				(int) Math.round(plan.kept() * blocks));
		}
	}

	/**
	 * The fastest way that fits: all weights ready to compute with; all as they are stored, where that is smaller; or
	 * as many as fit, and the others fetched in every step.
	 *
	 * @param held bytes that this model already holds on the device
	 */
	Choice choose(final RunSize run, final long held) {
		final double room = USABLE * (free() + held);
		final Plan transformer = fastest(room, p -> memory.denoisingPeak(run, p), memory::transformerBlock,
			configs.transformer().layers(), memory.stored().transformer());
		final Plan text = fastest(room, p -> memory.describingPeak(run, p), memory::textLayer,
			configs.text().map(TextConfig::layers).orElse(1), memory.stored().text());
		return new Choice(transformer, text);
	}

	private Plan fastest(final double room, final ToLongFunction<Plan> peak, final ToDoubleFunction<Plan> block,
		final int blocks, final double stored)
	{
		final Plan resident = plan(MemoryForecast.Weights.RESIDENT, 1);
		if (peak.applyAsLong(resident) <= room) return resident;
		final boolean smaller = stored < precision().bytes();
		final Plan all = plan(smaller ? MemoryForecast.Weights.STORED : MemoryForecast.Weights.RESIDENT, 1);
		if (smaller && peak.applyAsLong(all) <= room) return all;
		final Plan none = plan(MemoryForecast.Weights.STREAMED, 0);
		// On a CPU what does not stay lies in the mapped file, which the system keeps as far as it can.
		if (device.isCpu()) return none;
		final int staying = (int) Math.max(0,
			Math.min(blocks - 1, Math.floor((room - peak.applyAsLong(none)) / block.applyAsDouble(all))));
		return staying == 0 ? none : plan(all.weights(), (double) staying / blocks);
	}

	/** Whether the text encoder can be in memory beside what this model holds there already. */
	boolean textFitsBeside(final RunSize run, final Choice choice, final long held) {
		return memory.describingPeak(run, choice.text) <= USABLE * free();
	}

	Forecast forecast(final RunSize run, final long held) {
		final Choice choice = choose(run, held);
		final double seconds = phases(run, choice).stream().mapToDouble(Progress.Phase::seconds).sum();
		final long ram = machine.get().available() + (device.isCpu() ? held : 0);
		final long heap = memory.heap(run);
		return new Forecast(seconds, memory.ram(run, choice.plan, choice.text),
			memory.gpu(run, choice.plan, choice.text), ram, device.isCpu() ? 0 : free() + held, heap,
			JavaHeap.left(heap))
			.withPlan(Stream.of(words(choice.plan, configs.transformer().layers()), sparing(run, choice))
				.filter(s -> !s.isEmpty())
				.collect(Collectors.joining("; ")));
	}

	/**
	 * How short a run may become by stepcache. How many passes are spared is known when they are; the first and the
	 * last step are made in full, and of the others one block.
	 */
	private String sparing(final RunSize run, final Choice choice) {
		if (!run.cached()) return "";
		double least = 0;
		for (final Progress.Phase p : phases(run, choice))
			least += p.name().equals(DENOISE) ? p.seconds()
				* (Math.min(2, run.steps()) + Math.max(0, run.steps() - 2.0) / configs.transformer().layers())
				/ run.steps() : p.seconds();
		return "stepcache can shorten it to " + Durations.text(least) + " at best";
	}

	/** What is special about a plan, human-readable; empty if all weights are ready in memory. */
	private String words(final Plan plan, final int blocks) {
		final String form = plan.weights() == MemoryForecast.Weights.STORED
			? String.format(Locale.ROOT, "weights in their stored form (%.1f bits)", 8 * memory.stored().transformer())
			: "";
		if (plan.kept() >= 1) return form;
		if (plan.kept() <= 0) return "weights fetched block by block in every step";
		return (form.isEmpty() ? "" : form + ", ") + Math.round(plan.kept() * blocks) + " of " + blocks
			+ " blocks stay, the others are fetched in every step";
	}

	/** Expected seconds of each phase. */
	List<Progress.Phase> phases(final RunSize run, final Choice choice) {
		final RunFlops flops = RunFlops.of(configs, run);
		final double perSecond = rate() * EFFICIENCY;
		final double parameters =
			24.0 * configs.transformer().dim() * configs.transformer().dim() * configs.transformer().layers();
		final boolean resident = choice.plan.weights() == MemoryForecast.Weights.RESIDENT;
		final double bytes = parameters * (resident ? precision().bytes() : memory.stored().transformer());
		final double expand = parameters / (device.isCpu() ? EXPAND_CORE * machine.get().processors() : EXPAND_CARD);
		final double pass =
			(1 - choice.plan.kept()) * bytes / LOAD_RATE + (resident && choice.plan.kept() >= 1 ? 0 : expand);
		final double lora = lora(memory.transformerLora(), perSecond);
		final double loraLoaded = resident ? choice.plan.kept() : 0;
		final double passes = run.steps() * (run.guided() ? 2.0 : 1);
		final double fetches = (pass + (1 - loraLoaded) * lora) * passes;
		final double text = configs.text()
			.map(t -> (double) t.layers() * t.hidden() * (2.0 * t.hidden() + 3.0 * t.intermediate())
				* memory.stored().text())
			.orElse(0.0);
		final double refine = REFINE_PIXEL * run.layers() * run.picturePixels();
		return List.of(new Progress.Phase(ENCODE, START + flops.encode() / perSecond),
			new Progress.Phase(PROMPT,
				text / LOAD_RATE + lora(memory.textLora(), perSecond) + (flops.caption() + flops.prompt()) / perSecond),
			new Progress.Phase(LOAD, choice.plan.kept() * bytes / LOAD_RATE + loraLoaded * lora),
			new Progress.Phase(DENOISE, fetches + flops.denoise() / perSecond),
			new Progress.Phase(DECODE, flops.decode() / perSecond), new Progress.Phase(REFINE, refine));
	}

	/** Seconds for adding LoRAs to all weights that they change: as often as these are brought in. */
	private static double lora(final Adapters.Cost cost, final double perSecond) {
		return cost.bytes() / LOAD_RATE + cost.flops() / perSecond;
	}

	private Plan plan(final MemoryForecast.Weights weights, final double kept) {
		return new Plan(device.isCpu() ? MemoryForecast.Processor.CPU : MemoryForecast.Processor.GPU, precision(),
			weights, kept);
	}

	private MemoryForecast.Precision precision() {
		return dtype == DType.BF16 ? MemoryForecast.Precision.BF16 : MemoryForecast.Precision.F32;
	}

	private long free() {
		return device.isCpu() ? machine.get().available() : graphicsMemory.getAsLong();
	}

	private double rate() {
		final List<Object> key = List.of(device, dtype);
		if (!measured)
			return MEASURED.getOrDefault(key, device.isCpu() ? USUAL_CORE * machine.get().processors() : USUAL_CARD);
		if (rate.isEmpty()) {
			rate = OptionalDouble.of(Speed.measure(device, dtype));
			MEASURED.put(key, rate.getAsDouble());
		}
		return rate.getAsDouble();
	}
}
