package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The official model, full size, as a hole: everything the check promises of 57.7 GB is tried without downloading them.
 */
class SparseModelTest {

	private static final Machine WORKSTATION =
		new Machine(128_000_000_000L, 100_000_000_000L, 16, OptionalLong.of(48_000_000_000L));
	private static final String LAST_SHARD = "transformer/diffusion_pytorch_model-00005-of-00005.safetensors";

	@TempDir
	static Path folder;

	@BeforeAll
	static void write() throws IOException {
		assumeTrue(SparseModelFolder.isSupported(folder), "the temporary folder's file system has no sparse files");
		SparseModelFolder.write(folder);
	}

	private static ModelCheck check() {
		return ModelCheck.of(ModelFiles.folder(folder), WORKSTATION);
	}

	private static ModelCheck.Part part(final ModelCheck check, final String name) {
		return check.parts().stream().filter(p -> p.folder().equals(name)).findFirst().orElseThrow();
	}

	@Test
	void countsEveryTensorAndByteOfTheOfficialModel() {
		final ModelCheck check = check();
		assertEquals(List.of(), check.problems());
		assertTrue(check.ok());
		assertEquals(2857, check.tensors());
		assertEquals(57_698_943_208L, check.bytes());
		final ModelCheck.Part transformer = part(check, "transformer");
		assertEquals(new ModelCheck.Part("transformer", "QwenImageTransformer2DModel", 5, 1934, 20_430_407_232L,
			40_860_814_464L, Map.of("BF16", 1934L)), transformer);
		assertEquals(194, part(check, "vae").tensors());
		assertEquals(126_897_716, part(check, "vae").parameters());
		assertEquals(253_795_432, part(check, "vae").bytes());
		final ModelCheck.Part text = part(check, "text_encoder");
		assertEquals(4, text.files());
		assertEquals(729, text.tensors());
		assertEquals(8_292_166_656L, text.parameters());
		assertEquals(16_584_333_312L, text.bytes());
		assertEquals(List.of("transformer", "vae", "text_encoder", "tokenizer", "processor", "scheduler"),
			check.parts().stream().map(ModelCheck.Part::folder).toList());
		assertEquals(List.of(), check.notes());
		assertEquals(ModelDefaults.OFFICIAL, check.defaults());
		assertFalse(check.id().orElseThrow().everyByte());
	}

	@Test
	void takesSecondsAndLittleHeap() {
		check();
		System.gc();
		final long before = used();
		final long start = System.nanoTime();
		final ModelCheck check = check();
		final double seconds = (System.nanoTime() - start) / 1e9;
		System.gc();
		assertTrue(seconds < 10, seconds + " s");
		assertTrue(used() - before < 64_000_000, used() - before + " bytes of heap");
		assertTrue(check.ok());
	}

