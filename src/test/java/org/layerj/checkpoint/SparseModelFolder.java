package org.layerj.checkpoint;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.checkpoint.ExpectedTensors.TextNames;

/**
 * Writes a folder with the official model's configurations and all its 2857 tensors in their full shapes:
 * 57,698,943,208 bytes of zeros that take no space on a file system with sparse files. The model can be checked, not
 * used.
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.checkpoint.SparseModelFolder -Dexec.args=FOLDER</pre>
 */
public final class SparseModelFolder {

	private static final long TRANSFORMER_SHARD = 10_000_000_000L;
	private static final long TEXT_SHARD = 5_000_000_000L;

	private SparseModelFolder() {}

	public static void main(final String[] args) throws IOException {
		if (args.length != 1) {
			System.err.println("Give the folder to write; it must not exist.");
			System.exit(2);
		}
		final Path folder = Path.of(args[0]);
		if (Files.exists(folder)) {
			System.err.println("The folder " + folder + " exists already.");
			System.exit(1);
		}
		write(folder);
		System.out.println(ModelCheck.of(ModelFiles.folder(folder)).report());
	}

	/** Whether the file system below this folder keeps holes as holes. */
	public static boolean isSupported(final Path folder) {
		try {
			final long hole = 12_000_000_000L;
			final Path probe = Files.createTempFile(folder, "sparse", ".bin");
			try (RandomAccessFile f = new RandomAccessFile(probe.toFile(), "rw")) {
				final long before = Files.getFileStore(folder).getUsableSpace();
				f.setLength(hole);
				f.seek(hole - 1);
				f.write(0);
				return before - Files.getFileStore(folder).getUsableSpace() < hole / 2;
			}
			finally {
				Files.delete(probe);
			}
		}
		catch (final IOException e) {
			return false;
		}
	}

	/** Writes the folder. */
	public static void write(final Path folder) throws IOException {
		put(folder, "model_index.json", """
			{
			  "_class_name": "QwenImageLayeredPipeline",
			  "_diffusers_version": "0.36.0.dev0",
			  "processor": ["transformers", "Qwen2VLProcessor"],
			  "scheduler": ["diffusers", "FlowMatchEulerDiscreteScheduler"],
			  "text_encoder": ["transformers", "Qwen2_5_VLForConditionalGeneration"],
			  "tokenizer": ["transformers", "Qwen2Tokenizer"],
			  "transformer": ["diffusers", "QwenImageTransformer2DModel"],
			  "vae": ["diffusers", "AutoencoderKLQwenImage"]
			}
			""");
		put(folder, "transformer/config.json", """
			{
			  "_class_name": "QwenImageTransformer2DModel",
			  "_diffusers_version": "0.36.0.dev0",
			  "attention_head_dim": 128,
			  "axes_dims_rope": [16, 56, 56],
			  "guidance_embeds": false,
			  "in_channels": 64,
			  "joint_attention_dim": 3584,
			  "num_attention_heads": 24,
			  "num_layers": 60,
			  "out_channels": 16,
			  "patch_size": 2,
			  "use_additional_t_cond": true,
			  "use_layer3d_rope": true,
			  "zero_cond_t": false
			}
			""");
		put(folder, "vae/config.json", """
			{
			  "_class_name": "AutoencoderKLQwenImage",
			  "_diffusers_version": "0.36.0.dev0",
			  "attn_scales": [],
			  "base_dim": 96,
			  "dim_mult": [1, 2, 4, 4],
			  "dropout": 0.0,
			  "input_channels": 4,
			  "latents_mean": [-0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508,
			    0.4134, -0.0715, 0.5517, -0.3632, -0.1922, -0.9497, 0.2503, -0.2921],
			  "latents_std": [2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743,
			    3.2687, 2.1526, 2.8652, 1.5579, 1.6382, 1.1253, 2.8251, 1.9160],
			  "num_res_blocks": 2,
			  "temperal_downsample": [false, true, true],
			  "z_dim": 16
			}
			""");
		put(folder, "scheduler/scheduler_config.json", """
			{
			  "_class_name": "FlowMatchEulerDiscreteScheduler",
			  "_diffusers_version": "0.36.0.dev0",
			  "base_image_seq_len": 256,
			  "base_shift": 0.5,
			  "invert_sigmas": false,
			  "max_image_seq_len": 8192,
			  "max_shift": 0.9,
			  "num_train_timesteps": 1000,
			  "shift": 1.0,
			  "shift_terminal": false,
			  "stochastic_sampling": false,
			  "time_shift_type": "linear",
			  "use_beta_sigmas": false,
			  "use_dynamic_shifting": true,
			  "use_exponential_sigmas": false,
			  "use_karras_sigmas": false
			}
			""");
		put(folder, "text_encoder/config.json",
			"""
				{
				  "architectures": ["Qwen2_5_VLForConditionalGeneration"],
				  "bos_token_id": 151643,
				  "eos_token_id": 151645,
				  "hidden_act": "silu",
				  "hidden_size": 3584,
				  "image_token_id": 151655,
				  "intermediate_size": 18944,
				  "max_position_embeddings": 128000,
				  "model_type": "qwen2_5_vl",
				  "num_attention_heads": 28,
				  "num_hidden_layers": 28,
				  "num_key_value_heads": 4,
				  "rms_norm_eps": 1e-06,
				  "rope_scaling": {"mrope_section": [16, 24, 24], "rope_type": "default", "type": "default"},
				  "rope_theta": 1000000.0,
				  "tie_word_embeddings": false,
				  "torch_dtype": "bfloat16",
				  "use_sliding_window": false,
				  "video_token_id": 151656,
				  "vision_config": {
				    "depth": 32, "fullatt_block_indexes": [7, 15, 23, 31], "hidden_act": "silu", "hidden_size": 1280, "in_channels": 3,
				    "intermediate_size": 3420, "num_heads": 16, "out_hidden_size": 3584, "patch_size": 14, "spatial_merge_size": 2,
				    "temporal_patch_size": 2, "tokens_per_second": 2, "window_size": 112
				  },
				  "vision_end_token_id": 151653,
				  "vision_start_token_id": 151652,
				  "vision_token_id": 151654,
				  "vocab_size": 152064
				}
				""");
		put(folder, "text_encoder/generation_config.json", """
			{
			  "bos_token_id": 151643, "do_sample": true, "eos_token_id": [151645, 151643], "pad_token_id": 151643,
			  "repetition_penalty": 1.05, "temperature": 0.1, "top_k": 1, "top_p": 0.001
			}
			""");
		put(folder, "processor/preprocessor_config.json", """
			{
			  "do_convert_rgb": true, "do_normalize": true, "do_rescale": true, "do_resize": true,
			  "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711],
			  "max_pixels": 12845056, "merge_size": 2, "min_pixels": 3136, "patch_size": 14, "resample": 3,
			  "rescale_factor": 0.00392156862745098, "temporal_patch_size": 2
			}
			""");
		// The real vocabulary is 4 MB; two letters and their pair stand in for it.
		put(folder, "tokenizer/vocab.json", "{\"a\": 0, \"b\": 1, \"ab\": 2}\n");
		put(folder, "tokenizer/merges.txt", "#version: 0.2\na b\n");
		put(folder, "tokenizer/added_tokens.json",
			"{\"<|endoftext|>\": 151643, \"<|im_start|>\": 151644, \"<|im_end|>\": 151645}\n");

		final ModelFiles files = ModelFiles.folder(folder);
		weights(folder, "transformer/diffusion_pytorch_model",
			ExpectedTensors.transformer(TransformerConfig.read(files)), TRANSFORMER_SHARD);
		weights(folder, "vae/diffusion_pytorch_model", ExpectedTensors.vae(VaeConfig.read(files)), Long.MAX_VALUE);
		weights(folder, "text_encoder/model",
			ExpectedTensors.text(TextConfig.read(files), Optional.of(VisionConfig.read(files)), TextNames.FLAT, false),
			TEXT_SHARD);
	}

