package org.layerj.checkpoint;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.layerj.checkpoint.MemoryForecast.Plan;
import org.layerj.checkpoint.MemoryForecast.Precision;
import org.layerj.checkpoint.MemoryForecast.Processor;
import org.layerj.checkpoint.MemoryForecast.Weights;

/** A {@link ModelCheck} as plain text with aligned columns. */
final class CheckReport {

	private static final int MAX_PROBLEMS = 12;
	private static final List<Integer> LAYERS = List.of(1, 2, 4, 8);

	private static final Plan CPU_F32 = new Plan(Processor.CPU, Precision.F32, Weights.RESIDENT);
	private static final Plan CPU_BF16 = new Plan(Processor.CPU, Precision.BF16, Weights.RESIDENT);
	private static final Plan CPU_STREAMED = new Plan(Processor.CPU, Precision.F32, Weights.STREAMED);
	private static final Plan GPU = new Plan(Processor.GPU, Precision.BF16, Weights.RESIDENT);
	private static final Plan GPU_STORED = new Plan(Processor.GPU, Precision.BF16, Weights.STORED);
	private static final Plan GPU_STREAMED = new Plan(Processor.GPU, Precision.BF16, Weights.STREAMED);

	private final ModelCheck check;
	private final String model;
	private final List<String> lines = new ArrayList<>();

	CheckReport(final ModelCheck check, final String model) {
		this.check = check;
		this.model = model;
	}

	String text() {
		final ModelDefaults d = check.defaults();
		lines.add("Model     " + d.name() + (d.version().isEmpty() ? "" : " " + d.version())
			+ (d.license().isEmpty() ? "" : " (" + d.license() + ")"));
		lines.add("Folder    " + model);
		check.id()
			.ifPresent(id -> lines
				.add("Identity  " + id.brief() + (id.everyByte() ? "" : "  (structure and layout, not every weight)")));
		lines.add("");
		parts();
		lines.add("");
		check.forecast().ifPresent(this::memory);
		check.notes().forEach(n -> lines.add("Note      " + n));
		final List<String> problems = check.problems();
		problems.stream().limit(MAX_PROBLEMS).forEach(p -> lines.add("Problem   " + p));
		if (problems.size() > MAX_PROBLEMS) lines.add("Problem   … and " + (problems.size() - MAX_PROBLEMS) + " more.");
		lines.add(check.ok() ? "Result    The model is complete." : "Result    The model cannot be used.");
		return String.join("\n", lines) + "\n";
	}

	private void parts() {
		final List<List<String>> rows = new ArrayList<>();
		rows.add(List.of("Part", "Class", "Files", "Tensors", "Parameters", "Bytes", "Type"));
		for (final ModelCheck.Part p : check.parts()) {
			if (p.tensors() == 0) rows.add(List.of(p.folder(), p.kind(), "", "", "", "", ""));
			else rows.add(List.of(p.folder(), p.kind(), number(p.files()), number(p.tensors()), number(p.parameters()),
				number(p.bytes()), types(p.dtypes())));
		}
		rows.add(
			List.of("all", "", "", number(check.tensors()), number(check.parameters()), number(check.bytes()), ""));
		table(rows, "llrrrrl");
	}

