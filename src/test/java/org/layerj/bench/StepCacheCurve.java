package org.layerj.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.SchedulerConfig;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.model.Denoiser;
import org.layerj.model.Keep;
import org.layerj.model.LayeredTransformer;
import org.layerj.model.PromptEncoder;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * What sparing passes between steps costs: the distance of the latents from those of the full run, against the share of
 * passes that were spared. <pre>java … org.layerj.bench.StepCacheCurve FOLDER SIDE FRAMES STEPS,… THRESHOLD,…</pre> One
 * line for each number of steps and threshold: the share of passes spared, and the error (norm of the difference over
 * the norm, of the layers' latents). The picture is a smooth latent, the prompt blank, without guidance; two seeds,
 * their mean.
 */
public final class StepCacheCurve {

	private static final long[] SEEDS = { 1, 2 };

	private StepCacheCurve() {}

	public static void main(final String[] args) {
		final ModelFiles files = ModelFiles.folder(Path.of(args[0]));
		final int side = Integer.parseInt(args[1]);
		final int frames = Integer.parseInt(args[2]);
		final int[] steps = Arrays.stream(args[3].split(",")).mapToInt(Integer::parseInt).toArray();
		final double[] thresholds = Arrays.stream(args[4].split(",")).mapToDouble(Double::parseDouble).toArray();
		final TransformerConfig config = TransformerConfig.read(files);
		try (
			LayeredTransformer transformer = new LayeredTransformer(config,
				new Weights(Component.open(files, TransformerConfig.FOLDER), Device.CPU, DType.F32), Keep.all());
			PromptEncoder encoder = PromptEncoder.open(files, config.textDim(), Device.CPU, DType.F32, Keep.all());
			Scope scope = Torch.scope())
		{
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			final Denoiser.Guidance guidance =
				new Denoiser.Guidance(encoder.encode(scope, "", 64), Optional.empty(), 1, false);
			final Tensor picture = smooth(scope, config.outChannels(), side);
			System.out.println("steps  threshold  spared  error");
			for (final int n : steps) {
				final List<float[]> full = Arrays.stream(SEEDS)
					.mapToObj(s -> run(denoiser, scope, picture, guidance, s, frames, side, config, n, 0))
					.toList();
				for (final double t : thresholds) {
					double error = 0;
					double spared = 0;
					for (int i = 0; i < SEEDS.length; i++) {
						error += distance(full.get(i),
							run(denoiser, scope, picture, guidance, SEEDS[i], frames, side, config, n, t));
						spared += (double) denoiser.spared() / n;
					}
					System.out.printf(Locale.ROOT, "%5d  %9.3f  %4.0f %%  %.4f%n", n, t, 100 * spared / SEEDS.length,
						error / SEEDS.length);
				}
			}
		}
	}

	private static float[] run(final Denoiser denoiser, final Scope scope, final Tensor picture,
		final Denoiser.Guidance guidance, final long seed, final int frames, final int side,
		final TransformerConfig config, final int steps, final double threshold)
	{
		try (Scope scratch = Torch.scope()) {
			final float[] all =
				denoiser.run(scratch, picture, Denoiser.noise(scratch, seed, frames, config.outChannels(), side, side),
					guidance, new Denoiser.Schedule(steps, 0, threshold), new Denoiser.Listener()
					{

						@Override
						public void check() {}

						@Override
						public void step(final int step, final Tensor tokens) {}
					}).toFloats();
			// Frame 0, the composite, is thrown away.
			return Arrays.copyOfRange(all, all.length / frames, all.length);
		}
	}

	/** A latent that changes slowly from place to place. */
	private static Tensor smooth(final Scope scope, final int channels, final int side) {
		final float[] values = new float[channels * side * side];
		for (int i = 0; i < values.length; i++) {
			final int c = i / side / side;
			values[i] = (float) Math.sin(c + (1 + c % 3) * 3.0 * (i / side % side) / side + 2.0 * (i % side) / side);
		}
		return Tensors.of(scope, values, 1, channels, side, side);
	}

	private static double distance(final float[] full, final float[] other) {
		double difference = 0;
		double all = 0;
		for (int i = 0; i < full.length; i++) {
			difference += Math.pow(full[i] - other[i], 2);
			all += Math.pow(full[i], 2);
		}
		return Math.sqrt(difference / all);
	}
}
