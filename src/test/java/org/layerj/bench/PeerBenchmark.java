package org.layerj.bench;

import com.google.gson.Gson;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.model.Keep;
import org.layerj.model.LayeredTransformer;
import org.layerj.model.QwenText;
import org.layerj.model.RgbaVae;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * Our side of training/benchmark.py: the same folder, the same inputs, the same JSON line. No test; it is run in a JVM
 * of its own.
 * <p>
 * Arguments:
 * {@code FOLDER --part dit|vae-encode|vae-decode|text|load --dtype f32|bf16 [--repeat N] [--threads N] [--stream]}.
 * {@code --stream} fetches block weights from the mapped file each time they are used instead of keeping them.
 */
public final class PeerBenchmark {

	private static final Runnable GO_ON = () -> {};

	private final Path folder;
	private final ModelFiles files;
	private final DType dtype;
	private final boolean keep;
	private final Scope scope = Torch.scope();

	private PeerBenchmark(final Path folder, final DType dtype, final boolean keep) {
		this.folder = folder;
		this.files = ModelFiles.folder(folder);
		this.dtype = dtype;
		this.keep = keep;
	}

	/**
	 * A loaded part of the network, ready to be run on the inputs with this prefix; the result belongs to the scope
	 * given.
	 */
	private interface Part {

		Tensor run(Scope scope, String prefix);
	}

	public static void main(final String[] arguments) throws IOException {
		final Map<String, String> options = new LinkedHashMap<>();
		for (int i = 1; i < arguments.length; i++)
			options.put(arguments[i], arguments[i].equals("--stream") ? "" : arguments[++i]);
		System.setProperty("ai.djl.pytorch.num_threads", options.getOrDefault("--threads", "2"));
		Torch.start();
		final DType dtype = options.getOrDefault("--dtype", "f32").equals("bf16") ? DType.BF16 : DType.F32;
		final boolean stream = options.containsKey("--stream");
		final Map<String, Object> row = new LinkedHashMap<>();
		final String part = options.getOrDefault("--part", "dit");
		row.put("who", stream ? "ours, streamed" : "ours");
		row.put("part", part);
		row.put("dtype", options.getOrDefault("--dtype", "f32"));
		row.put("start_s", ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0);
		row.put("idle_mib", status("VmRSS"));
		final PeerBenchmark benchmark = new PeerBenchmark(Path.of(arguments[0]), dtype, !stream);
		if (part.equals("load")) benchmark.load(row);
		else benchmark.time(row, part, Integer.parseInt(options.getOrDefault("--repeat", "2")));
		System.out.println(new Gson().toJson(row));
		// DJL leaves threads behind.
		System.exit(0);
	}

	private void time(final Map<String, Object> row, final String name, final int repeat) throws IOException {
		final long begin = System.nanoTime();
		final Part part = open(name);
		row.put("load_s", since(begin));
		row.put("loaded_mib", status("VmRSS"));
		final List<Double> seconds = new ArrayList<>();
		final List<Double> cpu = new ArrayList<>();
		float[] output = {};
		for (int i = 0; i <= repeat; i++) {
			final long at = System.nanoTime();
			final double cpuAt = cpuSeconds();
			try (Scope scratch = Torch.scope()) {
				final Tensor out = part.run(scratch, "");
				seconds.add(since(at));
				cpu.add(Math.round((cpuSeconds() - cpuAt) * 1e3) / 1e3);
				if (i == repeat) {
					row.put("peak_mib", status("VmHWM"));
					output = out.toFloats();
				}
			}
		}
		row.put("first_s", seconds.get(0));
		row.put("seconds", seconds.subList(1, seconds.size()));
		row.put("cpu_seconds", cpu.subList(1, cpu.size()));
		row.put("median_s", median(seconds.subList(1, seconds.size())));
		compare(row, output, name);
	}

	/**
	 * Loading counts as done when a tiny input has gone through every part: weights that are mapped lazily must be
	 * there by then.
	 */
	private void load(final Map<String, Object> row) throws IOException {
		final long begin = System.nanoTime();
		final List<Part> parts = List.of(open("dit"), open("vae"), open("text"));
		row.put("load_s", since(begin));
		final long at = System.nanoTime();
		try (Scope scratch = Torch.scope()) {
			for (final Part part : parts) part.run(scratch, "tiny.");
		}
		row.put("first_s", since(at));
		row.put("peak_mib", status("VmHWM"));
	}

	private Part open(final String part) {
		return switch (part) {
			case "dit" -> dit();
			case "vae-encode" -> encoder(vae());
			case "vae-decode" -> decoder(vae());
			case "text", "text-pipeline" -> text();
			case "vae" -> {
				final RgbaVae vae = vae();
				yield (s, prefix) -> {
					encoder(vae).run(s, prefix);
					return decoder(vae).run(s, prefix);
				};
			}
			default -> throw new IllegalArgumentException("Unknown part " + part);
		};
	}

