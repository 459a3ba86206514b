package org.layerj.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.MemoryForecast;
import org.layerj.checkpoint.ModelConfigs;
import org.layerj.checkpoint.RunSize;
import org.layerj.checkpoint.SparseTransformer;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.model.Keep;
import org.layerj.model.LayeredTransformer;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * Time and memory of the transformer at the official width with few blocks, with its weights in different forms: zeros
 * in sparse files.
 * <pre>mvn -q test-compile exec:exec … org.layerj.bench.StoredForms FORM BLOCKS RESOLUTION LAYERS BF16|F32 PASSES</pre>
 * One form a process, so that the peak is that form's. Prints seconds of the fastest forward pass, the process's peak
 * memory less what it had before the weights, and the forecast of the same.
 */
public final class StoredForms {

	private StoredForms() {}

	public static void main(final String[] args) throws IOException {
		final String form = args[0];
		final int blocks = Integer.parseInt(args[1]);
		final RunSize run = RunSize.square(Integer.parseInt(args[2]), Integer.parseInt(args[3]), 1, false, false);
		final DType dtype = DType.valueOf(args[4]);
		final int passes = Integer.parseInt(args[5]);
		final Path folder = Files.createTempDirectory("forms");
		try {
			measure(form, SparseTransformer.config(blocks), SparseTransformer.write(folder, blocks, form), run, dtype,
				passes);
		}
		finally {
			try (Stream<Path> all = Files.walk(folder)) {
				for (final Path p : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) Files.delete(p);
			}
		}
	}

	private static void measure(final String form, final TransformerConfig config, final Component weights,
		final RunSize run, final DType dtype, final int passes) throws IOException
	{
		final VaeConfig vae = new VaeConfig(96, 16, new int[] { 1, 2, 4, 4 }, 2, new boolean[] { false, true, true }, 4,
			new double[16], new double[16]);
		double bytes = 0;
		double parameters = 0;
		for (final String name : weights.names())
			if (name.startsWith("transformer_blocks.") && !name.contains("_mod."))
			{
				bytes += weights.info(name).bytes();
				parameters += weights.info(name).elements();
			}
		final boolean plain = form.equals(dtype.name());
		final MemoryForecast forecast =
			new MemoryForecast(new ModelConfigs(config, vae, Optional.empty(), Optional.empty()),
				new MemoryForecast.Stored(bytes / parameters, 2));
		final MemoryForecast.Plan plan = new MemoryForecast.Plan(MemoryForecast.Processor.CPU,
			dtype == DType.BF16 ? MemoryForecast.Precision.BF16 : MemoryForecast.Precision.F32,
			plain ? MemoryForecast.Weights.RESIDENT : MemoryForecast.Weights.STORED);
		final int side = run.width() / 16;
		final int frames = run.layers() + 1;
		try (LayeredTransformer t = new LayeredTransformer(config, new Weights(weights, Device.CPU, dtype),
			plain ? Keep.all() : new Keep(Keep.Form.STORED, 60)); Scope scope = Torch.scope())
		{
			final long before = status("VmRSS");
			final Tensor condition = Tensors.of(scope, new float[side * side * 64], 1, side * side, 64);
			final LayeredTransformer.Run r =
				t.start(scope, new float[] { 0.7f }, 0, frames, side, side, condition, () -> {});
			final LayeredTransformer.Prompt prompt = t.prompt(scope, r,
				Tensors.of(scope, new float[run.promptTokens() * 3584], 1, run.promptTokens(), 3584), List.of());
			final Tensor x =
				Tensors.of(scope, new float[frames * side * side * 64], 1, (long) frames * side * side, 64);
			final List<Double> seconds = new ArrayList<>();
			for (int i = 0; i < passes; i++) try (Scope pass = Torch.scope()) {
				final long start = System.nanoTime();
				t.velocity(pass, r, prompt, x, 0, () -> {});
				seconds.add((System.nanoTime() - start) / 1e9);
			}
			System.out.printf(Locale.ROOT,
				"%-8s %d blocks, %d tokens, %s: %.2f s a pass (%s), peak %.2f GB above %.2f GB, forecast %.2f GB in all, %.2f bits%n",
				form, config.layers(), (long) (frames + 1) * side * side + run.promptTokens(), dtype,
				seconds.stream().mapToDouble(s -> s).min().orElse(0), seconds, (status("VmHWM") - before) / 1e9,
				before / 1e9, forecast.denoisingPeak(run, plan) / 1e9, 8 * bytes / parameters);
		}
	}

	private static long status(final String key) throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter(l -> l.startsWith(key + ":"))
			.mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) * 1024)
			.findFirst()
			.orElse(0);
	}
}
