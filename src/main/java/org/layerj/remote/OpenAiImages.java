package org.layerj.remote;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;

/** vLLM-Omni or SGLang with Qwen-Image-Layered. */
final class OpenAiImages implements LayerServer {

	/** The model describes the picture itself where the prompt is one space; an empty one counts as missing. */
	private static final String NO_PROMPT = " ";
	/** Sides may differ from what was sent by a step of the model's grid: the server works its size out again. */
	private static final int GRID = 32;

	private final OpenAiServer server;

	private OpenAiImages(final OpenAiServer server) {
		this.server = server;
	}

	/** @param cards what the server says of its models, at least one */
	static OpenAiImages open(final Connection connection, final List<JsonObject> cards) {
		return new OpenAiImages(OpenAiServer.open(connection, cards, "Qwen-Image-Layered", "Qwen/Qwen-Image-Layered",
			n -> n.contains("layered")));
	}

	@Override
	public ServerInfo info() {
		return server.info();
	}

	@Override
	public List<RgbaImage> layers(final LayerRequest r, final Progress progress) {
		Stage.SEND.tell(progress, 0, "");
		final Multipart form = server.form(r.picture(), r.prompt().isBlank() ? NO_PROMPT : r.prompt(), r.negative(),
			r.steps(), r.guidance(), r.seed());
		server.dialect().layers(r, form);
		final List<RgbaImage> layers = new ArrayList<>();
		final Png.Size most = new Png.Size(r.picture().width() + GRID, r.picture().height() + GRID);
		for (final byte[] file : server.ask(form, r.layers(), most, "decompose the picture", progress)) {
			Stage.FETCH.tell(progress, (double) layers.size() / r.layers(),
				"layer " + (layers.size() + 1) + " of " + r.layers());
			progress.check();
			layers.add(picture(file, r.picture(), layers));
		}
		return layers;
	}

	private RgbaImage picture(final byte[] file, final RgbaImage sent, final List<RgbaImage> before) {
		final Png.Size size = Png.size(file)
			.orElseThrow(() -> new ServerException(
				server.who() + " sent something else than a PNG as a layer; its version is not supported."));
		final boolean near =
			Math.abs(size.width() - sent.width()) <= GRID && Math.abs(size.height() - sent.height()) <= GRID;
		final boolean same =
			before.isEmpty() || before.get(0).width() == size.width() && before.get(0).height() == size.height();
		if (!near || !same) throw new ServerException(
			server.who() + " sent a layer of " + size.width() + " × " + size.height() + " pixels instead of "
				+ sent.width() + " × " + sent.height() + "; its version is not compatible with this plugin.");
		return Png.decode(file, server.who());
	}
}
