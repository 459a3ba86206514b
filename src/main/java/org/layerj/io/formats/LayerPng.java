package org.layerj.io.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.layerj.io.JavaCodecs;
import org.layerj.io.PictureDecoder;
import org.layerj.io.PngFile;
import org.layerj.io.header.Broken;
import org.layerj.io.header.PictureBytes;
import org.layerj.io.header.PictureHeader;
import org.layerj.io.header.PictureNotes;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Samples;

/**
 * Layers as PNG.
 *
 * @param pixels what the file shows
 * @param samples the samples of a 16-bit file
 * @param notes what else the file says
 * @param texts of ours, by keyword
 */
record LayerPng(RgbaImage pixels, Optional<Samples> samples, PictureNotes notes, Map<String, String> texts) {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
	private static final int HEADER = 33;
	/** What texts, profiles and the like may add. */
	private static final long EXTRA = 4 << 20;
	/** What a record of provenance may take, by pixel. */
	private static final long RECORD = 16;

	/** A text of ours. */
	Optional<String> texts(final String keyword) {
		return Optional.ofNullable(texts.get(keyword));
	}

	/** Writes a picture row by row, with XMP and what is noted of the picture; the stream stays open. */
	static void write(final RowImage image, final Optional<String> xmp, final PictureNotes notes,
		final OutputStream out) throws IOException
	{
		final ImageWriter writer = JavaCodecs.writer("png");
		// Flushes itself after every few rows, so it holds no more than these.
		try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
			writer.setOutput(stream);
			final IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
			PngFile.put(metadata, image.getColorModel().getNumColorComponents() == 1, xmp, notes);
			writer.write(null, new IIOImage(image, null, metadata), null);
		}
		finally {
			writer.dispose();
		}
	}

	/**
	 * Reads a PNG; the stream is left open. Throws {@link Broken} if it is none, or larger than its own header allows.
	 */
	static LayerPng read(final InputStream in, final Room room) throws IOException {
		final byte[] head = in.readNBytes(HEADER);
		if (head.length < HEADER || !Arrays.equals(head, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length))
			throw new Broken("a layer that is not a PNG");
		final ByteBuffer header = ByteBuffer.wrap(head);
		final long width = header.getInt(16);
		final long height = header.getInt(20);
		final boolean deep = head[24] == 16;
		room.take(width, height, deep ? 18 : 9);
		// More than a PNG of the worst kind takes; what is longer is a trap.
		final long most = Math.min(Integer.MAX_VALUE - 64,
			(width * (deep ? 8 : 4) + 16) * height * 5 / 4 + RECORD * width * height + EXTRA);
		final byte[] rest = in.readNBytes((int) Math.min(Integer.MAX_VALUE - 64, most + 1));
		if (rest.length > most) throw new Broken("a PNG that is longer than it can be");
		// One bit is the least a pixel takes.
		if (width * height / 8 > Room.DEFLATE * (rest.length + 1L))
			throw new Broken("a PNG with fewer pixels than it declares");
		final byte[] all = new byte[HEADER + rest.length];
		System.arraycopy(head, 0, all, 0, HEADER);
		System.arraycopy(rest, 0, all, HEADER, rest.length);
		final PictureBytes bytes = PictureBytes.of(all);
		final PictureHeader png = PictureHeader.of(bytes).orElseThrow(() -> new Broken("a layer that is not a PNG"));
		try {
			final PictureDecoder.Decoded decoded = PictureDecoder.decode(png, bytes);
			return new LayerPng(decoded.image(), decoded.samples(), png.notes(), PictureHeader.pngTexts(bytes));
		}
		catch (final IOException e) {
			throw new Broken("a PNG that is damaged");
		}
	}
}
