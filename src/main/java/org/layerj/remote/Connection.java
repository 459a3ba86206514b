package org.layerj.remote;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.layerj.checkpoint.Json;
import org.layerj.common.Progress;
import org.layerj.remote.ServerException.Kind;

/**
 * Questions to one server and bounded answers: so many bytes at most, so much time at most, stopped within a moment if
 * that is wanted. Follows no redirection, since neither the picture nor the credentials are for anybody else.
 */
final class Connection {

	/** Answers that are a few words. */
	static final long SHORT = 2L << 20;

	private static final Duration BRIEF = Duration.ofSeconds(5);
	private static final long TICK_MS = 20;
	private static final int TRIES = 3;
	/** Length of a server's own text in a message. */
	private static final int LONGEST_TEXT = 200;

	private final ServerAddress address;
	private final Optional<Credentials> credentials;
	private final HttpClient client;

	Connection(final ServerAddress address, final Optional<Credentials> credentials) {
		this.address = address;
		this.credentials = credentials;
		final ExecutorService threads = Executors.newCachedThreadPool(task -> {
			final Thread thread = new Thread(task, "Decompose Layers connection");
			thread.setDaemon(true);
			return thread;
		});
		// Version 1.1: asking for an upgrade to 2 in the clear confuses some servers.
		client = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(address.connect())
			.executor(threads)
			.build();
	}

	/**
	 * An answer.
	 *
	 * @param status HTTP's
	 * @param seconds after which to come back, if the server said so
	 */
	record Answer(int status, byte[] body, Optional<Integer> seconds) {

		boolean ok() {
			return status / 100 == 2;
		}

		/** The server has too much to do, and has not begun with this. */
		boolean busy() {
			return status == 429 || status == 503;
		}

		/** Whoever stands before the server has not reached it. */
		boolean gateway() {
			return status == 502 || status == 504;
		}
	}

	ServerAddress address() {
		return address;
	}

	HttpClient client() {
		return client;
	}

	Optional<String> authorization() {
		return credentials.map(Credentials::header);
	}

	/** Asks for something; asks again a few times where the connection is to blame, since that is harmless. */
	Answer get(final String path, final long limit, final Progress progress) {
		return repeated(() -> once(request(path).GET(), limit, address.answer(), progress), true, progress);
	}

	/** Sends something that does no harm if it arrives twice. */
	Answer postAgain(final String path, final String type, final byte[] body, final Progress progress) {
		return repeated(
			() -> once(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
				SHORT, address.answer(), progress),
			true, progress);
	}

	/** Sends something that must arrive once: asks again only if the server has not begun with it. */
	Answer post(final String path, final String type, final byte[] body, final long limit, final Duration patience,
		final Progress progress)
	{
		return repeated(
			() -> once(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
				limit, patience, progress),
			false, progress);
	}

