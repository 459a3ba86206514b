package org.layerj.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A weight file that stands for itself, as ComfyUI and llama.cpp have them: what it holds is determined by its tensors,
 * and these get the names that the diffusers layout has.
 * <p>
 * Sources of the names: diffusers' {@code convert_wan_vae_to_diffusers} for the VAE, the {@code gguf} package's table
 * for the text encoder and its vision tower (mmproj), ComfyUI's prefixes and its two ways to store a scale beside 8-bit
 * floats.
 *
 * @param path relative to the folder
 * @param kind what it holds
 * @param tensors by their diffusers names
 * @param gguf the header, if it is a GGUF file
 * @param bytes size of the file
 */
record SingleFile(String path, Kind kind, Map<String, TensorInfo> tensors, Optional<Gguf> gguf, long bytes) {

	/** What a file holds. */
	enum Kind {
		TRANSFORMER, PLAIN_TRANSFORMER, TEXT, VISION, VAE, OTHER
	}

	private static final List<String> PREFIXES = List.of("model.diffusion_model.", "diffusion_model.",
		"text_encoders.qwen25_7b.transformer.", "qwen25_7b.transformer.", "first_stage_model.", "vae.");
	/** What ComfyUI writes beside weights and is not computed with here: markers, and scales of activations. */
	private static final Pattern MARKER =
		Pattern.compile("(.*\\.)?(scaled_fp8|comfy_quant|scale_input|input_scale|__index_timestep_zero__)");
	private static final String QUERY = "model.layers.0.self_attn.q_proj.weight";

	/** @throws ModelException if the header is damaged, or a type cannot be read */
	static SingleFile read(final ModelFiles files, final String path) {
		final boolean gguf = Gguf.is(files, path);
		final Optional<Gguf> header = gguf ? Optional.of(Gguf.read(files, path)) : Optional.empty();
		final Map<String, TensorInfo> stored = gguf ? shaped(header.get()) : Safetensors.header(files, path);
		final Map<String, TensorInfo> named = scaled(renamed(stored));
		final String architecture = header.flatMap(h -> h.text("general.architecture")).orElse("");
		final Map<String, TensorInfo> tensors;
		if (architecture.equals("qwen2vl")) tensors = language(named);
		else if (architecture.equals("clip")) tensors = vision(named);
		else if (named.containsKey("decoder.middle.0.residual.0.gamma")) tensors = vae(named);
		else tensors = named;
		return new SingleFile(path, kind(tensors), tensors, header, files.size(path));
	}

	private static Kind kind(final Map<String, TensorInfo> t) {
		if (t.containsKey("transformer_blocks.0.attn.add_q_proj.weight") && t.containsKey("txt_norm.weight"))
			return t.containsKey("time_text_embed.addition_t_embedding.weight") ? Kind.TRANSFORMER
				: Kind.PLAIN_TRANSFORMER;
		if (t.containsKey(QUERY) && t.containsKey("model.layers.0.self_attn.q_proj.bias")
			&& !t.containsKey("model.layers.0.self_attn.q_norm.weight")) return Kind.TEXT;
		if (t.containsKey("visual.patch_embed.proj.weight")) return Kind.VISION;
		final TensorInfo first = t.get("encoder.conv_in.weight");
		return first != null && first.shape().length == 5 && first.shape()[1] == 4 && t.containsKey("quant_conv.weight")
			? Kind.VAE : Kind.OTHER;
	}

	/** Whether a text encoder brings its own vision tower. */
	boolean sees() {
		return tensors.containsKey("visual.patch_embed.proj.weight");
	}

	/** Names of the types its bytes are stored in, the most frequent first, human-readable. */
	String types() {
		final Map<String, Long> bytes = new TreeMap<>();
		tensors.values().forEach(t -> bytes.merge(t.dtype(), t.bytes(), Long::sum));
		return bytes.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse("");
	}

	// -- Names --

