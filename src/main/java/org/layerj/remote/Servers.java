package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.layerj.common.Progress;
import org.layerj.remote.Connection.Answer;

/** Finds out what kind of server stands at an address, and whether it has the model that is wanted. */
public final class Servers {

	private Servers() {}

	/**
	 * Asks a server what it is. No picture is sent.
	 *
	 * @throws ServerException if it cannot be reached, is none of those known, or lacks what is needed
	 */
	public static LayerServer open(final ServerAddress address) {
		return open(address, System.getenv());
	}

	/**
	 * Asks a server whether it has a model that edits pictures by words. No picture is sent.
	 *
	 * @throws ServerException if it cannot be reached, is none of those known, or has no such model
	 */
	public static EditServer editor(final ServerAddress address) {
		return editor(address, System.getenv());
	}

	/** @param environment where credentials are looked for */
	static EditServer editor(final ServerAddress address, final Map<String, String> environment) {
		final Connection connection = new Connection(address, Credentials.of(address, environment));
		final Answer node =
			connection.get("/object_info/" + ComfyGraph.EDIT_ENCODER, Connection.SHORT, Progress.none());
		if (node.ok() && isJson(node)) return ComfyEditor.open(connection);
		return OpenAiEditor.open(connection, models(connection, node));
	}

	/** @param environment where credentials are looked for */
	static LayerServer open(final ServerAddress address, final Map<String, String> environment) {
		final Connection connection = new Connection(address, Credentials.of(address, environment));
		final Answer node = connection.get("/object_info/" + ComfyGraph.PROBE, Connection.SHORT, Progress.none());
		if (node.ok() && isJson(node)) return ComfyUi.open(connection, connection.object(node, "ComfyUI's nodes"));
		return OpenAiImages.open(connection, models(connection, node));
	}

	/** The models of what is not ComfyUI, as its answer about a node has shown. */
	private static List<JsonObject> models(final Connection connection, final Answer node) {
		final Answer models = connection.get("/v1/models", Connection.SHORT, Progress.none());
		if (models.ok() && isJson(models)) return cards(connection, models);
		if (models.busy() || node.busy()) throw connection.rejection(models.busy() ? models : node, "say what it is");
		throw new ServerException("The server " + connection.address().base()
			+ " is neither ComfyUI nor an OpenAI-style server of images (vLLM-Omni, SGLang): it answers HTTP "
			+ node.status() + " and " + models.status() + "; check the address and its port.");
	}

	private static boolean isJson(final Answer answer) {
		final String begin =
			new String(answer.body(), 0, Math.min(64, answer.body().length), StandardCharsets.ISO_8859_1)
				.stripLeading();
		return begin.startsWith("{");
	}

	private static List<JsonObject> cards(final Connection connection, final Answer answer) {
		final JsonElement data = connection.object(answer, "a list of models").get("data");
		final List<JsonObject> cards = new ArrayList<>();
		if (data instanceof JsonArray all) all.forEach(c -> {
			if (c.isJsonObject() && !Fields.text(c.getAsJsonObject(), "id").isEmpty()) cards.add(c.getAsJsonObject());
		});
		if (cards.isEmpty()) throw new ServerException("The server " + connection.address().base()
			+ " lists no model; start it with one, such as Qwen/Qwen-Image-Layered.");
		return cards;
	}
}