	private static long used() {
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	@Test
	void reportFitsAScreen() {
		final String report = check().report();
		final List<String> lines = report.lines().toList();
		assertTrue(lines.size() <= 40, report);
		assertTrue(lines.stream().allMatch(l -> l.length() <= 150), report);
		assertTrue(report.contains("2,857"), report);
		assertTrue(report.contains("57,698,943,208"), report);
		assertTrue(report.contains("The model is complete."), report);
		assertTrue(lines.stream().anyMatch(l -> l.matches(" *640 +4 +9,789 .*")), report);
		assertTrue(lines.stream().anyMatch(l -> l.matches(" *1024 +4 +24,765 .*")), report);
	}

	@Test
	void theSameModelHasTheSameIdentityWhereverItLies() throws IOException {
		final ModelId id = ModelId.of(ModelFiles.folder(folder));
		assertEquals(64, id.sha256().length());
		final Path link = folder.resolveSibling(folder.getFileName() + "-link");
		try {
			Files.createSymbolicLink(link, folder);
		}
		catch (final IOException | UnsupportedOperationException e) {
			assumeTrue(false, "no symbolic links here");
		}
		try {
			assertEquals(id, ModelId.of(ModelFiles.folder(link)));
		}
		finally {
			Files.delete(link);
		}
		edited("scheduler/scheduler_config.json", "\"shift\": 1.0", "\"shift\": 1.5",
			() -> assertFalse(id.equals(ModelId.of(ModelFiles.folder(folder)))));
	}

	// -- Faults, each put right again --

	private interface Act {

		void run() throws IOException;
	}

	private static void edited(final String path, final String from, final String to, final Act act)
		throws IOException
	{
		final Path file = folder.resolve(path);
		final String text = Files.readString(file);
		assertTrue(text.contains(from), path);
		Files.writeString(file, text.replace(from, to));
		try {
			act.run();
		}
		finally {
			Files.writeString(file, text);
		}
	}

	/** Changes letters of a weight file's header; the length stays. */
	private static void editedHeader(final String path, final String from, final String to, final Act act)
		throws IOException
	{
		assertEquals(from.length(), to.length());
		try (RandomAccessFile f = new RandomAccessFile(folder.resolve(path).toFile(), "rw")) {
			final byte[] start = new byte[600_000];
			final int n = f.read(start);
			final int at = new String(start, 0, n, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(from);
			assertTrue(at > 0, from);
			f.seek(at);
			f.writeBytes(to);
			try {
				act.run();
			}
			finally {
				f.seek(at);
				f.writeBytes(from);
			}
		}
	}

	private static void without(final String path, final Act act) throws IOException {
		final Path away = folder.resolve("away");
		Files.move(folder.resolve(path), away);
		try {
			act.run();
		}
		finally {
			Files.move(away, folder.resolve(path));
		}
	}

	/** The check finds exactly this problem. */
	private static void only(final String... words) {
		final ModelCheck check = check();
		assertEquals(1, check.problems().size(), () -> String.join("\n", check.problems()));
		Sentence.check(check.problems().get(0), words);
		assertFalse(check.ok());
		assertTrue(check.report().contains("Problem   " + check.problems().get(0)), check.report());
		assertTrue(check.report().contains("The model cannot be used."));
	}

	@Test
	void aRemovedTensorIsNamed() throws IOException {
		// The 3rd block's norm is renamed in shard and index alike: one is missing, another is unknown.
		final String from = "transformer_blocks.2.attn.norm_q.weight\"";
		final String to = "transformer_blocks.2.attn.norm_x.weight\"";
		editedHeader("transformer/diffusion_pytorch_model-00001-of-00005.safetensors", from, to,
			() -> edited("transformer/diffusion_pytorch_model.safetensors.index.json", from, to, () -> {
				final List<String> problems = check().problems();
				assertEquals(2, problems.size(), () -> String.join("\n", problems));
				Sentence.check(problems.get(0),
					"lacks the tensor transformer_blocks.2.attn.norm_q.weight in transformer/");
				Sentence.check(problems.get(1), "the tensor transformer_blocks.2.attn.norm_x.weight",
					"knows nothing of");
			}));
	}

	@Test
	void aTensorLostFromTheShardIsNamed() throws IOException {
		editedHeader("text_encoder/model-00001-of-00004.safetensors", "model.layers.0.self_attn.q_proj.bias",
			"model.layers.0.self_attn.q_proj.bxas", () -> {
				final List<String> problems = check().problems();
				assertEquals(3, problems.size(), () -> String.join("\n", problems));
				Sentence.check(problems.get(0), "does not list", "model.layers.0.self_attn.q_proj.bxas");
				Sentence.check(problems.get(1), "lists the tensor model.layers.0.self_attn.q_proj.bias",
					"do not hold it");
				Sentence.check(problems.get(2),
					"lacks the tensor model.layers.0.self_attn.q_proj.bias in text_encoder/");
			});
	}

	@Test
	void aChangedShapeIsNamed() throws IOException {
		editedHeader("vae/diffusion_pytorch_model.safetensors", "[96,4,3,3,3]", "[96,3,4,3,3]",
			() -> only("the tensor encoder.conv_in.weight in vae/", "is [96, 3, 4, 3, 3] instead of [96, 4, 3, 3, 3]"));
	}

	@Test
	void aTruncatedShardIsNamed() throws IOException {
		try (RandomAccessFile f = new RandomAccessFile(folder.resolve(LAST_SHARD).toFile(), "rw")) {
			final long length = f.length();
			f.setLength(length - 5_000_000);
			try {
				only(LAST_SHARD, "cut short");
			}
			finally {
				f.setLength(length);
			}
		}
	}

	@Test
	void aMissingShardIsNamed() throws IOException {
		without(LAST_SHARD, () -> only("lacks the shard " + LAST_SHARD));
		without("vae/diffusion_pytorch_model.safetensors", () -> only("no weights in vae/"));
	}

	@Test
	void aMissingIndexIsNamed() throws IOException {
		without("text_encoder/model.safetensors.index.json",
			() -> only("lacks their index text_encoder/model.safetensors.index.json"));
	}

	@Test
	void aConfigurationOfAnotherSizeIsNamed() throws IOException {
		edited("transformer/config.json", "\"num_layers\": 60", "\"num_layers\": 59",
			() -> only("32 tensors (transformer_blocks.59.img_mod.1.weight, ", "and 29 more) in transformer/",
				"knows nothing of"));
		edited("transformer/config.json", "\"num_layers\": 60", "\"num_layers\": 61",
			() -> only("lacks 32 tensors (transformer_blocks.60.img_mod.1.weight, "));
		edited("vae/config.json", "\"base_dim\": 96", "\"base_dim\": 48",
			() -> only("tensors (encoder.conv_in.weight, ", "in another shape", "[96, 4, 3, 3, 3] instead of [48"));
		edited("text_encoder/config.json", "\"depth\": 32", "\"depth\": 33",
			() -> only("lacks 12 tensors (visual.blocks.32."));
	}

	@Test
	void partsThatDoNotBelongTogetherAreNamed() throws IOException {
		edited("transformer/config.json", "\"joint_attention_dim\": 3584", "\"joint_attention_dim\": 2048", () -> {
			final List<String> problems = check().problems();
			assertEquals(2, problems.size(), () -> String.join("\n", problems));
			Sentence.check(problems.get(1), "expects prompts of 2048 channels, but its text encoder makes 3584");
		});
	}

	@Test
	void unknownClassesAreNamed() throws IOException {
		edited("model_index.json", "QwenImageLayeredPipeline", "FluxPipeline", () -> only("is made for FluxPipeline"));
		edited("model_index.json", "FlowMatchEulerDiscreteScheduler", "DDIMScheduler",
			() -> only("scheduler", "is a DDIMScheduler"));
		edited("model_index.json", "QwenImageTransformer2DModel", "FluxTransformer2DModel",
			() -> only("transformer", "is a FluxTransformer2DModel"));
		edited("scheduler/scheduler_config.json", "FlowMatchEulerDiscreteScheduler", "UniPCMultistepScheduler",
			() -> only("scheduler UniPCMultistepScheduler"));
		edited("vae/config.json", "AutoencoderKLQwenImage", "AutoencoderKL", () -> only("is a AutoencoderKL,"));
		without("model_index.json", () -> {
			assertTrue(check().ok());
			Sentence.check(check().notes().get(0), "There is no model_index.json");
		});
	}

	@Test
	void allProblemsAreCollected() throws IOException {
		without(LAST_SHARD,
			() -> without2("tokenizer/merges.txt",
				() -> edited("vae/config.json", "\"input_channels\": 4", "\"input_channels\": 3",
					() -> edited("scheduler/scheduler_config.json", "\"linear\"", "\"cosine\"", () -> {
						final List<String> problems = check().problems();
						assertEquals(4, problems.size(), () -> String.join("\n", problems));
						problems.forEach(Sentence::check);
					}))));
	}

	private static void without2(final String path, final Act act) throws IOException {
		final Path file = folder.resolve(path);
		final byte[] bytes = Files.readAllBytes(file);
		Files.delete(file);
		try {
			act.run();
		}
		finally {
			Files.write(file, bytes);
		}
	}
}
