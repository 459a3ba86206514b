package org.layerj.remote;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.java_websocket.WebSocket;
import org.java_websocket.exceptions.WebsocketNotConnectedException;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.layerj.layers.RgbaImage;

/**
 * ComfyUI, as far as its API goes: files, queue, history, websocket, both ways to cancel; on one port, as the real one.
 * Instead of a network it runs {@link TestServer#layers}. A graph is checked as the real one does: nodes known, links
 * leading somewhere, files there.
 */
public final class FakeComfyUi extends TestServer {

	public String version = "0.3.75";
	public final Map<String, List<String>> files = new ConcurrentHashMap<>(Map.of("unet_name",
		List.of("flux.safetensors", "qwen_image_layered_bf16.safetensors", "qwen_image_edit_2511_bf16.safetensors"),
		"clip_name", List.of("clip_l.safetensors", "qwen_2.5_vl_7b_fp8_scaled.safetensors"), "vae_name",
		List.of("ae.safetensors", "qwen_image_layered_vae.safetensors", "qwen_image_vae.safetensors")));
	/** Nodes that are not installed. */
	public final Set<String> missing = ConcurrentHashMap.newKeySet();
	/** Whether lists of files have the newer form. */
	public boolean newLists = true;
	/** Whether jobs are cancelled at {@code /api/jobs}. */
	public boolean newCancel = true;
	/** Whether clients may choose the id of a job. */
	public boolean takesIds = true;
	/** Whether there is a websocket. */
	public volatile boolean sockets = true;
	/** A message in the place of a result: exception type and text. */
	public volatile String[] error = {};
	/** Bytes of graphics memory and of memory. */
	public long vram = 85_000_000_000L, ram = 128_000_000_000L;
	/** What becomes of the pictures on their way, the whole one included. */
	public UnaryOperator<List<byte[]>> twist = l -> l;
	/** Lets jobs end, one each; open from the beginning. */
	public Semaphore gate = new Semaphore(1_000_000);

	/** The last graph. */
	public volatile JsonObject graph = new JsonObject();
	public final List<String> interrupted = new CopyOnWriteArrayList<>();
	public final CountDownLatch begun = new CountDownLatch(1);
	/** Jobs that wait, and the one that runs; ids. */
	public final List<String> pending = Collections.synchronizedList(new ArrayList<>());
	public final List<String> running = Collections.synchronizedList(new ArrayList<>());

	private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
	private final Map<String, JsonObject> history = new ConcurrentHashMap<>();
	private final Sockets socket = new Sockets();
	private final ServerSocket front;
	private final List<Socket> open = new CopyOnWriteArrayList<>();

	public FakeComfyUi() throws IOException, InterruptedException {
		socket.setDaemon(true);
		socket.setReuseAddr(true);
		socket.start();
		if (!socket.ready.await(10, TimeUnit.SECONDS)) throw new IOException("no websocket");
		front = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		daemon(this::accept);
	}

	@Override
	public int port() {
		return front.getLocalPort();
	}

	// -- One port for both --

	private static void daemon(final Runnable work) {
		final Thread thread = new Thread(work, "ComfyUI in a test");
		thread.setDaemon(true);
		thread.start();
	}

	private void accept() {
		try {
			while (true) {
				final Socket client = front.accept();
				open.add(client);
				daemon(() -> relay(client));
			}
		}
		catch (final IOException e) {
			// Closed.
		}
	}

	private void relay(final Socket client) {
		try {
			final InputStream in = client.getInputStream();
			final byte[] first = in.readNBytes(7);
			final boolean web = new String(first).startsWith("GET /ws");
			if (web && !sockets) {
				client.close();
				return;
			}
			final Socket server =
				new Socket(InetAddress.getLoopbackAddress(), web ? socket.getPort() : http.getAddress().getPort());
			open.add(server);
			server.getOutputStream().write(first);
			daemon(() -> copy(server, client));
			copy(client, server);
		}
		catch (final IOException e) {
			// Cut.
		}
	}

	private static void copy(final Socket from, final Socket to) {
		try (from; to) {
			from.getInputStream().transferTo(to.getOutputStream());
		}
		catch (final IOException e) {
			// Cut.
		}
	}

	/** Cuts all connections. */
	public void cut() {
		for (final Socket s : open) {
			try {
				s.close();
			}
			catch (final IOException e) {
				// It is closed already.
			}
		}
		open.clear();
	}

	/** The {@code Authorization} of everybody who came to listen. */
	public List<String> listeningAs() {
		return socket.authorizations;
	}

	private static final class Sockets extends WebSocketServer {

		private final List<String> authorizations = new CopyOnWriteArrayList<>();

