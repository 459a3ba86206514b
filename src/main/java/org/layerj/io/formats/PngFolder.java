package org.layerj.io.formats;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.io.LayerFolder;
import org.layerj.io.header.Broken;

/**
 * A folder of PNGs, as the command line writes it or anybody makes it. Only files that lie in it are read, whatever its
 * manifest names.
 */
final class PngFolder implements LayerSource {

	private static final long LONGEST = 1L << 30;

	private final NamedFiles<Path> files = new NamedFiles<>();

	private PngFolder(final Path folder) throws IOException {
		final List<Path> all;
		try (Stream<Path> list = Files.list(folder)) {
			all = list.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
		}
		final Charset charset =
			ZipNames.charset(all.stream().filter(PngFolder::isForeign).map(PngFolder::bytes).toList());
		for (final Path f : all)
			files.add(isForeign(f) ? new String(bytes(f), charset) : f.getFileName().toString(), f);
	}

	/**
	 * Whether Java cannot say a name in the character set of the locale; then only the path leads to the file, no text.
	 */
	private static boolean isForeign(final Path file) {
		return file.getFileName().toString().indexOf('\ufffd') >= 0;
	}

	/** The bytes of a name, which Java tells nowhere but in an address. */
	private static byte[] bytes(final Path file) {
		final String address = file.toUri().getRawPath();
		return URLDecoder
			.decode(address.substring(address.lastIndexOf('/') + 1).replace("+", "%2B"), StandardCharsets.ISO_8859_1)
			.getBytes(StandardCharsets.ISO_8859_1);
	}

	static LayerDocument read(final Path folder) throws IOException {
		LayerFolder.recover(folder);
		return PngLayers.read(folder, new PngFolder(folder), new Room(folder));
	}

	@Override
	public List<String> names() {
		return files.names();
	}

	@Override
	public Optional<InputStream> open(final String name) throws IOException {
		final Optional<Path> file = files.get(name);
		return file.isPresent() ? Optional.of(Files.newInputStream(file.get())) : Optional.empty();
	}

	@Override
	public Optional<byte[]> text(final String name) throws IOException {
		final Optional<Path> file = files.get(name);
		if (file.isEmpty()) return Optional.empty();
		if (Files.size(file.get()) > LONGEST) throw new Broken(name + " is longer than it can be");
		return Optional.of(Files.readAllBytes(file.get()));
	}
}
