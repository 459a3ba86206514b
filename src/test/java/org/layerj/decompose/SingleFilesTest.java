package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.checkpoint.Component;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelException;
import org.layerj.checkpoint.ModelFiles;
import org.layerj.checkpoint.TensorInfo;
import org.layerj.common.Progress;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.model.Weights;
import org.layerj.torch.DType;
import org.layerj.torch.Device;
import org.layerj.torch.Scope;
import org.layerj.torch.Torch;

/** The same tiny model as a diffusers folder and in the forms that ComfyUI's users have. */
class SingleFilesTest {

	private static final Path FIXTURE = Fixtures.open("22-single-files").folder();
	private static final Path DIFFUSERS = FIXTURE.resolve("model");
	private static final Optional<Path> TOKENIZER = Optional.of(DIFFUSERS.resolve("tokenizer"));

	/** Small enough for a test; without this file the official resolutions hold. */
	private static final String DEFAULTS = "{\"resolution\": 64, \"steps\": 2, \"guidance\": 4}";

	@TempDir
	private Path temp;
	private Path models;
	private Path diffusers;

	@BeforeEach
	void folder() throws IOException {
		models = Files.createDirectory(temp.resolve("models"));
		Files.writeString(models.resolve("decompose.json"), DEFAULTS);
		diffusers = temp.resolve("diffusers");
		try (Stream<Path> all = Files.walk(DIFFUSERS)) {
			for (final Path p : all.toList()) Files.copy(p, diffusers.resolve(DIFFUSERS.relativize(p).toString()));
		}
		Files.writeString(diffusers.resolve("decompose.json"), DEFAULTS);
	}

	private void put(final String from, final String to) throws IOException {
		Files.createDirectories(models.resolve(to).getParent());
		Files.copy(FIXTURE.resolve(from), models.resolve(to));
	}

	/** ComfyUI's folder with 16-bit files under names that say nothing. */
	private void comfy() throws IOException {
		put("comfy/diffusion_models/tiny_layered_bf16.safetensors", "diffusion_models/qwen/a.safetensors");
		put("model/text_encoder/model.safetensors", "text_encoders/b.safetensors");
		put("comfy/vae/tiny_layered_vae.safetensors", "vae/c.safetensors");
	}

	private void gguf() throws IOException {
		put("gguf/tiny-layered-Q8_0.gguf", "unet/tiny-layered-Q8_0.gguf");
		put("gguf/tiny-vl-Q8_0.gguf", "text_encoders/tiny-vl-Q8_0.gguf");
		put("gguf/mmproj-tiny-vl-F16.gguf", "text_encoders/mmproj-tiny-vl-F16.gguf");
		put("comfy/vae/tiny_layered_vae.safetensors", "vae/c.safetensors");
	}

	private ModelFiles open() {
		return ModelFiles.folder(models, TOKENIZER);
	}

	private static List<RgbaImage> layers(final ModelFiles files, final String prompt) {
		final Random random = new Random(5);
		final int[] argb = new int[64 * 64];
		for (int i = 0; i < argb.length; i++) argb[i] = 0xff000000 | random.nextInt(0x1000000);
		try (Decomposer d = ModelDecomposer.open(files, "cpu")) {
			return d
				.decompose(RgbaImage.ofArgb(64, 64, argb),
					DecomposeOptions.defaults().withLayers(2).withPrompt(prompt).withRaw(true), Progress.none())
				.layers()
				.layers()
				.stream()
				.map(Layer::pixels)
				.toList();
		}
	}

	/** Every tensor of a part has the diffusers folder's name, shape and values. */
	private static void same(final ModelFiles files, final String part, final double relative) {
		final Component theirs = Component.open(ModelFiles.folder(DIFFUSERS), part);
		final Component ours = Component.open(files, part);
		assertEquals(theirs.names().stream().sorted().toList(), ours.names().stream().sorted().toList());
		for (final String name : theirs.names()) try (Scope scope = Torch.scope()) {
			final TensorInfo info = theirs.info(name);
			assertArrayEquals(info.shape(), ours.info(name).shape(), name);
			final float[] expected =
				new Weights(theirs, Device.CPU, DType.F32).get(scope, name, info.shape()).toFloats();
			final float[] actual = new Weights(ours, Device.CPU, DType.F32).get(scope, name, info.shape()).toFloats();
			float largest = 0;
			for (final float x : expected) largest = Math.max(largest, Math.abs(x));
			for (int i = 0; i < expected.length; i++)
				assertEquals(expected[i], actual[i], relative * largest, name + " " + i);
		}
	}

