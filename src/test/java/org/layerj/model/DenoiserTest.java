package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.layerj.Fixtures;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.SchedulerConfig;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/** Drawing known layers once more; runs from noise are compared with the original in {@link TinyPipelineTest}. */
class DenoiserTest {

	private static final int FRAMES = 3;
	private static final int SIDE = 8;

	private final ModelFiles files = Fixtures.open("14-pipeline").files("model");
	private final TransformerConfig config = TransformerConfig.read(files);

	private static final class Steps implements Denoiser.Listener {

		private int done;

		@Override
		public void check() {}

		@Override
		public void step(final int step, final Tensor tokens) {
			assertEquals(++done, step);
		}
	}

	private LayeredTransformer transformer() {
		return new LayeredTransformer(config,
			new Weights(Component.open(files, TransformerConfig.FOLDER), Device.CPU, DType.F32), Keep.all());
	}

	private Tensor latents(final Scope scope, final long seed, final int frames) {
		return Denoiser.noise(scope, seed, frames, config.outChannels(), SIDE, SIDE);
	}

	private Tensor picture(final Scope scope) {
		return Tensors.reshape(scope, latents(scope, 3, 1), 1, config.outChannels(), SIDE, SIDE);
	}

	private Denoiser.Guidance guidance(final Scope scope) {
		return new Denoiser.Guidance(Tensors.of(scope, new float[5 * config.textDim()], 1, 5, config.textDim()),
			Optional.empty(), 1, false);
	}

	private float[] run(final Denoiser denoiser, final Scope scope, final Denoiser.Schedule how, final Steps steps) {
		return denoiser.run(scope, picture(scope), latents(scope, 2, FRAMES), guidance(scope), how, steps).toFloats();
	}

	@Test
	void passesThatWouldBringLittleNewAreSpared() {
		try (LayeredTransformer transformer = transformer(); Scope scope = Torch.scope()) {
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			final float[] full = run(denoiser, scope, new Denoiser.Schedule(20, 0, 0), new Steps());
			assertEquals(0, denoiser.spared());
			final float[] none = run(denoiser, scope, new Denoiser.Schedule(20, 0, 1e-9), new Steps());
			assertEquals(0, denoiser.spared());
			assertArrayEquals(full, none, "a full pass is the same pass");
			double before = 0;
			int spared = 0;
			for (final double threshold : new double[] { 0.02, 0.1, 0.3, 1 }) {
				final Steps steps = new Steps();
				final double error =
					distance(full, run(denoiser, scope, new Denoiser.Schedule(20, 0, threshold), steps));
				assertEquals(20, steps.done);
				assertTrue(denoiser.spared() >= spared && denoiser.spared() <= 18, "spared " + denoiser.spared());
				assertTrue(denoiser.spared() == 0 || error > before / 2 && error < 0.5,
					"error " + error + " with " + denoiser.spared() + " of 20 spared");
				spared = denoiser.spared();
				before = error;
			}
			assertTrue(spared > 5, "spared " + spared);
			// The first and the last step are made in full whatever the threshold.
			run(denoiser, scope, new Denoiser.Schedule(2, 0, 1), new Steps());
			assertEquals(0, denoiser.spared());
		}
	}

	@Test
	void guidanceHasACacheForEachPrompt() {
		try (LayeredTransformer transformer = transformer(); Scope scope = Torch.scope()) {
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			final float[] other = new float[5 * config.textDim()];
			java.util.Arrays.fill(other, 0.7f);
			final Denoiser.Guidance both = new Denoiser.Guidance(guidance(scope).prompt(),
				Optional.of(Tensors.of(scope, other, 1, 5, config.textDim())), 3, true);
			final float[] full =
				denoiser
					.run(scope, picture(scope), latents(scope, 2, FRAMES), both, new Denoiser.Schedule(12, 0, 0),
						new Steps())
					.toFloats();
			final float[] spared =
				denoiser
					.run(scope, picture(scope), latents(scope, 2, FRAMES), both, new Denoiser.Schedule(12, 0, 1),
						new Steps())
					.toFloats();
			assertTrue(denoiser.spared() > 2 && denoiser.spared() <= 20, "spared " + denoiser.spared());
			assertTrue(distance(full, spared) < 1, "error " + distance(full, spared));
		}
	}

	/** Norm of the difference over the norm. */
	private static double distance(final float[] full, final float[] other) {
		double difference = 0;
		double all = 0;
		for (int i = 0; i < full.length; i++) {
			difference += Math.pow(full[i] - other[i], 2);
			all += Math.pow(full[i], 2);
		}
		return Math.sqrt(difference / all);
	}

	@Test
	void aShiftOfOnesOwnIsThatOfFewStepModels() {
		// Lightning: e^mu = 3 whatever the size, 4 steps.
		assertArrayEquals(new float[] { 1, 0.9f, 0.75f, 0.5f, 0 }, FlowMatch.shiftedSigmas(4, 3), 1e-6f);
		try (LayeredTransformer transformer = transformer(); Scope scope = Torch.scope()) {
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			// 16 tokens in a frame: the shift by size is 1/4.
			assertArrayEquals(run(denoiser, scope, new Denoiser.Schedule(3, 0, 0), new Steps()),
				run(denoiser, scope, new Denoiser.Schedule(3, 0.25, 0), new Steps()));
			assertTrue(distance(run(denoiser, scope, new Denoiser.Schedule(3, 0.25, 0), new Steps()),
				run(denoiser, scope, new Denoiser.Schedule(3, 3, 0), new Steps())) > 1e-3);
		}
	}

	@Test
	void itCanBeStopped() {
		try (LayeredTransformer transformer = transformer(); Scope scope = Torch.scope()) {
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			assertThrows(CancellationException.class, () -> denoiser.run(scope, picture(scope),
				latents(scope, 2, FRAMES), guidance(scope), new Denoiser.Schedule(1, 0, 0), new Denoiser.Listener()
				{

					@Override
					public void check() {
						throw new CancellationException();
					}

					@Override
					public void step(final int step, final Tensor tokens) {}
				}));
		}
	}
}