		private final CountDownLatch ready = new CountDownLatch(1);

		Sockets() {
			super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
		}

		@Override
		public void onOpen(final WebSocket client, final ClientHandshake handshake) {
			authorizations.add(handshake.getFieldValue("Authorization"));
			client.setAttachment(handshake.getResourceDescriptor().replaceFirst(".*clientId=", ""));
			client.send(
				"{\"type\":\"status\",\"data\":{\"status\":{\"exec_info\":{\"queue_remaining\":3}},\"sid\":\"x\"}}");
		}

		@Override
		public void onClose(final WebSocket client, final int code, final String reason, final boolean remote) {}

		@Override
		public void onMessage(final WebSocket client, final String message) {}

		@Override
		public void onError(final WebSocket client, final Exception e) {}

		@Override
		public void onStart() {
			ready.countDown();
		}
	}

	/** How many listen. */
	public int listeners() {
		return socket.getConnections().size();
	}

	private void tell(final String client, final String type, final String data) {
		for (final WebSocket w : socket.getConnections()) {
			if (!client.equals(w.getAttachment()) || !w.isOpen()) continue;
			try {
				w.send(ByteBuffer.wrap(new byte[2000]));
				w.send("{\"type\":\"" + type + "\",\"data\":" + data + "}");
			}
			catch (final WebsocketNotConnectedException e) {
				// Cut between the look and the word; the listener is gone, and the job goes on.
			}
		}
	}

	/** Sends any text to all. */
	public void tellAll(final String text) {
		for (final WebSocket w : socket.getConnections()) if (w.isOpen()) w.send(text);
	}

	// -- HTTP --

	private static final Set<String> NODES = Set.of("UNETLoader", "CLIPLoader", "VAELoader", "LoadImage", "VAEEncode",
		"CLIPTextEncode", "ReferenceLatent", "EmptyQwenImageLayeredLatentImage", "ModelSamplingAuraFlow", "KSampler",
		"LatentCutToBatch", "VAEDecode", "PreviewImage", "UnetLoaderGGUF", "TextEncodeQwenImageEdit",
		"TextEncodeQwenImageEditPlus", "CFGNorm", "LoadImageMask", "SetLatentNoiseMask");

	private boolean knows(final String node) {
		return NODES.contains(node) && !missing.contains(node);
	}

	@Override
	protected void answer(final HttpExchange x, final String path, final byte[] body) throws IOException {
		if (path.startsWith("/object_info/")) json(x, 200, node(path.substring(13)));
		else if (path.equals("/system_stats")) json(x, 200,
			"{\"system\":{\"os\":\"posix\",\"ram_total\":" + ram + ",\"ram_free\":" + ram / 2
				+ ",\"comfyui_version\":\"" + version
				+ "\"},\"devices\":[{\"name\":\"cuda:0 NVIDIA H100\",\"type\":\"cuda\",\"index\":0,\"vram_total\":"
				+ vram + ",\"vram_free\":" + vram / 10 * 9 + "}]}");
		else if (path.equals("/upload/image")) upload(x, body);
		else if (path.equals("/prompt")) prompt(x, parse(body).getAsJsonObject());
		else if (path.startsWith("/history/")) {
			final JsonObject all = new JsonObject();
			final String id = path.substring(9);
			if (history.containsKey(id)) all.add(id, history.get(id));
			json(x, 200, all.toString());
		}
		else if (path.equals("/queue") && x.getRequestMethod().equals("GET"))
			json(x, 200, "{\"queue_running\":" + list(running) + ",\"queue_pending\":" + list(pending) + "}");
		else if (path.equals("/queue")) {
			for (final JsonElement id : parse(body).getAsJsonObject().getAsJsonArray("delete"))
				pending.remove(id.getAsString());
			bytes(x, 200, "text/plain", new byte[0]);
		}
		else if (path.equals("/interrupt")) {
			interrupted.add(parse(body).getAsJsonObject().get("prompt_id").getAsString());
			running.clear();
			bytes(x, 200, "text/plain", new byte[0]);
		}
		else if (newCancel && path.matches("/api/jobs/[^/]+/cancel")) {
			final String id = path.split("/")[3];
			json(x, 200, "{\"cancelled\":" + (pending.remove(id) | running.remove(id)) + "}");
		}
		else if (path.equals("/view")) {
			final byte[] file = stored.get(query(x, "type") + "/" + query(x, "subfolder") + "/" + query(x, "filename"));
			if (file == null) bytes(x, 404, "text/plain", new byte[0]);
			else bytes(x, 200, "image/png", file);
		}
		else bytes(x, 404, "text/html", "<html>404: Not Found</html>".getBytes());
	}

