package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/**
 * The graph that ComfyUI computes for a decomposition: the nodes of its official template for Qwen-Image-Layered, with
 * the same numbers. The picture comes at its working size, so the template's scaling is left out; results go to the
 * server's temporary folder instead of its output folder.
 */
final class ComfyGraph {

	/** The node that only versions with this model have. */
	static final String PROBE = "EmptyQwenImageLayeredLatentImage";
	static final String UNET_LOADER = "UNETLoader";
	static final String GGUF_LOADER = "UnetLoaderGGUF";

	/** Of the sampler, which reports steps. */
	static final String SAMPLER = "3";
	/** Of the result. */
	static final String RESULT = "60";

	/** Where the weights are, by the server's names. */
	record Weights(String loader, String unet, String clip, String vae) {}

	private ComfyGraph() {}

	/** @param image as {@code LoadImage} names the picture */
	static JsonObject of(final LayerRequest r, final Weights weights, final String image) {
		final JsonObject graph = new JsonObject();
		final JsonObject unet = node(graph, "37", weights.loader, Map.of("unet_name", weights.unet));
		if (weights.loader.equals(UNET_LOADER)) unet.addProperty("weight_dtype", "default");
		node(graph, "38", "CLIPLoader", Map.of("clip_name", weights.clip, "type", "qwen_image", "device", "default"));
		node(graph, "39", "VAELoader", Map.of("vae_name", weights.vae));
		node(graph, "74", "LoadImage", Map.of("image", image));
		link(link(node(graph, "71", "VAEEncode", Map.of()), "pixels", "74"), "vae", "39");
		link(node(graph, "6", "CLIPTextEncode", Map.of("text", r.prompt())), "clip", "38");
		link(node(graph, "7", "CLIPTextEncode", Map.of("text", r.negative())), "clip", "38");
		link(link(node(graph, "69", "ReferenceLatent", Map.of()), "conditioning", "6"), "latent", "71");
		link(link(node(graph, "70", "ReferenceLatent", Map.of()), "conditioning", "7"), "latent", "71");
		node(graph, "83", PROBE, Map.of("width", r.picture().width(), "height", r.picture().height(), "layers",
			r.layers(), "batch_size", 1));
		link(node(graph, "66", "ModelSamplingAuraFlow", Map.of("shift", 1)), "model", "37");
		final JsonObject sampler = node(graph, SAMPLER, "KSampler", Map.of("seed", r.seed(), "steps", r.steps(), "cfg",
			r.guidance(), "sampler_name", "euler", "scheduler", "simple", "denoise", 1));
		link(link(link(link(sampler, "model", "66"), "positive", "69"), "negative", "70"), "latent_image", "83");
		link(node(graph, "76", "LatentCutToBatch", Map.of("dim", "t", "slice_size", 1)), "samples", SAMPLER);
		link(link(node(graph, "8", "VAEDecode", Map.of()), "samples", "76"), "vae", "39");
		link(node(graph, RESULT, "PreviewImage", Map.of()), "images", "8");
		return graph;
	}

	/** What a node of the graph is, for people; empty if it is none of ours. */
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
