package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes, configurations and the files around the weights may be wrong as well; each fault has its message. */
class BadFolderTest {

	private static final String INDEX = "transformer/diffusion_pytorch_model.safetensors.index.json";
	private static final String TRANSFORMER =
		"{\"_class_name\":\"QwenImageTransformer2DModel\",\"patch_size\":2,\"in_channels\":64,\"out_channels\":16,\"num_layers\":60,"
			+ "\"attention_head_dim\":128,\"num_attention_heads\":24,\"joint_attention_dim\":3584,\"axes_dims_rope\":[16,56,56],\"guidance_embeds\":false,"
			+ "\"zero_cond_t\":false,\"use_additional_t_cond\":true,\"use_layer3d_rope\":true}";
	private static final String VAE =
		"{\"_class_name\":\"AutoencoderKLQwenImage\",\"base_dim\":8,\"z_dim\":2,\"dim_mult\":[1,2,4,4],\"num_res_blocks\":2,\"attn_scales\":[],"
			+ "\"temperal_downsample\":[false,true,true],\"input_channels\":4,\"latents_mean\":[0,0],\"latents_std\":[1,1.5]}";
	private static final String SCHEDULER =
		"{\"_class_name\":\"FlowMatchEulerDiscreteScheduler\",\"use_dynamic_shifting\":true,\"shift\":1.0,\"shift_terminal\":false,"
			+ "\"time_shift_type\":\"linear\"}";

	@TempDir
	Path folder;

	private ModelFiles files() {
		return ModelFiles.folder(folder);
	}

	private void put(final String path, final String text) throws IOException {
		Files.createDirectories(folder.resolve(path).getParent());
		Files.writeString(folder.resolve(path), text);
	}

	private void index(final String map) throws IOException {
		put(INDEX, "{\"metadata\":{},\"weight_map\":" + map + "}");
	}

	private void shard(final String name, final String... tensors) throws IOException {
		final Map<String, long[]> shapes = new java.util.LinkedHashMap<>();
		for (final String t : tensors) shapes.put(t, new long[] { 2, 2 });
		WeightFile.write(folder.resolve("transformer/" + name), "BF16", 2, shapes);
	}

	private void opensNot(final String... words) {
		Sentence.of(() -> Component.open(files(), "transformer"), words);
	}

	@Test
	void goodShards() throws IOException {
		shard("s1.safetensors", "a", "b");
		shard("s2.safetensors", "c");
		index("{\"a\":\"s1.safetensors\",\"b\":\"s1.safetensors\",\"c\":\"s2.safetensors\"}");
		assertEquals(3, Component.open(files(), "transformer").names().size());
		assertEquals("transformer/s2.safetensors", Component.open(files(), "transformer").info("c").file());
	}

	@ParameterizedTest
	@ValueSource(strings = { "../../secret.safetensors", "/etc/passwd", "..", "a/../b.safetensors",
		"c:\\\\windows\\\\x.safetensors", "c:x.safetensors", ".hidden.safetensors", "", "a\\u0000.safetensors",
		"weights.bin", "a\\nb.safetensors", "~/x.safetensors" })
	void indexThatPointsElsewhere(final String shard) throws IOException {
		shard("s1.safetensors", "a");
		index("{\"a\":\"" + shard + "\"}");
		opensNot(INDEX, "is not a weight file in its folder");
	}

	@Test
	void indexThatNamesAMissingShard() throws IOException {
		shard("s1.safetensors", "a");
		index("{\"a\":\"s1.safetensors\",\"b\":\"s2.safetensors\"}");
		opensNot("lacks the shard transformer/s2.safetensors", INDEX);
	}

	@Test
	void indexThatDoesNotListAllTensors() throws IOException {
		shard("s1.safetensors", "a", "b");
		index("{\"a\":\"s1.safetensors\"}");
		opensNot("does not list", "the tensor b");
	}

