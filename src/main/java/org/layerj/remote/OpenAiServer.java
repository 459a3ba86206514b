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
import java.util.function.Predicate;
import org.layerj.checkpoint.Json;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.Connection.Answer;

/**
 * A server with OpenAI's {@code /v1/images/edits}, whatever its model makes of the picture: {@link OpenAiImages} asks
 * for layers, {@link OpenAiEditor} for one picture. It returns everything in one answer, tells nothing meanwhile, and a
 * run cannot be cancelled.
 */
final class OpenAiServer {

	/** How a server spells what the interface does not know. */
	enum Dialect {

		VLLM("vLLM-Omni", 2, 10, List.of(640, 1024)) {

			@Override
			void layers(final LayerRequest r, final Multipart form) {
				form.field("layers", String.valueOf(r.layers()))
					.field("resolution", String.valueOf(r.resolution()))
					.field("size", "auto");
			}
		},
		/** Works at the model's own resolution. */
		SGLANG("SGLang", 1, 20, List.of(640)) {

			@Override
			void layers(final LayerRequest r, final Multipart form) {
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

		/** Says how many layers, and how large. */
		abstract void layers(LayerRequest r, Multipart form);
	}

	private final Connection connection;
	private final Dialect dialect;
	private final ServerInfo info;
	private final String who;

	private OpenAiServer(final Connection connection, final Dialect dialect, final JsonObject card) {
		this.connection = connection;
		this.dialect = dialect;
		final String id = Fields.text(card, "id");
		final String said = connection.shown(Fields.text(card, "dit_precision"));
		// Two layers are taken by newer builds only; an older one says so.
		info = new ServerInfo(dialect.label, id, said.isEmpty() ? ServerInfo.precision(id) : said, dialect.minLayers,
			dialect.maxLayers, dialect.resolutions, "", "", false);
		who = dialect.label + " at " + connection.address().origin();
	}

	/**
	 * The server with the model that is wanted.
	 *
	 * @param cards what it says of its models, at least one
	 * @param model the model's name, for messages
	 * @param repository where it is to be had
	 * @param fits whether a name, in lower case, is that of such a model
	 */
	static OpenAiServer open(final Connection connection, final List<JsonObject> cards, final String model,
		final String repository, final Predicate<String> fits)
	{
		final List<String> chosen = connection.address().names();
		final List<String> all = cards.stream().map(c -> Fields.text(c, "id")).toList();
		final List<JsonObject> found = cards.stream()
			.filter(c -> chosen.isEmpty() ? fits.test(Fields.text(c, "id").toLowerCase(Locale.ROOT))
				: chosen.contains(Fields.text(c, "id")))
			.toList();
		final String list = connection.shown(String.join(", ", all));
		if (found.isEmpty()) throw new ServerException("The server " + connection.address().base() + " does not have "
			+ (chosen.isEmpty() ? model : connection.shown(String.join(", ", chosen))) + ", but " + list
			+ "; start it with " + repository + ", or name a model behind # in the address.");
		if (found.size() > 1) throw new ServerException("The server " + connection.address().base()
			+ " has several models to choose from: " + list + "; name one behind # in the address.");
		return new OpenAiServer(connection, dialect(connection, found.get(0)), found.get(0));
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

	ServerInfo info() {
		return info;
	}

	Dialect dialect() {
		return dialect;
	}

	/** For messages about a run. */
	String who() {
		return who;
	}

	/** What every request says. */
	Multipart form(final RgbaImage picture, final String prompt, final String negative, final int steps,
		final double guidance, final long seed)
	{
		final Multipart form = new Multipart().png("image", "picture.png", Png.encode(picture))
			.field("model", info.model())
			.field("prompt", prompt)
			.field("n", "1")
			.field("response_format", "b64_json")
			.field("output_format", "png")
			.field("num_inference_steps", String.valueOf(steps))
			.field("true_cfg_scale", String.valueOf(guidance))
			.field("seed", String.valueOf(seed));
		return negative.isEmpty() ? form : form.field("negative_prompt", negative);
	}

	/**
	 * Sends the form and waits.
	 *
	 * @param count of pictures that must come back
	 * @param pixels of each at most, as width and height
	 * @param what the server is asked to do, for messages
	 */
	List<byte[]> ask(final Multipart form, final int count, final Png.Size pixels, final String what,
		final Progress progress)
	{
		Stage.RUN.tell(progress, -1, "");
		final long each = Png.mostBytes(pixels.width(), pixels.height()) * 4 / 3 + 4096;
		final Answer answer = connection.post("/v1/images/edits", form.type(), form.bytes(), each * (count + 1),
			connection.address().timeout(), progress);
		if (!answer.ok()) throw failure(answer, what);
		return files(answer.body(), count);
	}

	private ServerException failure(final Answer answer, final String what) {
		if (Connection.outOfMemory(connection.words(answer))) return new ServerException(who
			+ " ran out of graphics memory; choose fewer layers or a lower resolution, or start it with --enable-cpu-offload "
			+ "or on more graphics cards.");
		return connection.rejection(answer, what);
	}

	/** The files in the answer, read past everything else. */
	private List<byte[]> files(final byte[] answer, final int count) {
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
					if (++entries > count) throw wrong("more than " + count, count);
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
		if (files.size() != count) throw wrong(String.valueOf(files.size()), count);
		return files;
	}

	private ServerException wrong(final String number, final int count) {
		return new ServerException(who + " sent " + number + " pictures instead of " + count
			+ "; its version is not compatible with this plugin.");
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
}
