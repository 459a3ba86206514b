package org.layerj.remote;

import com.google.gson.JsonObject;
import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/**
 * vLLM-Omni or SGLang with Qwen-Image-Edit or one of its successors. What the model changes outside of the mask is for
 * the caller to drop: neither server says what its model makes of one.
 */
final class OpenAiEditor implements EditServer {

	/** The server may work at its own size: so many times the pixels that were sent, at most. */
	private static final int LARGER = 4;
	/** By how much the proportions may differ, as a factor: sides are multiples of 32 there. */
	private static final double PROPORTION = 1.1;

	private final OpenAiServer server;

	private OpenAiEditor(final OpenAiServer server) {
		this.server = server;
	}

	/** @param cards what the server says of its models, at least one */
	static OpenAiEditor open(final Connection connection, final List<JsonObject> cards) {
		return new OpenAiEditor(OpenAiServer.open(connection, cards, "an image-editing model",
			"Qwen/Qwen-Image-Edit-2511", ComfyEditor::edits));
	}

	@Override
	public ServerInfo info() {
		return server.info();
	}

	@Override
	public boolean masks() {
		return false;
	}

	@Override
	public RgbaImage edit(final ImageEdit r, final Progress progress) {
		Stage.SEND.tell(progress, 0, "");
		final int width = r.picture().width();
		final int height = r.picture().height();
		final Multipart form = server.form(r.picture(), r.prompt(), r.negative(), r.steps(), r.guidance(), r.seed())
			.field("size", width + "x" + height);
		final byte[] file =
			server.ask(form, 1, new Png.Size(2 * width, LARGER / 2 * height), "edit the picture", progress).get(0);
		Stage.FETCH.tell(progress, 0, "");
		final Png.Size size = Png.size(file)
			.orElseThrow(() -> new ServerException(
				server.who() + " sent something else than a PNG; its version is not supported."));
		final double turned = (double) size.width() * height / ((double) size.height() * width);
		if (size.width() < 1 || size.height() < 1 || turned > PROPORTION || turned < 1 / PROPORTION
			|| (long) size.width() * size.height() > (long) LARGER * width * height)
			throw new ServerException(server.who() + " sent a picture of " + size.width() + " × " + size.height()
				+ " pixels instead of " + width + " × " + height + "; its version is not compatible with this plugin.");
		return Png.decode(file, server.who());
	}
}