	/** The converter of ComfyUI's GGUF files keeps at most four axes and notes the shape of kernels with five. */
	private static Map<String, TensorInfo> shaped(final Gguf gguf) {
		final Map<String, TensorInfo> out = new LinkedHashMap<>();
		gguf.tensors().forEach((name, t) -> {
			final List<Long> shape = gguf.integers("comfy.gguf.orig_shape." + name);
			final long[] original = shape.stream().mapToLong(Long::longValue).toArray();
			out.put(name,
				!shape.isEmpty() && t.elements() == Stream.of(shape.toArray(Long[]::new)).reduce(1L, (a, b) -> a * b)
					? t.shaped(original) : t);
		});
		return out;
	}

	private static Map<String, TensorInfo> renamed(final Map<String, TensorInfo> stored) {
		final Map<String, TensorInfo> out = new LinkedHashMap<>();
		stored.forEach((name, t) -> {
			String plain = name;
			for (final String prefix : PREFIXES) if (plain.startsWith(prefix)) plain = plain.substring(prefix.length());
			if (plain.startsWith("model.language_model."))
				plain = "model." + plain.substring("model.language_model.".length());
			else if (plain.startsWith("model.visual.")) plain = plain.substring("model.".length());
			if (!MARKER.matcher(plain).matches()) out.put(plain, t.named(plain));
		});
		return out;
	}

	/** Joins 8-bit floats with their scales. */
	static Map<String, TensorInfo> scaled(final Map<String, TensorInfo> named) {
		final Map<String, TensorInfo> out = new LinkedHashMap<>(named);
		for (final String suffix : List.of("scale_weight", "weight_scale")) named.forEach((name, scale) -> {
			if (!name.endsWith("." + suffix)) return;
			final String weight = name.substring(0, name.length() - suffix.length()) + "weight";
			final TensorInfo t = named.get(weight);
			// A scale per row or one for all; what is more (blocks of other formats) stays, and is named as unknown.
			if (t == null || t.shape().length == 0 || scale.elements() != 1 && scale.elements() != t.shape()[0]) return;
			out.put(weight, t.scaled(scale));
			out.remove(name);
		});
		return out;
	}

	private static final Map<String, String> LANGUAGE = Map.ofEntries(Map.entry("attn_norm", "input_layernorm"),
		Map.entry("attn_q", "self_attn.q_proj"), Map.entry("attn_k", "self_attn.k_proj"),
		Map.entry("attn_v", "self_attn.v_proj"), Map.entry("attn_output", "self_attn.o_proj"),
		Map.entry("ffn_norm", "post_attention_layernorm"), Map.entry("ffn_gate", "mlp.gate_proj"),
		Map.entry("ffn_up", "mlp.up_proj"), Map.entry("ffn_down", "mlp.down_proj"));
	private static final Map<String, String> AROUND = Map.of("token_embd.weight", "model.embed_tokens.weight",
		"output_norm.weight", "model.norm.weight", "output.weight", "lm_head.weight");
	private static final Map<String, String> VISION = Map.of("ln1", "norm1", "ln2", "norm2", "attn_out", "attn.proj",
		"attn_qkv", "attn.qkv", "ffn_gate", "mlp.gate_proj", "ffn_up", "mlp.up_proj", "ffn_down", "mlp.down_proj");
	private static final Pattern BLOCK = Pattern.compile("(v\\.)?blk\\.(\\d+)\\.(\\w+)\\.(weight|bias)");

	private static Map<String, TensorInfo> language(final Map<String, TensorInfo> named) {
		final Map<String, TensorInfo> out = new LinkedHashMap<>();
		named.forEach((name, t) -> {
			final Matcher m = BLOCK.matcher(name);
			final String other = m.matches() && LANGUAGE.containsKey(m.group(3))
				? "model.layers." + m.group(2) + "." + LANGUAGE.get(m.group(3)) + "." + m.group(4)
				: AROUND.getOrDefault(name, name);
			out.put(other, t.named(other));
		});
		return out;
	}

