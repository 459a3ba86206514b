package org.layerj.remote;

import com.google.gson.JsonArray;
import java.util.List;
import java.util.Optional;
import org.layerj.common.Progress;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;

/**
 * ComfyUI with Qwen-Image-Edit or one of its successors, by its own nodes. Which of its two text encoders a transformer
 * needs is known by its name: the first release takes one picture, those with a month in their name several.
 */
final class ComfyEditor implements EditServer {

	private static final List<String> USUAL = List.of("qwen_image_edit_2511_bf16.safetensors",
		"qwen_2.5_vl_7b_fp8_scaled.safetensors", "qwen_image_vae.safetensors");

	private final ComfyServer server;
	private final ComfyGraph.Weights weights;
	private final String encoder;
	private final ServerInfo info;

	private ComfyEditor(final ComfyServer server, final ComfyGraph.Weights weights, final String encoder) {
		this.server = server;
		this.weights = weights;
		this.encoder = encoder;
		info = server.info(weights, 1);
	}

	/** Whether these are the weights of such a model, by their name in lower case. */
	static boolean edits(final String name) {
		return name.contains("qwen") && name.contains("edit");
	}

	static ComfyEditor open(final Connection connection) {
		final ComfyServer server = new ComfyServer(connection);
		if (!server.has(ComfyGraph.EDIT_ENCODER) && !server.has(ComfyGraph.EDIT_PLUS_ENCODER))
			throw new ServerException(server.label() + " has neither node " + ComfyGraph.EDIT_ENCODER + " nor "
				+ ComfyGraph.EDIT_PLUS_ENCODER + ", so it does not know Qwen-Image-Edit; update ComfyUI.");
		final ComfyGraph.Weights weights = server.weights("Qwen-Image-Edit", USUAL, ComfyEditor::edits,
			n -> n.contains("qwen_image_vae") || n.contains("qwen-image-vae"));
		final String encoder =
			weights.unet().matches("(?s).*2[5-9][01][0-9].*") ? ComfyGraph.EDIT_PLUS_ENCODER : ComfyGraph.EDIT_ENCODER;
		if (!server.has(encoder)) throw new ServerException(server.label() + " has no node " + encoder + ", which "
			+ connection.shown(weights.unet()) + " needs; update ComfyUI, or name other weights behind #.");
		return new ComfyEditor(server, weights, encoder);
	}

	@Override
	public ServerInfo info() {
		return info;
	}

	@Override
	public boolean masks() {
		return true;
	}

	@Override
	public RgbaImage edit(final ImageEdit request, final Progress progress) {
		Stage.SEND.tell(progress, 0, "");
		final String picture = server.upload(request.picture(), progress);
		final Optional<String> mask = request.mask().map(m -> server.upload(white(m), progress));
		final JsonArray images = server.run(ComfyGraph.edit(request, weights, encoder, picture, mask), progress);
		if (images.size() != 1) throw new ServerException(server.who() + " made " + images.size()
			+ " pictures instead of one; its version is not compatible with this plugin.");
		Stage.FETCH.tell(progress, 0, "");
		return server.picture(images.get(0), request.picture(), progress);
	}

	/** White where the mask is set, on black. */
	private static RgbaImage white(final Mask mask) {
		final int[] argb = new int[mask.width() * mask.height()];
		for (int i = 0; i < argb.length; i++) argb[i] = mask.get(i) ? 0xffffffff : 0xff000000;
		return RgbaImage.ofArgb(mask.width(), mask.height(), argb);
	}
}