	@Test
	void indexThatListsMoreThanThereIs() throws IOException {
		shard("s1.safetensors", "a");
		index("{\"a\":\"s1.safetensors\",\"b\":\"s1.safetensors\"}");
		opensNot("lists the tensor b", "do not hold it");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"weight_map\":[]}", "{\"weight_map\":null}", "{\"weight_map\":7}" })
	void indexWithoutMap(final String text) throws IOException {
		put(INDEX, text);
		opensNot(INDEX, "has no weight_map");
	}

	@Test
	void indexOfTheWrongTypes() throws IOException {
		index("{\"a\":7}");
		opensNot(INDEX, "names no file for the tensor a");
		index("{\"a\":null}");
		opensNot(INDEX, "names no file for the tensor a");
	}

	@Test
	void indexMissing() throws IOException {
		shard("diffusion_pytorch_model-00001-of-00002.safetensors", "a");
		shard("diffusion_pytorch_model-00002-of-00002.safetensors", "b");
		opensNot("lacks their index " + INDEX);
	}

	@Test
	void configMissing() {
		Sentence.of(() -> TransformerConfig.read(files()), "lacks transformer/config.json");
		Sentence.of(() -> VaeConfig.read(files()), "lacks vae/config.json");
		Sentence.of(() -> SchedulerConfig.read(files()), "lacks scheduler/scheduler_config.json");
	}

	@ParameterizedTest
	@ValueSource(
		strings = { "", "   ", "[]", "nonsense", "{", "{\"a\":1,}", "{\"a\":NaN}", "{\"a\":1}x", "{\"a\":1,\"a\":2}",
			"{a:1}", "{'a':1}", "{\"a\":1 /* x */}", "\u0000", "{\"a\":1e99999999999999999999}", "<!doctype html>" })
	void configThatIsNoJson(final String text) throws IOException {
		put("transformer/config.json", text);
		Sentence.of(() -> TransformerConfig.read(files()), "transformer/config.json", "not valid JSON");
	}

	@Test
	void configNestedTooDeep() throws IOException {
		put("transformer/config.json", "{\"a\":" + "[".repeat(1_000_000));
		Sentence.of(() -> TransformerConfig.read(files()), "nested more than");
		put("transformer/config.json", "{\"a\":".repeat(1_000_000));
		Sentence.of(() -> TransformerConfig.read(files()), "nested more than");
	}

	@Test
	void configWithAnEndlessNumber() throws IOException {
		put("transformer/config.json", "{\"num_layers\":" + "9".repeat(3_000_000) + "}");
		Sentence.of(() -> TransformerConfig.read(files()), "not valid JSON");
		put("transformer/config.json", "{\"num_layers\":" + "9".repeat(900) + "}");
		Sentence.of(() -> TransformerConfig.read(files()), "not valid JSON", "a number has 900 digits");
	}

	@Test
	void configOfGigabytes() throws IOException {
		put("transformer/config.json", "{}");
		try (java.io.RandomAccessFile f =
			new java.io.RandomAccessFile(folder.resolve("transformer/config.json").toFile(), "rw"))
		{
			f.setLength(5L << 30);
		}
		Sentence.of(() -> TransformerConfig.read(files()), "too many");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "\"num_layers\":60|\"num_layers\":\"60\"|a whole number",
			"\"num_layers\":60|\"num_layers\":[60]|a whole number",
			"\"num_layers\":60|\"num_layers\":1.5|a whole number", "\"num_layers\":60|\"num_layers\":0|at least 1",
			"\"num_layers\":60|\"num_layers\":-3|at least 1", "\"num_layers\":60|\"num_layers\":1e400|a whole number",
			"\"num_layers\":60|\"num_layers\":99999999999|a whole number",
			"\"num_layers\":60|\"num_layers\":2000000000|at most", "\"num_layers\":60|\"num_layers\":4000000|at most",
			"\"num_layers\":60|\"num_layers\":true|a whole number",
			"\"num_layers\":60|\"num_layers\":null|num_layers is missing",
			"\"num_layers\":60|\"x\":1|num_layers is missing",
			"\"num_attention_heads\":24|\"num_attention_heads\":4000000|num_attention_heads",
			"\"patch_size\":2|\"patch_size\":4000000|patch_size", "[16,56,56]|16|a list of whole numbers",
			"[16,56,56]|[16,56]|three sizes", "[16,56,56]|[16,56,55]|three even sizes",
			"[16,56,56]|[16,56,58]|attention_head_dim = 128", "[16,56,56]|[2147483646,56,56]|attention_head_dim = 128",
			"\"in_channels\":64|\"in_channels\":60|out_channels",
			"\"guidance_embeds\":false|\"guidance_embeds\":true|guidance",
			"\"guidance_embeds\":false|\"guidance_embeds\":\"no\"|true or false",
			"\"zero_cond_t\":false|\"zero_cond_t\":true|editing model",
			"\"use_layer3d_rope\":true|\"use_layer3d_rope\":false|not a layered",
			"QwenImageTransformer2DModel|FluxTransformer2DModel|is a FluxTransformer2DModel" })
	void wrongTransformerConfig(final String from, final String to, final String words) throws IOException {
		put("transformer/config.json", TRANSFORMER);
		TransformerConfig.read(files());
		put("transformer/config.json", TRANSFORMER.replace(from, to));
		Sentence.of(() -> TransformerConfig.read(files()), words);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "\"base_dim\":8|\"base_dim\":0|base_dim", "[1,2,4,4]|[1,2,4]|temperal_downsample",
			"[1,2,4,4]|[]|dim_mult", "[1,2,4,4]|[1,2,0,4]|dim_mult", "[1,2,4,4]|[1,2,4,2000000000]|dim_mult",
			"[1,2,4,4]|[1,1,1,1,1,1,1,1,1,1,1,1]|dim_mult", "[false,true,true]|[0,1,1]|true and false",
			"[false,true,true]|[\"no\",true,true]|true and false",
			"\"num_res_blocks\":2|\"num_res_blocks\":4000000|num_res_blocks",
			"\"attn_scales\":[]|\"attn_scales\":[0.5]|attn_scales", "\"input_channels\":4|\"input_channels\":3|RGBA",
			"\"input_channels\":4|\"x\":4|RGBA", "[0,0]|[0]|latents_mean", "[0,0]|[0,\"0\"]|latents_mean",
			"[1,1.5]|[1,0]|latents_std", "[1,1.5]|[1,-1]|latents_std", "[1,1.5]|[1,1e999]|latents_std",
			"AutoencoderKLQwenImage|AutoencoderKL|is a AutoencoderKL," })
	void wrongVaeConfig(final String from, final String to, final String words) throws IOException {
		put("vae/config.json", VAE);
		VaeConfig.read(files());
		put("vae/config.json", VAE.replace(from, to));
		Sentence.of(() -> VaeConfig.read(files()), words);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "FlowMatchEulerDiscreteScheduler|DDIMScheduler|scheduler DDIMScheduler",
			"\"linear\"|\"cosine\"|time_shift_type", "\"linear\"|7|time_shift_type", "\"shift\":1.0|\"shift\":0|shift",
			"\"shift\":1.0|\"use_karras_sigmas\":true|use_karras_sigmas",
			"\"shift_terminal\":false|\"shift_terminal\":2|shift_terminal",
			"\"shift_terminal\":false|\"num_train_timesteps\":0|num_train_timesteps" })
	void wrongScheduler(final String from, final String to, final String words) throws IOException {
		put("scheduler/scheduler_config.json", SCHEDULER);
		SchedulerConfig.read(files());
		put("scheduler/scheduler_config.json", SCHEDULER.replace(from, to));
		Sentence.of(() -> SchedulerConfig.read(files()), words);
	}

	@Test
	void aClassNameCannotWriteTheMessage() throws IOException {
		put("scheduler/scheduler_config.json", "{\"_class_name\":\"" + "x\\n".repeat(5000) + "\"}");
		Sentence.of(() -> SchedulerConfig.read(files()), "is not supported");
	}

	@Test
	void folderMissingOrNotAFolder() throws IOException {
		Sentence.of(() -> ModelFiles.folder(folder.resolve("nowhere")), "does not exist");
		put("file.safetensors", "x");
		Sentence.of(() -> ModelFiles.folder(folder.resolve("file.safetensors")), "file.safetensors", "is damaged");
	}

	@Test
	void linksThatLeadNowhere() throws IOException {
		Files.createDirectory(folder.resolve("vae"));
		link("vae/diffusion_pytorch_model.safetensors", "../blobs/gone");
		Sentence.of(() -> Component.open(files(), "vae"), "vae/diffusion_pytorch_model.safetensors",
			"a link that leads nowhere");
		link("vae/config.json", "config.json");
		Sentence.of(() -> VaeConfig.read(files()), "vae/config.json", "a link that leads nowhere");
		link("a", "b");
		link("b", "a");
		Sentence.of(() -> ModelFiles.folder(folder.resolve("a")), "does not exist");
	}

	@Test
	void linksIntoADownloadCacheAreFollowed() throws IOException {
		put("blobs/1234", VAE);
		Files.createDirectory(folder.resolve("vae"));
		link("vae/config.json", "../blobs/1234");
		assertEquals(8, VaeConfig.read(files()).baseDim());
	}

	private void link(final String path, final String target) throws IOException {
		try {
			Files.createSymbolicLink(folder.resolve(path), Path.of(target));
		}
		catch (final IOException | UnsupportedOperationException e) {
			assumeTrue(false, "no symbolic links here");
		}
	}

	@Test
	void unreadableFile() throws IOException {
		put("vae/config.json", VAE);
		final Path file = folder.resolve("vae/config.json");
		assumeTrue(Files.getFileStore(file).supportsFileAttributeView("posix"), "no permissions here");
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
		assumeTrue(!Files.isReadable(file), "root reads everything");
		Sentence.of(() -> VaeConfig.read(files()), "vae/config.json", "access is denied");
	}
}
