package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.layerj.checkpoint.Json;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.Connection.Answer;

/**
 * A ComfyUI server, whatever it is asked to compute: what it has, its files, its queue. {@link ComfyLayers} and
 * {@link ComfyEditor} say which graph.
 * <p>
 * That a job has ended is learned by asking; the websocket only tells how far it is, and that it is time to ask. So a
 * connection that breaks costs nothing but the news, and the job is found again by its id.
 */
final class ComfyServer {

	/** More than the list of a queue takes that anybody waits for. */
	private static final long QUEUE = 64L << 20;
	private static final int LONGEST_QUEUE = 10_000;
	/** How often a job is cancelled; what is being computed goes on for a step. */
	private static final int CANCELLING = 3;
	private static final String JSON = "application/json";
	/** Bytes of the weights as published, by their precision: both models have the same transformer. */
	private static final Map<String, Double> WEIGHTS = Map.of("bf16", 40.9e9, "fp8", 20.5e9);
	private static final double TEXT_ENCODER = 9.4e9;

	private final Connection connection;
	private final JsonObject stats;
	private final String kind;
	private final String who;

	/** Asks for the server's version and memory. */
	ComfyServer(final Connection connection) {
		this.connection = connection;
		stats =
			connection.object(connection.get("/system_stats", Connection.SHORT, Progress.none()), "ComfyUI's state");
		final String version = connection.shown(Fields.text(Fields.object(stats, "system"), "comfyui_version"));
		kind = version.isEmpty() ? "ComfyUI" : "ComfyUI " + version;
		who = "ComfyUI at " + connection.address().origin();
	}

	/** What it is, with its version, and where. */
	String label() {
		return kind + " at " + connection.address().base();
	}

	/** For messages about a run. */
	String who() {
		return who;
	}

	/** What it is with these weights. */
	ServerInfo info(final ComfyGraph.Weights weights, final int maxLayers) {
		final String precision = ServerInfo.precision(weights.unet());
		final Memory memory = Memory.of(stats, Optional.ofNullable(WEIGHTS.get(precision)));
		return new ServerInfo(kind, weights.unet(), precision, 1, maxLayers, List.of(), memory.text, memory.obstacle,
			true);
	}

	// -- What the server has --

	/** Whether it has a node. */
	boolean has(final String node) {
		final Answer answer = connection.get("/object_info/" + node, Connection.SHORT, Progress.none());
		return answer.ok() && connection.object(answer, "ComfyUI's nodes").has(node);
	}

	/**
	 * What is known of the server's memory.
	 *
	 * @param obstacle a message, if the weights fit in no way
	 */
	private record Memory(String text, String obstacle) {

		static Memory of(final JsonObject stats, final Optional<Double> weights) {
			double total = 0;
			double free = 0;
			String name = "";
			for (final JsonElement device : Fields.array(stats, "devices")) {
				if (Fields.number(device, "vram_total") <= total) continue;
				total = Fields.number(device, "vram_total");
				free = Fields.number(device, "vram_free");
				name = Fields.text(device, "name");
			}
			if (total == 0) return new Memory("", "");
			final double ram = Fields.number(Fields.object(stats, "system"), "ram_total");
			final double needed = weights.orElse(0.0) + TEXT_ENCODER;
			final String fit = weights.isEmpty() || weights.get() <= total ? ""
				: ", less than the weights of " + gigabytes(weights.get()) + ", which are moved in parts: slow";
			final String obstacle =
				weights.isPresent() && ram > 0 && needed > total + ram ? "The server has " + gigabytes(total)
					+ " of graphics memory and " + gigabytes(ram) + " of memory, but the model needs about "
					+ gigabytes(needed) + "; choose smaller weights (fp8, GGUF) there." : "";
			return new Memory(gigabytes(free) + " of " + gigabytes(total) + " of graphics memory free there"
				+ (name.isBlank() ? "" : " (" + Json.show(name, 40) + ")") + fit, obstacle);
		}

		private static String gigabytes(final double bytes) {
			return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
		}
	}

