package org.layerj.io;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.layerj.decompose.Forecast;
import org.layerj.layers.Hash;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.Values;

/**
 * Reads a picture file of any kind the Java library knows: PNG, JPEG, TIFF, GIF, BMP; 8 or 16 bits, grey, colour or palette, with
 * or without alpha. Of a file with several pictures it reads the first.
 *
 * <p>Sample values are taken as they are; colour profiles are not applied. 16-bit samples are kept; what is seen of them, and all alpha, is
 * divided by 257 and rounded.
 */
public final class PictureReader {

	/** What the reader accepts; the Java library has readers for more, some of which take any file for a picture. */
	private static final Set<String> FORMATS = Set.of("png", "jpeg", "tif", "tiff", "gif", "bmp");

	private PictureReader() {}

	/** Reads the picture; throws {@link PictureException} if there is none. */
	public static Picture read(final Path file) {
		if (!Files.exists(file)) throw new PictureException("There is no file " + file + ".");
		if (Files.isDirectory(file)) throw new PictureException(file + " is a folder; give a picture file.");
		if (!Files.isReadable(file)) throw new PictureException("The file " + file + " cannot be read; check its permissions.");
		final String name = file.toString();
		try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
			if (Files.size(file) == 0) throw new PictureException("The file " + file + " is empty.");
			return pixels(name, in).picture(file.getFileName().toString(), Hash.of(Files.newInputStream(file)));
		}
		catch (final IOException e) {
			throw damaged(name, e);
		}
	}

	/** Reads a picture that is in memory as a file would be. */
	public static Picture read(final String name, final byte[] file) {
		try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
			return pixels(name, in).picture(name, Hash.of(new ByteArrayInputStream(file)));
		}
		catch (final IOException e) {
			throw damaged(name, e);
		}
	}

	/** What is seen and, of 16-bit files, what was recorded. */
	private record Decoded(RgbaImage image, Optional<Values> values) {

		Picture picture(final String name, final String hash) {
			return new Picture(image, new Source(name, hash, "file", image.width(), image.height()), values);
		}
	}

	private static Decoded pixels(final String file, final ImageInputStream in) throws IOException {
		final ImageReader reader = reader(file, in);
		try {
			reader.setInput(in, true, true);
			return decode(file, reader);
		}
		finally {
			reader.dispose();
		}
	}

	private static ImageReader reader(final String file, final ImageInputStream in) throws IOException {
		for (final Iterator<ImageReader> readers = ImageIO.getImageReaders(in); readers.hasNext();) {
			final ImageReader reader = readers.next();
			if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) return reader;
			reader.dispose();
		}
		throw new PictureException("The file " + file + " is not a picture that can be read (PNG, JPEG, TIFF, GIF or BMP).");
	}

	private static Decoded decode(final String file, final ImageReader reader) throws IOException {
		// To the Java library a JPEG that breaks off is no error: it warns and leaves the rest grey.
		final List<String> damage = new ArrayList<>();
		reader.addIIOReadWarningListener((source, warning) -> {
			if (warning.contains("premature end") || warning.contains("bad Huffman")) damage.add(warning);
		});
		try {
			checkSize(file, reader.getWidth(0), reader.getHeight(0));
			final BufferedImage image = reader.read(0);
			if (!damage.isEmpty()) throw new IIOException(damage.get(0));
			if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_CMYK) throw cmyk(file);
			final RgbaImage seen = Pixels.of(image).orElseThrow(() -> new PictureException("The picture " + file + " has pixels of an unsupported kind ("
				+ "only 8 and 16 bits of grey or RGB, with or without alpha, are); convert it to RGB first."));
			return new Decoded(seen, Pixels.values(image));
		}
		catch (final PictureException e) {
			throw e;
		}
		catch (IOException | RuntimeException e) {
			// The Java library's readers throw all kinds of things at damaged files, and at CMYK with Adobe's marker.
			throw hasFourBands(reader) ? cmyk(file) : damaged(file, e);
		}
		catch (final OutOfMemoryError e) {
			throw new PictureException("The picture " + file + " is too large for the memory Java may use; give Java more (-Xmx) or make it smaller.", e);
		}
	}

	private static PictureException cmyk(final String file) {
		return new PictureException("The picture " + file + " is in CMYK, the colours of printing; convert it to RGB first.");
	}

	private static boolean hasFourBands(final ImageReader reader) {
		try {
			return reader.canReadRaster() && reader.readRaster(0, null).getNumBands() == 4;
		}
		catch (IOException | RuntimeException e) {
			return false;
		}
	}

	/** Refuses pictures whose pixels alone would fill the memory, before anything of that size is allocated. */
	private static void checkSize(final String file, final int width, final int height) {
		final long pixels = (long) width * height;
		// Decoded by the Java library (up to 8 bytes a pixel) and ours (4) at the same time.
		final long needed = pixels * 12;
		final Runtime java = Runtime.getRuntime();
		final long free = java.maxMemory() - java.totalMemory() + java.freeMemory();
		if (pixels > Integer.MAX_VALUE - 8 || needed > free) throw new PictureException("The picture " + file + " has " + width + " × " + height
			+ " pixels and needs " + Forecast.gigabytes(needed) + " to open, but Java may use only " + Forecast.gigabytes(free)
			+ " more; give Java more (-Xmx) or make it smaller.");
	}

	private static PictureException damaged(final String file, final Exception e) {
		return new PictureException("The picture " + file + " is damaged or incomplete (" + Reason.of(e) + ").", e);
	}
}
