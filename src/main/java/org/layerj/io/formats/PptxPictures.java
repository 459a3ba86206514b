package org.layerj.io.formats;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.openxml4j.opc.PackagePart;
import org.apache.poi.openxml4j.opc.PackagePartName;
import org.apache.poi.openxml4j.opc.ZipPackage;
import org.apache.poi.openxml4j.opc.internal.PartMarshaller;
import org.apache.poi.sl.usermodel.PictureData.PictureType;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.layerj.common.CancelledException;
import org.layerj.layers.Layer;

/**
 * The pictures of a presentation, made row by row when POI comes to write them. POI itself would hold them all in
 * memory, or in temporary files if every user of POI in this Java did ({@link ZipPackage#setUseTempFilePackageParts});
 * its parts stay empty, and nothing but the file is written.
 */
final class PptxPictures implements PartMarshaller {

	private final LayerDocument document;
	private final Map<PackagePartName, Part> images = new HashMap<>();

	/** What a part shows, and the layer that it is of. */
	private record Part(RowImage image, Layer layer) {}

	PptxPictures(final LayerDocument document) {
		this.document = document;
	}

	void put(final PackagePartName part, final RowImage image, final Layer layer) {
		images.put(part, new Part(image, layer));
	}

	/** Writes the presentation with these pictures; the stream stays open. */
	void write(final XMLSlideShow show, final OutputStream out) throws IOException {
		show.getPackage().addMarshaller(PictureType.PNG.contentType, this);
		final Watched watched = new Watched(out);
		// POI takes a ZIP as it is.
		final ZipArchiveOutputStream zip = new ZipArchiveOutputStream(new BufferedOutputStream(watched, 1 << 16)) {

			@Override
			public void putArchiveEntry(final ZipArchiveEntry entry) throws IOException {
				// The same layers make the same file.
				entry.setTimeLocal(ZipParts.TIME);
				super.putArchiveEntry(entry);
			}
		};
		try {
			show.write(zip);
			zip.flush();
		}
		catch (final RuntimeException e) {
			// POI wraps everything, cancelling among it, and of a full disk says only that a part failed.
			for (Throwable t = e; t != null; t = t.getCause())
				if (t instanceof CancelledException cancelled) throw cancelled;
			throw watched.failure().orElseGet(() -> new IOException(e));
		}
	}

	@Override
	public boolean marshall(final PackagePart part, final OutputStream out) {
		final ZipArchiveOutputStream zip = (ZipArchiveOutputStream) out;
		try {
			// Compressed already.
			zip.setLevel(Deflater.NO_COMPRESSION);
			zip.putArchiveEntry(new ZipArchiveEntry(part.getPartName().getName().substring(1)));
			final Part picture = images.get(part.getPartName());
			LayerPng.write(picture.image(), Optional.of(document.xmp(picture.layer())), document.metadata().notes(),
				zip);
			zip.closeArchiveEntry();
			zip.setLevel(Deflater.DEFAULT_COMPRESSION);
			return true;
		}
		catch (final IOException e) {
			throw new OpenXML4JRuntimeException(e.getMessage(), e);
		}
	}

	/** Remembers why it failed. */
	private static final class Watched extends FilterOutputStream {

		private Optional<IOException> failure = Optional.empty();

		private Watched(final OutputStream out) {
			super(out);
		}

		private Optional<IOException> failure() {
			return failure;
		}

		@Override
		public void write(final int b) throws IOException {
			write(new byte[] { (byte) b }, 0, 1);
		}

		@Override
		public void write(final byte[] bytes, final int from, final int length) throws IOException {
			try {
				out.write(bytes, from, length);
			}
			catch (final IOException e) {
				failure = Optional.of(e);
				throw e;
			}
		}
	}
}