	private static String query(final HttpExchange x, final String key) {
		for (final String part : x.getRequestURI().getQuery().split("&"))
			if (part.startsWith(key + "=")) return part.substring(key.length() + 1);
		return "";
	}

	private static String list(final List<String> ids) {
		final JsonArray all = new JsonArray();
		synchronized (ids) {
			for (final String id : ids) {
				final JsonArray job = new JsonArray();
				job.add(7);
				job.add(id);
				job.add(new JsonObject());
				all.add(job);
			}
		}
		return all.toString();
	}

	private String node(final String name) {
		if (!knows(name)) return "{}";
		final Map<String, String> lists = Map.of("UNETLoader", "unet_name", "CLIPLoader", "clip_name", "VAELoader",
			"vae_name", "UnetLoaderGGUF", "unet_name");
		final String key = lists.getOrDefault(name, "");
		final JsonArray names = new JsonArray();
		final boolean gguf = name.equals("UnetLoaderGGUF");
		files.getOrDefault(gguf ? "gguf" : key, List.of()).forEach(names::add);
		final String combo = newLists ? "[\"COMBO\",{\"options\":" + names + "}]" : "[" + names + ",{}]";
		return "{\"" + name + "\":{\"input\":{\"required\":{" + (key.isEmpty() ? "" : "\"" + key + "\":" + combo)
			+ "}},\"name\":\"" + name + "\"}}";
	}

	private void upload(final HttpExchange x, final byte[] body) throws IOException {
		final Map<String, byte[]> form = form(x, body);
		final String name = new String(body, 0, 400, java.nio.charset.StandardCharsets.ISO_8859_1)
			.replaceFirst("(?s).*?filename=\"([^\"]*)\".*", "$1");
		// As if another file of that name were there already.
		final String kept = name.replace(".png", " (1).png");
		stored.put(text(form.get("type")) + "//" + kept, form.get("image"));
		json(x, 200, "{\"name\":\"" + kept + "\",\"subfolder\":\"\",\"type\":\"" + text(form.get("type")) + "\"}");
	}