	/**
	 * The weights to use, of those that are there.
	 *
	 * @param model for whom they are, for messages
	 * @param usual names of the files as published: transformer, text encoder, VAE
	 * @param unetFits whether a file is such a transformer, by its name in lower case
	 * @param vaeFits the same of a VAE
	 * @throws ServerException if some are missing, or if there are several and the user has not named one
	 */
	ComfyGraph.Weights weights(final String model, final List<String> usual, final Predicate<String> unetFits,
		final Predicate<String> vaeFits)
	{
		final List<String> unets = names(ComfyGraph.UNET_LOADER, "unet_name");
		final List<String> ggufs = names(ComfyGraph.GGUF_LOADER, "unet_name").stream()
			.filter(n -> n.toLowerCase(Locale.ROOT).endsWith(".gguf"))
			.toList();
		final List<String> clips = names("CLIPLoader", "clip_name");
		final List<String> vaes = names("VAELoader", "vae_name");
		final List<String> chosen = connection.address().names();
		for (final String name : chosen)
			if (Stream.of(unets, ggufs, clips, vaes).noneMatch(l -> l.contains(name)))
				throw new ServerException("ComfyUI at " + connection.address().base() + " has no weights "
					+ connection.shown(name) + "; correct the name behind # in the address.");
		final String unet = choose("diffusion model", model, usual.get(0) + " in models/diffusion_models",
			Stream.concat(unets.stream(), ggufs.stream()).distinct().toList(), unetFits);
		final String clip = choose("text encoder", model, usual.get(1) + " in models/text_encoders", clips,
			n -> n.contains("qwen") && n.contains("vl") && n.contains("2.5"));
		final String vae = choose("VAE", model, usual.get(2) + " in models/vae", vaes, vaeFits);
		return new ComfyGraph.Weights(
			ggufs.contains(unet) && !unets.contains(unet) ? ComfyGraph.GGUF_LOADER : ComfyGraph.UNET_LOADER, unet, clip,
			vae);
	}

	private String choose(final String what, final String model, final String usual, final List<String> there,
		final Predicate<String> fits)
	{
		final List<String> chosen = there.stream().filter(connection.address().names()::contains).toList();
		final List<String> found =
			chosen.isEmpty() ? there.stream().filter(n -> fits.test(n.toLowerCase(Locale.ROOT))).toList() : chosen;
		if (found.size() == 1) return found.get(0);
		if (found.isEmpty()) throw new ServerException("ComfyUI at " + connection.address().base() + " has no " + what
			+ " for " + model + "; put " + usual + " there, or name another one behind # in the address.");
		throw new ServerException("ComfyUI at " + connection.address().base() + " has several to choose from as " + what
			+ ": " + connection.shown(String.join(", ", found)) + "; name one behind # in the address, as in "
			+ connection.address().base() + "#" + connection.shown(found.get(0)) + ".");
	}

	/** The names that a loader offers, in either form in which ComfyUI says so; none if there is no such node. */
	private List<String> names(final String node, final String input) {
		final Answer answer = connection.get("/object_info/" + node, Connection.SHORT, Progress.none());
		if (!answer.ok()) return List.of();
		final JsonElement inputs =
			Fields.object(Fields.object(connection.object(answer, "ComfyUI's nodes"), node), "input");
		final JsonArray combo = Fields.array(Fields.object(inputs, "required"), input);
		final JsonArray options = combo.isEmpty() ? combo : combo.get(0) instanceof JsonArray all ? all
			: combo.size() > 1 ? Fields.array(combo.get(1), "options") : new JsonArray();
		final List<String> names = new ArrayList<>();
		for (final JsonElement o : options)
			if (o.isJsonPrimitive() && o.getAsJsonPrimitive().isString()) names.add(o.getAsString());
		return names;
	}

	// -- A run --

	/** Has a graph computed; the files of its result. */
	JsonArray run(final JsonObject graph, final Progress progress) {
		final String client = UUID.randomUUID().toString();
		try (ComfySocket socket = new ComfySocket(connection, client)) {
			return computed(graph, client, socket, progress);
		}
	}

