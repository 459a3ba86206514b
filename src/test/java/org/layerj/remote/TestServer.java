package org.layerj.remote;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.layerj.layers.RgbaImage;

/** An HTTP server on this computer with faults on request. */
public abstract class TestServer implements AutoCloseable {

	/** Does something else than the server would. */
	@FunctionalInterface
	public interface Fault {

		/** Whether the server should answer all the same. */
		boolean strikes(HttpExchange exchange) throws IOException;
	}

	/** Every request, as {@code METHOD /path}. */
	public final List<String> requests = Collections.synchronizedList(new ArrayList<>());
	/** The {@code Authorization} of every request. */
	public final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
	/** By the beginning of a path. */
	public final Map<String, Fault> faults = new ConcurrentHashMap<>();

	protected final HttpServer http;
	private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
		final Thread thread = new Thread(task, "test server");
		thread.setDaemon(true);
		return thread;
	});

	protected TestServer() throws IOException {
		http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		http.setExecutor(threads);
		http.createContext("/", this::handle);
		http.start();
	}

	/** The port that clients use. */
	public int port() {
		return http.getAddress().getPort();
	}

	/** An address with short times. */
	public String address() {
		return "http://127.0.0.1:" + port() + "?poll=0.01&connect=20&answer=30&timeout=60";
	}

	private void handle(final HttpExchange exchange) throws IOException {
		final String path = exchange.getRequestURI().getPath();
		requests.add(exchange.getRequestMethod() + " " + path);
		authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
		// A connection for each question: in a websocket's front it is seen by its beginning what it is for.
		exchange.getResponseHeaders().set("Connection", "close");
		try (exchange) {
			for (final Map.Entry<String, Fault> f : faults.entrySet())
				if (path.startsWith(f.getKey()) && f.getValue().strikes(exchange)) return;
			answer(exchange, path, exchange.getRequestBody().readAllBytes());
		}
		catch (final RuntimeException e) {
			e.printStackTrace();
			throw e;
		}
	}

	/** What the server does. */
	protected abstract void answer(HttpExchange exchange, String path, byte[] body) throws IOException;

	/** Sends text as JSON. */
	public static void json(final HttpExchange exchange, final int status, final String text) throws IOException {
		bytes(exchange, status, "application/json", text.getBytes(StandardCharsets.UTF_8));
	}

	/** Sends bytes. */
	public static void bytes(final HttpExchange exchange, final int status, final String type, final byte[] bytes)
		throws IOException
	{
		exchange.getResponseHeaders().set("Content-Type", type);
		exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
		if (bytes.length > 0) exchange.getResponseBody().write(bytes);
	}

	/** Answers with that, always. */
	public static Fault says(final int status, final String text) {
		return exchange -> {
			exchange.getRequestBody().readAllBytes();
			json(exchange, status, text);
			return true;
		};
	}

	/** Strikes so often, then no more. */
	public static Fault times(final int times, final Fault fault) {
		final int[] left = { times };
		return exchange -> left[0]-- > 0 && fault.strikes(exchange);
	}

	/** Breaks off in the middle of an answer. */
	public static Fault truncated() {
		return exchange -> {
			exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(200, 100_000);
			exchange.getResponseBody().write(new byte[1000]);
			exchange.getResponseBody().flush();
			return true;
		};
	}

	/** Says nothing for a long time. */
	public static Fault silent() {
		return exchange -> {
			sleep(60_000);
			return false;
		};
	}

	/** Sends bytes without end. */
	public static Fault endless() {
		return exchange -> {
			exchange.sendResponseHeaders(200, 0);
			final byte[] some = new byte[1 << 16];
			for (int k = 0; k < 100_000; k++) exchange.getResponseBody().write(some);
			return true;
		};
	}

	/** Sends a byte now and then, without end. */
	public static Fault drip() {
		return exchange -> {
			exchange.sendResponseHeaders(200, 0);
			for (int k = 0; k < 500; k++) {
				exchange.getResponseBody().write(' ');
				exchange.getResponseBody().flush();
				sleep(20);
			}
			return true;
		};
	}

	static void sleep(final long ms) {
		try {
			Thread.sleep(ms);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
		}
	}

	static JsonElement parse(final byte[] body) {
		return JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
	}

	/** The parts of a form by their names. */
	static Map<String, byte[]> form(final HttpExchange exchange, final byte[] body) {
		final String boundary =
			"--" + exchange.getRequestHeaders().getFirst("Content-Type").replaceFirst(".*boundary=", "");
		final String text = new String(body, StandardCharsets.ISO_8859_1);
		final Map<String, byte[]> parts = new LinkedHashMap<>();
		for (final String part : text.split(Pattern.quote(boundary))) {
			final int head = part.indexOf("\r\n\r\n");
			if (head < 0) continue;
			final String name = part.substring(0, head).replaceFirst("(?s).*?name=\"([^\"]*)\".*", "$1");
			parts.put(name, part.substring(head + 4, part.length() - 2).getBytes(StandardCharsets.ISO_8859_1));
		}
		return parts;
	}

	static String text(final byte[] utf8) {
		return new String(utf8, StandardCharsets.UTF_8);
	}

	static RgbaImage picture(final byte[] png) {
		try {
			final BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
			return RgbaImage.ofArgb(image.getWidth(), image.getHeight(),
				image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()));
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	/** A PNG with alpha. */
	public static byte[] png(final RgbaImage picture) {
		final BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_ARGB);
		image.setRGB(0, 0, picture.width(), picture.height(), picture.argb(), 0, picture.width());
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try {
			ImageIO.write(image, "png", out);
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
		return out.toByteArray();
	}

	/** A small PNG that says it is enormous. */
	public static byte[] pngBomb(final int width, final int height) {
		final byte[] png = png(RgbaImage.blank(4, 4));
		final ByteBuffer b = ByteBuffer.wrap(png);
		b.putInt(16, width).putInt(20, height);
		final CRC32 crc = new CRC32();
		crc.update(png, 12, 17);
		b.putInt(29, (int) crc.getValue());
		return png;
	}

	/**
	 * What a model might make of a picture: its left colour everywhere, and the picture in stripes over it, one layer
	 * each.
	 */
	public static List<RgbaImage> layers(final RgbaImage picture, final int layers) {
		final List<RgbaImage> out = new ArrayList<>();
		final int n = picture.width() * picture.height();
		for (int k = 0; k < layers; k++) {
			final int[] argb = new int[n];
			for (int i = 0; i < n; i++) {
				final int stripe = 1 + i % picture.width() * (layers - 1) / picture.width();
				argb[i] =
					k == 0 ? layers == 1 ? picture.argb(i % picture.width(), i / picture.width()) : picture.argb(0, 0)
						: stripe == k ? picture.argb(i % picture.width(), i / picture.width()) : 0;
			}
			out.add(RgbaImage.ofArgb(picture.width(), picture.height(), argb));
		}
		return out;
	}

	/**
	 * What a model might make of a picture that is to be made blue: red and blue change places in some pixels, those
	 * that are white, grey or black stay so.
	 */
	public static RgbaImage edited(final RgbaImage picture, final IntPredicate where) {
		final RgbaImage out = picture.copy();
		for (int i = 0; i < picture.width() * picture.height(); i++) {
			if (!where.test(i)) continue;
			out.plane(RgbaImage.RED)[i] = picture.plane(RgbaImage.BLUE)[i];
			out.plane(RgbaImage.BLUE)[i] = picture.plane(RgbaImage.RED)[i];
		}
		return out;
	}

	@Override
	public void close() {
		http.stop(0);
		threads.shutdownNow();
	}
}