	@Test
	void singleFilesGiveTheSameLayersAsTheDiffusersFolder() throws IOException {
		comfy();
		for (final String part : List.of("transformer", "text_encoder", "vae")) same(open(), part, 0);
		final ModelCheck theirs = ModelCheck.of(ModelFiles.folder(DIFFUSERS));
		final ModelCheck ours = ModelCheck.of(open());
		assertEquals(List.of(), theirs.problems());
		assertEquals(List.of(), ours.problems());
		assertTrue(
			ours.notes()
				.get(0)
				.startsWith("Found by their headers: transformer diffusion_models/qwen/a.safetensors (BF16)"),
			ours.notes().toString());
		final String prompt = "A red circle with soft edges lies above a blue square.";
		final List<RgbaImage> expected = layers(ModelFiles.folder(diffusers), prompt);
		assertEquals(expected, layers(open(), prompt));
		// Given by the file itself, the other parts are found around it.
		assertEquals(expected,
			layers(ModelFiles.folder(models.resolve("diffusion_models/qwen/a.safetensors"), TOKENIZER), prompt));
	}

	@Test
	void eightBitFloatsWithAndWithoutScales() throws IOException {
		put("comfy/diffusion_models/tiny_layered_fp8mixed.safetensors", "diffusion_models/a.safetensors");
		put("comfy/text_encoders/tiny_vl_fp8_scaled.safetensors", "text_encoders/b.safetensors");
		put("comfy/vae/tiny_layered_vae.safetensors", "vae/c.safetensors");
		same(open(), "transformer", 1 / 16.0);
		same(open(), "text_encoder", 1 / 16.0);
		assertEquals(List.of(), ModelCheck.of(open()).problems());
		close(layers(ModelFiles.folder(diffusers), "Two cells."), layers(open(), "Two cells."));
	}

	@Test
	void ggufBringsItsOwnVocabularyAndItsVisionTowerBesideIt() throws IOException {
		gguf();
		final ModelFiles files = ModelFiles.folder(models);
		same(files, "transformer", 1 / 8.0);
		same(files, "text_encoder", 1 / 100.0);
		same(files, "vae", 0);
		final ModelCheck check = ModelCheck.of(files);
		assertEquals(List.of(), check.problems());
		final ModelCheck theirs = ModelCheck.of(ModelFiles.folder(DIFFUSERS));
		assertEquals(theirs.configs().orElseThrow().text().orElseThrow().eps(),
			check.configs().orElseThrow().text().orElseThrow().eps());
		assertEquals(theirs.configs().orElseThrow().text().orElseThrow().imageToken(),
			check.configs().orElseThrow().text().orElseThrow().imageToken());
		assertEquals(theirs.configs().orElseThrow().vision().orElseThrow().heads(),
			check.configs().orElseThrow().vision().orElseThrow().heads());
		close(layers(ModelFiles.folder(diffusers), "Two cells."), layers(files, "Two cells."));
		// No prompt: the picture is described, through the vision tower's own file.
		assertEquals(2, layers(files, "").size());
	}

	@Test
	void withoutItsVisionTowerAGgufStillReadsPrompts() throws IOException {
		gguf();
		Files.delete(models.resolve("text_encoders/mmproj-tiny-vl-F16.gguf"));
		final ModelCheck check = ModelCheck.of(ModelFiles.folder(models));
		assertEquals(List.of(), check.problems());
		assertTrue(check.notes().stream().anyMatch(n -> n.contains("mmproj")), check.notes().toString());
		assertEquals(2, layers(ModelFiles.folder(models), "Two cells.").size());
	}

	/** Quantised weights make nearly the same layers. */
	private static void close(final List<RgbaImage> expected, final List<RgbaImage> actual) {
		assertEquals(expected.size(), actual.size());
		for (int i = 0; i < expected.size(); i++) for (int c = 0; c < 4; c++) {
			final byte[] a = expected.get(i).plane(c);
			final byte[] b = actual.get(i).plane(c);
			double sum = 0;
			for (int p = 0; p < a.length; p++) sum += Math.abs((a[p] & 255) - (b[p] & 255));
			assertTrue(sum / a.length < 24, "layer " + i + " channel " + c + ": mean difference " + sum / a.length);
		}
	}

