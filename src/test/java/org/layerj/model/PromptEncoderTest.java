package org.layerj.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
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
	private Path empty;

	@ParameterizedTest
	@ValueSource(strings = { "nocfg", "chinese" })
	void embeddingsAreThePipelines(final String run) {
		final JsonObject about = JsonParser.parseString(fixture.text("expect.json")).getAsJsonObject().getAsJsonObject("runs").getAsJsonObject(run);
		try (PromptEncoder encoder = open(); Scope scope = Torch.scope()) {
			final Tensor embedding = encoder.encode(scope, about.get("prompt").getAsString(), PromptTemplate.DEFAULT_TOKENS);
			assertArrayEquals(fixture.shape(run + ".prompt_embeds"), embedding.shape());
			Parity.check(FIXTURE, "prompt embedding, " + run, embedding.toFloats(), fixture.floats(run + ".prompt_embeds"));
		}
	}

	@Test
	void theBlankPromptHasSixTokens() {
		try (PromptEncoder encoder = open(); Scope scope = Torch.scope()) {
			final Tensor embedding = encoder.encode(scope, " ", 512);
			assertArrayEquals(new long[] { 1, 6, 64 }, embedding.shape());
			Parity.check(FIXTURE, "negative prompt embedding", embedding.toFloats(), fixture.floats("negative_prompt_embeds"));
			assertEquals(5, encoder.encode(scope, "", 512).size(1));
		}
	}

	@Test
	void aLongPromptIsCutWithoutChangingItsBeginning() {
		try (PromptEncoder encoder = open(); Scope scope = Torch.scope()) {
			final String prompt = "A red circle, a blue square; ".repeat(20_000);
			final float[] most = encoder.encode(scope, prompt, PromptTemplate.MAX_TOKENS).toFloats();
			assertEquals(PromptTemplate.MAX_TOKENS * 64, most.length);
			Parity.check(FIXTURE, "beginning of a long prompt", encoder.encode(scope, prompt, 7).toFloats(), Arrays.copyOf(most, 7 * 64));
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
	void theBuiltInModelHasOneEmbeddingForAllPrompts() {
		try (PromptEncoder encoder = PromptEncoder.open(ModelFiles.builtIn(), Device.CPU, DType.F32); Scope scope = Torch.scope()) {
			assertFalse(encoder.readsPrompts());
			assertTrue(encoder.captioner().isEmpty());
			final Tensor blank = encoder.encode(scope, " ", 512);
			assertEquals(1, blank.size(0));
			assertArrayEquals(blank.toFloats(), encoder.encode(scope, "a cell", 512).toFloats());
			assertEquals(1, encoder.encode(scope, "a cell", 1).size(1));
		}
	}

	@Test
	void aModelWithoutAnyEncoderIsNamed() {
		assertThrows(ModelException.class, () -> PromptEncoder.open(ModelFiles.folder(empty), Device.CPU, DType.F32));
	}

	private PromptEncoder open() {
		final PromptEncoder encoder = PromptEncoder.open(fixture.files("model"), Device.CPU, DType.F32);
		assertTrue(encoder.readsPrompts());
		return encoder;
	}
}
