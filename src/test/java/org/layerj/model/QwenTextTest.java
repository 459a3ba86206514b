package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
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
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TextConfig;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

class QwenTextTest {

	private static final String FIXTURE = "08-language-model";
	private final Fixtures fixture = Fixtures.open(FIXTURE);

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void hiddenStatesEqualTheReference(final boolean keep) {
		try (QwenText text = open(fixture.files(), DType.F32, keep); Scope scope = Torch.scope()) {
			final int[] ids = ints(fixture.longs("input_ids"));
			Parity.check(FIXTURE, "embeddings", text.embed(scope, ids).toFloats(), fixture.floats("hidden_states.0"));
			for (int round = 0; round < 2; round++) {
				final Tensor hidden = text.hidden(scope, ids, () -> {});
				assertArrayEquals(fixture.shape("hidden_states.2"), hidden.shape());
				Parity.check(FIXTURE, "hidden states after the final norm", hidden.toFloats(),
					fixture.floats("hidden_states.2"));
				final float[] logits = fixture.floats("logits");
				Parity.check(FIXTURE, "logits", text.logits(scope, hidden).toFloats(),
					Arrays.copyOfRange(logits, logits.length - 320, logits.length));
			}
		}
	}

	@Test
	void bfloat16IsAsCloseAsItCanBe() {
		try (QwenText text = open(fixture.files(), DType.BF16, true); Scope scope = Torch.scope()) {
			final Tensor hidden = text.hidden(scope, ints(fixture.longs("input_ids")), () -> {});
			assertEquals(DType.BF16, hidden.dtype());
			Parity.checkHalf(FIXTURE, "bfloat16, hidden states", hidden.toFloats(),
				fixture.floats("bf16.last_hidden_state"));
		}
	}

	@Test
	void whatFollowsDoesNotChangeWhatWasRead() {
		try (QwenText text = open(fixture.files(), DType.F32, true); Scope scope = Torch.scope()) {
			final long[] ids = fixture.longs("batch.input_ids");
			final float[] expected = fixture.floats("batch.last_hidden_state");
			final int n = ids.length / 2;
			final float[] padded = text.hidden(scope, Arrays.copyOfRange(ints(ids), n, n + 7), () -> {}).toFloats();
			Parity.check(FIXTURE, "a text the reference padded", padded,
				Arrays.copyOfRange(expected, n * 64, (n + 7) * 64));
		}
	}

	@Test
	void readingTokenByTokenEqualsReadingAtOnce() {
		try (QwenText text = open(fixture.files(), DType.F32, true); Scope scope = Torch.scope()) {
			final int[] ids = ints(fixture.longs("input_ids"));
			final float[] expected = fixture.floats("hidden_states.2");
			final QwenText.Cache cache = text.cache(scope, ids.length);
			final float[] start =
				text.read(scope, text.embed(scope, Arrays.copyOf(ids, 4)), QwenText.textPositions(4), cache, () -> {})
					.toFloats();
			Parity.check(FIXTURE, "beginning with a cache", start, Arrays.copyOf(expected, start.length));
			for (int i = 4; i < ids.length; i++) {
				assertEquals(i, cache.length());
				final Tensor next = text.read(scope, text.embed(scope, new int[] { ids[i] }),
					new long[][] { { i }, { i }, { i } }, cache, () -> {});
				Parity.check(FIXTURE, "token by token", next.toFloats(),
					Arrays.copyOfRange(expected, i * 64, (i + 1) * 64));
			}
			final Tensor one = text.embed(scope, new int[] { 1 });
			assertThrows(IllegalArgumentException.class,
				() -> text.read(scope, one, QwenText.textPositions(1), cache, () -> {}));
			final QwenText.Cache other = text.cache(scope, 100);
			text.read(scope, one, QwenText.textPositions(1), other, () -> {});
			final Tensor two = text.embed(scope, new int[] { 1, 2 });
			assertThrows(IllegalArgumentException.class,
				() -> text.read(scope, two, QwenText.textPositions(2), other, () -> {}));
		}
	}

