package org.layerj.fetch;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A hub on this computer, with one model, with faults on request. */
public final class FakeHub implements AutoCloseable {

	/** What is done instead of sending a part of a file. */
	@FunctionalInterface
	interface Fault {

		/** Whether it was done. */
		boolean strikes(HttpExchange exchange, byte[] file, int from, int to) throws IOException;
	}

	/** The revision that the hub calls {@code main}. */
	static final String COMMIT = "8f0ca708dfff6ba1dd5f2d85d78f8c108a040bcf";
	/** The model. */
	static final String MODEL = "Qwen/Qwen-Image-Layered";

	/** What the hub has, by path; the list that it gives was made of it by {@link #publish}. */
	public final Map<String, byte[]> files = new LinkedHashMap<>();
	/** What it has besides models, by path. */
	public final Map<String, byte[]> other = new LinkedHashMap<>();
	/** Every request, as {@code path range}. */
	final List<String> requests = Collections.synchronizedList(new ArrayList<>());
	volatile Fault fault = (e, file, from, to) -> false;
	private volatile CountDownLatch held = new CountDownLatch(0);
	volatile boolean ranges = true;
	volatile int listStatus = 200;
	/** What the list says of each file. */
	final JsonObject list = new JsonObject();

	private final HttpServer http;
	private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
		final Thread thread = new Thread(task, "fake hub");
		thread.setDaemon(true);
		return thread;
	});

	public FakeHub() throws IOException {
		http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		http.setExecutor(threads);
		http.createContext("/", this::handle);
		http.start();
	}

	public String address() {
		return "http://127.0.0.1:" + http.getAddress().getPort();
	}

	/** Lists the files as they are now. */
	public void publish() {
		list.addProperty("sha", COMMIT);
		final JsonObject card = new JsonObject();
		card.addProperty("license", "apache-2.0");
		list.add("cardData", card);
		final JsonArray siblings = new JsonArray();
		files.forEach((path, bytes) -> {
			final JsonObject o = new JsonObject();
			o.addProperty("rfilename", path);
			o.addProperty("size", bytes.length);
			o.addProperty("blobId", hash("SHA-1", ("blob " + bytes.length + "\0"), bytes));
			if (bytes.length > 1000) {
				final JsonObject lfs = new JsonObject();
				lfs.addProperty("sha256", hash("SHA-256", "", bytes));
				lfs.addProperty("size", bytes.length);
				o.add("lfs", lfs);
			}
			siblings.add(o);
		});
		list.add("siblings", siblings);
	}

	static String hash(final String algorithm, final String before, final byte[] bytes) {
		try {
			final MessageDigest digest = MessageDigest.getInstance(algorithm);
			digest.update(before.getBytes(StandardCharsets.US_ASCII));
			return HexFormat.of().formatHex(digest.digest(bytes));
		}
		catch (final NoSuchAlgorithmException e) {
			throw new IllegalStateException(e);
		}
	}

	/** From now on nothing beyond a byte of any file is sent until {@link #goOn}; who waits for it waits. */
	public void holdAt(final int bytes) {
		goOn();
		final CountDownLatch until = new CountDownLatch(1);
		held = until;
		fault = (exchange, file, from, to) -> {
			if (until.getCount() == 0 || to <= bytes) return false;
			head(exchange, file, from, to, exchange.getRequestHeaders().containsKey("Range"));
			exchange.getResponseBody().write(file, from, Math.max(0, bytes - from));
			exchange.getResponseBody().flush();
			try {
				until.await();
			}
			catch (final InterruptedException e) {
				// The hub is closed.
			}
			return true;
		};
	}

	/** Ends {@link #holdAt}. */
	public void goOn() {
		held.countDown();
	}

	private void handle(final HttpExchange exchange) throws IOException {
		try (exchange) {
			final String path = exchange.getRequestURI().getPath();
			final String range = exchange.getRequestHeaders().getFirst("Range");
			requests.add(path + " " + range);
			if (path.startsWith("/api/models/" + MODEL + "/revision/")) {
				if (listStatus == 200) send(exchange, 200, list.toString().getBytes(StandardCharsets.UTF_8));
				else exchange.sendResponseHeaders(listStatus, -1);
				return;
			}
			// As hubs do: the files lie elsewhere.
			final String resolve = "/" + MODEL + "/resolve/" + COMMIT + "/";
			if (path.startsWith(resolve)) {
				exchange.getResponseHeaders().set("Location", address() + "/store/" + path.substring(resolve.length()));
				exchange.sendResponseHeaders(302, -1);
				return;
			}
			final byte[] file = path.startsWith("/store/") ? files.get(path.substring(7)) : other.get(path);
			if (file != null && exchange.getRequestMethod().equals("HEAD")) {
				exchange.getResponseHeaders().set("Content-Length", String.valueOf(file.length));
				exchange.sendResponseHeaders(200, -1);
				return;
			}
			if (file == null) exchange.sendResponseHeaders(404, -1);
			else send(exchange, file, range);
		}
	}

	private void send(final HttpExchange exchange, final byte[] file, final String range) throws IOException {
		final boolean part = range != null && ranges;
		final String[] ends = part ? range.substring("bytes=".length()).split("-") : new String[0];
		final int from = part ? Integer.parseInt(ends[0]) : 0;
		final int to = part ? Math.min(file.length, Integer.parseInt(ends[1]) + 1) : file.length;
		if (fault.strikes(exchange, file, from, to)) return;
		if (from >= file.length) {
			exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.length);
			exchange.sendResponseHeaders(416, -1);
			return;
		}
		head(exchange, file, from, to, part);
		exchange.getResponseBody().write(file, from, to - from);
	}

	/** The head of an answer with a part, or all, of a file. */
	static void head(final HttpExchange exchange, final byte[] file, final int from, final int to, final boolean part)
		throws IOException
	{
		if (part)
			exchange.getResponseHeaders().set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.length);
		exchange.sendResponseHeaders(part ? 206 : 200, to - from);
	}

	private static void send(final HttpExchange exchange, final int status, final byte[] bytes) throws IOException {
		exchange.sendResponseHeaders(status, bytes.length);
		exchange.getResponseBody().write(bytes);
	}

	@Override
	public void close() {
		http.stop(0);
		threads.shutdownNow();
	}
}
