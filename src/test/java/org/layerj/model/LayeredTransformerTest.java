package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

class LayeredTransformerTest {

	private static final Runnable GO_ON = () -> {};

	/** However many blocks stay, and in which form: the same numbers. */
	@Test
	void whatStaysInMemoryChangesNoNumber() {
		final ModelFiles files = ModelFiles.folder(Fixtures.open("22-single-files").folder().resolve("model"));
		final Component gguf = Component.open(ggufFiles(), TransformerConfig.FOLDER);
		final List<Keep> ways = List.of(Keep.all(), Keep.none(), new Keep(Keep.Form.EXPANDED, 1),
			new Keep(Keep.Form.STORED, 1), new Keep(Keep.Form.STORED, 2));
		float[] expected = {};
		for (final Keep keep : ways) for (final boolean ahead : new boolean[] { false, true }) {
			try (
				LayeredTransformer t = new LayeredTransformer(TransformerConfig.read(files),
					new Weights(gguf, Device.CPU, DType.F32, false, 1 << 20, Map.of(), ahead), keep);
				Scope scope = Torch.scope())
			{
				t.load(GO_ON);
				final Tensor condition = Tensors.of(scope, wave(4 * 64), 1, 4, 64);
				final LayeredTransformer.Run run = t.start(scope, new float[] { 0.7f }, 0, 2, 2, 2, condition, GO_ON);
				final LayeredTransformer.Prompt prompt =
					t.prompt(scope, run, Tensors.of(scope, wave(3 * 128), 1, 3, 128), List.of());
				final float[] v =
					t.velocity(scope, run, prompt, Tensors.of(scope, wave(8 * 64), 1, 8, 64), 0, GO_ON).toFloats();
				if (expected.length == 0) expected = v;
				assertArrayEquals(expected, v, keep + (ahead ? ", read ahead" : ""));
				assertArrayEquals(expected,
					t.velocity(scope, run, prompt, Tensors.of(scope, wave(8 * 64), 1, 8, 64), 0, GO_ON).toFloats());
			}
		}
	}

