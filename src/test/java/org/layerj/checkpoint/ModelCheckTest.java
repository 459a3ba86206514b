package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.decompose.ModelDecomposer;

/**
 * The check on a small complete model, as the Python libraries saved it, and on one in the style of the built-in model.
 */
class ModelCheckTest {

	private static final Machine SMALL = new Machine(16_000_000_000L, 2_000_000_000L, 2, OptionalLong.empty());

	@TempDir
	Path folder;

	@BeforeEach
	void copy() throws IOException {
		final Path from = Fixtures.open("14-pipeline").folder().resolve("model");
		try (Stream<Path> all = Files.walk(from)) {
			for (final Path p : (Iterable<Path>) all::iterator) {
				final Path to = folder.resolve(from.relativize(p).toString());
				if (Files.isDirectory(p)) Files.createDirectories(to);
				else Files.copy(p, to);
			}
		}
	}

	private ModelCheck check() {
		return ModelCheck.of(ModelFiles.folder(folder), SMALL);
	}

	private void delete(final String path) throws IOException {
		try (Stream<Path> all = Files.walk(folder.resolve(path))) {
			for (final Path p : (Iterable<Path>) all.sorted(java.util.Comparator.reverseOrder())::iterator)
				Files.delete(p);
		}
	}

	private void edit(final String path, final String from, final String to) throws IOException {
		final String text = Files.readString(folder.resolve(path));
		assertTrue(text.contains(from), text);
		Files.writeString(folder.resolve(path), text.replace(from, to));
	}

	private void only(final String... words) {
		final List<String> problems = check().problems();
		assertEquals(1, problems.size(), () -> String.join("\n", problems));
		Sentence.check(problems.get(0), words);
	}

	@Test
	void aCompleteModel() {
		final ModelCheck check = check();
		assertEquals(List.of(), check.problems());
		assertTrue(check.ok());
		assertEquals(6, check.parts().size());
		assertTrue(check.id().orElseThrow().everyByte());
		assertTrue(check.forecast().isPresent());
		assertTrue(check.report().contains("The model is complete."), check.report());
		assertTrue(check.report().contains("2.0 of 16.0 GB RAM free, 2 processors, no graphics card in use"),
			check.report());
	}

	/** What {@link #aCompleteModel} is turned into for a model without text encoder. */
	private void asBuiltIn(final long... shape) throws IOException {
		for (final String part : List.of("text_encoder", "tokenizer", "processor", "model_index.json")) delete(part);
		Files.writeString(folder.resolve("model_index.json"),
			"{\"_class_name\":\"QwenImageLayeredPipeline\",\"scheduler\":[\"diffusers\",\"FlowMatchEulerDiscreteScheduler\"],"
				+ "\"transformer\":[\"diffusers\",\"QwenImageTransformer2DModel\"],\"vae\":[\"diffusers\",\"AutoencoderKLQwenImage\"]}");
		WeightFile.write(folder.resolve("prompt_embeds/blank.safetensors"), "BF16", 2, Map.of("prompt_embeds", shape));
	}

	@Test
	void aModelWithAStoredPrompt() throws IOException {
		asBuiltIn(8, 64);
		final ModelCheck check = check();
		assertEquals(List.of(), check.problems());
		assertEquals(List.of("transformer", "vae", "prompt_embeds", "scheduler"),
			check.parts().stream().map(ModelCheck.Part::folder).toList());
		assertEquals(List.of("The model has no text encoder; prompts have no effect."), check.notes());
		assertTrue(check.forecast().orElseThrow().configs().text().isEmpty());
	}

	@Test
	void aStoredPromptBesideATextEncoder() throws IOException {
		final String file = "prompt_embeds/blank.safetensors";
		WeightFile.write(folder.resolve(file), "BF16", 2, Map.of("prompt_embeds", new long[] { 8, 64 }));
		final ModelCheck check = check();
		assertEquals(List.of(), check.problems());
		assertTrue(check.parts().stream().anyMatch(p -> p.folder().equals("prompt_embeds")), check.report());
		assertFalse(check.report().contains("prompts have no effect"), check.report());
		WeightFile.write(folder.resolve(file), "BF16", 2, Map.of("prompt_embeds", new long[] { 8, 32 }));
		only("prompt_embeds/blank.safetensors", "[8, 32] instead of [tokens, 64]");
	}

