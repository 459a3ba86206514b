package org.layerj.io.formats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.layerj.io.header.PictureNotes;

/** A ZIP in the making, part by part. */
final class ZipParts implements AutoCloseable {

	/** When all parts were made: the same layers make the same file. */
	static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

	private final ZipOutputStream zip;

	/** @param out takes the file; is closed with this */
	ZipParts(final OutputStream out) {
		zip = new ZipOutputStream(new BufferedOutputStream(out, 1 << 16), StandardCharsets.UTF_8);
	}

	/** A part that must not be compressed, as formats demand of the one that says their name. */
	void stored(final String name, final String text) throws IOException {
		final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		final CRC32 crc = new CRC32();
		crc.update(bytes);
		final ZipEntry entry = entry(name);
		entry.setMethod(ZipEntry.STORED);
		entry.setSize(bytes.length);
		entry.setCrc(crc.getValue());
		zip.putNextEntry(entry);
		zip.write(bytes);
		zip.closeEntry();
	}

	void text(final String name, final String text) throws IOException {
		zip.setLevel(Deflater.DEFAULT_COMPRESSION);
		zip.putNextEntry(entry(name));
		zip.write(text.getBytes(StandardCharsets.UTF_8));
		zip.closeEntry();
	}

	/** A picture, which is compressed already. */
	void png(final String name, final RowImage image, final Optional<String> xmp, final PictureNotes notes)
		throws IOException
	{
		zip.setLevel(Deflater.NO_COMPRESSION);
		zip.putNextEntry(entry(name));
		LayerPng.write(image, xmp, notes, new Unclosed(zip));
		zip.closeEntry();
	}

	@Override
	public void close() throws IOException {
		zip.close();
	}

	private static ZipEntry entry(final String name) {
		final ZipEntry entry = new ZipEntry(name);
		entry.setTimeLocal(TIME);
		return entry;
	}
}