	private static Map<String, TensorInfo> vision(final Map<String, TensorInfo> named) {
		final Map<String, TensorInfo> out = new LinkedHashMap<>();
		named.forEach((name, t) -> {
			final Matcher m = BLOCK.matcher(name);
			final String block = m.matches() ? "visual.blocks." + m.group(2) + "." : "";
			if (m.matches() && VISION.containsKey(m.group(3)))
				put(out, block + VISION.get(m.group(3)) + "." + m.group(4), t);
			else if (m.matches() && m.group(3).equals("attn_q")) {
				final List<TensorInfo> parts = new ArrayList<>();
				for (final String part : List.of("q", "k", "v"))
					if (named.containsKey(name.replace("attn_q.", "attn_" + part + ".")))
						parts.add(named.get(name.replace("attn_q.", "attn_" + part + ".")));
				final String joined = block + "attn.qkv." + m.group(4);
				out.put(joined, TensorInfo.joined(joined, parts, 0));
			}
			else if (m.matches() && (m.group(3).equals("attn_k") || m.group(3).equals("attn_v"))) return;
			else if (name.equals("v.patch_embd.weight") && t.shape().length == 4 && named.containsKey(name + ".1")) {
				final long[] s = t.shape();
				final String patch = "visual.patch_embed.proj.weight";
				out.put(patch, TensorInfo.joined(patch, List.of(t.shaped(s[0], s[1], 1, s[2], s[3]),
					named.get(name + ".1").shaped(s[0], s[1], 1, s[2], s[3])), 2));
			}
			else if (name.equals("v.patch_embd.weight.1")) return;
			else if (name.startsWith("v.post_ln."))
				put(out, "visual.merger.ln_q." + name.substring("v.post_ln.".length()), t);
			else if (name.startsWith("mm.")) put(out, "visual.merger.mlp." + name.substring("mm.".length()), t);
			else put(out, name, t);
		});
		return out;
	}

	private static final Map<String, String> RESIDUAL = Map.of("residual.0", "norm1", "residual.2", "conv1",
		"residual.3", "norm2", "residual.6", "conv2", "shortcut", "conv_shortcut");
	private static final Pattern PART =
		Pattern.compile("(encoder|decoder)\\.(downsamples|upsamples|middle)\\.(\\d+)\\.(.+)\\.(weight|bias|gamma)");

	/** The VAE's names in the original files, where all blocks of encoder and decoder are numbered through. */
	private static Map<String, TensorInfo> vae(final Map<String, TensorInfo> named) {
		final Map<String, TensorInfo> out = new LinkedHashMap<>();
		// Blocks of the decoder: those that enlarge end a stage.
		final Map<Integer, int[]> places = new TreeMap<>();
		int stage = 0;
		int inside = 0;
		for (int i = 0; named.keySet().stream().anyMatch(startsWith("decoder.upsamples." + i + ".")); i++) {
			final boolean enlarges = named.containsKey("decoder.upsamples." + i + ".resample.1.weight");
			places.put(i, new int[] { stage, enlarges ? -1 : inside++ });
			if (enlarges) {
				stage++;
				inside = 0;
			}
		}
		named.forEach((name, t) -> put(out, vaeName(name, places), t));
		return out;
	}

	private static java.util.function.Predicate<String> startsWith(final String prefix) {
		return n -> n.startsWith(prefix);
	}

	private static String vaeName(final String name, final Map<Integer, int[]> places) {
		final String top = name.replaceFirst("^conv1\\.", "quant_conv.")
			.replaceFirst("^conv2\\.", "post_quant_conv.")
			.replaceFirst("^(encoder|decoder)\\.conv1\\.", "$1.conv_in.")
			.replaceFirst("^(encoder|decoder)\\.head\\.0\\.", "$1.norm_out.")
			.replaceFirst("^(encoder|decoder)\\.head\\.2\\.", "$1.conv_out.");
		final Matcher m = PART.matcher(top);
		if (!m.matches()) return top;
		final int number = Integer.parseInt(m.group(3));
		final String inner = RESIDUAL.getOrDefault(m.group(4), m.group(4)) + "." + m.group(5);
		switch (m.group(2)) {
			case "middle":
				return m.group(1) + ".mid_block." + (number == 1 ? "attentions.0." : "resnets." + number / 2 + ".")
					+ inner;
			case "downsamples":
				return "encoder.down_blocks." + number + "." + inner;
			default:
				final int[] place = places.getOrDefault(number, new int[] { number, 0 });
				return "decoder.up_blocks." + place[0]
					+ (place[1] < 0 ? ".upsamplers.0." : ".resnets." + place[1] + ".") + inner;
		}
	}

	private static void put(final Map<String, TensorInfo> out, final String name, final TensorInfo t) {
		out.put(name, t.named(name));
	}
}
