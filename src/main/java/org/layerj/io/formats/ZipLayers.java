package org.layerj.io.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.layerj.io.PictureException;
import org.layerj.io.header.Broken;

/**
 * Reads layers from ZIPs: OpenRaster, or PNGs. Nothing is ever unpacked to the disk, so names in it can lead nowhere; and every part is read
 * up to a limit, whatever the file says of its size.
 */
final class ZipLayers implements LayerSource, AutoCloseable {

	/** A text may be that much longer than what it was compressed to: generous for JSON and XML, out of reach for traps. */
	private static final long TEXT_RATIO = 40;
	private static final long SMALL = 1 << 20;

	private final ZipFile zip;

	private ZipLayers(final ZipFile zip) {
		this.zip = zip;
	}

	static LayerDocument read(final Path file) throws IOException {
		try (ZipLayers layers = new ZipLayers(new ZipFile(file.toFile(), StandardCharsets.UTF_8))) {
			final Room room = new Room(file);
			if (layers.zip.getEntry(OraWriter.STACK) != null) return OraReader.read(layers, room);
			if (layers.zip.getEntry("ppt/presentation.xml") != null) throw new PictureException("The file " + file
				+ " is a presentation; layers go out to PowerPoint, but are not read back from it.");
			return PngLayers.read(file, layers, room);
		}
		catch (final ZipException e) {
			throw new Broken("a damaged ZIP: " + e.getMessage());
		}
	}

	@Override
	public List<String> names() {
		return zip.stream().filter(e -> !e.isDirectory()).map(ZipEntry::getName).limit(100_000).toList();
	}

	@Override
	public Optional<InputStream> open(final String name) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		return entry == null || entry.isDirectory() ? Optional.empty() : Optional.ofNullable(zip.getInputStream(entry));
	}

	@Override
	public Optional<byte[]> text(final String name) throws IOException {
		final ZipEntry entry = zip.getEntry(name);
		if (entry == null) return Optional.empty();
		final long most = Math.min(Integer.MAX_VALUE - 64, SMALL + TEXT_RATIO * Math.max(0, entry.getCompressedSize()));
		try (InputStream in = zip.getInputStream(entry)) {
			final byte[] bytes = in.readNBytes((int) most + 1);
			if (bytes.length > most) throw new Broken(name + " is longer than it can be");
			return Optional.of(bytes);
		}
	}

	@Override
	public void close() throws IOException {
		zip.close();
	}
}
