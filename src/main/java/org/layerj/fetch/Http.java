package org.layerj.fetch;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;

/** What requests of this package have in common. */
final class Http {

	private static final Duration CONNECT = Duration.ofSeconds(30);

	private Http() {}

	/**
	 * Follows redirections, since hubs keep large files elsewhere, but not from https to http. Carries no credentials.
	 */
	static HttpClient client() {
		final ExecutorService threads = Executors.newCachedThreadPool(task -> {
			final Thread thread = new Thread(task, "Decompose Layers download");
			thread.setDaemon(true);
			return thread;
		});
		return HttpClient.newBuilder()
			// One connection for each request, so that several are faster than one.
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NORMAL)
			.connectTimeout(CONNECT)
			.executor(threads)
			.build();
	}

	/** Why an answer will not be another one if asked again; empty if it may. */
	static Optional<String> rejection(final int status, final URI address) {
		if (status == 429 || status == 408 || status >= 500) return Optional.empty();
		final String what = "The server " + address.getHost() + " ";
		return Optional.of(switch (status) {
			case 401, 403 -> what + "does not give out " + address.getPath() + " (" + status
				+ "); it may want an account or its licence accepted there: download it with a browser, or use another hub.";
			case 404, 410 ->
				what + "has no " + address.getPath() + " (" + status + "); check the name, or use another hub.";
			case 301, 302, 303, 307, 308 -> what + "redirects " + address.getPath()
				+ " to an address that is not followed (" + status + "); use another hub.";
			default -> what + "does not send " + address.getPath() + " (" + status + "); use another hub.";
		});
	}

	/** How long the server asks to be left alone. */
	static Duration retryAfter(final HttpHeaders headers) {
		return headers.firstValue("Retry-After")
			.filter(s -> s.strip().matches("[0-9]{1,6}"))
			.map(s -> Duration.ofSeconds(Long.parseLong(s.strip())))
			.orElse(Duration.ZERO);
	}

	/** What went wrong with a connection, as part of a sentence. */
	static String reason(final Throwable thrown) {
		for (Throwable t = thrown; t != null; t = t.getCause()) {
			if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException)
				return "there is no such address, or no network";
			if (t instanceof SSLException) return "the encrypted connection failed (" + Hub.shown(t.getMessage()) + ")";
		}
		if (thrown instanceof ConnectException) return "the server cannot be reached";
		return thrown.getMessage() == null ? "the connection broke" : Hub.shown(thrown.getMessage());
	}
}
