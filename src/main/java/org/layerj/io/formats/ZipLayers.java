package org.layerj.io.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.layerj.io.PictureException;
import org.layerj.io.header.Broken;

/**
 * Reads layers from ZIPs: OpenRaster, or PNGs. Nothing is ever unpacked to the disk, so names in it can lead nowhere;
 * and every part is read up to a limit, whatever the file says of its size.
 */
final class ZipLayers implements LayerSource, AutoCloseable {

	/**
	 * A text may be that much longer than what it was compressed to: generous for JSON and XML, out of reach for traps.
	 */
	private static final long TEXT_RATIO = 40;
	private static final long SMALL = 1 << 20;
	/** Methods that need no other library. */
	private static final Set<ZipMethod> READABLE = EnumSet.of(ZipMethod.STORED, ZipMethod.DEFLATED,
		ZipMethod.ENHANCED_DEFLATED, ZipMethod.BZIP2, ZipMethod.UNSHRINKING, ZipMethod.IMPLODING);

	private final ZipFile zip;
	private final NamedFiles<ZipArchiveEntry> entries = new NamedFiles<>();

	private ZipLayers(final ZipFile zip) {
		this.zip = zip;
		for (final ZipArchiveEntry entry : Collections.list(zip.getEntries()))
			if (!entry.isDirectory()) entries.add(entry.getName(), entry);
	}

	static LayerDocument read(final Path file) throws IOException {
		try (ZipLayers layers = new ZipLayers(open(file))) {
			final Room room = new Room(file);
			if (layers.entry(OraWriter.STACK).isPresent()) return OraReader.read(layers, room);
			if (layers.entry("ppt/presentation.xml").isPresent())
				throw new PictureException("The file " + file + " is a presentation, whose layers cannot be read;"
					+ " give a PSD, OpenRaster, TIFF or ZIP file instead.");
			return PngLayers.read(file, layers, room);
		}
		catch (final ZipException e) {
			throw new Broken("a damaged ZIP");
		}
		catch (final IllegalArgumentException e) {
			// Sizes and places that no ZIP has.
			throw new Broken("a damaged ZIP");
		}
	}

	/** With names in the character set they are written in. */
	private static ZipFile open(final Path file) throws IOException {
		final Charset charset;
		try (ZipFile raw = zip(file, StandardCharsets.ISO_8859_1)) {
			final List<byte[]> names = new ArrayList<>();
			for (final ZipArchiveEntry entry : Collections.list(raw.getEntries()))
				if (!entry.getGeneralPurposeBit().usesUTF8ForNames()) names.add(entry.getRawName());
			charset = ZipNames.charset(names);
		}
		return zip(file, charset);
	}

	private static ZipFile zip(final Path file, final Charset charset) throws IOException {
		return ZipFile.builder()
			.setPath(file)
			.setCharset(charset)
			.setUseUnicodeExtraFields(true)
			.setIgnoreLocalFileHeader(true)
			.get();
	}

	@Override
	public List<String> names() {
		return entries.names();
	}

	/** Some packers write backslashes, which are read as what they stand for. */
	private Optional<ZipArchiveEntry> entry(final String name) {
		return entries.get(name).or(() -> entries.get(name.replace('\\', '/')));
	}

	@Override
	public Optional<InputStream> open(final String name) throws IOException {
		final Optional<ZipArchiveEntry> entry = entry(name);
		return entry.isEmpty() ? Optional.empty() : Optional.ofNullable(stream(entry.get()));
	}

	private InputStream stream(final ZipArchiveEntry entry) throws IOException {
		if (entry.getGeneralPurposeBit().usesEncryption()) throw new PictureException("The part " + entry.getName()
			+ " of the ZIP is encrypted; unpack it and pack it again without a password.");
		if (!READABLE.contains(ZipMethod.getMethodByCode(entry.getMethod())))
			throw new PictureException("The part " + entry.getName() + " of the ZIP is compressed by method "
				+ entry.getMethod() + ", which cannot be read; unpack it and pack it again with Deflate.");
		return zip.getInputStream(entry);
	}

	@Override
	public Optional<byte[]> text(final String name) throws IOException {
		final Optional<ZipArchiveEntry> entry = entry(name);
		if (entry.isEmpty()) return Optional.empty();
		final long most =
			Math.min(Integer.MAX_VALUE - 64, SMALL + TEXT_RATIO * Math.max(0, entry.get().getCompressedSize()));
		try (InputStream in = stream(entry.get())) {
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
