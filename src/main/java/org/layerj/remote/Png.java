package org.layerj.remote;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.layerj.layers.RgbaImage;

/**
 * Pictures as they go over the network: PNG, 8 bits, RGB or RGBA. What comes is looked at before it is decoded, so that
 * a picture costs no more memory than its size was expected to. By the Java library's own codec, whatever others have
 * registered.
 */
final class Png {

	/** Most bytes of a PNG of so many pixels: RGBA that does not compress, and what else such a file says. */
	static long mostBytes(final long width, final long height) {
		return width * height * 4 + height + width * height / 500 + (1 << 20);
	}

	private static final String OWN = "com.sun.imageio.plugins.";
	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
	private static final int HEADER = 33;
	private static final int RGB = 2, RGBA = 6;

	private Png() {}

	/** The colours of a picture, without its alpha. */
	static byte[] encode(final RgbaImage picture) {
		final BufferedImage image = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
		image.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.argb());
		for (final Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png"); writers.hasNext();) {
			final ImageWriter writer = writers.next();
			if (!writer.getClass().getName().startsWith(OWN)) continue;
			final ByteArrayOutputStream out = new ByteArrayOutputStream();
			try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
				writer.setOutput(stream);
				writer.write(image);
			}
			catch (final IOException e) {
				throw new IllegalStateException(e);
			}
			finally {
				writer.dispose();
			}
			return out.toByteArray();
		}
		throw new ServerException("This Java cannot write PNG pictures; use another Java (17 or later).");
	}

	/** Width and height of a picture. */
	record Size(int width, int height) {}

	/** What a file says of its size; empty if it is no PNG. */
	static Optional<Size> size(final byte[] file) {
		if (file.length < HEADER || !Arrays.equals(file, 0, 8, SIGNATURE, 0, 8)) return Optional.empty();
		final ByteBuffer b = ByteBuffer.wrap(file);
		return b.getInt(12) == 0x49484452 ? Optional.of(new Size(b.getInt(16), b.getInt(20))) : Optional.empty();
	}

	/**
	 * Decodes a picture whose {@link #size} has been found acceptable.
	 *
	 * @param who who sent it, for the message
	 * @throws ServerException if it is damaged, or of another kind than RGB or RGBA with 8 bits
	 */
	static RgbaImage decode(final byte[] file, final String who) {
		if (file[24] != 8 || file[25] != RGB && file[25] != RGBA) throw new ServerException(
			who + " sent a PNG that is not RGB or RGBA with 8 bits; its version is not supported.");
		final ImageReader reader = reader();
		try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
			reader.setInput(in, true, true);
			return rgba(reader.read(0).getRaster());
		}
		catch (IOException | RuntimeException e) {
			// The decoder throws many kinds of exceptions at surprises.
			throw new ServerException(ServerException.Kind.DROPPED,
				who + " sent a PNG that is damaged or breaks off; try again.", e);
		}
		finally {
			reader.dispose();
		}
	}

	private static ImageReader reader() {
		for (final Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png"); readers.hasNext();) {
			final ImageReader reader = readers.next();
			if (reader.getClass().getName().startsWith(OWN)) return reader;
			reader.dispose();
		}
		throw new ServerException("This Java cannot read PNG pictures; use another Java (17 or later).");
	}

	/** The samples as the file holds them. */
	private static RgbaImage rgba(final Raster raster) {
		final int bands = raster.getNumBands();
		if (raster.getTransferType() != DataBuffer.TYPE_BYTE || bands != 3 && bands != 4)
			throw new IllegalStateException("not RGB or RGBA");
		final RgbaImage out = RgbaImage.blank(raster.getWidth(), raster.getHeight());
		final int[] row = new int[raster.getWidth() * bands];
		for (int y = 0; y < raster.getHeight(); y++) {
			raster.getPixels(0, y, raster.getWidth(), 1, row);
			for (int x = 0; x < raster.getWidth(); x++) {
				final int i = y * raster.getWidth() + x;
				for (int c = 0; c < 3; c++) out.plane(c)[i] = (byte) row[x * bands + c];
				out.plane(RgbaImage.ALPHA)[i] = (byte) (bands == 4 ? row[x * bands + 3] : 255);
			}
		}
		return out;
	}
}