	private void memory(final MemoryForecast forecast) {
		final ModelDefaults d = check.defaults();
		final Machine m = check.machine();
		final boolean guided = d.guidance() > 1;
		final boolean captioned = forecast.configs().vision().isPresent();
		final TreeSet<Integer> layers = new TreeSet<>(LAYERS.stream().filter(n -> n <= d.maxLayers()).toList());
		layers.add(d.maxLayers());
		final List<List<String>> rows = new ArrayList<>();
		long beside = 0;
		rows.add(List.of("Resolution", "Layers", "Tokens", "TFLOP", "CPU f32", "CPU bf16", "CPU streamed", "GPU bf16",
			"GPU stored", "GPU streamed", "Fits here"));
		for (final int resolution : resolutions(d)) for (final int n : layers) {
			final RunSize run = RunSize.square(resolution, n, d.steps(), guided, captioned);
			beside = Math.max(beside, forecast.ram(run, GPU));
			final List<String> fits = new ArrayList<>();
			for (final Plan plan : List.of(GPU, GPU_STORED, GPU_STREAMED, CPU_BF16, CPU_F32, CPU_STREAMED))
				if (fits(forecast, run, plan, m)) fits.add(plan.toString());
			final List<String> row = new ArrayList<>(List.of(String.valueOf(resolution), String.valueOf(n),
				number(run.tokens(forecast.configs())), tera(RunFlops.of(forecast.configs(), run).total())));
			for (final Plan plan : List.of(CPU_F32, CPU_BF16, CPU_STREAMED)) row.add(gb(forecast.ram(run, plan)));
			for (final Plan plan : List.of(GPU, GPU_STORED, GPU_STREAMED)) row.add(gb(forecast.gpu(run, plan)));
			row.add(fits.isEmpty() ? "no" : String.join(", ", fits.subList(0, Math.min(2, fits.size()))));
			rows.add(row);
		}
		lines.add("Memory needed at the peak, in GB of 10⁹ bytes; square picture, " + d.steps() + " steps"
			+ (guided ? " with guidance" : "") + "; TFLOP of the whole run.");
		lines.add(String.format(Locale.ROOT,
			"\"stored\" keeps weights as the file has them (%.1f bits) and expands a block at a time; \"streamed\" fetches every block",
			8 * forecast.stored().transformer()));
		lines.add(
			"in every step: slower, but possible with little memory; between the two as many blocks stay as fit. A run on the GPU needs up to");
		lines.add(gb(beside) + " GB of main memory besides.");
		table(rows, "rrrrrrrrrrl");
		lines.add("This machine has " + gb(m.available()) + " of " + gb(m.ram()) + " GB RAM free, " + m.processors()
			+ " processors, " + (m.gpu().isPresent() ? gb(m.gpu().getAsLong()) + " GB of graphics memory free."
				: "no graphics card in use."));
		lines.add("");
	}

	/** All, or of many the smallest, the usual and the largest. */
	private static Collection<Integer> resolutions(final ModelDefaults d) {
		final List<Integer> all = d.resolutions();
		return all.size() <= 3 ? all : new TreeSet<>(List.of(all.get(0), d.resolution(), all.get(all.size() - 1)));
	}

	private static boolean fits(final MemoryForecast forecast, final RunSize run, final Plan plan, final Machine m) {
		if (plan.processor() == Processor.GPU && (m.gpu().isEmpty() || forecast.gpu(run, plan) > m.gpu().getAsLong()))
			return false;
		return forecast.ram(run, plan) <= m.available();
	}

	private void table(final List<List<String>> rows, final String alignment) {
		final int[] widths = new int[alignment.length()];
		for (final List<String> row : rows)
			for (int i = 0; i < widths.length; i++) widths[i] = Math.max(widths[i], row.get(i).length());
		for (final List<String> row : rows) {
			final StringBuilder line = new StringBuilder();
			for (int i = 0; i < widths.length; i++) {
				final String pad = String.join("", Collections.nCopies(widths[i] - row.get(i).length(), " "));
				line.append(alignment.charAt(i) == 'l' ? row.get(i) + pad : pad + row.get(i)).append("  ");
			}
			lines.add(line.toString().stripTrailing());
		}
	}

	private static String types(final Map<String, Long> dtypes) {
		if (dtypes.size() == 1) return dtypes.keySet().iterator().next();
		return dtypes.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map(e -> e.getKey() + " ×" + e.getValue())
			.collect(Collectors.joining(", "));
	}

	private static String number(final long n) {
		return String.format(Locale.ROOT, "%,d", n);
	}

	private static String tera(final double flops) {
		return String.format(Locale.ROOT, flops < 10e12 ? "%.1f" : "%,.0f", flops / 1e12);
	}

	private static String gb(final long bytes) {
		return String.format(Locale.ROOT, "%.1f", bytes / 1e9);
	}
}
