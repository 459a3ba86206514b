package org.layerj.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The builds of PyTorch for graphics cards that DJL publishes: compressed libraries, named in a list. There are no
 * published their hashes; each carries the checksum of its compressed form (CRC-32), which unpacking checks.
 */
public final class DjlLibraries {

	/** Where DJL publishes. */
	public static final String USUAL = "https://publish.djl.ai";

	private static final Duration ANSWER = Duration.ofSeconds(60);
	private static final int MAX_LIST = 1 << 20;
	private static final String GZ = ".gz";

	private DjlLibraries() {}

	/**
	 * Asks what there is; fetches nothing.
	 *
	 * @param base {@value #USUAL}, or a mirror of it; blank is the first
	 * @param version of PyTorch, for example {@code 2.7.1}
	 * @param flavor for example {@code cu128}
	 * @param classifier of the platform, for example {@code linux-x86_64}
	 * @throws FetchException if the list cannot be read, or names no such build
	 */
	public static Offer offer(final String base, final String version, final String flavor, final String classifier) {
		final String site = (base.isBlank() ? USUAL : Hub.of(base).address()) + "/pytorch/" + version;
		final HttpClient client = Http.client();
		final String begin = flavor + "/" + classifier + "/";
		final List<RemoteFile> files = new ArrayList<>();
		for (final String line : text(client, URI.create(site + "/files.txt")).lines().map(String::strip).toList()) {
			if (!line.startsWith(begin) || !line.endsWith(GZ)) continue;
			final URI address = address(site, line);
			final String name = URLDecoder.decode(line.substring(line.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
			files.add(new RemoteFile(name, address, size(client, address), Optional.empty()));
		}
		if (files.isEmpty()) throw new FetchException("There is no PyTorch " + version + " for graphics cards ("
			+ flavor + ") for " + classifier + " on " + URI.create(site).getHost() + ".");
		return new Offer("PyTorch for graphics cards (" + flavor + ")", version,
			"BSD-3-Clause (PyTorch); NVIDIA's licences of CUDA and cuDNN", URI.create("https://docs.djl.ai"), files);
	}

	private static URI address(final String site, final String line) {
		try {
			return URI.create(site + "/" + line);
		}
		catch (final IllegalArgumentException e) {
			throw new FetchException("The list of libraries names \"" + Hub.shown(line) + "\", which is no address.",
				e);
		}
	}

	private static String text(final HttpClient client, final URI address) {
		final HttpResponse<InputStream> answer = ask(client, HttpRequest.newBuilder(address).GET());
		try (InputStream in = answer.body()) {
			return new String(in.readNBytes(MAX_LIST), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw unreachable(address, Http.reason(e), e);
		}
	}

	private static long size(final HttpClient client, final URI address) {
		final HttpResponse<InputStream> answer =
			ask(client, HttpRequest.newBuilder(address).method("HEAD", HttpRequest.BodyPublishers.noBody()));
		final long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
		if (length >= 0) return length;
		throw new FetchException("The server " + address.getHost() + " does not say how large " + address.getPath()
			+ " is; use another hub.");
	}

	private static HttpResponse<InputStream> ask(final HttpClient client, final HttpRequest.Builder request) {
		final URI address = request.copy().build().uri();
		try {
			final HttpResponse<InputStream> answer =
				client.send(request.timeout(ANSWER).header("User-Agent", "decompose-layers").build(),
					HttpResponse.BodyHandlers.ofInputStream());
			if (answer.statusCode() == 200) return answer;
			answer.body().close();
			throw Http.rejection(answer.statusCode(), address)
				.map(FetchException::new)
				.orElseGet(() -> unreachable(address, "it answers " + answer.statusCode(), null));
		}
		catch (final IOException e) {
			throw unreachable(address, Http.reason(e), e);
		}
		catch (final InterruptedException e) {
			Thread.currentThread().interrupt();
			throw unreachable(address, "the question was interrupted", e);
		}
	}

	private static FetchException unreachable(final URI address, final String why, final Throwable cause) {
		return new FetchException("The request to " + address.getHost() + " failed: " + why
			+ "; check the network, or give a mirror's address as the option hub.", cause);
	}

	/**
	 * Unpacks what has been downloaded: all of it becomes one folder, or nothing does.
	 *
	 * @param from the folder with the compressed files; removed when they are unpacked
	 * @param to the folder to make
	 * @param check called often; may throw to stop
	 * @throws FetchException if a file is damaged, which is then removed, or the disk is full
	 */
	public static void unpack(final Path from, final Path to, final Runnable check) {
		Path at = from;
		Optional<Path> half = Optional.empty();
		try {
			half =
				Optional.of(Files.createTempDirectory(Files.createDirectories(to.toAbsolutePath().getParent()), "tmp"));
			for (final Path packed : list(from)) {
				at = packed;
				final String name = packed.getFileName().toString();
				if (name.endsWith(GZ))
					copy(packed, half.get().resolve(name.substring(0, name.length() - GZ.length())), check);
			}
			at = to;
			Files.move(half.get(), to, StandardCopyOption.ATOMIC_MOVE);
			half = Optional.empty();
			for (final Path packed : list(from)) Files.delete(packed);
			Files.delete(from);
		}
		catch (final java.util.zip.ZipException | java.io.EOFException e) {
			at.toFile().delete();
			throw new FetchException("The file " + at.getFileName()
				+ " arrived damaged and was removed; begin the download again, and only this one is fetched.", e);
		}
		catch (final IOException e) {
			throw Download.disk(at, e);
		}
		finally {
			half.ifPresent(DjlLibraries::remove);
		}
	}

	private static void copy(final Path packed, final Path to, final Runnable check) throws IOException {
		final byte[] buffer = new byte[1 << 20];
		try (InputStream in = new GZIPInputStream(Files.newInputStream(packed), 1 << 16);
			var out = Files.newOutputStream(to))
		{
			for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
				out.write(buffer, 0, n);
				check.run();
			}
		}
	}

	private static List<Path> list(final Path folder) throws IOException {
		try (Stream<Path> all = Files.list(folder)) {
			return all.sorted().toList();
		}
	}

	private static void remove(final Path folder) {
		try (Stream<Path> all = Files.walk(folder)) {
			all.sorted(Comparator.reverseOrder()).forEach(p -> p.toFile().delete());
		}
		catch (final IOException e) {
			// Left as DJL leaves its own; emptying the cache removes it.
		}
	}
}
