package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Program;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

class RgbaVaeTest {

	private static final Runnable GO_ON = () -> {};
	private final Fixtures fixture = Fixtures.open("06-vae");

	private RgbaVae vae(final DType dtype) {
		final ModelFiles files = fixture.files();
		return new RgbaVae(VaeConfig.read(files),
			new Weights(Component.open(files, VaeConfig.FOLDER), Device.CPU, dtype));
	}

	/** Drops the fixture's frame axis: (B, C, 1, H, W) to (B, C, H, W). */
	private Tensor still(final Scope scope, final String name) {
		final long[] s = fixture.shape(name);
		return Tensors.reshape(scope, fixture.tensor(scope, name), s[0], s[1], s[3], s[4]);
	}

	@Test
	void encodesLikeTheThreeDimensionalOriginal() {
		try (RgbaVae vae = vae(DType.F32); Scope scope = Torch.scope()) {
			Parity.check("06-vae", "moments", vae.moments(scope, still(scope, "pixels"), GO_ON).toFloats(),
				fixture.floats("moments"));
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
			Parity.check("06-vae", "normalised latent", vae.encode(scope, still(scope, "pixels"), GO_ON).toFloats(),
				expected);
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

	/** The same weights without what a still picture never touches: kernels as 2-D slices, no {@code time_conv}. */
	private static ModelFiles flat(final ModelFiles files, final Path folder) throws IOException {
		final Component whole = Component.open(files, VaeConfig.FOLDER);
		final StringBuilder header = new StringBuilder("{");
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		for (final String name : new TreeSet<>(whole.names())) {
			if (name.contains(".time_conv.")) continue;
			final TensorInfo info = whole.info(name);
			final byte[] bytes = new byte[Math.toIntExact(info.bytes())];
			whole.data(name).duplicate().get(bytes);
			final int begin = data.size();
			long[] shape = info.shape();
			if (shape.length == 5) { // (out, in, time, height, width); the last slice in time of each pair of channels
				final int slice = Math.toIntExact(info.bytes() / (shape[0] * shape[1] * shape[2]));
				for (long k = 1; k <= shape[0] * shape[1]; k++)
					data.write(bytes, Math.toIntExact((k * shape[2] - 1) * slice), slice);
				shape = new long[] { shape[0], shape[1], shape[3], shape[4] };
			}
			else data.write(bytes);
			header.append(header.length() > 1 ? "," : "")
				.append("\"" + name + "\":{\"dtype\":\"" + info.dtype() + "\",\"shape\":" + Arrays.toString(shape)
					+ ",\"data_offsets\":[" + begin + "," + data.size() + "]}");
		}
		final byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
		final Path vae = Files.createDirectories(folder.resolve(VaeConfig.FOLDER));
		Files.write(vae.resolve("diffusion_pytorch_model.safetensors"),
			ByteBuffer.allocate(8 + json.length + data.size())
				.order(ByteOrder.LITTLE_ENDIAN)
				.putLong(json.length)
				.put(json)
				.put(data.toByteArray())
				.array());
		return ModelFiles.folder(folder);
	}

	@Test
	void kernelsStoredAsSlicesGiveTheSameNumbersFromAThirdOfTheBytes(@TempDir final Path folder) throws IOException {
		final ModelFiles slim = flat(fixture.files(), folder);
		final VaeConfig config = VaeConfig.read(fixture.files());
		final Path file = Path.of(VaeConfig.FOLDER, "diffusion_pytorch_model.safetensors");
		assertTrue(Files.size(folder.resolve(file)) < 0.4 * Files.size(fixture.folder().resolve(file)));
		try (RgbaVae whole = vae(DType.F32);
			RgbaVae slices =
				new RgbaVae(config, new Weights(Component.open(slim, VaeConfig.FOLDER), Device.CPU, DType.F32));
			Scope scope = Torch.scope())
		{
			final Tensor picture = still(scope, "pixels");
			final Tensor latent = whole.encode(scope, picture, GO_ON);
			assertArrayEquals(latent.toFloats(), slices.encode(scope, picture, GO_ON).toFloats());
			assertArrayEquals(whole.decode(scope, latent, GO_ON).toFloats(),
				slices.decode(scope, latent, GO_ON).toFloats());
		}
	}

	@Test
	void bfloat16StaysWithinItsPrecision() {
		try (RgbaVae vae = vae(DType.BF16); Scope scope = Torch.scope()) {
			Parity.checkHalf("06-vae", "moments, bf16", vae.moments(scope, still(scope, "pixels"), GO_ON).toFloats(),
				fixture.floats("bf16.moments"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "norm", "downsample2d", "downsample3d", "upsample2d", "upsample3d", "residual", "widening",
		"attention" })
	void everyPartEqualsTheOriginal(final String part) {
		final Fixtures parts = Fixtures.open("07-vae-parts");
		final Component weights = Component.openFile(parts.files(), "weights.safetensors");
		final Program program = Program.load(RgbaVae.class, "rgba_vae.py");
		try (Scope scope = Torch.scope()) {
			final long[] s = parts.shape(part + ".input");
			final Tensor x = Tensors.reshape(scope, parts.tensor(scope, part + ".input"), s[0], s[1], s[3], s[4]);
			final Map<String, Tensor> w = new HashMap<>();
			final String kernel = part.startsWith("upsample") ? "up_kernels" : "kernel";
			for (final String key : new String[] { "gamma", "resample.1", "norm1.gamma", "conv1", "norm2.gamma",
				"conv2", "conv_shortcut", "norm.gamma", "to_qkv", "proj" })
			{
				for (final String name : new String[] { part + "." + key, part + "." + key + ".weight",
					part + "." + key + ".bias" })
				{
					if (!weights.has(name)) continue;
					final Tensor raw = Tensors.over(scope, weights.data(name), DType.F32, weights.info(name).shape());
					w.put(name.substring(part.length() + 1),
						name.endsWith("gamma") ? program.tensor(scope, "scale", raw)
							: name.endsWith("weight") ? program.tensor(scope, kernel, raw) : raw);
				}
			}
			final Tensor y = switch (part) {
				case "norm" -> program.tensor(scope, "norm", x, w.get("gamma"));
				case "downsample2d", "downsample3d" ->
					program.tensor(scope, "down", x, w.get("resample.1.weight"), w.get("resample.1.bias"));
				case "upsample2d", "upsample3d" ->
					program.tensor(scope, "up", x, w.get("resample.1.weight"), w.get("resample.1.bias"));
				case "attention" -> program.tensor(scope, "attention", x, w);
				default -> program.tensor(scope, "res_block", x, w);
			};
			Parity.check("07-vae-parts", part, y.toFloats(), parts.floats(part + ".output"));
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
	void rejectsSizesThatDoNotFitTheGrid() {
		try (RgbaVae vae = vae(DType.F32); Scope scope = Torch.scope()) {
			assertThrows(IllegalArgumentException.class,
				() -> vae.encode(scope, Tensors.of(scope, new float[4 * 9 * 8], 1, 4, 9, 8), GO_ON));
			assertThrows(IllegalArgumentException.class,
				() -> vae.encode(scope, Tensors.of(scope, new float[3 * 64], 1, 3, 8, 8), GO_ON));
		}
	}

	/** Tiles bring the margin that they depend on, so that no seam can show. */
	@Test
	void tilesGiveTheNumbersOfTheWholePicture() {
		final ModelFiles files = fixture.files();
		final VaeConfig config = VaeConfig.read(files);
		final Weights weights = new Weights(Component.open(files, VaeConfig.FOLDER), Device.CPU, DType.F32);
		try (RgbaVae whole = new RgbaVae(config, weights, 1 << 20);
			RgbaVae tiles = new RgbaVae(config, weights, 48);
			Scope scope = Torch.scope())
		{
			final int height = 360;
			final int width = 416;
			final float[] values = new float[4 * height * width];
			final java.util.Random random = new java.util.Random(4);
			for (int i = 0; i < values.length; i++) values[i] = 2 * random.nextFloat() - 1;
			final Tensor picture = Tensors.of(scope, values, 1, 4, height, width);
			final Tensor latent = whole.encode(scope, picture, () -> {});
			assertClose(latent.toFloats(), tiles.encode(scope, picture, () -> {}).toFloats());
			assertClose(whole.decode(scope, latent, () -> {}).toFloats(),
				tiles.decode(scope, latent, () -> {}).toFloats());
		}
	}

	private static void assertClose(final float[] expected, final float[] actual) {
		assertEquals(expected.length, actual.length);
		for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 2e-5, "value " + i);
	}
}
