package org.layerj.fetch;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.layerj.checkpoint.Json;

/**
 * A place where models are published, that answers as Hugging Face does; mirrors of it do so, too.
 */
public final class Hub {

	/** Where models are looked for unless somebody names another place. */
	public static final String USUAL = "https://huggingface.co";
	/** What people with a mirror set for other programs. */
	public static final String SETTING = "HF_ENDPOINT";

	private static final Pattern REPOSITORY =
		Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
	private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}");
	private static final Duration ANSWER = Duration.ofSeconds(60);
	private static final int MAX_LIST = 16 << 20;
	private static final int TRIES = 3;
	/** Weights, configurations, vocabularies and licences; no programs, and no pickles, which are programs. */
	private static final Pattern WANTED = Pattern
		.compile("(.*\\.(safetensors|gguf|json|jinja)|(.*/)?(merges|vocab)\\.txt|(LICEN[CS]E|NOTICE|README)[^/]*)");

	private final URI base;
	private final Duration pause;

	private Hub(final URI base, final Duration pause) {
		this.base = base;
		this.pause = pause;
	}

	/**
	 * A hub.
	 *
	 * @param address such as {@value #USUAL}; blank: what the environment variable {@value #SETTING} says, or that
	 * @throws FetchException if it is no address
	 */
	public static Hub of(final String address) {
		return of(address, Tuning.USUAL.pause());
	}

	static Hub of(final String address, final Duration pause) {
		final String given = address.isBlank()
			? Optional.ofNullable(System.getenv(SETTING)).filter(s -> !s.isBlank()).orElse(USUAL) : address;
		try {
			final URI uri = new URI(given.strip().replaceFirst("/+$", ""));
			final boolean web = uri.getScheme() != null && uri.getScheme().matches("https?") && uri.getHost() != null
				&& uri.getQuery() == null && uri.getUserInfo() == null;
			if (web) return new Hub(uri, pause);
		}
		catch (final URISyntaxException e) {
			// Said below.
		}
		throw new FetchException("The option hub must be an address such as " + USUAL + ", not " + shown(given) + ".");
	}

	/** Its address, without a slash at the end. */
	String address() {
		return base.toString();
	}

	/**
	 * Asks what there is of a model; nothing of it is fetched.
	 *
	 * @param repository {@code owner/name}, or {@code owner/name@revision}
	 * @throws FetchException if the hub cannot be reached, or has no such model
	 */
	public Offer offer(final String repository) {
		final String[] parts = repository.strip().split("@", 2);
		final String revision = parts.length > 1 ? parts[1] : "main";
		if (!REPOSITORY.matcher(parts[0]).matches() || !REVISION.matcher(revision).matches()) throw new FetchException(
			"A model is named owner/name, or owner/name@revision, not " + shown(repository) + ".");
		final URI list = URI.create(base + "/api/models/" + parts[0] + "/revision/" + revision + "?blobs=true");
		final JsonObject answer = object(list);
		try {
			final String commit = answer.get("sha").getAsString();
			if (!REVISION.matcher(commit).matches()) throw new IllegalStateException("no revision");
			final List<RemoteFile> files = new ArrayList<>();
			for (final JsonElement e : answer.getAsJsonArray("siblings"))
				file(parts[0], commit, e).ifPresent(files::add);
			if (files.isEmpty()) throw new FetchException("The model " + parts[0] + " has no weights on "
				+ base.getHost() + " that can be read; check the name.");
			return new Offer(parts[0], commit, license(answer), URI.create(base + "/" + parts[0]), files);
		}
		catch (final IllegalStateException | UnsupportedOperationException | NullPointerException | ClassCastException
			| NumberFormatException e)
		{
			throw new FetchException("The answer of " + base.getHost() + " about " + parts[0]
				+ " is not that of a model hub; give the address of one such as " + USUAL + ".", e);
		}
	}

	private Optional<RemoteFile> file(final String repository, final String commit, final JsonElement entry) {
		final JsonObject o = entry.getAsJsonObject();
		final String path = o.get("rfilename").getAsString();
		if (!WANTED.matcher(path).matches()) return Optional.empty();
		final boolean large = o.has("lfs") && o.get("lfs").isJsonObject();
		final Optional<Checksum> checksum;
		try {
			checksum = large
				? Optional.of(new Checksum(Checksum.Kind.SHA_256, o.getAsJsonObject("lfs").get("sha256").getAsString()))
				: Optional.ofNullable(o.get("blobId")).map(b -> new Checksum(Checksum.Kind.GIT_BLOB, b.getAsString()));
		}
		catch (final IllegalArgumentException e) {
			throw new IllegalStateException(e);
		}
		final URI address;
		try {
			// The one with several arguments quotes what needs it.
			address = new URI(base.getScheme(), null, base.getHost(), base.getPort(),
				base.getPath() + "/" + repository + "/resolve/" + commit + "/" + path, null, null);
		}
		catch (final URISyntaxException e) {
			throw new IllegalStateException(e);
		}
		return Optional.of(new RemoteFile(path, address, o.get("size").getAsLong(), checksum));
	}

	private static String license(final JsonObject answer) {
		if (!answer.has("cardData") || !answer.get("cardData").isJsonObject()) return "";
		final JsonObject card = answer.getAsJsonObject("cardData");
		final List<String> words = new ArrayList<>();
		for (final String key : List.of("license", "license_name", "license_link")) {
			if (!card.has(key) || card.get(key).isJsonNull()) continue;
			final JsonElement value = card.get(key);
			final JsonArray all = value.isJsonArray() ? value.getAsJsonArray() : new JsonArray();
			if (!value.isJsonArray()) all.add(value);
			all.forEach(v -> words.add(shown(v.getAsString())));
		}
		return String.join(", ", words);
	}

	private JsonObject object(final URI address) {
		final HttpClient client = Http.client();
		String why = "";
		for (int i = 0; i < TRIES; i++) {
			final HttpRequest request =
				HttpRequest.newBuilder(address).timeout(ANSWER).header("User-Agent", "decompose-layers").GET().build();
			try {
				if (i > 0) Thread.sleep(pause.toMillis());
				final HttpResponse<InputStream> answer =
					client.send(request, HttpResponse.BodyHandlers.ofInputStream());
				try (InputStream in = answer.body()) {
					final int status = answer.statusCode();
					if (status == 200) return parsed(in);
					final Optional<String> rejection = Http.rejection(status, address);
					if (rejection.isPresent()) throw new FetchException(rejection.get());
					why = "it answers " + status;
				}
			}
			catch (final IOException e) {
				why = Http.reason(e);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new FetchException("The request to " + base.getHost() + " was interrupted; try again.", e);
			}
		}
		throw new FetchException("The request to the hub " + base + " failed: " + why
			+ "; check the network, or give a mirror's address as the option hub.");
	}

	private JsonObject parsed(final InputStream in) throws IOException {
		final byte[] text = in.readNBytes(MAX_LIST + 1);
		try {
			if (text.length <= MAX_LIST) return Json.read(text).getAsJsonObject();
		}
		catch (final IOException | IllegalStateException | NumberFormatException e) {
			// Said below.
		}
		throw new FetchException("The address " + base
			+ " does not answer like a model hub; give the address of one such as " + USUAL + ".");
	}

	/** A stranger's text, made fit for a message. */
	static String shown(final String text) {
		return Json.show(String.valueOf(text).strip(), 100);
	}
}
