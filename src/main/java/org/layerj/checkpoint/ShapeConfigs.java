package org.layerj.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Configurations of parts that came without any: sizes follow from the tensors' shapes, or from the keys of a GGUF;
 * what shapes do not show has the value of the released Qwen-Image-Layered.
 */
final class ShapeConfigs {

	private static final double[] LATENTS_MEAN = { -0.7571, -0.7089, -0.9113, 0.1075, -0.1745, 0.9653, -0.1517, 1.5508,
		0.4134, -0.0715, 0.5517, -0.3632, -0.1922, -0.9497, 0.2503, -0.2921 };
	private static final double[] LATENTS_STD = { 2.8184, 1.4541, 2.3275, 2.6558, 1.2196, 1.7708, 2.6052, 2.0743,
		3.2687, 2.1526, 2.8652, 1.5579, 1.6382, 1.1253, 2.8251, 1.9160 };
	/** Channels of a head in the language model and in the vision tower of all sizes of Qwen2.5-VL. */
	private static final long TEXT_HEAD = 128, VISION_HEAD = 80;
	/** Every so many-th block of the vision tower looks at the whole picture. */
	private static final int FULL_EVERY = 8;
	/** Ids of the released vocabulary. */
	private static final long IMAGE = 151_655, END = 151_645, BEGIN = 151_643, VOCABULARY = 151_936;

	private ShapeConfigs() {}

	static JsonObject index(final boolean text) {
		final JsonObject o = new JsonObject();
		o.addProperty("_class_name", ModelCheck.PIPELINE);
		o.add("scheduler", pair("diffusers", "FlowMatchEulerDiscreteScheduler"));
		o.add("transformer", pair("diffusers", "QwenImageTransformer2DModel"));
		o.add("vae", pair("diffusers", "AutoencoderKLQwenImage"));
		if (text) o.add("text_encoder", pair("transformers", "Qwen2_5_VLForConditionalGeneration"));
		return o;
	}

	private static JsonArray pair(final String library, final String name) {
		final JsonArray out = new JsonArray();
		out.add(library);
		out.add(name);
		return out;
	}

	static JsonObject scheduler() {
		final JsonObject o = new JsonObject();
		o.addProperty("_class_name", "FlowMatchEulerDiscreteScheduler");
		o.addProperty("num_train_timesteps", 1000);
		o.addProperty("shift", 1.0);
		o.addProperty("use_dynamic_shifting", true);
		o.addProperty("time_shift_type", "linear");
		return o;
	}

	static JsonObject transformer(final Map<String, TensorInfo> t) {
		final long width = size(t, "img_in.weight", 0);
		final long head = size(t, "transformer_blocks.0.attn.norm_q.weight", 0);
		final long layer = Math.max(2, head / 16 * 2);
		final JsonObject o = new JsonObject();
		o.addProperty("_class_name", "QwenImageTransformer2DModel");
		o.addProperty("patch_size", 2);
		o.addProperty("in_channels", size(t, "img_in.weight", 1));
		o.addProperty("out_channels", size(t, "proj_out.weight", 0) / 4);
		o.addProperty("num_layers", count(t, "transformer_blocks.", ".attn.norm_q.weight"));
		o.addProperty("attention_head_dim", head);
		o.addProperty("num_attention_heads", width / Math.max(1, head));
		o.addProperty("joint_attention_dim", size(t, "txt_in.weight", 1));
		// 16, 56, 56 of 128 in the released model.
		o.add("axes_dims_rope", list(layer, (head - layer) / 2, (head - layer) / 2));
		o.addProperty("use_additional_t_cond", t.containsKey("time_text_embed.addition_t_embedding.weight"));
		o.addProperty("use_layer3d_rope", true);
		return o;
	}