	private void prompt(final HttpExchange x, final JsonObject request) throws IOException {
		final JsonObject g = request.getAsJsonObject("prompt");
		for (final Map.Entry<String, JsonElement> n : g.entrySet()) {
			final JsonObject node = n.getValue().getAsJsonObject();
			final String type = node.get("class_type").getAsString();
			if (!knows(type)) {
				json(x, 400,
					"{\"error\":{\"type\":\"missing_node_type\",\"message\":\"Node '" + type
						+ "' not found. The custom node may not be installed.\",\"details\":\"Node ID '#" + n.getKey()
						+ "'\",\"extra_info\":{}},\"node_errors\":{}}");
				return;
			}
			for (final Map.Entry<String, JsonElement> input : node.getAsJsonObject("inputs").entrySet()) {
				final boolean bad =
					input.getValue().isJsonArray() ? !g.has(input.getValue().getAsJsonArray().get(0).getAsString())
						: input.getKey().endsWith("_name") && !input.getKey().equals("sampler_name")
							&& !files.getOrDefault(type.equals("UnetLoaderGGUF") ? "gguf" : input.getKey(), List.of())
								.contains(input.getValue().getAsString())
							|| type.startsWith("LoadImage") && input.getKey().equals("image")
								&& !stored.containsKey(image(input.getValue().getAsString()));
				if (!bad) continue;
				json(x, 400,
					"{\"error\":{\"type\":\"prompt_outputs_failed_validation\",\"message\":\"Prompt outputs failed "
						+ "validation\",\"details\":\"\",\"extra_info\":{}},\"node_errors\":{\"" + n.getKey()
						+ "\":{\"errors\":[{\"type\":\"value_not_in_list\",\"message\":\"Value not in list\",\"details\":\""
						+ input.getKey() + "\",\"extra_info\":{}}],\"dependent_outputs\":[],\"class_type\":\"" + type
						+ "\"}}}");
				return;
			}
		}
		graph = g;
		final String id = takesIds && request.has("prompt_id") ? request.get("prompt_id").getAsString()
			: java.util.UUID.randomUUID().toString();
		if (!id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
			throw new IllegalStateException("invalid_prompt_id");
		pending.add(id);
		daemon(() -> run(id, g, request.get("client_id").getAsString()));
		json(x, 200, "{\"prompt_id\":\"" + id + "\",\"number\":7,\"node_errors\":{}}");
	}

	private static String image(final String annotated) {
		return annotated.endsWith(" [temp]") ? "temp//" + annotated.replace(" [temp]", "") : "input//" + annotated;
	}

	private void run(final String id, final JsonObject g, final String client) {
		try {
			if (!pending.contains(id)) return;
			running.add(id);
			pending.remove(id);
			begun.countDown();
			final String job = "\"prompt_id\":\"" + id + "\"";
			tell(client, "execution_start", "{" + job + "}");
			tell(client, "executing", "{\"node\":\"71\"," + job + "}");
			tell(client, "progress_state",
				"{" + job + ",\"nodes\":{\"3\":{\"value\":0.0,\"max\":1.0,\"state\":\"running\"}}}");
			for (int k = 1; k <= 3; k++) {
				tell(client, "progress", "{\"value\":" + k + ",\"max\":3,\"node\":\"3\"," + job + "}");
				sleep(3);
			}
			while (!gate.tryAcquire(5, TimeUnit.MILLISECONDS)) if (!running.contains(id)) break;
			if (!running.contains(id)) {
				history.put(id, history("error", "[\"execution_interrupted\",{}]", List.of()));
				tell(client, "execution_interrupted", "{" + job + "}");
				return;
			}
			if (error.length > 0) {
				history.put(id,
					history("error", "[\"execution_error\",{\"node_type\":\"KSampler\",\"exception_type\":\"" + error[0]
						+ "\",\"exception_message\":\"" + error[1] + "\"}]", List.of()));
			}
			else history.put(id, history("success", "[\"execution_success\",{}]", result(id, g)));
			tell(client, error.length > 0 ? "execution_error" : "execution_success", "{" + job + "}");
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
		finally {
			running.remove(id);
		}
	}

	private List<String> result(final String id, final JsonObject g) {
		final RgbaImage picture = picture(stored.get(image(inputs(g, "74").get("image").getAsString())));
		if (!g.has("83")) return List.of(stored(id, 0, twist.apply(List.of(png(edited(g, picture)))).get(0)));
		final JsonObject latent = inputs(g, "83");
		if (latent.get("width").getAsInt() != picture.width() || latent.get("height").getAsInt() != picture.height()
			|| picture.width() % 16 + picture.height() % 16 != 0) throw new IllegalStateException("sizes");
		final List<byte[]> all = new ArrayList<>(List.of(png(picture)));
		TestServer.layers(picture, latent.get("layers").getAsInt()).forEach(l -> all.add(png(l)));
		final List<String> names = new ArrayList<>();
		for (final byte[] png : twist.apply(all)) names.add(stored(id, names.size(), png));
		return names;
	}

	private String stored(final String id, final int number, final byte[] png) {
		final String name = "ComfyUI_temp_" + id.substring(0, 5) + "_0000" + number + "_.png";
		stored.put("temp//" + name, png);
		return name;
	}

	/** As a model that follows its prompt, where there is noise. */
	private RgbaImage edited(final JsonObject g, final RgbaImage picture) {
		if (picture.width() % 16 + picture.height() % 16 != 0) throw new IllegalStateException("sizes");
		final String latent = inputs(g, "3").get("latent_image").getAsJsonArray().get(0).getAsString();
		if (latent.equals("71")) return TestServer.edited(picture, i -> true);
		final RgbaImage mask = picture(stored.get(image(inputs(g, "77").get("image").getAsString())));
		if (mask.width() != picture.width() || mask.height() != picture.height())
			throw new IllegalStateException("mask");
		return TestServer.edited(picture, i -> mask.plane(RgbaImage.RED)[i] != 0);
	}

	private static JsonObject inputs(final JsonObject g, final String node) {
		return g.getAsJsonObject(node).getAsJsonObject("inputs");
	}

	private static JsonObject history(final String status, final String message, final List<String> names) {
		final StringBuilder images = new StringBuilder();
		for (final String n : names)
			images.append(images.length() == 0 ? "" : ",")
				.append("{\"filename\":\"")
				.append(n)
				.append("\",\"subfolder\":\"\",\"type\":\"temp\"}");
		return parse(("{\"prompt\":[7,\"x\",{}],\"outputs\":"
			+ (names.isEmpty() ? "{}" : "{\"60\":{\"images\":[" + images + "]}}") + ",\"status\":{\"status_str\":\""
			+ status + "\",\"completed\":" + status.equals("success") + ",\"messages\":[[\"execution_start\",{}],"
			+ message + "]}}").getBytes()).getAsJsonObject();
	}

	@Override
	public void close() {
		try {
			front.close();
			cut();
			socket.stop(100);
		}
		catch (IOException | InterruptedException e) {
			throw new IllegalStateException(e);
		}
		super.close();
	}
}
