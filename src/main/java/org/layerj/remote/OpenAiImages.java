package org.layerj.remote;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.checkpoint.Json;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.Connection.Answer;

/**
 * A server with OpenAI's {@code /v1/images/edits}, which returns the layers in one answer. It tells nothing meanwhile,
 * and a run cannot be taken back.
 */
final class OpenAiImages implements LayerServer {

	/** The model describes the picture itself where the prompt is one space; an empty one counts as missing. */
	private static final String NO_PROMPT = " ";
	/** Sides may differ from what was sent by a step of the model's grid: the server works its size out again. */
	private static final int GRID = 32;

	/** How a server spells what the interface does not know. */
	enum Dialect {

		VLLM("vLLM-Omni", 2, 10, List.of(640, 1024)) {

			@Override
			void write(final LayerRequest r, final Multipart form) {
				form.field("layers", String.valueOf(r.layers()))
					.field("resolution", String.valueOf(r.resolution()))
					.field("size", "auto");
			}
		},
		/** Works at the model's own resolution. */
		SGLANG("SGLang", 1, 20, List.of(640)) {

			@Override
			void write(final LayerRequest r, final Multipart form) {
				form.field("num_frames", String.valueOf(r.layers()))
					.field("guidance_scale", String.valueOf(r.guidance()));
			}
		};

		private final String label;
		private final int minLayers;
		private final int maxLayers;
		private final List<Integer> resolutions;

		Dialect(final String label, final int minLayers, final int maxLayers, final List<Integer> resolutions) {
			this.label = label;
			this.minLayers = minLayers;
			this.maxLayers = maxLayers;
			this.resolutions = resolutions;
		}

		abstract void write(LayerRequest r, Multipart form);
	}

	private final Connection connection;
	private final Dialect dialect;
	private final ServerInfo info;
	private final String who;

	private OpenAiImages(final Connection connection, final Dialect dialect, final JsonObject card) {
		this.connection = connection;
		this.dialect = dialect;
		final String id = Fields.text(card, "id");
		final String said = connection.shown(Fields.text(card, "dit_precision"));
		// Two layers are taken by newer builds only; an older one says so.
		info = new ServerInfo(dialect.label, id, said.isEmpty() ? ServerInfo.precision(id) : said, dialect.minLayers,
			dialect.maxLayers, dialect.resolutions, "", "", false);
		who = dialect.label + " at " + connection.address().origin();
	}

	/** @param cards what the server says of its models, at least one */
	static OpenAiImages open(final Connection connection, final List<JsonObject> cards) {
		final List<String> chosen = connection.address().names();
		final List<String> all = cards.stream().map(c -> Fields.text(c, "id")).toList();
		final List<JsonObject> found = cards.stream()
			.filter(c -> chosen.isEmpty() ? Fields.text(c, "id").toLowerCase(Locale.ROOT).contains("layered")
				: chosen.contains(Fields.text(c, "id")))
			.toList();
		final String list = connection.shown(String.join(", ", all));
		if (found.isEmpty()) throw new ServerException("The server " + connection.address().base() + " does not have "
			+ (chosen.isEmpty() ? "Qwen-Image-Layered" : connection.shown(String.join(", ", chosen))) + ", but " + list
			+ "; start it with Qwen/Qwen-Image-Layered, or name a model behind # in the address.");
		if (found.size() > 1) throw new ServerException("The server " + connection.address().base()
			+ " has several models to choose from: " + list + "; name one behind # in the address.");
		return new OpenAiImages(connection, dialect(connection, found.get(0)), found.get(0));
	}

	private static Dialect dialect(final Connection connection, final JsonObject card) {
		final String owner = Fields.text(card, "owned_by").toLowerCase(Locale.ROOT);
		if (owner.contains("sglang")) return Dialect.SGLANG;
		if (owner.contains("vllm")) return Dialect.VLLM;
		throw new ServerException(
			"The server " + connection.address().base() + " is neither vLLM-Omni nor SGLang (its model belongs to "
				+ (owner.isBlank() ? "nobody" : connection.shown(owner))
				+ "), so how it is asked for layers is not known; use ComfyUI, vLLM-Omni or SGLang.");
	}

	@Override
	public ServerInfo info() {
		return info;
	}

