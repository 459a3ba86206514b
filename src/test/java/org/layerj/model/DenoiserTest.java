package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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

	@Test
	void atFullStrengthNothingOfTheKnownLayersIsLeft() {
		try (LayeredTransformer transformer = transformer(); Scope scope = Torch.scope()) {
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			final Steps steps = new Steps();
			final Tensor noise = latents(scope, 2, FRAMES);
			final float[] revised =
				denoiser.revise(scope, picture(scope), latents(scope, 1, FRAMES), noise, 1, guidance(scope), steps)
					.toFloats();
			assertEquals(1, steps.done);
			assertArrayEquals(denoiser.run(scope, picture(scope), noise, guidance(scope), 1, new Steps()).toFloats(),
				revised);
		}
	}

	@Test
	void atHardlyAnyStrengthTheKnownLayersStay() {
		try (LayeredTransformer transformer = transformer(); Scope scope = Torch.scope()) {
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			final Tensor known = latents(scope, 1, FRAMES);
			final Tensor revised = denoiser.revise(scope, picture(scope), known, latents(scope, 2, FRAMES), 1e-6,
				guidance(scope), new Steps());
			assertArrayEquals(new long[] { FRAMES, config.outChannels(), SIDE, SIDE }, revised.shape());
			assertArrayEquals(known.toFloats(), revised.toFloats(), 1e-3f);
		}
	}

	@Test
	void itCanBeStopped() {
		try (LayeredTransformer transformer = transformer(); Scope scope = Torch.scope()) {
			final Denoiser denoiser = new Denoiser(transformer, SchedulerConfig.read(files), false);
			assertThrows(CancellationException.class, () -> denoiser.revise(scope, picture(scope),
				latents(scope, 1, FRAMES), latents(scope, 2, FRAMES), .5, guidance(scope), new Denoiser.Listener()
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
