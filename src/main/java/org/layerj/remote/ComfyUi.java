package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/**
 * ComfyUI with Qwen-Image-Layered: the picture is uploaded, {@link ComfyGraph our graph} computed, the layers fetched.
 */
final class ComfyUi implements LayerServer {

	/** The node takes more; the model was made for 20. */
	private static final int MAX_LAYERS = 20;
	private static final List<String> USUAL = List.of("qwen_image_layered_bf16.safetensors",
		"qwen_2.5_vl_7b_fp8_scaled.safetensors", "qwen_image_layered_vae.safetensors");

	private final ComfyServer server;
	private final ComfyGraph.Weights weights;
	private final ServerInfo info;

	private ComfyUi(final ComfyServer server, final ComfyGraph.Weights weights) {
		this.server = server;
		this.weights = weights;
		info = server.info(weights, MAX_LAYERS);
	}

	/** @param node what the server says of {@link ComfyGraph#PROBE}: nothing, if it has no such node */
	static ComfyUi open(final Connection connection, final JsonObject node) {
		final ComfyServer server = new ComfyServer(connection);
		if (!node.has(ComfyGraph.PROBE)) throw new ServerException(server.label() + " has no node " + ComfyGraph.PROBE
			+ ", so it does not know Qwen-Image-Layered; update ComfyUI.");
		return new ComfyUi(server,
			server.weights("Qwen-Image-Layered", USUAL, n -> n.contains("layered"), n -> n.contains("layered")));
	}

	@Override
	public ServerInfo info() {
		return info;
	}

	@Override
	public List<RgbaImage> layers(final LayerRequest request, final Progress progress) {
		Stage.SEND.tell(progress, 0, "");
		final JsonObject graph = ComfyGraph.of(request, weights, server.upload(request.picture(), progress));
		final JsonArray images = server.run(graph, progress);
		// The first is the whole picture.
		if (images.size() != request.layers() + 1) throw new ServerException(
			server.who() + " made " + images.size() + " pictures instead of " + (request.layers() + 1)
				+ " (the whole and the layers); its version is not compatible with this plugin.");
		final List<RgbaImage> layers = new ArrayList<>();
		for (int k = 1; k < images.size(); k++) {
			Stage.FETCH.tell(progress, (k - 1.0) / request.layers(), "layer " + k + " of " + request.layers());
			layers.add(server.picture(images.get(k), request.picture(), progress));
		}
		return layers;
	}
}
