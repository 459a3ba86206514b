package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.layerj.layers.RgbaImage;

/**
 * vLLM-Omni and SGLang, as far as {@code /v1/models} and {@code /v1/images/edits} go; what they ignore and what they
 * reject as theirs do.
 */
public final class FakeOpenAi extends TestServer {

	/** What {@code owned_by} says. */
	public String owner;
	public List<String> models = List.of("Qwen/Qwen-Image-Layered");
	/** The fields of the last form. */
	public final Map<String, String> fields = new ConcurrentHashMap<>();
	public volatile RgbaImage sent = RgbaImage.blank(1, 1);
	/** What becomes of the layers on their way. */
	public UnaryOperator<List<byte[]>> twist = l -> l;

	public FakeOpenAi(final String owner) throws IOException {
		this.owner = owner;
	}

	@Override
	protected void answer(final HttpExchange exchange, final String path, final byte[] body) throws IOException {
		switch (path) {
			case "/v1/models" -> json(exchange, 200, "{\"object\":\"list\",\"data\":[" + models.stream()
				.map(m -> "{\"id\":\"" + m + "\",\"object\":\"model\",\"created\":1764000000,\"owned_by\":\"" + owner
					+ "\"" + (owner.equals("sglang") ? ",\"dit_precision\":\"bf16\",\"task_type\":\"I2I\"" : "") + "}")
				.collect(Collectors.joining(",")) + "]}");
			case "/v1/images/edits" -> edits(exchange, form(exchange, body));
			default -> json(exchange, 404, "{\"detail\":\"Not Found\"}");
		}
	}

	private void edits(final HttpExchange exchange, final Map<String, byte[]> form) throws IOException {
		fields.clear();
		form.forEach((key, value) -> fields.put(key, key.equals("image") ? "PNG" : text(value)));
		if (form.getOrDefault("prompt", new byte[0]).length == 0) {
			json(exchange, 422,
				"{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"prompt\"],\"msg\":\"Field required\",\"input\":null}]}");
			return;
		}
		final boolean vllm = owner.equals("vllm");
		if (fields.getOrDefault("model", "").contains("Edit")) {
			sent = picture(form.get("image"));
			if (!(sent.width() + "x" + sent.height()).equals(fields.get("size")))
				throw new IllegalStateException("size");
			json(exchange, 200, pictures(List.of(edited(sent, i -> true))));
			return;
		}
		if (vllm && !List.of("640", "1024").contains(fields.get("resolution"))) {
			json(exchange, 400, "{\"detail\":\"Invalid resolution\"}");
			return;
		}
		sent = picture(form.get("image"));
		final int layers = Integer.parseInt(fields.getOrDefault(vllm ? "layers" : "num_frames", vllm ? "4" : "1"));
		json(exchange, 200, pictures(TestServer.layers(sent, layers)));
	}

	private String pictures(final List<RgbaImage> pictures) {
		final JsonArray data = new JsonArray();
		for (final byte[] png : twist.apply(pictures.stream().map(TestServer::png).toList())) {
			final JsonObject entry = new JsonObject();
			entry.addProperty("b64_json", Base64.getEncoder().encodeToString(png));
			entry.add("url", null);
			entry.add("revised_prompt", null);
			data.add(entry);
		}
		final JsonObject all = new JsonObject();
		all.addProperty("created", 1764000000);
		all.add("data", data);
		all.addProperty("output_format", "png");
		return all.toString();
	}
}
