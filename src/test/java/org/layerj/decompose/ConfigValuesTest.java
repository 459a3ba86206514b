package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;

/**
 * Values of configurations are honoured or rejected by name, unknown keys are noted, and the check says what a run
 * says.
 */
class ConfigValuesTest {

	@TempDir
	private Path temp;
	private Path folder;

	@BeforeEach
	void copyModel() throws IOException {
		folder = temp.resolve("model");
		final Path source = Fixtures.open("14-pipeline").folder().resolve("model");
		try (Stream<Path> all = Files.walk(source)) {
			for (final Path p : all.toList()) Files.copy(p, folder.resolve(source.relativize(p).toString()));
		}
	}

	private ModelCheck check() {
		return ModelCheck.of(ModelFiles.folder(folder));
	}

	/** Sets a key, given as a path with slashes, to a JSON value; {@code -} removes it. */
	private void set(final String file, final String key, final String value) throws IOException {
		final Path path = folder.resolve(file);
		final JsonObject root = JsonParser.parseString(Files.readString(path)).getAsJsonObject();
		final String[] keys = key.split("/");
		JsonObject at = root;
		for (int i = 0; i < keys.length - 1; i++) {
			if (!at.has(keys[i])) at.add(keys[i], new JsonObject());
			final JsonElement next = at.get(keys[i]);
			at = next.isJsonArray() ? next.getAsJsonArray().get(Integer.parseInt(keys[++i])).getAsJsonObject()
				: next.getAsJsonObject();
		}
		if (value.equals("-")) at.remove(keys[keys.length - 1]);
		else at.add(keys[keys.length - 1], JsonParser.parseString(value));
		Files.writeString(path, root.toString());
	}

	/** The check finds this one problem, and a run begins with the same message. */
	private void rejected(final String... words) {
		final List<String> problems = check().problems();
		assertEquals(1, problems.size(), problems::toString);
		for (final String word : words) assertTrue(problems.get(0).contains(word), problems.get(0));
		assertEquals(problems.get(0),
			assertThrows(ModelException.class, () -> ModelDecomposer.open(ModelFiles.folder(folder), "cpu"))
				.getMessage());
	}

