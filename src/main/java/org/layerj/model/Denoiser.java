package org.layerj.model;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.layerj.checkpoint.SchedulerConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/** Runs the reverse flow: from noise to the latents of composite and layers (section 3, inference). */
public final class Denoiser {

	private final LayeredTransformer transformer;
	private final SchedulerConfig schedule;
	private final boolean roundTimesteps;
	private int spared;

	/** @param roundTimesteps the original's rounding of timesteps in bfloat16 runs; see {@link FlowMatch#taus} */
	public Denoiser(final LayeredTransformer transformer, final SchedulerConfig schedule,
		final boolean roundTimesteps)
	{
		this.transformer = transformer;
		this.schedule = schedule;
		this.roundTimesteps = roundTimesteps;
	}

	/**
	 * What steers a run.
	 *
	 * @param prompt embedding {@code (1, nt, textDim)}
	 * @param negative embedding of the negative prompt; guidance runs only where there is one and the scale is above 1
	 * @param scale guidance scale
	 * @param rescale see {@link FlowMatch#guide}
	 */
	public record Guidance(Tensor prompt, Optional<Tensor> negative, double scale, boolean rescale) {

		boolean active() {
			return scale > 1 && negative.isPresent();
		}
	}

	/**
	 * How noise is taken off.
	 *
	 * @param steps number of Euler steps
	 * @param shift of the schedule, the same for every size of picture; 0: by the size of the picture
	 * @param stepCache see {@link StepCache}; 0: every pass is made in full
	 */
	public record Schedule(int steps, double shift, double stepCache) {}

	/** Told after each step; may throw to stop the run. */
	public interface Listener {

		/** Called between the blocks of the network. */
		void check();

		/**
		 * @param step number of steps done, from 1
		 * @param tokens the latents after it, packed; owned by the denoiser
		 */
		void step(int step, Tensor tokens);
	}

	/**
	 * Standard normal noise {@code (1, frames, z, h, w)}; the same for the same seed on every machine, frame by frame.
	 */
	public static Tensor noise(final Scope scope, final long seed, final int frames, final int channels,
		final int height, final int width)
	{
		final Random random = new Random(seed);
		final float[] values =
			new float[Math.multiplyExact(Math.multiplyExact(frames, channels), Math.multiplyExact(height, width))];
		for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
		return Tensors.of(scope, values, 1, frames, channels, height, width);
	}

	/**
	 * Denoises.
	 *
	 * @param condition normalised latent of the picture, {@code (1, z, h, w)}; h and w even
	 * @param noise {@code (1, N+1, z, h, w)}
	 * @return latents {@code (N+1, z, h, w)}, float32: the composite, then the layers bottom to top
	 */
	public Tensor run(final Scope scope, final Tensor condition, final Tensor noise, final Guidance guidance,
		final Schedule how, final Listener listener)
	{
		final int patch = transformer.config().patchSize();
		final int frames = Math.toIntExact(noise.size(1));
		final int rows = Math.toIntExact(noise.size(3)) / patch;
		final int columns = Math.toIntExact(noise.size(4)) / patch;
		final float[] sigmas = how.shift > 0 ? FlowMatch.shiftedSigmas(how.steps, how.shift)
			: FlowMatch.sigmas(schedule, how.steps, FlowMatch.mu(rows * columns));
		final Optional<StepCache> cache = cache(how.stepCache, sigmas);
		final Optional<StepCache> negativeCache = cache(guidance.active() ? how.stepCache : 0, sigmas);
		try (Scope all = Torch.scope()) {
			final Tensor clean = FlowMatch.pack(all,
				Tensors.reshape(all, condition, 1, 1, condition.size(1), condition.size(2), condition.size(3)));
			final LayeredTransformer.Run run = transformer.start(all, FlowMatch.taus(schedule, sigmas, roundTimesteps),
				0, frames, rows, columns, clean, listener::check);
			final LayeredTransformer.Prompt positive = transformer.prompt(all, run, guidance.prompt(), List.of());
			final Optional<LayeredTransformer.Prompt> negative = guidance.active()
				? guidance.negative().map(n -> transformer.prompt(all, run, n, List.of())) : Optional.empty();
			Tensor x = Tensors.to(all, FlowMatch.pack(all, noise), condition.device(), DType.F32);
			for (int i = 0; i < sigmas.length - 1; i++) {
				try (Scope scratch = Torch.scope()) {
					final Tensor latents = x;
					final int step = i;
					final Tensor v =
						transformer.velocity(scratch, run, positive, latents, step, cache, listener::check);
					final Tensor guided =
						negative
							.map(
								n -> FlowMatch.guide(scratch, v,
									transformer.velocity(scratch, run, n, latents, step, negativeCache,
										listener::check),
									guidance.scale(), guidance.rescale()))
							.orElse(v);
					x = FlowMatch.euler(all, latents, guided, sigmas[i], sigmas[i + 1]);
					all.free(latents);
				}
				listener.step(i + 1, x);
			}
			final Tensor unpacked = FlowMatch.unpack(all, x, rows, columns);
			return Tensors.reshape(scope, unpacked, frames, unpacked.size(2), unpacked.size(3), unpacked.size(4));
		}
		finally {
			spared = cache.map(StepCache::spared).orElse(0) + negativeCache.map(StepCache::spared).orElse(0);
			cache.ifPresent(StepCache::close);
			negativeCache.ifPresent(StepCache::close);
		}
	}

	/** Passes through the network that the last {@link #run} has spared, of all blocks but the first. */
	public int spared() {
		return spared;
	}

	private static Optional<StepCache> cache(final double threshold, final float[] sigmas) {
		return threshold > 0 ? Optional.of(new StepCache(threshold, sigmas.length - 1)) : Optional.empty();
	}
}
