package org.layerj.io;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageOutputStream;

/** Writes PNG files that say where their pixels come from: XMP in an {@code iTXt} chunk, as the XMP specification (part 3) wants it. */
public final class PngFile {

	private static final String KEYWORD = "XML:com.adobe.xmp";
	private static final String METADATA = "javax_imageio_png_1.0";

	private PngFile() {}

	/**
	 * @param xmp the packet; empty for none
	 * @throws IOException that says why the file cannot be made, as {@code ImageIO.write} does not
	 */
	static void write(final BufferedImage image, final Optional<String> xmp, final Path file) throws IOException {
		final Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
		if (!writers.hasNext()) throw new IOException("no PNG writer in this Java");
		final ImageWriter writer = writers.next();
		try (FileImageOutputStream out = new FileImageOutputStream(file.toFile())) {
			writer.setOutput(out);
			final IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
			if (xmp.isPresent()) put(metadata, xmp.get());
			writer.write(new IIOImage(image, null, metadata));
		}
		finally {
			writer.dispose();
		}
	}

	/** Adds a packet to what a PNG writer is going to write. */
	public static void put(final IIOMetadata metadata, final String xmp) throws IIOInvalidTreeException {
		final IIOMetadataNode entry = new IIOMetadataNode("iTXtEntry");
		entry.setAttribute("keyword", KEYWORD);
		entry.setAttribute("compressionFlag", "FALSE");
		entry.setAttribute("compressionMethod", "0");
		entry.setAttribute("languageTag", "");
		entry.setAttribute("translatedKeyword", "");
		entry.setAttribute("text", xmp);
		final IIOMetadataNode texts = new IIOMetadataNode("iTXt");
		texts.appendChild(entry);
		final IIOMetadataNode root = new IIOMetadataNode(METADATA);
		root.appendChild(texts);
		metadata.mergeTree(METADATA, root);
	}
}
