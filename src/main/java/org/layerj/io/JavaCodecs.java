package org.layerj.io;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;

/**
 * ImageIO's own readers and writers. Those that other plugins register for the same formats, in arbitrary order, are
 * not used, so that samples and files are the same everywhere.
 */
public final class JavaCodecs {

	private static final String OWN = "com.sun.imageio.plugins.";

	private JavaCodecs() {}

	/** A reader, to be disposed of; throws {@link PictureException} if this Java has none. */
	static ImageReader reader(final String format) {
		for (final Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format); readers.hasNext();) {
			final ImageReader reader = readers.next();
			if (reader.getClass().getName().startsWith(OWN)) return reader;
			reader.dispose();
		}
		throw new PictureException(
			"This Java has no reader for " + format + " pictures; use another Java (17 or later).");
	}

	/**
	 * A writer, to be disposed of; throws {@link OutputException} if this Java has none.
	 *
	 * @param format {@code png}, {@code jpeg}, {@code tiff} …
	 * @return to be disposed of by the caller
	 * @throws OutputException if this Java has none
	 */
	public static ImageWriter writer(final String format) {
		for (final Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(format); writers.hasNext();) {
			final ImageWriter writer = writers.next();
			if (writer.getClass().getName().startsWith(OWN)) return writer;
			writer.dispose();
		}
		throw new OutputException(
			"This Java has no writer for " + format + " pictures; use another Java (17 or later).");
	}
}