	static JsonObject vae(final Map<String, TensorInfo> t) {
		final long base = Math.max(1, size(t, "encoder.conv_in.weight", 0));
		final long latents = size(t, "post_quant_conv.weight", 0);
		final JsonArray multipliers = new JsonArray();
		final JsonArray temporal = new JsonArray();
		int blocks = 0;
		int perStage = 0;
		long channels = base;
		for (int i = 0;; i++) {
			final String key = "encoder.down_blocks." + i;
			if (t.containsKey(key + ".resample.1.weight")) {
				multipliers.add(channels / base);
				temporal.add(t.containsKey(key + ".time_conv.weight"));
				perStage = Math.max(perStage, blocks);
				blocks = 0;
			}
			else if (t.containsKey(key + ".conv1.weight")) {
				channels = size(t, key + ".conv1.weight", 0);
				blocks++;
			}
			else break;
		}
		multipliers.add(channels / base);
		final JsonObject o = new JsonObject();
		o.addProperty("_class_name", "AutoencoderKLQwenImage");
		o.addProperty("base_dim", base);
		o.addProperty("z_dim", latents);
		o.add("dim_mult", multipliers);
		o.addProperty("num_res_blocks", Math.max(1, Math.max(perStage, blocks)));
		o.add("temperal_downsample", temporal);
		o.addProperty("input_channels", size(t, "encoder.conv_in.weight", 1));
		o.add("latents_mean", numbers(LATENTS_MEAN, latents));
		o.add("latents_std", numbers(LATENTS_STD, latents));
		return o;
	}

	/** @param vision the vision tower's file, where it is one of its own */
	static JsonObject text(final SingleFile file, final Optional<SingleFile> vision) {
		final Map<String, TensorInfo> t = file.tensors();
		final Optional<Gguf> keys = file.gguf();
		final long hidden = size(t, "model.embed_tokens.weight", 1);
		final long vocabulary = size(t, "model.embed_tokens.weight", 0);
		final long heads = keys.flatMap(k -> k.integer("qwen2vl.attention.head_count"))
			.orElse(size(t, "model.layers.0.self_attn.q_proj.weight", 0) / TEXT_HEAD);
		final long head = size(t, "model.layers.0.self_attn.q_proj.weight", 0) / Math.max(1, heads);
		final JsonObject o = new JsonObject();
		o.addProperty("model_type", "qwen2_5_vl");
		o.addProperty("hidden_size", hidden);
		o.addProperty("intermediate_size", size(t, "model.layers.0.mlp.gate_proj.weight", 0));
		o.addProperty("num_hidden_layers", count(t, "model.layers.", ".input_layernorm.weight"));
		o.addProperty("num_attention_heads", heads);
		o.addProperty("num_key_value_heads", size(t, "model.layers.0.self_attn.k_proj.weight", 0) / Math.max(1, head));
		o.addProperty("head_dim", head);
		o.addProperty("vocab_size", vocabulary);
		o.addProperty("max_position_embeddings",
			keys.flatMap(k -> k.integer("qwen2vl.context_length")).orElse(128_000L));
		// A GGUF's numbers are single precision: 1e-6 is meant.
		o.addProperty("rms_norm_eps",
			keys.flatMap(k -> k.number("qwen2vl.attention.layer_norm_rms_epsilon"))
				.map(e -> (double) Float.parseFloat(Float.toString(e.floatValue())))
				.map(e -> Double.parseDouble(Float.toString(e.floatValue())))
				.orElse(1e-6));
		o.addProperty("rope_theta", keys.flatMap(k -> k.number("qwen2vl.rope.freq_base")).orElse(1e6));
		final List<Long> sections = keys.map(k -> k.integers("qwen2vl.rope.dimension_sections")).orElse(List.of());
		final JsonObject rope = new JsonObject();
		rope.addProperty("rope_type", "default");
		final long eighth = head / 8;
		rope.add("mrope_section", sections.size() >= 3 ? list(sections.get(0), sections.get(1), sections.get(2))
			: list(eighth, head / 2 - eighth - (head / 2 - eighth) / 2, (head / 2 - eighth) / 2));
		o.add("rope_scaling", rope);
		o.addProperty("tie_word_embeddings", !t.containsKey("lm_head.weight"));
		final List<String> tokens = keys.map(k -> k.texts("tokenizer.ggml.tokens")).orElse(List.of());
		final int image = tokens.indexOf("<|image_pad|>");
		o.addProperty("image_token_id", image >= 0 ? image : vocabulary >= VOCABULARY ? IMAGE : -1);
		o.addProperty("eos_token_id",
			keys.flatMap(k -> k.integer("tokenizer.ggml.eos_token_id")).orElse(vocabulary >= VOCABULARY ? END : -1L));
		vision.or(() -> file.sees() ? Optional.of(file) : Optional.empty())
			.ifPresent(v -> o.add("vision_config", vision(v, vocabulary)));
		return o;
	}

