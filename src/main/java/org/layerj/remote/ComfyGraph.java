package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * The graphs that ComfyUI computes: the nodes of its official templates for Qwen-Image-Layered and Qwen-Image-Edit,
 * with the same numbers. The picture comes at its working size, so the templates' scaling is left out; results go to
 * the server's temporary folder instead of its output folder.
 */
final class ComfyGraph {

	/** The node that only versions with this model have. */
	static final String PROBE = "EmptyQwenImageLayeredLatentImage";
	static final String UNET_LOADER = "UNETLoader";
	static final String GGUF_LOADER = "UnetLoaderGGUF";

	/** The nodes that read words and picture for Qwen-Image-Edit, and for its successors. */
	static final String EDIT_ENCODER = "TextEncodeQwenImageEdit", EDIT_PLUS_ENCODER = "TextEncodeQwenImageEditPlus";

	/** Of the sampler, which reports steps. */
	static final String SAMPLER = "3";
	/** Of the result. */
	static final String RESULT = "60";

	/** Of the noise schedule, in the template of the newest edit model. */
	private static final double EDIT_SHIFT = 3.1;

	/** Where the weights are, by the server's names. */
	record Weights(String loader, String unet, String clip, String vae) {}

	private ComfyGraph() {}

	/** What both begin with: the weights, the picture and its latent. */
	private static JsonObject begun(final Weights weights, final String image) {
		final JsonObject graph = new JsonObject();
		final JsonObject unet = node(graph, "37", weights.loader, Map.of("unet_name", weights.unet));
		if (weights.loader.equals(UNET_LOADER)) unet.addProperty("weight_dtype", "default");
		node(graph, "38", "CLIPLoader", Map.of("clip_name", weights.clip, "type", "qwen_image", "device", "default"));
		node(graph, "39", "VAELoader", Map.of("vae_name", weights.vae));
		node(graph, "74", "LoadImage", Map.of("image", image));
		link(link(node(graph, "71", "VAEEncode", Map.of()), "pixels", "74"), "vae", "39");
		return graph;
	}

	private static JsonObject sampler(final JsonObject graph, final long seed, final int steps, final double guidance) {
		return node(graph, SAMPLER, "KSampler", Map.of("seed", seed, "steps", steps, "cfg", guidance, "sampler_name",
			"euler", "scheduler", "simple", "denoise", 1));
	}

	/**
	 * For an edit by words.
	 *
	 * @param encoder the node that reads the words
	 * @param image as {@code LoadImage} names the picture
	 * @param mask the same of a picture that is white where pixels may become new; noise is put there only
	 */
	static JsonObject edit(final ImageEdit r, final Weights weights, final String encoder, final String image,
		final Optional<String> mask)
	{
		final JsonObject graph = begun(weights, image);
		final String input = encoder.equals(EDIT_PLUS_ENCODER) ? "image1" : "image";
		for (final String[] words : new String[][] { { "6", r.prompt() }, { "7", r.negative() } }) {
			final JsonObject node = node(graph, words[0], encoder, Map.of("prompt", words[1]));
			link(link(link(node, "clip", "38"), "vae", "39"), input, "74");
		}
		link(node(graph, "66", "ModelSamplingAuraFlow", Map.of("shift", EDIT_SHIFT)), "model", "37");
		link(node(graph, "75", "CFGNorm", Map.of("strength", 1)), "model", "66");
		mask.ifPresent(m -> {
			node(graph, "77", "LoadImageMask", Map.of("image", m, "channel", "red"));
			link(link(node(graph, "79", "SetLatentNoiseMask", Map.of()), "samples", "71"), "mask", "77");
		});
		link(link(link(link(sampler(graph, r.seed(), r.steps(), r.guidance()), "model", "75"), "positive", "6"),
			"negative", "7"), "latent_image", mask.isPresent() ? "79" : "71");
		link(link(node(graph, "8", "VAEDecode", Map.of()), "samples", SAMPLER), "vae", "39");
		link(node(graph, RESULT, "PreviewImage", Map.of()), "images", "8");
		return graph;
	}

	/**
	 * For a decomposition.
	 *
	 * @param image as {@code LoadImage} names the picture
	 */
	static JsonObject of(final LayerRequest r, final Weights weights, final String image) {
		final JsonObject graph = begun(weights, image);
		link(node(graph, "6", "CLIPTextEncode", Map.of("text", r.prompt())), "clip", "38");
		link(node(graph, "7", "CLIPTextEncode", Map.of("text", r.negative())), "clip", "38");
		link(link(node(graph, "69", "ReferenceLatent", Map.of()), "conditioning", "6"), "latent", "71");
		link(link(node(graph, "70", "ReferenceLatent", Map.of()), "conditioning", "7"), "latent", "71");
		node(graph, "83", PROBE, Map.of("width", r.picture().width(), "height", r.picture().height(), "layers",
			r.layers(), "batch_size", 1));
		link(node(graph, "66", "ModelSamplingAuraFlow", Map.of("shift", 1)), "model", "37");
		link(link(link(link(sampler(graph, r.seed(), r.steps(), r.guidance()), "model", "66"), "positive", "69"),
			"negative", "70"), "latent_image", "83");
		link(node(graph, "76", "LatentCutToBatch", Map.of("dim", "t", "slice_size", 1)), "samples", SAMPLER);
		link(link(node(graph, "8", "VAEDecode", Map.of()), "samples", "76"), "vae", "39");
		link(node(graph, RESULT, "PreviewImage", Map.of()), "images", "8");
		return graph;
	}

	/** What a node of the graph is, human-readable; empty if it is none of ours. */
	static String name(final JsonObject graph, final String node) {
		return Fields.text(graph.get(node), "class_type");
	}

	private static JsonObject node(final JsonObject graph, final String id, final String type,
		final Map<String, Object> values)
	{
		final JsonObject inputs = new JsonObject();
		values.forEach((key, value) -> {
			if (value instanceof Number n) inputs.addProperty(key, n);
			else inputs.addProperty(key, value.toString());
		});
		final JsonObject node = new JsonObject();
		node.addProperty("class_type", type);
		node.add("inputs", inputs);
		graph.add(id, node);
		return inputs;
	}

	/** Connects an input with the first output of another node. */
	private static JsonObject link(final JsonObject inputs, final String key, final String from) {
		final JsonArray link = new JsonArray();
		link.add(from);
		link.add(0);
		inputs.add(key, link);
		return inputs;
	}
}
