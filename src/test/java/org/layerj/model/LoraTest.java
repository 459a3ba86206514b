package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.LoraChoice;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TextConfig;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Tensors;
import org.layerj.torch.Torch;

/** Against peft, which made and ran the LoRAs of the fixture. */
class LoraTest {

	private static final Runnable GO_ON = () -> {};
	private static final String FIXTURE = "23-lora";

	@TempDir
	Path dir;

	private final Fixtures fixture = Fixtures.open(FIXTURE);
	private final Fixtures base = Fixtures.open("04-transformer");

	/** The fixture's transformer with a text encoder beside it, as a model has them. */
	private ModelFiles model() {
		try {
			for (final Path part : List.of(base.folder().resolve("transformer"),
				Fixtures.open("08-language-model").folder().resolve("text_encoder")))
			{
				final Path to = Files.createDirectories(dir.resolve("model").resolve(part.getFileName()));
				try (var files = Files.list(part)) {
					for (final Path f : files.toList())
						if (Files.notExists(to.resolve(f.getFileName()))) Files.copy(f, to.resolve(f.getFileName()));
				}
			}
			return ModelFiles.plain(dir.resolve("model"));
		}
		catch (final IOException e) {
			throw new AssertionError(e);
		}
	}

	private Adapters adapters(final String... choices) {
		return Adapters.of(model(), LoraChoice
			.parse(String.join(";", Arrays.stream(choices).map(c -> fixture.folder().resolve(c).toString()).toList())));
	}

	/** What the transformer says to the inputs of 04-transformer: all image tokens. */
	private float[] output(final Adapters adapters, final DType dtype, final Keep keep) {
		final ModelFiles files = base.files();
		try (
			LayeredTransformer t =
				new LayeredTransformer(TransformerConfig.read(files),
					new Weights(Component.open(files, TransformerConfig.FOLDER), Device.CPU, dtype,
						adapters.of(TransformerConfig.FOLDER)),
					keep);
			Scope scope = Torch.scope())
		{
			t.load(GO_ON);
			final Tensor all = base.tensor(scope, "plain.hidden_states");
			final Tensor condition = Tensors.slice(scope, all, 1, 48, 64);
			final LayeredTransformer.Run run =
				t.start(scope, base.floats("plain.timestep"), 0, 3, 4, 4, condition, GO_ON);
			final LayeredTransformer.Prompt prompt =
				t.prompt(scope, run, base.tensor(scope, "plain.encoder_hidden_states"), List.of());
			final float[] out =
				t.velocity(scope, run, prompt, Tensors.slice(scope, all, 1, 0, 48), 0, GO_ON).toFloats();
			return out;
		}
	}

	private float[] expected(final String name) {
		return Arrays.copyOf(fixture.floats(name), 48 * 16);
	}

	@ParameterizedTest
	@ValueSource(strings = { "one/peft", "one/diffusers", "one/kohya.safetensors", "one/comfy.safetensors",
		"one/plain.safetensors", "one/diffusers/pytorch_lora_weights.safetensors" })
	void everyStyleOfKeysGivesPeftsNumbers(final String file) {
		for (final Keep keep : List.of(Keep.all(), Keep.none(), new Keep(Keep.Form.STORED, 1)))
			Parity.check(FIXTURE, file + ", velocity", output(adapters(file), DType.F32, keep), expected("one.output"));
		Parity.check(FIXTURE, file + " at 0.4, velocity", output(adapters(file + ":0.4"), DType.F32, Keep.all()),
			expected("one.weak.output"));
	}

	@Test
	void severalAreAddedUp() {
		Parity.check(FIXTURE, "two, rank-stabilised, velocity", output(adapters("two"), DType.F32, Keep.all()),
			expected("two.output"));
		Parity.check(FIXTURE, "one at 0.5 and two at -1, velocity",
			output(adapters("one/kohya.safetensors:0.5", "two:-1"), DType.F32, Keep.all()), expected("both.output"));
		assertArrayEquals(output(Adapters.NONE, DType.F32, Keep.all()),
			output(adapters("one/peft:0"), DType.F32, Keep.all()), 1e-5f, "at 0 the model is as it was");
	}