	/** Sends something short, once, and waits for a short while only. */
	Answer postOnce(final String path, final String type, final byte[] body) {
		final Duration patience = address.answer().compareTo(BRIEF) < 0 ? address.answer() : BRIEF;
		return once(request(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body)),
			SHORT, patience, Progress.none());
	}

	private HttpRequest.Builder request(final String path) {
		final HttpRequest.Builder request = HttpRequest.newBuilder(address.at(path));
		credentials.ifPresent(c -> request.header("Authorization", c.header()));
		return request;
	}

	private interface Question {

		Answer ask();
	}

	private Answer repeated(final Question question, final boolean harmless, final Progress progress) {
		for (int k = 1;; k++) {
			Duration pause = address.poll().multipliedBy(1L << k - 1);
			try {
				final Answer answer = question.ask();
				if (k == TRIES || !answer.busy() && !(harmless && answer.gateway())) return denied(answer);
				if (answer.seconds().isPresent())
					pause = Duration.ofSeconds(Math.min(answer.seconds().get(), address.answer().toSeconds()));
			}
			catch (final ServerException e) {
				if (k == TRIES || !(e.unheard() || harmless && e.passing())) throw e;
			}
			pause(pause, progress);
		}
	}

	/** Waits a while, unless somebody stops it. */
	static void pause(final Duration time, final Progress progress) {
		final long end = System.nanoTime() + time.toNanos();
		while (true) {
			progress.check();
			final long left = (end - System.nanoTime()) / 1_000_000;
			if (left <= 0) return;
			try {
				Thread.sleep(Math.min(left, TICK_MS));
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new ServerException("Waiting for the server was interrupted.");
			}
		}
	}

	private Answer denied(final Answer answer) {
		if (answer.status() == 401 || answer.status() == 403) throw new ServerException("The server " + address.origin()
			+ (credentials.isPresent()
				? " does not accept the credentials; correct them in " + Credentials.VARIABLE + " or the file that "
					+ Credentials.FILE_VARIABLE + " names."
				: " wants credentials; give a token or a password in " + Credentials.VARIABLE + " (docs/REMOTE.md)."));
		if (answer.status() / 100 == 3)
			throw new ServerException("The server " + address.origin() + " redirects to another address;"
				+ " pictures are sent only to the address that you give, so give that one if it is right.");
		return answer;
	}

	private Answer once(final HttpRequest.Builder request, final long limit, final Duration patience,
		final Progress progress)
	{
		progress.check();
		final CompletableFuture<HttpResponse<byte[]>> future = client.sendAsync(request.build(), info -> {
			final long said = info.headers().firstValueAsLong("Content-Length").orElse(0);
			return new Limited(limit, said > limit);
		});
		final long end = System.nanoTime() + patience.toNanos();
		try {
			while (true) {
				progress.check();
				if (System.nanoTime() > end) throw new ServerException(Kind.SILENT,
					"The server " + address.origin() + " has not answered within " + seconds(patience)
						+ "; check what it is doing, or set a longer wait (docs/REMOTE.md says how).",
					null);
				try {
					final HttpResponse<byte[]> r = future.get(TICK_MS, TimeUnit.MILLISECONDS);
					final Optional<Integer> after = r.headers()
						.firstValue("Retry-After")
						.filter(t -> t.matches("[0-9]{1,4}"))
						.map(Integer::valueOf);
					return new Answer(r.statusCode(), r.body(), after);
				}
				catch (final TimeoutException e) {
					// Not yet.
				}
			}
		}
		catch (final ExecutionException e) {
			throw failure(e.getCause());
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw new ServerException("Waiting for the server was interrupted.");
		}
		finally {
			// Closes the connection if the answer is not complete.
			future.cancel(true);
		}
	}

	static String seconds(final Duration d) {
		return d.toMillis() % 1000 == 0 ? d.toSeconds() + " s" : d.toMillis() / 1000.0 + " s";
	}

	private ServerException failure(final Throwable thrown) {
		final String who = "The server " + address.origin();
		for (Throwable t = thrown; t != null; t = t.getCause()) {
			if (t instanceof TooLong) return new ServerException(
				who + " sent an answer that is too long for a server of its kind; check the address.");
			if (t instanceof UnresolvedAddressException) return new ServerException(Kind.UNREACHABLE,
				"No host " + address.base().getHost() + " was found in the network; check the address.", thrown);
			if (t instanceof HttpConnectTimeoutException)
				return new ServerException(Kind.UNREACHABLE, who + " cannot be reached within "
					+ seconds(address.connect()) + "; check the address, the network and the tunnel.", thrown);
			if (t instanceof ProtocolException)
				return new ServerException(who + " does not answer in valid HTTP; check the address and its port.");
			if (t instanceof SSLException)
				return new ServerException(who + " has no certificate that this Java trusts, or does not speak https ("
					+ shown(String.valueOf(t.getMessage())) + "); correct the address or the certificate.");
		}
		if (thrown instanceof ConnectException) return new ServerException(Kind.UNREACHABLE,
			who + " cannot be reached: no server is listening there; start it, or check the address and the tunnel.",
			thrown);
		if (thrown instanceof HttpTimeoutException)
			return new ServerException(Kind.SILENT, who + " has not answered in time.", thrown);
		if (thrown instanceof IOException) return new ServerException(Kind.DROPPED,
			who + " broke off the connection in the middle of an answer; try again.", thrown);
		return new ServerException(Kind.FINAL, who + " could not be asked (" + shown(String.valueOf(thrown)) + ").",
			thrown);
	}

	// -- What answers say --

	/** The answer as an object. */
	JsonObject object(final Answer answer, final String what) {
		try {
			final JsonElement all = Json.read(answer.body());
			if (all.isJsonObject()) return all.getAsJsonObject();
		}
		catch (IOException | IllegalStateException | NumberFormatException e) {
			// Said below.
		}
		throw new ServerException("The server " + address.origin() + " answered something else than " + what
			+ "; check the address and the server's version.");
	}

	/** What is in the way of a request, for a message: the server's own words, if it has any. */
	ServerException rejection(final Answer answer, final String what) {
		if (answer.busy()) return new ServerException("The server " + address.origin() + " is busy (HTTP "
			+ answer.status() + "); nothing was begun, try again later.");
		return new ServerException("The server " + address.origin() + " could not " + what + " (HTTP " + answer.status()
			+ "): " + words(answer) + ".");
	}

	/** A server's own words. */
	String words(final Answer answer) {
		String text;
		try {
			final JsonElement all = Json.read(answer.body());
			text = words(all).orElse("it does not say why");
		}
		catch (IOException | IllegalStateException | NumberFormatException e) {
			text = new String(answer.body(), 0, Math.min(answer.body().length, 2000), StandardCharsets.UTF_8);
			// A page of a proxy.
			if (text.stripLeading().startsWith("<") || text.isBlank()) text = "it does not say why";
		}
		return shown(text);
	}

	/** FastAPI says {@code detail}, OpenAI {@code error.message}. */
	private static Optional<String> words(final JsonElement e) {
		if (e.isJsonPrimitive()) return Optional.of(e.getAsString());
		if (e.isJsonArray() && !e.getAsJsonArray().isEmpty()) return words(e.getAsJsonArray().get(0));
		if (!e.isJsonObject()) return Optional.empty();
		for (final String key : List.of("detail", "error", "message", "msg")) {
			if (e.getAsJsonObject().has(key)) return words(e.getAsJsonObject().get(key));
		}
		return Optional.empty();
	}

	/** Somebody else's text, fit for a message: one line, not long, and not with our secrets. */
	String shown(final String text) {
		String out = text;
		for (final String secret : credentials.map(Credentials::secrets).orElse(List.of()))
			out = out.replace(secret, "…");
		return Json.show(out.replaceAll("\\s+", " ").strip(), LONGEST_TEXT).replaceAll("[.\\s]+$", "");
	}

	/** Whether words tell of too little graphics memory. */
	static boolean outOfMemory(final String words) {
		return words.toLowerCase(Locale.ROOT)
			.matches("(?s).*(out of memory|outofmemory|out_of_memory|allocation on device|cuda oom).*");
	}

	private static final class TooLong extends IOException {

		private static final long serialVersionUID = 1L;
	}

	/** Collects an answer as long as it is not too long. */
	private static final class Limited implements HttpResponse.BodySubscriber<byte[]> {

		private final long limit;
		private final boolean rejected;
		private final CompletableFuture<byte[]> result = new CompletableFuture<>();
		private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		private Flow.Subscription subscription;

		Limited(final long limit, final boolean rejected) {
			this.limit = limit;
			this.rejected = rejected;
		}

		@Override
		public CompletionStage<byte[]> getBody() {
			return result;
		}

		@Override
		public void onSubscribe(final Flow.Subscription s) {
			subscription = s;
			if (rejected) stop();
			else s.request(Long.MAX_VALUE);
		}

		@Override
		public void onNext(final List<ByteBuffer> parts) {
			for (final ByteBuffer part : parts) {
				if (bytes.size() + (long) part.remaining() > limit) {
					stop();
					return;
				}
				final byte[] some = new byte[part.remaining()];
				part.get(some);
				bytes.write(some, 0, some.length);
			}
		}

		private void stop() {
			subscription.cancel();
			result.completeExceptionally(new TooLong());
		}

		@Override
		public void onError(final Throwable t) {
			result.completeExceptionally(t);
		}

		@Override
		public void onComplete() {
			result.complete(bytes.toByteArray());
		}
	}
}