	private void rejected(final Path model, final String... words) {
		final String message = assertThrows(ModelException.class, () -> ModelFiles.folder(model)).getMessage();
		for (final String word : words) assertTrue(message.contains(word), message);
		assertFalse(message.contains("null") || message.contains("\n"), message);
		assertTrue(message.endsWith("."), message);
	}

	@Test
	void whatIsMissingIsNamed() throws IOException {
		comfy();
		Files.delete(models.resolve("vae/c.safetensors"));
		rejected(models, "lacks an RGBA autoencoder", "qwen_image_layered_vae.safetensors");
		put("comfy/vae/tiny_layered_vae.safetensors", "vae/c.safetensors");
		Files.delete(models.resolve("text_encoders/b.safetensors"));
		rejected(models, "lacks a text encoder", "width of 128");
		Files.delete(models.resolve("diffusion_models/qwen/a.safetensors"));
		rejected(models, "lacks a transformer of Qwen-Image-Layered", "GGUF");
		Files.write(models.resolve("diffusion_models/qwen/broken.safetensors"), new byte[20]);
		rejected(models, "1 weight files there cannot be read", "broken.safetensors");
	}

	@Test
	void twoTransformersAskForOne() throws IOException {
		comfy();
		put("comfy/diffusion_models/tiny_layered_fp8mixed.safetensors", "diffusion_models/d.safetensors");
		rejected(models, "holds 2 layered transformers", "diffusion_models/d.safetensors",
			"give the file that is meant");
		assertEquals(models.resolve("diffusion_models/d.safetensors").toString(),
			ModelFiles.folder(models.resolve("diffusion_models/d.safetensors"), TOKENIZER).name());
		rejected(models.resolve("vae/c.safetensors"), "is an autoencoder", "give the file of the transformer");
		rejected(models.resolve("text_encoders/b.safetensors"), "is a text encoder");
	}

	@Test
	void aTokenizerIsFoundGivenOrKnown() throws IOException {
		comfy();
		// A model in diffusers layout, opened before, has one.
		ModelFiles.folder(DIFFUSERS);
		final ModelCheck known = ModelCheck.of(ModelFiles.folder(models));
		assertEquals(List.of(), known.problems());
		assertTrue(known.notes().stream().anyMatch(n -> n.startsWith("The tokenizer is that of")),
			known.notes().toString());
		try (Stream<Path> all = Files.list(DIFFUSERS.resolve("tokenizer"))) {
			Files.createDirectory(models.resolve("tokenizer"));
			for (final Path p : all.toList()) Files.copy(p, models.resolve("tokenizer").resolve(p.getFileName()));
		}
		assertFalse(ModelCheck.of(ModelFiles.folder(models))
			.notes()
			.stream()
			.anyMatch(n -> n.startsWith("The tokenizer is that of")));
		assertTrue(assertThrows(ModelException.class, () -> ModelFiles.folder(models, Optional.of(temp))).getMessage()
			.contains("holds no tokenizer"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "x.ckpt|pickled", "x.txt|is not a weight file" })
	void otherFilesAreNamed(final String file, final String words) throws IOException {
		Files.write(models.resolve(file), new byte[9]);
		rejected(models.resolve(file), words);
	}

	@Test
	void foldersOfOtherKindsAreNamed() throws IOException {
		final Path cache = Files.createDirectories(temp.resolve("models--Qwen--Qwen-Image-Layered/snapshots/8f0ca708"));
		rejected(cache.getParent().getParent(), "download cache", "snapshots" + java.io.File.separator + "8f0ca708");
		Files.writeString(models.resolve("adapter_config.json"), "{}");
		rejected(models, "an adapter (LoRA, PEFT)");
		assertTrue(assertThrows(ModelException.class,
			() -> ModelDecomposer.open(ModelFiles.folder(Files.createDirectory(temp.resolve("empty"))), "cpu"))
			.getMessage()
			.contains("transformer/config.json"));
	}
}