	/** Fills shards in the tensors' order, as the Python libraries do, and writes their index if there are several. */
	private static void weights(final Path folder, final String stem, final ExpectedTensors expected, final long limit)
		throws IOException
	{
		final List<List<ExpectedTensor>> shards = new ArrayList<>(List.of(new ArrayList<>()));
		long filled = 0;
		long total = 0;
		for (final ExpectedTensor t : expected.all()) {
			final long bytes = 2 * t.elements();
			if (filled + bytes > limit) {
				shards.add(new ArrayList<>());
				filled = 0;
			}
			shards.get(shards.size() - 1).add(t);
			filled += bytes;
			total += bytes;
		}
		if (shards.size() == 1) {
			shard(folder.resolve(stem + ".safetensors"), shards.get(0));
			return;
		}
		final StringBuilder map = new StringBuilder();
		for (int i = 0; i < shards.size(); i++) {
			final Path file =
				folder.resolve(String.format(Locale.ROOT, "%s-%05d-of-%05d.safetensors", stem, i + 1, shards.size()));
			shard(file, shards.get(i));
			for (final ExpectedTensor t : shards.get(i))
				map.append(map.length() == 0 ? "" : ",")
					.append("\n    \"")
					.append(t.name())
					.append("\": \"")
					.append(file.getFileName())
					.append('"');
		}
		put(folder, stem + ".safetensors.index.json",
			"{\n  \"metadata\": {\"total_size\": " + total + "},\n  \"weight_map\": {" + map + "\n  }\n}\n");
	}

	private static void shard(final Path file, final List<ExpectedTensor> tensors) throws IOException {
		final StringBuilder json = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
		long at = 0;
		for (final ExpectedTensor t : tensors) {
			final long end = at + 2 * t.elements();
			json.append(",\"")
				.append(t.name())
				.append("\":")
				.append(WeightFile.entry("BF16", Arrays.toString(t.shape()).replace(" ", ""), at, end));
			at = end;
		}
		// The format aligns the data to 8 bytes by blanks behind the JSON.
		json.append("}").append(" ".repeat(8 - (json.length() + 1) % 8));
		final byte[] header = json.toString().getBytes(StandardCharsets.UTF_8);
		Files.createDirectories(file.getParent());
		try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
			out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
			out.write(header);
			out.setLength(8 + header.length + at);
		}
	}

	private static void put(final Path folder, final String path, final String text) throws IOException {
		Files.createDirectories(folder.resolve(path).getParent());
		Files.writeString(folder.resolve(path), text);
	}
}