	/** The files of the result; whatever goes wrong, the job is cancelled. */
	private JsonArray computed(final JsonObject graph, final String client, final ComfySocket socket,
		final Progress progress)
	{
		// Ours, so that it is known even if the answer gets lost; servers that do not take it give another one.
		String job = UUID.randomUUID().toString();
		boolean ended = false;
		socket.await(progress);
		try {
			job = queue(graph, client, job, progress);
			final JsonArray images = new ComfyJob(connection, who, graph, job, socket).end(this::waiting, progress);
			ended = true;
			return images;
		}
		finally {
			if (!ended) cancelled(job);
		}
	}

	/** Takes a job back even if it is an interrupted thread that waited for it. */
	private void cancelled(final String job) {
		final boolean interrupted = Thread.interrupted();
		try {
			cancel(job);
		}
		finally {
			if (interrupted) Thread.currentThread().interrupt();
		}
	}

	/** Puts a picture there; its name for {@code LoadImage}. */
	String upload(final RgbaImage picture, final Progress progress) {
		final Multipart form = new Multipart().png("image", "layerj-" + UUID.randomUUID() + ".png", Png.encode(picture))
			.field("type", "temp");
		final Answer answer = connection.postAgain("/upload/image", form.type(), form.bytes(), progress);
		if (!answer.ok()) throw connection.rejection(answer, "take the picture");
		final JsonObject said = connection.object(answer, "the name of the picture");
		final String name = Fields.text(said, "name");
		if (name.isEmpty())
			throw new ServerException(who + " did not say under which name it keeps the picture; update it.");
		final String folder = Fields.text(said, "subfolder");
		final String type = Fields.text(said, "type");
		return (folder.isEmpty() ? "" : folder + "/") + name
			+ (type.isEmpty() || type.equals("input") ? "" : " [" + type + "]");
	}

	/** Queues the graph, once; the job's id. */
	private String queue(final JsonObject graph, final String client, final String id, final Progress progress) {
		final JsonObject body = new JsonObject();
		body.add("prompt", graph);
		body.addProperty("client_id", client);
		body.addProperty("prompt_id", id);
		final Answer answer;
		try {
			answer = connection.post("/prompt", JSON, body.toString().getBytes(StandardCharsets.UTF_8),
				Connection.SHORT, connection.address().answer(), progress);
		}
		catch (final ServerException e) {
			// The answer is lost; the job may be there all the same.
			if (e.passing() && !e.unheard() && known(id, progress)) return id;
			throw e;
		}
		if (!answer.ok()) throw rejected(answer);
		final String given = Fields.text(connection.object(answer, "the id of a job"), "prompt_id");
		if (!given.matches("[A-Za-z0-9-]{1,64}"))
			throw new ServerException(who + " did not say which job it has begun; update it.");
		return given;
	}

	private boolean known(final String id, final Progress progress) {
		return waiting(id, progress)
			|| Fields
				.object(connection.object(connection.get("/history/" + id, Connection.SHORT, progress),
					"the history of a job"), id)
				.size() > 0;
	}

	private ServerException rejected(final Answer answer) {
		if (answer.busy()) return connection.rejection(answer, "queue the job");
		final JsonObject said;
		try {
			said = connection.object(answer, "what is wrong");
		}
		catch (final ServerException e) {
			return connection.rejection(answer, "queue the job");
		}
		final JsonObject error = Fields.object(said, "error");
		final StringBuilder words =
			new StringBuilder(Fields.text(error, "message")).append(' ').append(Fields.text(error, "details"));
		for (final Map.Entry<String, JsonElement> node : Fields.object(said, "node_errors").entrySet()) {
			for (final JsonElement e : Fields.array(node.getValue(), "errors"))
				words.append(' ')
					.append(Fields.text(node.getValue(), "class_type"))
					.append(": ")
					.append(Fields.text(e, "message"))
					.append(' ')
					.append(Fields.text(e, "details"));
		}
		final boolean missing = Fields.text(error, "type").contains("missing_node")
			|| words.toString().toLowerCase(Locale.ROOT).contains("does not exist");
		return new ServerException(who + " rejected the graph: " + connection.shown(words.toString()) + (missing
			? "; a node is missing there, update ComfyUI." : "; its version is not compatible with this plugin."));
	}