	private void accepted() {
		assertEquals(List.of(), check().problems());
		ModelDecomposer.open(ModelFiles.folder(folder), "cpu").close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "top_k|50|top_k", "top_k|-|top_k", "num_beams|4|num_beams",
			"no_repeat_ngram_size|3|no_repeat_ngram_size", "suppress_tokens|[5]|suppress_tokens",
			"begin_suppress_tokens|[5]|begin_suppress_tokens", "min_new_tokens|4|min_new_tokens",
			"min_length|9|min_length", "bad_words_ids|[[5]]|bad_words_ids", "forced_eos_token_id|5|forced_eos_token_id",
			"guidance_scale|2|guidance_scale", "stop_strings|[\"x\"]|stop_strings",
			"encoder_repetition_penalty|1.2|encoder_repetition_penalty" })
	void captionsThatAreNotGreedy(final String key, final String value, final String named) throws IOException {
		set("text_encoder/generation_config.json", key, value);
		rejected(named + " in text_encoder/generation_config.json", "greedily");
	}

	@Test
	void greedyCaptionsMayBeAskedForInSeveralWays() throws IOException {
		final String file = "text_encoder/generation_config.json";
		set(file, "num_beams", "1");
		set(file, "suppress_tokens", "null");
		set(file, "no_repeat_ngram_size", "0");
		set(file, "temperature", "0.000001");
		accepted();
		set(file, "do_sample", "false");
		set(file, "top_k", "-");
		accepted();
		assertEquals(List.of(), check().notes());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "processor/preprocessor_config.json|do_resize|false|do_resize",
		"processor/preprocessor_config.json|do_convert_rgb|false|do_convert_rgb",
		"processor/preprocessor_config.json|do_center_crop|true|do_center_crop",
		"tokenizer/tokenizer_config.json|add_prefix_space|true|add_prefix_space",
		"tokenizer/tokenizer_config.json|split_special_tokens|true|split_special_tokens",
		"tokenizer/tokenizer_config.json|add_bos_token|true|add_bos_token",
		"tokenizer/tokenizer_config.json|tokenizer_class|\"LlamaTokenizer\"|tokenizer_class",
		"tokenizer/tokenizer_config.json|added_tokens_decoder/608/lstrip|true|<|image_pad|> has lstrip",
		"tokenizer/tokenizer_config.json|added_tokens_decoder/608/rstrip|true|<|image_pad|> has rstrip",
		"tokenizer/tokenizer_config.json|added_tokens_decoder/610/single_word|true|<tool_call> has single_word",
		"tokenizer/tokenizer.json|added_tokens/0/rstrip|true|<|endoftext|> has rstrip",
		"tokenizer/tokenizer.json|normalizer|{\"type\":\"NFKC\"}|normalizer",
		"tokenizer/tokenizer.json|model/byte_fallback|true|byte_fallback",
		"tokenizer/tokenizer.json|model/ignore_merges|true|ignore_merges",
		"tokenizer/tokenizer.json|pre_tokenizer|{\"type\":\"Whitespace\"}|Whitespace",
		"tokenizer/tokenizer.json|pre_tokenizer|{\"type\":\"ByteLevel\",\"add_prefix_space\":true}|add_prefix_space",
		"text_encoder/config.json|quantization_config|{\"quant_method\":\"bitsandbytes\",\"load_in_4bit\":true}|quantised with bitsandbytes",
		"text_encoder/config.json|quantization_config|{\"quant_method\":\"awq\"}|quantised with awq",
		"transformer/config.json|quantization_config|{\"quant_method\":\"gptq\"}|quantised with gptq",
		"text_encoder/config.json|use_sliding_window|true|use_sliding_window",
		"text_encoder/config.json|layer_types|[\"sliding_attention\"]|layer_types",
		"text_encoder/config.json|vision_config/rope_parameters|{\"rope_type\":\"yarn\"}|rope_type",
		"text_encoder/config.json|vision_config/rope_parameters|{\"rope_theta\":-1}|rope_theta",
		"model_index.json|_class_name|\"QwenImageEditPlusPipeline\"|made for QwenImageEditPlusPipeline",
		"vae/config.json|nonlinearity|\"relu\"|nonlinearity",
		"scheduler/scheduler_config.json|use_karras_sigmas|true|use_karras_sigmas" })
	void valuesThatAreNotImplemented(final String file, final String key, final String value, final String named)
		throws IOException
	{
		set(file, key, value);
		rejected(named);
	}

	@ParameterizedTest
	@CsvSource({ "transformer/config.json", "vae/config.json", "scheduler/scheduler_config.json",
		"text_encoder/config.json", "text_encoder/generation_config.json", "tokenizer/tokenizer_config.json",
		"processor/preprocessor_config.json", "model_index.json" })
	void unknownKeysAreNoted(final String file) throws IOException {
		set(file, "new_in_this_release", "7");
		accepted();
		assertEquals(List.of("What " + file + " says about new_in_this_release is not used."), check().notes());
		try (Decomposer d = ModelDecomposer.open(ModelFiles.folder(folder), "cpu")) {
			assertEquals(check().notes(), d.notes());
		}
	}

	@Test
	void keysBesideATextConfigCountForNothing() throws IOException {
		final String file = "text_encoder/config.json";
		final JsonObject old = JsonParser.parseString(Files.readString(folder.resolve(file))).getAsJsonObject();
		final JsonObject text = old.deepCopy();
		text.remove("vision_config");
		text.remove("rms_norm_eps");
		old.add("text_config", text);
		Files.writeString(folder.resolve(file), old.toString());
		final ModelCheck check = check();
		assertEquals(List.of(), check.problems());
		assertEquals(1e-5, check.configs().orElseThrow().text().orElseThrow().eps());
		assertTrue(check.notes().get(0).contains("is not used"), check.notes().toString());
	}

	@Test
	void missingKeysHaveTheValuesThatTransformersGivesThem() throws IOException {
		set("text_encoder/config.json", "rms_norm_eps", "-");
		set("text_encoder/config.json", "max_position_embeddings", "-");
		set("text_encoder/config.json", "rope_theta", "-");
		assertEquals(1e-5, check().configs().orElseThrow().text().orElseThrow().eps());
		assertEquals(32_768, check().configs().orElseThrow().text().orElseThrow().maxPositions());
		assertEquals(1e6, check().configs().orElseThrow().text().orElseThrow().ropeTheta());
		assertEquals(10_000, check().configs().orElseThrow().vision().orElseThrow().ropeTheta());
		set("text_encoder/config.json", "vision_config/rope_parameters",
			"{\"rope_type\":\"axial\",\"rope_theta\":500.0}");
		assertEquals(500, check().configs().orElseThrow().vision().orElseThrow().ropeTheta());
	}

	@Test
	void oneFileBesideAnIndexIsReadAsTransformersDoes() throws IOException {
		Files.copy(folder.resolve("text_encoder/model-00001-of-00003.safetensors"),
			folder.resolve("text_encoder/model.safetensors"));
		rejected("lacks ", "in text_encoder/");
		assertTrue(check().notes()
			.get(0)
			.contains("There are both text_encoder/model.safetensors.index.json and text_encoder/model.safetensors"),
			check().notes().toString());
	}

	@Test
	void tiedOrNotIsJudgedAlike() throws IOException {
		// The output layer is renamed in shard and index, so that it is missing.
		final Path shard = folder.resolve("text_encoder/model-00001-of-00003.safetensors");
		final String text = Files.readString(shard, java.nio.charset.StandardCharsets.ISO_8859_1);
		Files.writeString(shard, text.replace("\"lm_head.weight\"", "\"xx_head.weight\""),
			java.nio.charset.StandardCharsets.ISO_8859_1);
		final Path index = folder.resolve("text_encoder/model.safetensors.index.json");
		Files.writeString(index, Files.readString(index).replace("\"lm_head.weight\"", "\"xx_head.weight\""));
		final List<String> problems = check().problems();
		assertTrue(problems.get(0).contains("lacks the tensor lm_head.weight"), problems.toString());
		assertEquals(problems.get(0),
			assertThrows(ModelException.class, () -> ModelDecomposer.open(ModelFiles.folder(folder), "cpu"))
				.getMessage());
		final JsonObject config =
			JsonParser.parseString(Files.readString(folder.resolve("text_encoder/config.json"))).getAsJsonObject();
		config.addProperty("tie_word_embeddings", true);
		Files.writeString(folder.resolve("text_encoder/config.json"), config.toString());
		rejected("xx_head.weight", "knows nothing of");
	}

	@Test
	void otherFormsOfWeightsAreNamed() throws IOException {
		final Path vae = folder.resolve("vae");
		Files.move(vae.resolve("diffusion_pytorch_model.safetensors"),
			vae.resolve("diffusion_pytorch_model.fp16.safetensors"));
		rejected("only the variant fp16", "vae/diffusion_pytorch_model.fp16.safetensors", "rename it");
		Files.move(vae.resolve("diffusion_pytorch_model.fp16.safetensors"), vae.resolve("diffusion_pytorch_model.bin"));
		rejected("pickled .bin");
		Files.move(vae.resolve("diffusion_pytorch_model.bin"), vae.resolve("adapter_model.safetensors"));
		rejected("an adapter (LoRA, PEFT)");
	}

	@Test
	void aLoraBesideTheModelIsNotApplied() throws IOException {
		Files.write(folder.resolve("pytorch_lora_weights.safetensors"), new byte[9]);
		accepted();
		assertEquals(List.of(
			"The adapter pytorch_lora_weights.safetensors beside the model (LoRA) is not applied unless the option lora "
				+ "names it."),
			check().notes());
	}
}