	/**
	 * One forward pass of a denoising step; what belongs to a run (modulation table, condition, prompt, positions) is
	 * made with the first.
	 */
	private Part dit() {
		final LayeredTransformer t = new LayeredTransformer(TransformerConfig.read(files),
			weights(TransformerConfig.FOLDER), keep ? Keep.all() : Keep.none());
		final Map<String, LayeredTransformer.Run> runs = new LinkedHashMap<>();
		final Map<String, LayeredTransformer.Prompt> prompts = new LinkedHashMap<>();
		return (s, prefix) -> {
			final Tensor all = input(prefix + "tokens");
			final int side = (int) Math.sqrt(input(prefix + "latent").size(2) * input(prefix + "latent").size(3) / 4);
			final int frames = (int) all.size(1) / (side * side);
			final long generated = (frames - 1L) * side * side;
			final LayeredTransformer.Run run = runs.computeIfAbsent(prefix, p -> t.start(scope, new float[] { 0.5f }, 0,
				frames - 1, side, side, Tensors.slice(scope, all, 1, generated, all.size(1)), GO_ON));
			final LayeredTransformer.Prompt prompt =
				prompts.computeIfAbsent(prefix, p -> t.prompt(scope, run, input(p + "prompt"), List.of()));
			return t.velocity(s, run, prompt, Tensors.slice(s, all, 1, 0, generated), 0, GO_ON);
		};
	}

	private Part text() {
		final QwenText text =
			new QwenText(TextConfig.read(files), weights(TextConfig.FOLDER), keep ? Keep.all() : Keep.none());
		return (s, prefix) -> text.hidden(s, Arrays.stream(input("ids").toLongs()).mapToInt(Math::toIntExact).toArray(),
			GO_ON);
	}

	private RgbaVae vae() {
		return new RgbaVae(VaeConfig.read(files), weights(VaeConfig.FOLDER));
	}

	private Part encoder(final RgbaVae vae) {
		return (s, prefix) -> vae.encode(s, input(prefix + "picture"), GO_ON);
	}

	private Part decoder(final RgbaVae vae) {
		return (s, prefix) -> vae.decode(s, input(prefix + "latent"), GO_ON);
	}

	private Weights weights(final String part) {
		return new Weights(Component.open(files, part), Device.CPU, dtype);
	}

	private Tensor input(final String name) {
		return tensor(Component.openFile(files, "inputs.safetensors"), name);
	}

	private Tensor tensor(final Component file, final String name) {
		final TensorInfo info = file.info(name);
		return Tensors.over(scope, file.data(name), DType.ofSafetensors(info.dtype()).orElseThrow(), info.shape());
	}

	/**
	 * Largest difference to what the peer computed in the same type, mean difference to what it computed in float32.
	 */
	private void compare(final Map<String, Object> row, final float[] output, final String part) {
		double sum = 0;
		double largest = 0;
		for (final float v : output) {
			sum += Math.abs(v);
			largest = Math.max(largest, Math.abs(v));
		}
		row.put("mean_abs", Math.round(sum / output.length * 1e6) / 1e6);
		row.put("max_abs", largest);
		final float[] same = peer(part, String.valueOf(row.get("dtype")), output.length);
		double worst = 0;
		for (int i = 0; i < same.length; i++) worst = Math.max(worst, Math.abs((double) output[i] - same[i]));
		if (same.length > 0) row.put("max_diff", worst);
		final float[] exact = peer(part, "f32", output.length);
		double difference = 0;
		for (int i = 0; i < exact.length; i++) difference += Math.abs((double) output[i] - exact[i]);
		if (exact.length > 0) row.put("mean_diff_f32", difference / output.length);
	}

	/** The peer's saved output; empty if it has not run yet. */
	private float[] peer(final String part, final String type, final int length) {
		final String file = "peer-" + part + "-" + type + ".safetensors";
		if (!Files.exists(folder.resolve(file))) return new float[0];
		final float[] out = tensor(Component.openFile(files, file), "output").toFloats();
		if (out.length != length)
			throw new IllegalStateException("The peer's output has " + out.length + " values, ours " + length);
		return out;
	}

	private static double median(final List<Double> values) {
		final double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		final int n = sorted.length;
		return n == 0 ? 0 : n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
	}

	/** Processor time of all threads: tells more than the clock where other programs are running. */
	private static double cpuSeconds() {
		return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
			.getProcessCpuTime() / 1e9;
	}

	private static double since(final long nanos) {
		return Math.round((System.nanoTime() - nanos) / 1e6) / 1e3;
	}

	/** A field of /proc/self/status in MiB: VmHWM is the largest resident size so far, mapped file pages included. */
	private static long status(final String key) throws IOException {
		for (final String line : Files.readAllLines(Path.of("/proc/self/status"))) {
			if (line.startsWith(key + ":")) return Math.round(Long.parseLong(line.replaceAll("\\D", "")) / 1024.0);
		}
		return 0;
	}
}