	@Test
	void theModelIsThereOnce() {
		final Adapters two = adapters("two");
		final ModelFiles files = base.files();
		try (LayeredTransformer t = new LayeredTransformer(TransformerConfig.read(files),
			new Weights(Component.open(files, TransformerConfig.FOLDER), Device.CPU, DType.F32,
				two.of(TransformerConfig.FOLDER)),
			Keep.all()))
		{
			t.load(GO_ON);
			// What lies in the mapped file in the right type is not copied to change it.
			assertEquals(0, t.held());
		}
	}

	@Test
	void bfloat16StaysWithinItsPrecision() {
		Parity.checkHalf(FIXTURE, "one/peft, velocity, bf16", output(adapters("one/peft"), DType.BF16, Keep.all()),
			expected("one.output"));
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "text/peft", "text/kohya.safetensors", "text/diffusers.safetensors", "text/comfy.safetensors" })
	void theTextEncoderToo(final String file) {
		final ModelFiles files = model();
		final Adapters adapters = adapters(file);
		assertTrue(adapters.of(TransformerConfig.FOLDER).isEmpty());
		final Fixtures text = Fixtures.open("08-language-model");
		try (
			QwenText encoder =
				new QwenText(TextConfig.read(files),
					new Weights(Component.open(files, TextConfig.FOLDER), Device.CPU, DType.F32,
						adapters.of(TextConfig.FOLDER)),
					Keep.all());
			Scope scope = Torch.scope())
		{
			final int[] ids = Arrays.stream(text.longs("input_ids")).mapToInt(Math::toIntExact).toArray();
			Parity.check(FIXTURE, file + ", hidden states", encoder.hidden(scope, ids, GO_ON).toFloats(),
				fixture.floats("text.hidden"));
		}
	}

	@Test
	void whatIsUsedIsNamed() throws IOException {
		final Adapters all = adapters("one/comfy.safetensors:0.4", "two");
		assertEquals(List.of(0.4, 1.0), all.used().stream().map(Adapters.Used::weight).toList());
		assertTrue(all.used().get(1).file().endsWith("two") && all.used().get(1).sha256().matches("[0-9a-f]{64}"));
		assertEquals("abc", Adapters.NONE.hash("abc"));
		assertEquals(4,
			List.of("abc", all.hash("abc"), adapters("two").hash("abc"), adapters("two:0.5").hash("abc"))
				.stream()
				.distinct()
				.count());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "a.safetensors | a.safetensors", "a.safetensors:0.8 | a.safetensors:0.8",
		"C:\\x\\a.safetensors:.5;b:-1 | C:\\x\\a.safetensors:0.5;b:-1.0", "x:1.0 | x", "C:\\x | C:\\x", ";; | ''" })
	void choicesAreReadAsTheyAreWritten(final String text, final String again) {
		final List<LoraChoice> read = LoraChoice.parse(text);
		assertEquals(again, LoraChoice.text(read));
		assertEquals(read, LoraChoice.parse(again));
	}

	private String message(final String choice) {
		final String text =
			assertThrows(RuntimeException.class, () -> Adapters.of(model(), LoraChoice.parse(choice))).getMessage();
		assertTrue(text.endsWith(".") && text.lines().count() == 1, text);
		return text;
	}

	private String message(final Map<String, long[]> tensors) throws IOException {
		final Path file = dir.resolve("bad.safetensors");
		final JsonObject header = new JsonObject();
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		for (final Map.Entry<String, long[]> e : tensors.entrySet()) {
			final long n = Arrays.stream(e.getValue()).reduce(1, (a, b) -> a * b) * 4;
			header.add(e.getKey(),
				JsonParser.parseString("{\"dtype\":\"F32\",\"shape\":" + Arrays.toString(e.getValue())
					+ ",\"data_offsets\":[" + data.size() + "," + (data.size() + n) + "]}"));
			data.writeBytes(new byte[(int) n]);
		}
		final byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
		final ByteBuffer all = ByteBuffer.allocate(8 + json.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
		all.putLong(json.length).put(json).put(data.toByteArray());
		Files.write(file, all.array());
		assertThrows(ModelException.class, () -> Adapters.of(model(), List.of(new LoraChoice(file, 1))));
		return message(file.toString());
	}

	private static Map<String, long[]> tensors(final Object... namesAndShapes) {
		final Map<String, long[]> all = new LinkedHashMap<>();
		for (int i = 0; i < namesAndShapes.length; i += 2)
			all.put((String) namesAndShapes[i], (long[]) namesAndShapes[i + 1]);
		return all;
	}

	@Test
	void whatCannotBeAppliedIsAMessage() throws IOException {
		final String q = "transformer.transformer_blocks.0.attn.to_q";
		final long[] a = { 3, 64 };
		final long[] b = { 64, 3 };
		assertTrue(message(dir.resolve("none").toString()).startsWith("There is no LoRA "));
		assertTrue(message(dir.resolve("x") + ":11").contains("from -10 to 10"));
		final Path pickle = Files.write(dir.resolve("x.pt"), new byte[9]);
		assertTrue(message(pickle.toString()).contains("may hold programs"));
		assertTrue(message(
			tensors(q + ".lora_A.weight", a, q + ".lora_B.weight", b, q + ".lora_magnitude_vector", new long[] { 64 }))
			.contains("is not a plain LoRA, because of the tensor " + q + ".lora_magnitude_vector ("));
		assertTrue(message(tensors(q + ".lora_A.weight", a)).contains("matrices lack their counterpart"));
		assertTrue(message(tensors("x", a)).contains("is not a plain LoRA, because of the tensor x"));
		assertTrue(message(tensors()).contains("holds no LoRA"));
		assertTrue(message(tensors(q + ".lora_A.weight", a, q + ".lora_B.weight", new long[] { 64, 4 }))
			.contains("do not fit transformer_blocks.0.attn.to_q.weight F32[64, 64]"));
		assertTrue(message(tensors(q + ".lora_A.weight", new long[] { 3, 65 }, q + ".lora_B.weight", b))
			.contains("is for another model"));
		final String foreign = "transformer.transformer_blocks.7.attn.to_q";
		assertTrue(message(tensors(foreign + ".lora_A.weight", a, foreign + ".lora_B.weight", b))
			.contains("it changes the module " + foreign + ", which this one does not have"));
		final String other = "diffusion_model.transformer_blocks.0.attn.to_q";
		assertTrue(message(tensors(q + ".lora_A.weight", a, q + ".lora_B.weight", b, other + ".lora_A.weight", a,
			other + ".lora_B.weight", b)).contains("twice"));
		assertTrue(message(tensors(q + ".lora_A.weight", a, q + ".lora_B.weight", b, q + ".alpha", new long[] { 2 }))
			.contains("is no number"));
		final Path dora = Files.createDirectories(dir.resolve("dora"));
		Files.copy(fixture.folder().resolve("two/adapter_model.safetensors"),
			dora.resolve("adapter_model.safetensors"));
		for (final String config : List.of("{\"use_dora\": true}", "{\"bias\": \"lora_only\"}")) {
			Files.writeString(dora.resolve("adapter_config.json"), config);
			assertTrue(message(dora.toString()).contains("cannot be applied"), config);
		}
	}

	/** Sizes as the header of the file says: bytes of the matrices, their products, the largest weight. */
	@Test
	void whatItCostsIsForecast() {
		assertEquals(Adapters.Cost.NONE, Adapters.NONE.cost(TransformerConfig.FOLDER));
		final Adapters one = adapters("one/plain.safetensors");
		assertEquals(new Adapters.Cost(85_184, 2_580_480, 24_576), one.cost(TransformerConfig.FOLDER));
		assertEquals(Adapters.Cost.NONE, one.cost(TextConfig.FOLDER));
		assertEquals(new Adapters.Cost(24_576, 589_824, 8192),
			adapters("text/kohya.safetensors").cost(TextConfig.FOLDER));
		assertEquals(2 * one.cost(TransformerConfig.FOLDER).flops(),
			adapters("one/plain.safetensors", "one/plain.safetensors").cost(TransformerConfig.FOLDER).flops());
	}
}
