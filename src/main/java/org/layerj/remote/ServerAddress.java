package org.layerj.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where a server is and how to speak with it, as a user writes it: {@code http://host:8188}, {@code
 * https://lab.org/comfy?timeout=600#weights}.
 * <p>
 * Behind {@code ?} stand seconds: {@code connect} (until a connection is there, 10), {@code answer} (until a short
 * question is answered, and for how long a lost connection is looked for, 60), {@code timeout} (until a whole run is
 * given up, 3600), {@code poll} (between two questions about a run, 1). Behind {@code #} stand names of weights or
 * models, separated by commas, where the server has several. Neither is sent.
 *
 * @param base scheme, host, port and path, without a slash at the end
 * @param names of the weights to use; empty where there is only one choice
 */
public record ServerAddress(URI base, List<String> names, Duration connect, Duration answer, Duration timeout,
	Duration poll)
{

	private static final String FORM = "it is written http://host:port or https://host:port";

	public ServerAddress {
		names = List.copyOf(names);
	}

	/** Whether somebody who writes this for a model means a server. */
	public static boolean is(final String text) {
		final String lower = text.strip().toLowerCase(Locale.ROOT);
		return lower.startsWith("http:") || lower.startsWith("https:");
	}

	/**
	 * Reads an address.
	 *
	 * @throws IllegalArgumentException with a message for the user; one that holds a password is rejected and not
	 * repeated in the message
	 */
	public static ServerAddress of(final String text) {
		final URI uri;
		try {
			uri = new URI(text.strip());
		}
		catch (final URISyntaxException e) {
			// Not with its text: a password may be in it.
			throw new IllegalArgumentException("The address of the server is not valid; " + FORM + ".", e);
		}
		final String authority = uri.getRawAuthority();
		if (authority != null && authority.contains("@")) throw new IllegalArgumentException(
			"The address of the server must not hold a user name or a password, since macros and records would show them; "
				+ "leave them out and give them in " + Credentials.VARIABLE + " or " + Credentials.FILE_VARIABLE
				+ " (docs/REMOTE.md).");
		if (uri.isOpaque() || uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535)
			throw new IllegalArgumentException("The address of the server names no host; " + FORM + ".");
		ServerAddress address = new ServerAddress(base(uri),
			uri.getFragment() == null ? List.of()
				: Arrays.stream(uri.getFragment().split(",")).map(String::strip).filter(n -> !n.isEmpty()).toList(),
			Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofHours(1), Duration.ofSeconds(1));
		if (uri.getRawQuery() != null)
			for (final String part : uri.getRawQuery().split("&")) address = address.with(part);
		return address;
	}

	private static URI base(final URI uri) {
		final String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
		final String host = uri.getHost().toLowerCase(Locale.ROOT) + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
		return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + host + path);
	}

	private ServerAddress with(final String part) {
		final int equals = part.indexOf('=');
		final String key = equals < 0 ? part : part.substring(0, equals);
		return switch (key) {
			case "connect" -> new ServerAddress(base, names, seconds(key, part), answer, timeout, poll);
			case "answer" -> new ServerAddress(base, names, connect, seconds(key, part), timeout, poll);
			case "timeout" -> new ServerAddress(base, names, connect, answer, seconds(key, part), poll);
			case "poll" -> new ServerAddress(base, names, connect, answer, timeout, seconds(key, part));
			// Others are not repeated: keys of services are written like that.
			default -> throw new IllegalArgumentException(
				"Behind the ? of a server's address stand connect, answer, timeout or poll and a number of seconds, as in "
					+ "?timeout=600, and nothing else; keys and passwords are given in " + Credentials.VARIABLE + ".");
		};
	}

	private static Duration seconds(final String key, final String part) {
		final String text =
			URLDecoder.decode(part.substring(Math.min(part.length(), key.length() + 1)), StandardCharsets.UTF_8);
		if (text.matches("[0-9]{1,6}(\\.[0-9]{1,3})?") && Double.parseDouble(text) > 0)
			return Duration.ofMillis(Math.round(1000 * Double.parseDouble(text)));
		throw new IllegalArgumentException(
			"The seconds of " + key + " in the server's address must be a number above 0, such as " + key + "=60.");
	}

	/** Scheme, host and port: who gets the picture, and the credentials. */
	public String origin() {
		return base.getScheme() + "://" + base.getRawAuthority();
	}

	/** Whether what is sent stays on this computer, or in a tunnel that begins on it. */
	public boolean isLocal() {
		final String host = base.getHost();
		return host.equals("localhost") || host.matches("127(\\.[0-9]{1,3}){3}") || host.equals("[::1]");
	}

	/** What is asked for, below the base. */
	URI at(final String path) {
		return URI.create(base + path);
	}

	/** The address as people say it, with the names that were chosen and without times. */
	@Override
	public String toString() {
		return base + (names.isEmpty() ? "" : "#" + String.join(",", names));
	}
}
