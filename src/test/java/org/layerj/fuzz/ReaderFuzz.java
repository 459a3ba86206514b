package org.layerj.fuzz;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.layerj.common.Progress;
import org.layerj.io.PageChoice;
import org.layerj.io.PictureException;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.Documents;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.io.header.Broken;
import org.layerj.io.header.PictureBytes;
import org.layerj.io.header.PictureHeader;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Coverage-guided fuzzing of the readers with Jazzer: whatever a file holds, a picture or layers come out, or a
 * {@link PictureException}. Run by the Maven profile {@code fuzz}; with {@code seeds FOLDER} as arguments,
 * {@link #main} writes small files to begin with.
 */
public final class ReaderFuzz {

	/** Readers of pictures, and of layered files. */
	private static final List<String> PICTURES = List.of("png", "jpeg", "tiff", "gif", "bmp");
	private static final String PAGE = "pdf";
	private static final Map<String, LayerFormat> LAYERED =
		Map.of("psd", LayerFormat.PSD, "ora", LayerFormat.ORA, "zip", LayerFormat.ZIP, "pages", LayerFormat.TIFF);
	private static final String READER = System.getProperty("fuzz.reader", "png");
	/** Headers are read whatever they say; decoding many pixels takes time and runs the same code as decoding few. */
	private static final int MOST_PIXELS = 64 * 64;
	/** As coarse as pages can be drawn. */
	private static final PageChoice COARSE = PageChoice.parse("", "10");
	/** Some readers take files only: a disk in memory, since most of the time would go into the system's. */
	private static final Path DISK = Jimfs.newFileSystem(Configuration.unix()).getPath("/");

	private ReaderFuzz() {}

	/** Called by Jazzer. */
	public static void fuzzerTestOneInput(final byte[] data) {
		read(READER, data);
	}

	/** Gives a file to a reader; what it makes of it must be a picture, layers, or a message. */
	static void read(final String reader, final byte[] data) {
		final Path file = DISK.resolve("x." + reader);
		try {
			if (PICTURES.contains(reader)) {
				if (!large(data)) PictureReader.read(file.toString(), data);
			}
			else {
				Files.write(file, data);
				if (!reader.equals(PAGE)) LayerFormat.read(file);
				else if (PictureReader.isPdf(file)) PictureReader.read(file, COARSE);
			}
		}
		catch (final PictureException e) {
			final String text = String.valueOf(e.getMessage());
			if (!text.endsWith(".") || text.contains("\n") || text.contains("null") || text.contains("java."))
				throw new IllegalStateException("no message: " + text, e);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static boolean large(final byte[] data) throws IOException {
		try (PictureBytes bytes = PictureBytes.of(data)) {
			return PictureHeader.of(bytes).filter(h -> (long) h.width() * h.height() > MOST_PIXELS).isPresent();
		}
		catch (final Broken e) {
			// The reader will say so.
			return false;
		}
	}

	/** Writes seeds of all readers, a folder for each. Argument: the folder. */
	public static void main(final String... args) throws IOException {
		final BufferedImage[] images = { new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB),
			new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY),
			new BufferedImage(5, 4, BufferedImage.TYPE_USHORT_GRAY),
			new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_INDEXED),
			new BufferedImage(5, 4, BufferedImage.TYPE_INT_ARGB) };
		for (final String reader : PICTURES) {
			final Path folder = Files.createDirectories(Path.of(args[0], reader));
			for (int k = 0; k < images.length; k++) {
				final ByteArrayOutputStream out = new ByteArrayOutputStream();
				if (ImageIO.write(images[k], reader, out)) Files.write(folder.resolve("image-" + k), out.toByteArray());
			}
		}
		final LayerStack stack = new LayerStack(3, 2, List.of(Layer.of("a", "a", Documents.noise(3, 2, 1)),
			Layer.of("b", "b", Documents.noise(1, 1, 2)).at(1, 1).withOpacity(0.5)));
		final LayerDocument document = new LayerDocument(stack, LayerMetadata.titled("t"));
		for (final Map.Entry<String, LayerFormat> e : LAYERED.entrySet()) {
			final Path folder = Files.createDirectories(Path.of(args[0], e.getKey()));
			e.getValue().write(document, folder.resolve("layers"), Progress.none());
		}
		final Path pages = Files.createDirectories(Path.of(args[0], PAGE));
		LayerFormat.PDF.write(document, pages.resolve("layers"), Progress.none());
		// As plain text, which is changed with more effect than what is compressed.
		try (PDDocument plain = new PDDocument()) {
			final PDPage page = new PDPage(new PDRectangle(30, 20));
			plain.addPage(page);
			try (PDPageContentStream content =
				new PDPageContentStream(plain, page, PDPageContentStream.AppendMode.OVERWRITE, false))
			{
				content.setNonStrokingColor(0.2f, 0.4f, 0.6f);
				content.addRect(2, 3, 10, 10);
				content.fill();
				content.moveTo(1, 1);
				content.curveTo(5, 9, 9, 5, 20, 15);
				content.stroke();
			}
			plain.save(pages.resolve("plain").toFile(), CompressParameters.NO_COMPRESSION);
		}
	}
}