	/** The GGUF forms of the fixture, with the VAE that lies in its other folder. */
	private ModelFiles ggufFiles() {
		try {
			final Path from = Fixtures.open("22-single-files").folder();
			for (final String f : List.of("gguf/tiny-layered-Q8_0.gguf", "gguf/tiny-vl-Q8_0.gguf",
				"comfy/vae/tiny_layered_vae.safetensors"))
			{
				Files.copy(from.resolve(f), temp.resolve(Path.of(f).getFileName()));
			}
			return ModelFiles.folder(temp);
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
	}

	private static float[] wave(final int n) {
		final float[] out = new float[n];
		for (int i = 0; i < n; i++) out[i] = (float) Math.sin(0.7 * i);
		return out;
	}

	@TempDir
	private Path temp;

	private static LayeredTransformer transformer(final Fixtures fixture, final DType dtype, final boolean keep) {
		final ModelFiles files = fixture.files();
		return new LayeredTransformer(TransformerConfig.read(files),
			new Weights(Component.open(files, TransformerConfig.FOLDER), Device.CPU, dtype),
			keep ? Keep.all() : Keep.none());
	}

	@ParameterizedTest
	@CsvSource({ "tiny, 2, 3, 4, 3, 8 12 12", "official, 4, 6, 4, 7, 16 56 56", "manylayers, 9, 2, 2, 4, 8 12 12",
		"odd, 1, 5, 3, 2, 16 56 56" })
	void positionsKnowLayerRowAndColumn(final String name, final int layers, final int rows, final int columns,
		final int text, final String axes)
	{
		final Fixtures fixture = Fixtures.open("02-rope");
		try (Scope scope = Torch.scope()) {
			final int[] dims = Arrays.stream(axes.split(" ")).mapToInt(Integer::parseInt).toArray();
			final Layer3dRope.Table table = new Layer3dRope(dims).table(scope, layers + 1, rows, columns, text);
			final float[] cos = table.cos().toFloats();
			final float[] sin = table.sin().toFloats();
			final int split = text * (dims[0] + dims[1] + dims[2]) / 2;
			Parity.check("02-rope", name + " text cos", Arrays.copyOf(cos, split), fixture.floats(name + ".text.cos"));
			Parity.check("02-rope", name + " text sin", Arrays.copyOf(sin, split), fixture.floats(name + ".text.sin"));
			Parity.check("02-rope", name + " image cos", Arrays.copyOfRange(cos, split, cos.length),
				fixture.floats(name + ".image.cos"));
			Parity.check("02-rope", name + " image sin", Arrays.copyOfRange(sin, split, sin.length),
				fixture.floats(name + ".image.sin"));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void timeEmbeddingCarriesTheAdditionalCondition(final int flag) {
		final Fixtures fixture = Fixtures.open("03-time");
		final TransformerConfig config =
			new TransformerConfig(2, 16, 4, 1, 32, 2, 48, new int[] { 8, 12, 12 }, true, true);
		final Component component = Component.openFile(fixture.files(), "weights.safetensors");
		try (
			LayeredTransformer t =
				new LayeredTransformer(config, new Weights(component, Device.CPU, DType.F32), Keep.all());
			Scope scope = Torch.scope())
		{
			Parity.check("03-time", "flag " + flag, t.timeEmbedding(scope, fixture.floats("timestep"), flag).toFloats(),
				fixture.floats("flag" + flag));
		}
	}

	@Test
	void timeEmbeddingInBfloat16() {
		final Fixtures fixture = Fixtures.open("03-time");
		final TransformerConfig config =
			new TransformerConfig(2, 16, 4, 1, 32, 2, 48, new int[] { 8, 12, 12 }, true, true);
		final Component component = Component.openFile(fixture.files(), "weights.safetensors");
		try (
			LayeredTransformer t =
				new LayeredTransformer(config, new Weights(component, Device.CPU, DType.BF16), Keep.all());
			Scope scope = Torch.scope())
		{
			Parity.checkHalf("03-time", "flag 0, bf16",
				t.timeEmbedding(scope, fixture.floats("timestep"), 0).toFloats(), fixture.floats("bf16.flag0"));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void everyBlockEqualsTheOriginal(final boolean keep) {
		final Fixtures fixture = Fixtures.open("04-transformer");
		try (LayeredTransformer t = transformer(fixture, DType.F32, keep); Scope scope = Torch.scope()) {
			final LayeredTransformer.Run run = run(scope, t, fixture, "plain.", 0);
			final LayeredTransformer.Prompt prompt =
				t.prompt(scope, run, fixture.tensor(scope, "plain.encoder_hidden_states"), List.of());
			Parity.check("04-transformer", "embedded text", prompt.tokens().toFloats(), fixture.floats("plain.txt_in"));
			Tensor x = fixture.tensor(scope, "plain.img_in");
			Tensor y = prompt.tokens();
			for (int i = 0; i < 2; i++) {
				final Tensor[] xy = t.block(scope, i, run, prompt, x, y, 0);
				Parity.check("04-transformer", "block " + i + " image", xy[0].toFloats(),
					fixture.floats("plain.block" + i + ".image"));
				Parity.check("04-transformer", "block " + i + " text", xy[1].toFloats(),
					fixture.floats("plain.block" + i + ".text"));
				x = xy[0];
				y = xy[1];
			}
			final Tensor v = t.velocity(scope, run, prompt, latents(scope, fixture, "plain.", 0), 0, GO_ON);
			Parity.check("04-transformer", "velocity", v.toFloats(), head(fixture, "plain.output", 0));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void paddedTextIsNotAttendedTo(final int sample) {
		final Fixtures fixture = Fixtures.open("04-transformer");
		try (LayeredTransformer t = transformer(fixture, DType.F32, true); Scope scope = Torch.scope()) {
			final LayeredTransformer.Run run = run(scope, t, fixture, "masked.", sample);
			final LayeredTransformer.Prompt prompt =
				t.prompt(scope, run, sample(scope, fixture, "masked.encoder_hidden_states", sample),
					List.of(sample(scope, fixture, "masked.encoder_hidden_states_mask", sample)));
			final Tensor v = t.velocity(scope, run, prompt, latents(scope, fixture, "masked.", sample), 0, GO_ON);
			Parity.check("04-transformer", "velocity, masked text, sample " + sample, v.toFloats(),
				head(fixture, "masked.output", sample));
		}
	}

	@Test
	void bfloat16StaysWithinItsPrecision() {
		final Fixtures fixture = Fixtures.open("04-transformer");
		try (LayeredTransformer t = transformer(fixture, DType.BF16, true); Scope scope = Torch.scope()) {
			final LayeredTransformer.Run run = run(scope, t, fixture, "plain.", 0);
			final LayeredTransformer.Prompt prompt =
				t.prompt(scope, run, fixture.tensor(scope, "plain.encoder_hidden_states"), List.of());
			final Tensor v = t.velocity(scope, run, prompt, latents(scope, fixture, "plain.", 0), 0, GO_ON);
			Parity.checkHalf("04-transformer", "velocity, bf16", v.toFloats(), head(fixture, "bf16.output", 0));
		}
	}

	@Test
	void agreesWithTheUpstreamTestConfiguration() {
		final Fixtures fixture = Fixtures.open("05-transformer-upstream");
		try (LayeredTransformer t = transformer(fixture, DType.F32, true); Scope scope = Torch.scope()) {
			final LayeredTransformer.Run run = run(scope, t, fixture, "", 0);
			final Tensor text = fixture.tensor(scope, "encoder_hidden_states");
			final Tensor latents = latents(scope, fixture, "", 0);
			final LayeredTransformer.Prompt masked =
				t.prompt(scope, run, text, List.of(fixture.tensor(scope, "encoder_hidden_states_mask")));
			Parity.check("05-transformer-upstream", "velocity, masked text",
				t.velocity(scope, run, masked, latents, 0, GO_ON).toFloats(), head(fixture, "output", 0));
			final LayeredTransformer.Prompt plain = t.prompt(scope, run, text, List.of());
			Parity.check("05-transformer-upstream", "velocity",
				t.velocity(scope, run, plain, latents, 0, GO_ON).toFloats(), head(fixture, "unmasked.output", 0));
		}
	}

	@Test
	void canBeStoppedBetweenBlocks() {
		final Fixtures fixture = Fixtures.open("04-transformer");
		try (LayeredTransformer t = transformer(fixture, DType.F32, true); Scope scope = Torch.scope()) {
			final LayeredTransformer.Run run = run(scope, t, fixture, "plain.", 0);
			final LayeredTransformer.Prompt prompt =
				t.prompt(scope, run, fixture.tensor(scope, "plain.encoder_hidden_states"), List.of());
			final int[] calls = { 0 };
			assertThrows(CancellationException.class,
				() -> t.velocity(scope, run, prompt, latents(scope, fixture, "plain.", 0), 0, () -> {
					if (++calls[0] == 2) throw new CancellationException();
				}));
		}
	}

	@Test
	void weightsThatDisagreeWithTheConfigurationAreNamed() {
		final Fixtures fixture = Fixtures.open("04-transformer");
		final TransformerConfig c = TransformerConfig.read(fixture.files());
		final TransformerConfig wider = new TransformerConfig(c.patchSize(), c.inChannels(), c.outChannels(),
			c.layers(), c.headDim(), 3, c.textDim(), c.ropeAxes(), true, true);
		final Component component = Component.open(fixture.files(), TransformerConfig.FOLDER);
		try (
			LayeredTransformer t =
				new LayeredTransformer(wider, new Weights(component, Device.CPU, DType.F32), Keep.all());
			Scope scope = Torch.scope())
		{
			final ModelException e =
				assertThrows(ModelException.class, () -> t.timeEmbedding(scope, new float[] { 1 }, 0));
			org.junit.jupiter.api.Assertions.assertTrue(
				e.getMessage().contains("linear_1.weight") && e.getMessage().contains("[96, 256]"), e.getMessage());
		}
	}

	private static LayeredTransformer.Run run(final Scope scope, final LayeredTransformer t, final Fixtures fixture,
		final String prefix, final int sample)
	{
		final int frames = frames(fixture, prefix);
		final Tensor all = sample(scope, fixture, prefix + "hidden_states", sample);
		return t.start(scope, new float[] { fixture.floats(prefix + "timestep")[sample] },
			(int) fixture.longs(prefix + "additional_t_cond")[sample], frames, 4, 4,
			Tensors.slice(scope, all, 1, frames * 16L, all.size(1)), GO_ON);
	}

	private static int frames(final Fixtures fixture, final String prefix) {
		return (int) fixture.shape(prefix + "hidden_states")[1] / 16 - 1;
	}

	private static Tensor latents(final Scope scope, final Fixtures fixture, final String prefix, final int sample) {
		return Tensors.slice(scope, sample(scope, fixture, prefix + "hidden_states", sample), 1, 0,
			frames(fixture, prefix) * 16L);
	}

	private static Tensor sample(final Scope scope, final Fixtures fixture, final String name, final int sample) {
		return Tensors.slice(scope, fixture.tensor(scope, name), 0, sample, sample + 1L);
	}

	/** One sample of the recorded output without the condition's tokens, which the pipeline throws away. */
	private static float[] head(final Fixtures fixture, final String name, final int sample) {
		final long[] s = fixture.shape(name);
		final int perSample = (int) (s[1] * s[2]);
		final int kept = (int) ((s[1] - 16) * s[2]);
		return Arrays.copyOfRange(fixture.floats(name), sample * perSample, sample * perSample + kept);
	}
}
