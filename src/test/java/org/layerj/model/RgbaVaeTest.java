package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

class RgbaVaeTest {

	private static final Runnable GO_ON = () -> {};
	private final Fixtures fixture = Fixtures.open("06-vae");

	private RgbaVae vae(final DType dtype) {
		final ModelFiles files = fixture.files();
		return new RgbaVae(VaeConfig.read(files), new Weights(Component.open(files, VaeConfig.FOLDER), Device.CPU, dtype));
	}

	/** Drops the fixture's frame axis: (B, C, 1, H, W) to (B, C, H, W). */
	private Tensor still(final Scope scope, final String name) {
		final long[] s = fixture.shape(name);
		return Tensors.reshape(scope, fixture.tensor(scope, name), s[0], s[1], s[3], s[4]);
	}

	@Test
	void encodesLikeTheThreeDimensionalOriginal() {
		try (RgbaVae vae = vae(DType.F32); Scope scope = Torch.scope()) {
			Parity.check("06-vae", "moments", vae.moments(scope, still(scope, "pixels"), GO_ON).toFloats(), fixture.floats("moments"));
		}
	}

	@Test
	void normalisesThePosteriorMean() {
		try (RgbaVae vae = vae(DType.F32); Scope scope = Torch.scope()) {
			final float[] expected = fixture.floats("mean");
			final int pixels = expected.length / vae.config().latentChannels();
			for (int i = 0; i < expected.length; i++) {
				final int c = i / pixels;
				expected[i] = (float) ((expected[i] - vae.config().mean()[c]) / vae.config().std()[c]);
			}
			Parity.check("06-vae", "normalised latent", vae.encode(scope, still(scope, "pixels"), GO_ON).toFloats(), expected);
		}
	}

	@Test
	void decodesABatchOfLayersAtOnce() {
		try (RgbaVae vae = vae(DType.F32); Scope scope = Torch.scope()) {
			// The fixture's latents are what the decoder itself takes; ours takes normalised ones.
			final float[] z = fixture.floats("layers.latents");
			final long[] s = fixture.shape("layers.latents");
			final int pixels = (int) (s[3] * s[4]);
			for (int i = 0; i < z.length; i++) {
				final int c = i / pixels % (int) s[1];
				z[i] = (float) ((z[i] - vae.config().mean()[c]) / vae.config().std()[c]);
			}
			final Tensor decoded = vae.decode(scope, Tensors.of(scope, z, s[0], s[1], s[3], s[4]), GO_ON);
			Parity.check("06-vae", "decoded layers", decoded.toFloats(), fixture.floats("layers.decoded"), 2e-5, 1e-4);
		}
	}

	@Test
	void bfloat16StaysWithinItsPrecision() {
		try (RgbaVae vae = vae(DType.BF16); Scope scope = Torch.scope()) {
			Parity.checkHalf("06-vae", "moments, bf16", vae.moments(scope, still(scope, "pixels"), GO_ON).toFloats(), fixture.floats("bf16.moments"));
		}
	}

	@Test
	void bytesRoundHalvesToEven() {
		try (RgbaVae vae = vae(DType.F32); Scope scope = Torch.scope()) {
			final byte[] all = new byte[256];
			for (int i = 0; i < 256; i++) all[i] = (byte) i;
			final Tensor x = vae.fromBytes(scope, Tensors.of(scope, all, 1, 4, 8, 8));
			assertArrayEquals(all, vae.toBytes(scope, x).toBytes());
		}
	}

	@Test
	void refusesSizesThatDoNotFitTheGrid() {
		try (RgbaVae vae = vae(DType.F32); Scope scope = Torch.scope()) {
			assertThrows(IllegalArgumentException.class, () -> vae.encode(scope, Tensors.of(scope, new float[4 * 9 * 8], 1, 4, 9, 8), GO_ON));
			assertThrows(IllegalArgumentException.class, () -> vae.encode(scope, Tensors.of(scope, new float[3 * 64], 1, 3, 8, 8), GO_ON));
		}
	}
}
