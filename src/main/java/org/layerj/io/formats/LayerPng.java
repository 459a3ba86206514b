package org.layerj.io.formats;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOInvalidTreeException;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.layerj.io.Pixels;
import org.layerj.io.PngFile;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Values;

/**
 * Layers as PNG.
 *
 * @param pixels what the file shows
 * @param values the samples of a 16-bit file
 */
record LayerPng(RgbaImage pixels, Optional<Values> values) {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
	private static final int HEADER = 33;
	/** What texts, profiles and the like may add. */
	private static final long EXTRA = 4 << 20;
	private static final String NATIVE = "javax_imageio_png_1.0";

	/** Writes a picture row by row, with the document's XMP and the size of its pixels; the stream stays open. */
	static void write(final RowImage image, final LayerMetadata document, final OutputStream out) throws IOException {
		final ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
		// Flushes itself after every few rows, so it holds no more than these.
		try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
			writer.setOutput(stream);
			final IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
			if (document.pixelSize().isPresent()) resolution(metadata, document.pixelSize().get());
			if (document.xmp().isPresent()) PngFile.put(metadata, document.xmp().get());
			writer.write(null, new IIOImage(image, null, metadata), null);
		}
		finally {
			writer.dispose();
		}
	}

	private static void resolution(final IIOMetadata metadata, final PixelSize size) throws IIOInvalidTreeException {
		final double x = 1 / size.width();
		final double y = 1 / size.height();
		if (x < 1 || y < 1 || x > Integer.MAX_VALUE || y > Integer.MAX_VALUE) return;
		final IIOMetadataNode physical = new IIOMetadataNode("pHYs");
		physical.setAttribute("pixelsPerUnitXAxis", String.valueOf(Math.round(x)));
		physical.setAttribute("pixelsPerUnitYAxis", String.valueOf(Math.round(y)));
		physical.setAttribute("unitSpecifier", "meter");
		final IIOMetadataNode root = new IIOMetadataNode(NATIVE);
		root.appendChild(physical);
		metadata.mergeTree(NATIVE, root);
	}

	/** Reads a PNG; the stream is left open. Throws {@link Broken} if it is none, or larger than its own header allows. */
	static LayerPng read(final InputStream in, final Room room) throws IOException {
		final byte[] head = in.readNBytes(HEADER);
		if (head.length < HEADER || !Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) throw new Broken("a layer that is no PNG");
		final ByteBuffer header = ByteBuffer.wrap(head);
		final long width = header.getInt(16);
		final long height = header.getInt(20);
		final boolean deep = head[24] == 16;
		room.take(width, height, deep ? 18 : 9);
		// More than a PNG of the worst kind takes; what is longer is a trap.
		final long most = Math.min(Integer.MAX_VALUE - 64, (width * (deep ? 8 : 4) + 16) * height * 5 / 4 + EXTRA);
		final byte[] rest = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 64, most + 1));
		if (rest.length > most) throw new Broken("a PNG that is longer than it can be");
		// One bit is the least a pixel takes.
		if (width * height / 8 > Room.DEFLATE * (rest.length + 1L)) throw new Broken("a PNG with fewer pixels than it says");
		final byte[] all = new byte[HEADER + rest.length];
		System.arraycopy(head, 0, all, 0, HEADER);
		System.arraycopy(rest, 0, all, HEADER, rest.length);
		final ImageReader reader = ImageIO.getImageReadersByFormatName("png").next();
		try (MemoryCacheImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(all))) {
			reader.setInput(stream, true, true);
			return of(reader.read(0));
		}
		catch (final RuntimeException e) {
			throw new Broken("a PNG that is damaged");
		}
		finally {
			reader.dispose();
		}
	}

	/** A picture of the Java library with what it has of 16-bit values. */
	static LayerPng of(final BufferedImage image) throws Broken {
		return new LayerPng(Pixels.of(image).orElseThrow(() -> new Broken("pixels of an unsupported kind")), Pixels.values(image));
	}
}