	@Test
	void aStoredPromptOfAnotherWidth() throws IOException {
		asBuiltIn(8, 32);
		only("prompt_embeds/blank.safetensors", "[8, 32] instead of [tokens, 64]");
		WeightFile.write(folder.resolve("prompt_embeds/blank.safetensors"), "BF16", 2,
			Map.of("x", new long[] { 8, 64 }));
		only("lacks the tensor prompt_embeds");
	}

	@Test
	void neitherTextEncoderNorPrompt() throws IOException {
		asBuiltIn(8, 64);
		delete("prompt_embeds");
		only("neither a text_encoder nor prompt_embeds/blank.safetensors");
	}

	@Test
	void partsThatTheIndexPromises() throws IOException {
		delete("text_encoder");
		only("lacks text_encoder/config.json");
	}

	@Test
	void missingTokenizer() throws IOException {
		delete("tokenizer");
		only("lacks tokenizer/vocab.json and tokenizer/merges.txt");
	}

	@Test
	void tokenizerOfAnotherTextEncoder() throws IOException {
		edit("tokenizer/added_tokens.json", "{", "{\"<|more|>\": 5000,");
		only("uses the id 5000, but its text encoder knows only ");
		Files.writeString(folder.resolve("tokenizer/vocab.json"), "{\"a\": \"b\"}");
		only("tokenizer/vocab.json", "damaged");
	}

	@Test
	void brokenGenerationSettings() throws IOException {
		edit("text_encoder/generation_config.json", "1.05", "-1");
		only("repetition_penalty in text_encoder/generation_config.json");
	}

	@Test
	void missingProcessor() throws IOException {
		delete("processor");
		only("lacks processor/preprocessor_config.json");
		edit("model_index.json", "\"processor\"", "\"_processor\"");
		assertTrue(check().ok());
		assertEquals(1, check().notes().size());
	}

	@Test
	void unusedAndSwitchedOffPartsDoNoHarm() throws IOException {
		edit("model_index.json", "\"_class_name\"",
			"\"force_zeros\": true, \"safety\": [\"x\", \"Y\"], \"_class_name\"");
		assertTrue(check().ok());
		assertEquals(List.of("What model_index.json says about force_zeros, safety is not used."), check().notes());
	}

	@Test
	void brokenModelIndex() throws IOException {
		Files.writeString(folder.resolve("model_index.json"), "{\"vae\": 5}");
		only("The value of vae in model_index.json");
		Files.writeString(folder.resolve("model_index.json"), "<html>");
		only("model_index.json", "not valid JSON");
	}

	/** Also double precision, which no released model has: the run would say the same. */
	@ParameterizedTest
	@CsvSource({ "I8, 1", "I64, 8", "F64, 8" })
	void weightsOfTypesThatAreNotRead(final String type, final int bytes) throws IOException {
		final ModelFiles files = ModelFiles.folder(folder);
		final Map<String, long[]> shapes = new HashMap<>();
		for (final ExpectedTensor t : ExpectedTensors.vae(VaeConfig.read(files)).all()) shapes.put(t.name(), t.shape());
		WeightFile.write(folder.resolve("vae/diffusion_pytorch_model.safetensors"), type, bytes, shapes);
		only("in vae/ as " + type, "can be read");
		assertEquals(check().problems().get(0),
			assertThrows(ModelException.class, () -> ModelDecomposer.open(ModelFiles.folder(folder), "cpu"))
				.getMessage());
	}

	@Test
	void emptyFolder(@TempDir final Path empty) {
		final ModelCheck check = ModelCheck.of(ModelFiles.folder(empty), SMALL);
		assertEquals(4, check.problems().size(), () -> String.join("\n", check.problems()));
		check.problems().forEach(Sentence::check);
		assertFalse(check.ok());
		assertTrue(check.id().isEmpty());
		assertTrue(check.report().contains("cannot be used"));
	}

	@Test
	void identityOfASmallModelSeesEveryByte() throws IOException {
		final ModelId before = ModelId.of(ModelFiles.folder(folder));
		assertEquals(before, ModelId.of(ModelFiles.folder(folder)));
		assertEquals(12, before.brief().length());
		final Path weights = folder.resolve("vae/diffusion_pytorch_model.safetensors");
		final byte[] bytes = Files.readAllBytes(weights);
		bytes[bytes.length - 1] ^= 1;
		Files.write(weights, bytes);
		assertNotEquals(before, ModelId.of(ModelFiles.folder(folder)));
		Files.writeString(folder.resolve("README.md"), "files that are no part of the model do not count");
		bytes[bytes.length - 1] ^= 1;
		Files.write(weights, bytes);
		assertEquals(before, ModelId.of(ModelFiles.folder(folder)));
	}
}
