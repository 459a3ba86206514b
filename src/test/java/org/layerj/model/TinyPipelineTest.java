package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.SchedulerConfig;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.checkpoint.VaeConfig;
import org.layerj.layers.PillowResize;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/**
 * The whole network against the original pipeline, from pixels to 8-bit layers, on a complete tiny model folder with
 * given noise.
 */
class TinyPipelineTest {

	private static final String NAME = "14-pipeline";
	private final Fixtures fixture = Fixtures.open(NAME);

	@ParameterizedTest
	@ValueSource(strings = { "nocfg", "cfg", "cfgnorm", "chinese", "portrait", "caption-en", "caption-zh" })
	void pixelsToLayers(final String run) {
		final JsonObject how = JsonParser.parseString(fixture.text("expect.json"))
			.getAsJsonObject()
			.getAsJsonObject("runs")
			.getAsJsonObject(run);
		final String picture = how.get("picture").getAsString();
		final int width = how.get("width").getAsInt();
		final int height = how.get("height").getAsInt();
		final byte[][] resized = resized(picture, width, height);
		assertArrayEquals(planes(fixture.bytes("resized." + picture)), resized);
		final ModelFiles files = fixture.files("model");
		try (RgbaVae vae = new RgbaVae(VaeConfig.read(files), weights(files, VaeConfig.FOLDER));
			LayeredTransformer transformer = new LayeredTransformer(TransformerConfig.read(files),
				weights(files, TransformerConfig.FOLDER), Keep.all());
			Scope scope = Torch.scope())
		{
			final Tensor condition = vae.encode(scope,
				vae.fromBytes(scope, Tensors.of(scope, flat(resized), 1, 4, height, width)), () -> {});
			Parity.check(NAME, run + " condition",
				FlowMatch
					.pack(scope,
						Tensors.reshape(scope, condition, 1, 1, condition.size(1), condition.size(2),
							condition.size(3)))
					.toFloats(),
				fixture.floats("condition." + picture));

			final double scale = how.get("true_cfg_scale").getAsDouble();
			final boolean rescale = how.has("cfg_normalize") && how.get("cfg_normalize").getAsBoolean();
			final Optional<Tensor> negative = how.has("negative_prompt")
				? Optional.of(fixture.tensor(scope, "negative_prompt_embeds")) : Optional.empty();
			final Denoiser.Guidance guidance =
				new Denoiser.Guidance(fixture.tensor(scope, run + ".prompt_embeds"), negative, scale, rescale);
			final List<float[]> steps = new ArrayList<>();
			final Tensor latents = new Denoiser(transformer, SchedulerConfig.read(files), false).run(scope, condition,
				fixture.tensor(scope, how.get("noise").getAsString()), guidance,
				new Denoiser.Schedule(how.get("steps").getAsInt(), 0, 0), new Denoiser.Listener()
				{

					@Override
					public void check() {}

					@Override
					public void step(final int step, final Tensor tokens) {
						steps.add(tokens.toFloats());
					}
				});
			final float[] expected = fixture.floats(run + ".steps");
			final int n = expected.length / steps.size();
			for (int i = 0; i < steps.size(); i++) {
				Parity.check(NAME, run + " step " + (i + 1), steps.get(i),
					Arrays.copyOfRange(expected, i * n, (i + 1) * n), 1e-3, 1e-4);
			}
			assertLayers(run,
				vae.toBytes(scope, vae.decode(scope, Tensors.slice(scope, latents, 0, 1, latents.size(0)), () -> {}))
					.toBytes(),
				width * height);
		}
	}

	/** Layers are (N, 4, H, W) here and (N, H, W, 4) in the fixture; one level of difference may come from rounding. */
	private void assertLayers(final String run, final byte[] actual, final int pixels) {
		final byte[] expected = fixture.bytes(run + ".layer_pixels");
		assertEquals(expected.length, actual.length);
		int off = 0;
		for (int i = 0; i < expected.length; i++) {
			final int layer = i / (4 * pixels);
			final int pixel = i % (4 * pixels) / 4;
			final int difference =
				Math.abs((expected[i] & 255) - (actual[layer * 4 * pixels + i % 4 * pixels + pixel] & 255));
			assertTrue(difference <= 1, run + ": a pixel differs by " + difference);
			off += difference;
		}
		assertTrue(off <= expected.length / 1000, run + ": " + off + " of " + expected.length + " values differ");
		Parity.check(NAME, run + " layers, share of 8-bit values off by one",
			new float[] { (float) off / expected.length }, new float[] { 0 }, 1e-3, 0);
	}

	private static Weights weights(final ModelFiles files, final String folder) {
		return new Weights(Component.open(files, folder), Device.CPU, DType.F32);
	}

	private byte[][] resized(final String picture, final int width, final int height) {
		final long[] s = fixture.shape("picture." + picture);
		return PillowResize.rgba(planes(fixture.bytes("picture." + picture)), (int) s[1], (int) s[0], width, height,
			PillowResize.Filter.LANCZOS);
	}

	private static byte[][] planes(final byte[] interleaved) {
		final byte[][] planes = new byte[4][interleaved.length / 4];
		for (int i = 0; i < interleaved.length; i++) planes[i % 4][i / 4] = interleaved[i];
		return planes;
	}

	private static byte[] flat(final byte[][] planes) {
		final byte[] all = new byte[4 * planes[0].length];
		for (int c = 0; c < 4; c++) System.arraycopy(planes[c], 0, all, c * planes[c].length, planes[c].length);
		return all;
	}
}