	private static JsonObject vision(final SingleFile file, final long unused) {
		final Map<String, TensorInfo> t = file.tensors();
		final long hidden = size(t, "visual.patch_embed.proj.weight", 0);
		final long depth = count(t, "visual.blocks.", ".norm1.weight");
		final JsonArray full = new JsonArray();
		for (int i = FULL_EVERY - 1; i < depth; i += FULL_EVERY) full.add(i);
		final JsonObject o = new JsonObject();
		o.addProperty("depth", depth);
		o.addProperty("hidden_size", hidden);
		o.addProperty("intermediate_size", size(t, "visual.blocks.0.mlp.gate_proj.weight", 0));
		o.addProperty("num_heads",
			file.gguf()
				.flatMap(k -> k.integer("clip.vision.attention.head_count"))
				.orElse(Math.max(1, hidden / VISION_HEAD)));
		o.addProperty("in_channels", size(t, "visual.patch_embed.proj.weight", 1));
		o.addProperty("temporal_patch_size", size(t, "visual.patch_embed.proj.weight", 2));
		o.addProperty("patch_size", size(t, "visual.patch_embed.proj.weight", 3));
		o.addProperty("out_hidden_size", size(t, "visual.merger.mlp.2.weight", 0));
		o.addProperty("spatial_merge_size",
			Math.round(Math.sqrt((double) size(t, "visual.merger.mlp.0.weight", 1) / Math.max(1, hidden))));
		o.addProperty("window_size", 112);
		o.add("fullatt_block_indexes", full);
		return o;
	}

	/** How captions are written with the released vocabulary. */
	static Optional<JsonObject> generation(final Map<String, TensorInfo> t) {
		if (size(t, "model.embed_tokens.weight", 0) < VOCABULARY) return Optional.empty();
		final JsonObject o = new JsonObject();
		o.add("eos_token_id", list(END, BEGIN));
		o.addProperty("repetition_penalty", 1.05);
		return Optional.of(o);
	}

	/** The vocabulary in a GGUF, as tokenizer.json has it; empty if the file has none of the right kind. */
	static Optional<JsonObject> tokenizer(final Gguf gguf) {
		final List<String> tokens = gguf.texts("tokenizer.ggml.tokens");
		final List<Long> types = gguf.integers("tokenizer.ggml.token_type");
		final List<String> merges = gguf.texts("tokenizer.ggml.merges");
		if (tokens.isEmpty() || merges.isEmpty() || !gguf.text("tokenizer.ggml.model").equals(Optional.of("gpt2")))
			return Optional.empty();
		final JsonObject vocabulary = new JsonObject();
		final JsonArray added = new JsonArray();
		for (int i = 0; i < tokens.size(); i++) {
			final long type = i < types.size() ? types.get(i) : 1;
			if (type == 1) vocabulary.addProperty(tokens.get(i), i);
			// Control tokens and those that users have added; fillers without a meaning (5) stay out.
			else if (type == 3 || type == 4) {
				final JsonObject token = new JsonObject();
				token.addProperty("id", i);
				token.addProperty("content", tokens.get(i));
				token.addProperty("special", type == 3);
				added.add(token);
			}
		}
		final JsonArray pairs = new JsonArray();
		merges.forEach(pairs::add);
		final JsonObject model = new JsonObject();
		model.addProperty("type", "BPE");
		model.add("vocab", vocabulary);
		model.add("merges", pairs);
		final JsonObject o = new JsonObject();
		o.add("added_tokens", added);
		o.add("model", model);
		return Optional.of(o);
	}

	private static long size(final Map<String, TensorInfo> t, final String name, final int axis) {
		final TensorInfo info = t.get(name);
		return info == null || info.shape().length <= axis ? 0 : info.shape()[axis];
	}

	/** Blocks of which there is such a tensor, counted from 0. */
	private static long count(final Map<String, TensorInfo> t, final String before, final String behind) {
		int n = 0;
		while (t.containsKey(before + n + behind)) n++;
		return n;
	}

	private static JsonArray list(final long... values) {
		final JsonArray out = new JsonArray();
		for (final long v : values) out.add(new JsonPrimitive(v));
		return out;
	}

	private static JsonArray numbers(final double[] values, final long count) {
		final JsonArray out = new JsonArray();
		for (int i = 0; i < Math.min(count, values.length); i++) out.add(values[i]);
		return out;
	}
}
