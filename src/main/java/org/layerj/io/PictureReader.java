package org.layerj.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.layerj.common.Hash;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.JavaHeap;
import org.layerj.io.header.PictureBytes;
import org.layerj.io.header.PictureHeader;
import org.layerj.io.header.PictureNotes;

/**
 * Reads a picture file: PNG, JPEG, TIFF (BigTIFF too), GIF, BMP, a page of a PDF; 8 or 16 bits, grey, colour or
 * palette, with or without alpha. Of a file with several pictures it reads the first that is no thumbnail.
 * <p>
 * Samples are kept as stored; colour profiles are carried along and not applied; the orientation of the file is
 * applied. 16-bit samples are kept; pixels, and all alpha, are their values divided by 257 and rounded.
 */
public final class PictureReader {

	private PictureReader() {}

	/**
	 * Reads a picture.
	 *
	 * @param file PNG, JPEG, TIFF, GIF, BMP or PDF, of which the first page counts
	 * @return pixels, samples if it has more than 8-bit colours, and notes
	 * @throws PictureException if it cannot be read, with what to do
	 */
	public static Picture read(final Path file) {
		return read(file, PageChoice.OPEN);
	}

	/**
	 * Reads a picture, or the page of a PDF.
	 *
	 * @param file PNG, JPEG, TIFF, GIF, BMP or PDF
	 * @param page which page of a PDF, and how large it is drawn
	 * @return pixels, samples if it has more than 8-bit colours, and notes
	 * @throws PictureException if it cannot be read, with what to do
	 * @throws org.layerj.decompose.InvalidOptionException if a page is chosen of a file that has none
	 */
	public static Picture read(final Path file, final PageChoice page) {
		if (!Files.exists(file)) throw new PictureException("There is no file " + file + ".");
		if (Files.isDirectory(file)) throw new PictureException(file + " is a folder; give a picture file.");
		if (!Files.isRegularFile(file))
			throw new PictureException(file + " is not a file but a pipe or a device; give a picture file.");
		if (!Files.isReadable(file))
			throw new PictureException("The file " + file + " cannot be read; check its permissions.");
		try (PictureBytes bytes = PictureBytes.of(file); InputStream all = Files.newInputStream(file)) {
			return picture(file.toString(), file.getFileName().toString(), bytes, all, page);
		}
		catch (final IOException e) {
			throw damaged(file.toString(), e);
		}
	}

	/**
	 * Reads a picture that is in memory as a file would be.
	 *
	 * @param name for messages
	 * @param file all of its bytes
	 * @return as of a file
	 * @throws PictureException if it cannot be read
	 */
	public static Picture read(final String name, final byte[] file) {
		try (PictureBytes bytes = PictureBytes.of(file)) {
			return picture(name, name, bytes, new ByteArrayInputStream(file), PageChoice.OPEN);
		}
		catch (final IOException e) {
			throw damaged(name, e);
		}
	}

	/**
	 * The profile and resolution of a picture file as it is stored, not turned; none if it is no picture, or cannot be
	 * read.
	 *
	 * @param file any
	 * @return what could be read; never an exception
	 */
	public static PictureNotes storedNotes(final Path file) {
		if (!Files.isRegularFile(file)) return PictureNotes.NONE;
		try (PictureBytes bytes = PictureBytes.of(file)) {
			return PictureHeader.of(bytes).map(PictureHeader::storedNotes).orElse(PictureNotes.NONE);
		}
		catch (final IOException e) {
			return PictureNotes.NONE;
		}
	}

	/**
	 * Whether a file is a PDF, of which {@link #read(Path, PageChoice)} renders a page.
	 *
	 * @param file any
	 * @return false also if it cannot be read
	 */
	public static boolean isPdf(final Path file) {
		if (!Files.isRegularFile(file)) return false;
		try (PictureBytes bytes = PictureBytes.of(file)) {
			return PictureHeader.of(bytes).isEmpty() && PdfPages.isPdf(bytes);
		}
		catch (final IOException e) {
			// Whoever reads it will say so.
			return false;
		}
	}

	private static Picture picture(final String file, final String name, final PictureBytes bytes,
		final InputStream all, final PageChoice page) throws IOException
	{
		if (bytes.size() == 0) throw new PictureException("The file " + file + " is empty.");
		final Optional<PictureHeader> found = PictureHeader.of(bytes);
		if (found.isEmpty() && PdfPages.isPdf(bytes)) return page(file, name, bytes, all, page);
		page.requireOpen(file);
		if (found.isEmpty()) throw new PictureException("The file " + file + " "
			+ OtherFiles.is(bytes).orElse("is not a picture that can be read (PNG, JPEG, TIFF, GIF, BMP or PDF)")
			+ ".");
		final PictureHeader header = found.get();
		header.obstacle().ifPresent(o -> {
			throw new PictureException("The picture " + file + " " + o + ".");
		});
		checkSize(file, header.width(), header.height());
		try {
			final PictureDecoder.Decoded decoded = PictureDecoder.decode(header, bytes);
			return new Picture(decoded.image(), new Source(name, Hash.of(all), "file", decoded.image().width(),
				decoded.image().height(), header.notes()), decoded.samples());
		}
		catch (final PixelKindException e) {
			throw new PictureException("The picture " + file + " has pixels of an unsupported kind ("
				+ "only 8 and 16 bits of grey or RGB, with or without alpha, are); convert it to RGB first.", e);
		}
		catch (final OutOfMemoryError e) {
			throw new PictureException("The picture " + file
				+ " is too large for the memory Java may use; give Java more (-Xmx) or make it smaller.", e);
		}
	}

	private static Picture page(final String file, final String name, final PictureBytes bytes, final InputStream all,
		final PageChoice page) throws IOException
	{
		try {
			if (bytes.size() > JavaHeap.left(bytes.size())) throw new OutOfMemoryError();
			final PdfPages.Drawn drawn =
				PdfPages.draw(file, bytes.at(0, bytes.size()).array(), page, (w, h) -> checkSize(file, w, h));
			return new Picture(drawn.image(), new Source(PdfPages.name(name, drawn.page(), drawn.pages()), Hash.of(all),
				"file", drawn.image().width(), drawn.image().height(), drawn.notes()), Optional.empty());
		}
		catch (final OutOfMemoryError e) {
			throw new PictureException("The PDF " + file
				+ " is too large for the memory Java may use; give Java more (-Xmx) or choose fewer dpi.", e);
		}
	}

	/** Rejects pictures whose pixels alone would fill the memory, before anything of that size is allocated. */
	private static void checkSize(final String file, final int width, final int height) {
		final long pixels = (long) width * height;
		// Decoded by the Java library (up to 8 bytes a pixel) and ours (4) at the same time.
		final long needed = 12 * Math.min(pixels, Long.MAX_VALUE / 12);
		final long free = JavaHeap.left(needed);
		if (pixels > Integer.MAX_VALUE - 8 || needed > free)
			throw new PictureException("The picture " + file + " has " + width + " × " + height + " pixels and needs "
				+ Forecast.gigabytes(needed) + " to open, but Java may use only " + Forecast.gigabytes(free)
				+ " more; give Java more (-Xmx) or make it smaller.");
	}

	private static PictureException damaged(final String file, final Exception e) {
		return new PictureException("The picture " + file + " is damaged or incomplete (" + Reason.of(e) + ").", e);
	}
}