	// -- The queue --

	/** Whether a job is being computed or waits. */
	private boolean waiting(final String id, final Progress progress) {
		return !jobs(id, progress).isEmpty();
	}

	/** In which of the two lists a job is: {@code queue_running}, {@code queue_pending}. */
	private List<String> jobs(final String id, final Progress progress) {
		final Answer answer = connection.get("/queue", QUEUE, progress);
		if (!answer.ok()) throw connection.rejection(answer, "show its queue");
		final List<String> found = new ArrayList<>();
		// The jobs of others are whole graphs: read past.
		try (JsonReader in = Json.reader(answer.body())) {
			in.beginObject();
			while (in.hasNext()) {
				final String list = in.nextName();
				if (in.peek() != JsonToken.BEGIN_ARRAY) {
					in.skipValue();
					continue;
				}
				in.beginArray();
				for (int k = 0; in.hasNext(); k++) {
					if (k > LONGEST_QUEUE) throw new IOException("too long");
					in.beginArray();
					for (int i = 0; in.hasNext(); i++) {
						if (i == 1 && in.peek() == JsonToken.STRING) {
							if (in.nextString().equals(id)) found.add(list);
						}
						else in.skipValue();
					}
					in.endArray();
				}
				in.endArray();
			}
		}
		catch (IOException | IllegalStateException | NumberFormatException e) {
			throw new ServerException(
				who + " did not answer with its queue; check the address and the server's version.");
		}
		return found;
	}

	/** Takes a job back, and looks whether it is gone; never throws. Others' jobs are left alone. */
	private void cancel(final String id) {
		try {
			for (int k = 0; k < CANCELLING && (k == 0 || waiting(id, Progress.none())); k++) {
				if (k > 0) Connection.pause(connection.address().poll(), Progress.none());
				cancelOnce(id);
			}
		}
		catch (final ServerException e) {
			// The server is away, and what made us cancel is being said.
		}
	}

	/** By the new way and, where there is none, by the old. */
	private void cancelOnce(final String id) {
		if (connection.postOnce("/api/jobs/" + id + "/cancel", JSON, new byte[0]).ok()) return;
		final JsonArray ids = new JsonArray();
		ids.add(id);
		final JsonObject delete = new JsonObject();
		delete.add("delete", ids);
		connection.postOnce("/queue", JSON, delete.toString().getBytes(StandardCharsets.UTF_8));
		// The oldest versions interrupt whatever is being computed, so only if it is ours.
		if (!jobs(id, Progress.none()).contains("queue_running")) return;
		final JsonObject interrupt = new JsonObject();
		interrupt.addProperty("prompt_id", id);
		connection.postOnce("/interrupt", JSON, interrupt.toString().getBytes(StandardCharsets.UTF_8));
	}

	// -- Results --

	/** Fetches one picture of a result, which must have the size of the one that was sent. */
	RgbaImage picture(final JsonElement image, final RgbaImage sent, final Progress progress) {
		final String query = "/view?filename=" + encode(Fields.text(image, "filename")) + "&subfolder="
			+ encode(Fields.text(image, "subfolder")) + "&type=" + encode(Fields.text(image, "type"));
		final Answer answer = connection.get(query, Png.mostBytes(sent.width(), sent.height()), progress);
		if (!answer.ok()) throw connection.rejection(answer, "give a picture back");
		final Png.Size size = Png.size(answer.body())
			.orElseThrow(() -> new ServerException(
				who + " sent something else than a PNG as a picture; check the job in ComfyUI."));
		if (size.width() != sent.width() || size.height() != sent.height()) throw new ServerException(
			who + " sent a picture of " + size.width() + " × " + size.height() + " pixels instead of " + sent.width()
				+ " × " + sent.height() + "; its version is not compatible with this plugin.");
		return Png.decode(answer.body(), who);
	}

	private static String encode(final String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
	}
}