	@Override
	public List<RgbaImage> layers(final LayerRequest r, final Watch watch) {
		watch.update(Watch.Stage.SEND, 0, "");
		final Multipart form = new Multipart().png("image", "picture.png", Png.encode(r.picture()))
			.field("model", info.model())
			.field("prompt", r.prompt().isBlank() ? NO_PROMPT : r.prompt())
			.field("n", "1")
			.field("response_format", "b64_json")
			.field("output_format", "png")
			.field("num_inference_steps", String.valueOf(r.steps()))
			.field("true_cfg_scale", String.valueOf(r.guidance()))
			.field("seed", String.valueOf(r.seed()));
		if (!r.negative().isEmpty()) form.field("negative_prompt", r.negative());
		dialect.write(r, form);
		watch.update(Watch.Stage.RUN, -1, "");
		final long each = Png.mostBytes(r.picture().width() + GRID, r.picture().height() + GRID) * 4 / 3 + 4096;
		final Answer answer = connection.post("/v1/images/edits", form.type(), form.bytes(), each * (r.layers() + 1),
			connection.address().timeout(), watch);
		if (!answer.ok()) throw failure(answer);
		final List<RgbaImage> layers = new ArrayList<>();
		for (final byte[] file : files(answer.body(), r.layers())) {
			watch.update(Watch.Stage.FETCH, (double) layers.size() / r.layers(),
				"layer " + (layers.size() + 1) + " of " + r.layers());
			watch.check();
			layers.add(picture(file, r.picture(), layers));
		}
		return layers;
	}

	private ServerException failure(final Answer answer) {
		if (Connection.outOfMemory(connection.words(answer))) return new ServerException(who
			+ " ran out of graphics memory; choose fewer layers or a lower resolution, or start it with --enable-cpu-offload "
			+ "or on more graphics cards.");
		return connection.rejection(answer, "decompose the picture");
	}

	/** The files in the answer, read past everything else. */
	private List<byte[]> files(final byte[] answer, final int layers) {
		final List<byte[]> files = new ArrayList<>();
		int entries = 0;
		try (JsonReader in = Json.reader(answer)) {
			in.beginObject();
			while (in.hasNext()) {
				if (!in.nextName().equals("data") || in.peek() != JsonToken.BEGIN_ARRAY) {
					in.skipValue();
					continue;
				}
				in.beginArray();
				while (in.hasNext()) {
					if (++entries > layers) throw wrong("more than " + layers, layers);
					file(in).ifPresent(files::add);
				}
				in.endArray();
			}
			in.endObject();
		}
		catch (IOException | IllegalStateException | IllegalArgumentException e) {
			throw new ServerException(ServerException.Kind.DROPPED,
				who + " sent an answer that is damaged or breaks off; try again.", e);
		}
		if (files.size() != layers) throw wrong(String.valueOf(files.size()), layers);
		return files;
	}

	private ServerException wrong(final String number, final int layers) {
		return new ServerException(
			who + " sent " + number + " layers instead of " + layers + "; its version and ours do not fit together.");
	}

	private Optional<byte[]> file(final JsonReader in) throws IOException {
		Optional<byte[]> file = Optional.empty();
		in.beginObject();
		while (in.hasNext()) {
			if (in.nextName().equals("b64_json") && in.peek() == JsonToken.STRING)
				file = Optional.of(Base64.getDecoder().decode(in.nextString()));
			else in.skipValue();
		}
		in.endObject();
		return file;
	}

	private RgbaImage picture(final byte[] file, final RgbaImage sent, final List<RgbaImage> before) {
		final Png.Size size = Png.size(file)
			.orElseThrow(() -> new ServerException(
				who + " sent something else than a PNG as a layer; its version is not right."));
		final boolean near =
			Math.abs(size.width() - sent.width()) <= GRID && Math.abs(size.height() - sent.height()) <= GRID;
		final boolean same =
			before.isEmpty() || before.get(0).width() == size.width() && before.get(0).height() == size.height();
		if (!near || !same) throw new ServerException(
			who + " sent a layer of " + size.width() + " × " + size.height() + " pixels instead of " + sent.width()
				+ " × " + sent.height() + "; its version and ours do not fit together.");
		return Png.decode(file, who);
	}
}
