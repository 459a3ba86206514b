package org.layerj.io.formats;

import java.io.IOException;
import java.io.InputStream;
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

	private final Path folder;
	private final List<String> names;

	private PngFolder(final Path folder) throws IOException {
		this.folder = folder;
		try (Stream<Path> files = Files.list(folder)) {
			names = files.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
				.map(f -> f.getFileName().toString())
				.sorted()
				.toList();
		}
	}

	static LayerDocument read(final Path folder) throws IOException {
		LayerFolder.recover(folder);
		return PngLayers.read(folder, new PngFolder(folder), new Room(folder));
	}

	@Override
	public List<String> names() {
		return names;
	}

	@Override
	public Optional<InputStream> open(final String name) throws IOException {
		return names.contains(name) ? Optional.of(Files.newInputStream(folder.resolve(name))) : Optional.empty();
	}

	@Override
	public Optional<byte[]> text(final String name) throws IOException {
		if (!names.contains(name)) return Optional.empty();
		if (Files.size(folder.resolve(name)) > LONGEST) throw new Broken(name + " is longer than it can be");
		return Optional.of(Files.readAllBytes(folder.resolve(name)));
	}
}