	/** The newer key names, and a model whose output layer is its embedding table. */
	@Test
	void newerNamesAndTiedEmbeddingsAreUnderstood() throws IOException {
		final JsonObject names =
			JsonParser.parseString(fixture.text("text_encoder/keys_new_style.json")).getAsJsonObject();
		rewrite(names, "lm_head.weight");
		Files.copy(fixture.folder().resolve("text_encoder/config_nested.json"),
			folder.resolve("text_encoder/config.json"));
		try (QwenText text = open(ModelFiles.folder(folder), DType.F32, true); Scope scope = Torch.scope()) {
			final Tensor hidden = text.hidden(scope, ints(fixture.longs("input_ids")), () -> {});
			Parity.check(FIXTURE, "newer key names", hidden.toFloats(), fixture.floats("hidden_states.2"));
			final float[] logits = text.logits(scope, hidden).toFloats();
			final float[] last = Arrays.copyOfRange(hidden.toFloats(), 10 * 64, 11 * 64);
			final float[] row = text.embed(scope, new int[] { 42 }).toFloats();
			double product = 0;
			for (int i = 0; i < 64; i++) product += last[i] * row[i];
			assertEquals(product, logits[42], 1e-4);
		}
	}

	@Test
	void thePenaltyTurnsTheChoice() {
		try (QwenText text = open(fixture.files(), DType.F32, true); Scope scope = Torch.scope()) {
			final Tensor hidden = text.hidden(scope, ints(fixture.longs("input_ids")), () -> {});
			final Tensor logits = text.logits(scope, hidden);
			final float[] values = logits.toFloats();
			int best = 0;
			for (int i = 0; i < values.length; i++) if (values[i] > values[best]) best = i;
			assertEquals(best, text.best(logits, new int[0], 1.05));
			assertEquals(best, text.best(logits, new int[] { best, best }, 1));
			final int second = text.best(logits, new int[] { best, best, -1, 100_000 }, 1000);
			assertNotEquals(best, second);
			assertArrayEquals(values, logits.toFloats());
		}
	}

	@Test
	void impossibleInputsAreRejectedBeforeLibtorchSeesThem() {
		try (QwenText text = open(fixture.files(), DType.F32, true); Scope scope = Torch.scope()) {
			assertThrows(ModelException.class, () -> text.hidden(scope, new int[] { 320 }, () -> {}));
			assertThrows(ModelException.class, () -> text.hidden(scope, new int[] { -1 }, () -> {}));
			assertThrows(IllegalArgumentException.class, () -> text.hidden(scope, new int[0], () -> {}));
			assertThrows(ModelException.class, () -> text.hidden(scope, new int[2049], () -> {}));
			final Tensor x = text.embed(scope, new int[3]);
			assertThrows(IllegalArgumentException.class, () -> text.put(scope, x, x, new int[] { 0, 1, 2 }));
			assertThrows(CancellationException.class, () -> text.hidden(scope, new int[3], () -> {
				throw new CancellationException();
			}));
		}
	}

	private static QwenText open(final ModelFiles files, final DType dtype, final boolean keep) {
		return new QwenText(TextConfig.read(files),
			new Weights(Component.open(files, TextConfig.FOLDER), Device.CPU, dtype), keep ? Keep.all() : Keep.none());
	}

	/** Writes the fixture's weights under other names, without one of them. */
	private void rewrite(final JsonObject names, final String without) throws IOException {
		final Component component = Component.open(fixture.files(), TextConfig.FOLDER);
		final JsonObject header = new JsonObject();
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		for (final Map.Entry<String, JsonElement> e : names.entrySet()) {
			if (e.getKey().equals(without)) continue;
			final ByteBuffer bytes = component.data(e.getKey());
			final JsonObject entry = new JsonObject();
			entry.addProperty("dtype", component.info(e.getKey()).dtype());
			entry.add("shape", new Gson().toJsonTree(component.info(e.getKey()).shape()));
			entry.add("data_offsets",
				new Gson().toJsonTree(new int[] { data.size(), data.size() + bytes.remaining() }));
			header.add(e.getValue().getAsString(), entry);
			final byte[] copy = new byte[bytes.remaining()];
			bytes.get(copy);
			data.writeBytes(copy);
		}
		final byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
		final ByteBuffer file = ByteBuffer.allocate(8 + json.length + data.size())
			.order(ByteOrder.LITTLE_ENDIAN)
			.putLong(json.length)
			.put(json)
			.put(data.toByteArray());
		Files.createDirectories(folder.resolve("text_encoder"));
		Files.write(folder.resolve("text_encoder/model.safetensors"), file.array());
	}

	private static int[] ints(final long[] longs) {
		return Arrays.stream(longs).mapToInt(l -> (int) l).toArray();
	}
}
