package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;

class QwenConfigTest {

	/** The released text encoder, Qwen2.5-VL-7B-Instruct. */
	private static final String RELEASED =
		"""
			{"model_type": "qwen2_5_vl", "hidden_size": 3584, "intermediate_size": 18944, "num_hidden_layers": 28, "num_attention_heads": 28,
			"num_key_value_heads": 4, "rms_norm_eps": 1e-06, "hidden_act": "silu", "rope_theta": 1000000.0,
			"rope_scaling": {"type": "mrope", "mrope_section": [16, 24, 24]}, "vocab_size": 152064, "max_position_embeddings": 128000,
			"use_sliding_window": false, "tie_word_embeddings": false, "bos_token_id": 151643, "eos_token_id": 151645, "image_token_id": 151655,
			"vision_config": {"depth": 32, "hidden_size": 1280, "intermediate_size": 3420, "num_heads": 16, "in_channels": 3,
			"out_hidden_size": 3584, "patch_size": 14, "spatial_merge_size": 2, "temporal_patch_size": 2, "window_size": 112,
			"fullatt_block_indexes": [7, 15, 23, 31], "hidden_act": "silu", "tokens_per_second": 2}}""";

	@TempDir
	private Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "config.json", "config_nested.json", "config_both.json" })
	void flatAndNestedFormsReadAlike(final String file) {
		final ModelFiles files = Fixtures.open("08-language-model").files("text_encoder");
		final TextConfig t = TextConfig.read(files, file, note -> {});
		assertEquals(64, t.hidden());
		assertEquals(128, t.intermediate());
		assertEquals(2, t.layers());
		assertEquals(4, t.heads());
		assertEquals(2, t.keyValueHeads());
		assertEquals(16, t.headDim());
		assertEquals(320, t.vocabulary());
		assertEquals(2048, t.maxPositions());
		assertEquals(1e-6, t.eps());
		assertEquals(1e6, t.ropeTheta());
		assertArrayEquals(new int[] { 2, 3, 3 }, t.ropeSections());
		assertEquals(311, t.imageToken());
		assertEquals(301, t.endToken());
		final VisionConfig v = VisionConfig.read(files, file, note -> {});
		assertEquals(2, v.depth());
		assertEquals(16, v.headDim());
		assertEquals(4, v.windowUnits());
		assertEquals(64, v.out());
		assertFalse(v.isFull(0));
		assertTrue(v.isFull(1));
	}

	@Test
	void theReleasedFormIsRead() throws IOException {
		final TextConfig t = TextConfig.read(write("text_encoder/config.json", RELEASED));
		assertEquals(128, t.headDim());
		assertEquals(151655, t.imageToken());
		assertArrayEquals(new int[] { 16, 24, 24 }, t.ropeSections());
		final VisionConfig v = VisionConfig.read(ModelFiles.folder(folder));
		assertEquals(80, v.headDim());
		assertEquals(28, v.unit());
		assertTrue(v.isFull(31));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "\"num_key_value_heads\": 4|\"num_key_value_heads\": 5|num_key_value_heads",
			"[16, 24, 24]|[16, 24, 25]|mrope_section", "\"mrope\"|\"yarn\"|type", "qwen2_5_vl|llama|Qwen2.5-VL",
			"\"use_sliding_window\": false|\"use_sliding_window\": true|use_sliding_window",
			"\"hidden_size\": 3584|\"hidden_size\": 3585|hidden_size", "151655|152064|image_token_id",
			"\"hidden_act\": \"silu\", \"rope|\"hidden_act\": \"gelu\", \"rope|hidden_act" })
	void whatCannotWorkIsNamed(final String from, final String to, final String named) throws IOException {
		final ModelFiles files = write("text_encoder/config.json", RELEASED.replace(from, to));
		final String message = assertThrows(ModelException.class, () -> TextConfig.read(files)).getMessage();
		assertTrue(message.contains(named), message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "[7, 15, 23, 31]|[7, 32]|fullatt_block_indexes", "\"num_heads\": 16|\"num_heads\": 7|hidden_size",
			"\"window_size\": 112|\"window_size\": 20|window_size", "\"vision_config\"|\"other\"|vision_config" })
	void aVisionTowerThatCannotWorkIsNamed(final String from, final String to, final String named) throws IOException {
		final ModelFiles files = write("text_encoder/config.json", RELEASED.replace(from, to));
		final String message = assertThrows(ModelException.class, () -> VisionConfig.read(files)).getMessage();
		assertTrue(message.contains(named), message);
	}

	@Test
	void captionsEndWithOneTokenOrSeveral() throws IOException {
		final TextConfig text = TextConfig.read(write("text_encoder/config.json", RELEASED));
		assertEquals(1, GenerationConfig.read(ModelFiles.folder(folder), text).repetitionPenalty());
		assertTrue(GenerationConfig.read(ModelFiles.folder(folder), text).ends(151645));
		final GenerationConfig one = GenerationConfig.read(
			write("text_encoder/generation_config.json", "{\"eos_token_id\": 7, \"repetition_penalty\": 1.05}"), text);
		assertArrayEquals(new int[] { 7 }, one.ends());
		assertEquals(1.05, one.repetitionPenalty());
		final GenerationConfig two = GenerationConfig
			.read(write("text_encoder/generation_config.json", "{\"eos_token_id\": [151645, 151643]}"), text);
		assertTrue(two.ends(151643));
		assertFalse(two.ends(0));
		assertThrows(ModelException.class, () -> GenerationConfig
			.read(write("text_encoder/generation_config.json", "{\"repetition_penalty\": 0}"), text));
	}

	@Test
	void pictureLimitsComeFromEitherFormOrAreQwens() throws IOException {
		assertEquals(ProcessorConfig.QWEN, ProcessorConfig.read(ModelFiles.folder(folder)));
		final ProcessorConfig newer = ProcessorConfig.read(write("processor/processor_config.json",
			"{\"image_processor\": {\"size\": {\"shortest_edge\": 100, \"longest_edge\": 200}, \"resample\": 2}}"));
		assertEquals(100, newer.minPixels());
		assertEquals(200, newer.maxPixels());
		assertEquals(2, newer.resample());
		final ProcessorConfig tiny = ProcessorConfig.read(Fixtures.open("14-pipeline").files("model"));
		assertEquals(3136, tiny.minPixels());
		assertEquals(12_845_056, tiny.maxPixels());
		assertEquals(0.26130258, tiny.std()[1]);
		assertThrows(ModelException.class,
			() -> ProcessorConfig.read(write("processor/preprocessor_config.json", "{\"image_std\": [1, 0, 1]}")));
	}

	/** Then pixels stay as they are, 0 … 255 or 0 … 1. */
	@Test
	void picturesAreNotNormalisedWhereTheFileSaysSo() throws IOException {
		final ProcessorConfig as = ProcessorConfig.read(write("processor/preprocessor_config.json",
			"{\"do_normalize\": false, \"do_rescale\": false, \"image_mean\": [0.5, 0.5, 0.5]}"));
		assertArrayEquals(new double[3], as.mean());
		assertArrayEquals(new double[] { 1, 1, 1 }, as.std());
		assertEquals(1, as.rescale());
	}

	private ModelFiles write(final String path, final String json) throws IOException {
		final Path file = folder.resolve(path);
		Files.createDirectories(file.getParent());
		Files.writeString(file, json);
		return ModelFiles.folder(folder);
	}
}
