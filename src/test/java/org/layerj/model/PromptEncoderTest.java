package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Tensor;
import org.layerj.torch.Torch;

class PromptEncoderTest {

	private static final String FIXTURE = "14-pipeline";
	private final Fixtures fixture = Fixtures.open(FIXTURE);

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "nocfg", "chinese" })
	void embeddingsAreThePipelines(final String run) {
		final JsonObject about = JsonParser.parseString(fixture.text("expect.json"))
			.getAsJsonObject()
			.getAsJsonObject("runs")
			.getAsJsonObject(run);
		try (PromptEncoder encoder = open(); Scope scope = Torch.scope()) {
			final Tensor embedding =
				encoder.encode(scope, about.get("prompt").getAsString(), PromptTemplate.DEFAULT_TOKENS);
			assertArrayEquals(fixture.shape(run + ".prompt_embeds"), embedding.shape());
			Parity.check(FIXTURE, "prompt embedding, " + run, embedding.toFloats(),
				fixture.floats(run + ".prompt_embeds"));
		}
	}

	@Test
	void theBlankPromptHasSixTokens() {
		try (PromptEncoder encoder = open(); Scope scope = Torch.scope()) {
			final Tensor embedding = encoder.encode(scope, " ", 512);
			assertArrayEquals(new long[] { 1, 6, 64 }, embedding.shape());
			Parity.check(FIXTURE, "negative prompt embedding", embedding.toFloats(),
				fixture.floats("negative_prompt_embeds"));
			assertEquals(5, encoder.encode(scope, "", 512).size(1));
		}
	}

	@Test
	void aLongPromptIsCutWithoutChangingItsBeginning() {
		try (PromptEncoder encoder = open(); Scope scope = Torch.scope()) {
			final String prompt = "A red circle, a blue square; ".repeat(20_000);
			final float[] most = encoder.encode(scope, prompt, PromptTemplate.TOKEN_LIMIT).toFloats();
			assertEquals(PromptTemplate.TOKEN_LIMIT * 64, most.length);
			Parity.check(FIXTURE, "beginning of a long prompt", encoder.encode(scope, prompt, 7).toFloats(),
				Arrays.copyOf(most, 7 * 64));
			assertThrows(IllegalArgumentException.class, () -> encoder.encode(scope, "", 0));
			assertThrows(IllegalArgumentException.class, () -> encoder.encode(scope, "", 1025));
		}
	}

	@Test
	void encodingCanBeStopped() {
		try (PromptEncoder encoder = open(); Scope scope = Torch.scope()) {
			assertThrows(CancellationException.class, () -> encoder.encode(scope, "a", 5, () -> {
				throw new CancellationException();
			}));
		}
	}

	@Test
	void aModelWithoutTextEncoderHasOneEmbeddingForAllPrompts() throws IOException {
		store("{\"prompt_embeds\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]}}", 1, 2, 3, 4, 5, 6);
		final Tensor kept;
		try (Scope scope = Torch.scope()) {
			try (PromptEncoder encoder =
				PromptEncoder.open(ModelFiles.folder(folder), 2, Device.CPU, DType.F32, Keep.all()))
			{
				assertFalse(encoder.readsPrompts());
				assertTrue(encoder.captioner().isEmpty());
				assertArrayEquals(new float[] { 1, 2 }, encoder.encode(scope, "a cell", 1).toFloats());
				kept = encoder.encode(scope, " ", 512);
			}
			assertArrayEquals(new long[] { 1, 3, 2 }, kept.shape());
			assertArrayEquals(new float[] { 1, 2, 3, 4, 5, 6 }, kept.toFloats());
		}
	}

	@Test
	void theStoredBlankPromptIsTakenInsteadOfTheEncoder() throws IOException {
		final Path model = fixture.folder().resolve("model");
		try (Stream<Path> files = Files.walk(model)) {
			for (final Path f : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
				final Path to = folder.resolve(model.relativize(f).toString());
				Files.createDirectories(to.getParent());
				Files.copy(f, to);
			}
		}
		final float[] stored = new float[5 * 64];
		for (int i = 0; i < stored.length; i++) stored[i] = i;
		store("{\"prompt_embeds\":{\"dtype\":\"F32\",\"shape\":[5,64],\"data_offsets\":[0,1280]}}", stored);
		try (PromptEncoder own = open();
			PromptEncoder both = PromptEncoder.open(ModelFiles.folder(folder), 64, Device.CPU, DType.F32, Keep.all());
			Scope scope = Torch.scope())
		{
			assertTrue(both.readsPrompts());
			assertEquals(own.captioner().isPresent(), both.captioner().isPresent());
			assertArrayEquals(stored, both.encode(scope, "", 512).toFloats());
			for (final String words : List.of(" ", "a cell"))
				assertArrayEquals(own.encode(scope, words, 512).toFloats(), both.encode(scope, words, 512).toFloats());
		}
	}

	@Test
	void partsThatDoNotFitTogetherAreNamed() throws IOException {
		assertThrows(ModelException.class,
			() -> PromptEncoder.open(ModelFiles.folder(folder), 64, Device.CPU, DType.F32, Keep.all()));
		assertThrows(ModelException.class,
			() -> PromptEncoder.open(fixture.files("model"), 65, Device.CPU, DType.F32, Keep.all()));
		store("{\"prompt_embeds\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[0,24]}}", 1, 2, 3, 4, 5, 6);
		assertThrows(ModelException.class,
			() -> PromptEncoder.open(ModelFiles.folder(folder), 64, Device.CPU, DType.F32, Keep.all()));
	}

	private void store(final String header, final float... values) throws IOException {
		final ByteBuffer file =
			ByteBuffer.allocate(8 + header.length() + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
		file.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
		for (final float v : values) file.putFloat(v);
		Files.createDirectories(folder.resolve("prompt_embeds"));
		Files.write(folder.resolve("prompt_embeds/blank.safetensors"), file.array());
	}

	private PromptEncoder open() {
		final PromptEncoder encoder = PromptEncoder.open(fixture.files("model"), 64, Device.CPU, DType.F32, Keep.all());
		assertTrue(encoder.readsPrompts());
		return encoder;
	}
}
