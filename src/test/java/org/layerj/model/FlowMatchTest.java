package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.SchedulerConfig;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

class FlowMatchTest {

	private final Fixtures fixture = Fixtures.open("01-schedule");

	@Test
	void workingSizesFollowTheOriginalsRounding() {
		final long[] rows = fixture.longs("sizes");
		for (int i = 0; i < rows.length; i += 5) {
			assertEquals(new SizeRule((int) rows[i + 3], (int) rows[i + 4]),
				SizeRule.of((int) rows[i + 1], (int) rows[i + 2], (int) rows[i]),
				rows[i + 1] + "×" + rows[i + 2] + " at " + rows[i]);
		}
		Parity.exact("01-schedule", "working sizes", rows.length / 5);
	}

	/**
	 * An autoencoder of six stages has tokens of 64 pixels: the pipeline rounds down to them from its multiples of 32.
	 */
	@ParameterizedTest
	@CsvSource({ "640, 480, 640, 704, 512", "900, 300, 640, 1088, 384", "333, 777, 512, 320, 768",
		"100, 2000, 640, 128, 2816" })
	void workingSizesOfAnAutoencoderWithLargerTokens(final int width, final int height, final int resolution,
		final int w, final int h)
	{
		assertEquals(new SizeRule(w, h), SizeRule.of(width, height, resolution, 64));
	}

	@Test
	void packingKeepsEveryValueInItsPlace() {
		try (Scope scope = Torch.scope()) {
			final Tensor tokens = FlowMatch.pack(scope, fixture.tensor(scope, "pack.latents"));
			assertArrayEquals(fixture.floats("pack.tokens"), tokens.toFloats());
			assertArrayEquals(fixture.floats("pack.latents"), FlowMatch.unpack(scope, tokens, 3, 4).toFloats());
		}
		Parity.exact("01-schedule", "packing", fixture.floats("pack.tokens").length);
	}

	@Test
	void schedulesAgreeForEveryKindOfShift() {
		final Map<String, JsonElement> cases =
			JsonParser.parseString(fixture.text("expect.json")).getAsJsonObject().getAsJsonObject("cases").asMap();
		assertEquals(15, cases.size());
		cases.forEach((name, value) -> {
			final JsonObject c = value.getAsJsonObject();
			final SchedulerConfig config = config(c.getAsJsonObject("scheduler"));
			final String key = "schedule." + name;
			final int steps = fixture.floats(key + ".timesteps").length;
			final double mu = c.has("mu") && !c.get("mu").isJsonNull() ? c.get("mu").getAsDouble() : 1;
			final float[] sigmas = FlowMatch.sigmas(config, steps, mu);
			Parity.check("01-schedule", name + " sigmas", sigmas, fixture.floats(key + ".sigmas"), 2e-7, 0);
			assertArrayEquals(fixture.floats(key + ".bf16_timesteps"),
				FlowMatch.taus(config, fixture.floats(key + ".sigmas"), true), name);
		});
	}

	private static SchedulerConfig config(final JsonObject c) {
		return new SchedulerConfig(1000, c.get("use_dynamic_shifting").getAsBoolean(), c.get("shift").getAsDouble(),
			c.get("time_shift_type").getAsString().equals("exponential"),
			c.has("shift_terminal") && c.get("shift_terminal").isJsonPrimitive()
				&& c.getAsJsonPrimitive("shift_terminal").isNumber()
					? Optional.of(c.get("shift_terminal").getAsDouble()) : Optional.empty());
	}

	@ParameterizedTest
	@CsvSource({ "off, false, false", "plain, true, false", "normalised, true, true" })
	void guidanceAndEulerSteps(final String name, final boolean guided, final boolean rescale) {
		final Fixtures f = Fixtures.open("12-guidance");
		final float[] sigmas = f.floats("sigmas");
		final int tokens = (int) f.shape("latents")[1];
		try (Scope scope = Torch.scope()) {
			Tensor x = f.tensor(scope, "latents");
			final List<float[]> steps = new ArrayList<>();
			for (int i = 0; i < sigmas.length - 1; i++) {
				final Tensor positive = velocity(scope, f, "positive", i, tokens);
				final Tensor v =
					guided ? FlowMatch.guide(scope, positive, velocity(scope, f, "negative", i, tokens), 4, rescale)
						: positive;
				x = FlowMatch.euler(scope, x, v, sigmas[i], sigmas[i + 1]);
				steps.add(x.toFloats());
			}
			final float[] expected = f.floats(name + ".steps");
			final int n = expected.length / steps.size();
			for (int i = 0; i < steps.size(); i++)
				Parity.check("12-guidance", name + " step " + (i + 1), steps.get(i),
					Arrays.copyOfRange(expected, i * n, (i + 1) * n));
		}
	}

	private static Tensor velocity(final Scope scope, final Fixtures f, final String name, final int step,
		final int tokens)
	{
		return Tensors.slice(scope, Tensors.slice(scope, f.tensor(scope, name), 0, step, step + 1L), 1, 0, tokens);
	}

	@Test
	void noiseDependsOnSeedAndFrameOnly() {
		try (Scope scope = Torch.scope()) {
			final float[] two = Denoiser.noise(scope, 7, 2, 4, 8, 6).toFloats();
			final float[] three = Denoiser.noise(scope, 7, 3, 4, 8, 6).toFloats();
			assertArrayEquals(two, Arrays.copyOf(three, two.length));
			double sum = 0;
			double squares = 0;
			final float[] many = Denoiser.noise(scope, 8, 4, 16, 40, 40).toFloats();
			for (final float v : many) {
				sum += v;
				squares += v * v;
			}
			assertEquals(0, sum / many.length, 0.01);
			assertEquals(1, squares / many.length, 0.01);
		}
	}
}
