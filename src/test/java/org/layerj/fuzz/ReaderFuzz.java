package org.layerj.fuzz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.layerj.common.Progress;
import org.layerj.io.PictureException;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.Documents;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.LayerMetadata;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Coverage-guided fuzzing of the readers with Jazzer: whatever a file holds, a picture or layers come out, or a
 * {@link PictureException}. Run by the Maven profile {@code fuzz}; with {@code seeds FOLDER} as arguments,
 * {@link #main} writes small files to begin with.
 */
public final class ReaderFuzz {

	/** Readers of pictures, and of layered files. */
	private static final List<String> PICTURES = List.of("png", "jpeg", "tiff", "gif", "bmp", "pdf");
	private static final Map<String, LayerFormat> LAYERED =
		Map.of("psd", LayerFormat.PSD, "ora", LayerFormat.ORA, "zip", LayerFormat.ZIP, "pages", LayerFormat.TIFF);
	private static final String READER = System.getProperty("fuzz.reader", "png");
	private static final Path FILE = file();

	private ReaderFuzz() {}

	/** Called by Jazzer. */
	public static void fuzzerTestOneInput(final byte[] data) {
		read(READER, data);
	}

	/** Gives a file to a reader; what it makes of it must be a picture, layers, or a message. */
	static void read(final String reader, final byte[] data) {
		try {
			if (PICTURES.contains(reader)) PictureReader.read("x." + reader, data);
			else {
				Files.write(FILE, data);
				LayerFormat.read(FILE);
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

	private static Path file() {
		try {
			// Memory, where the system has a disk of that.
			final Path memory = Path.of("/dev/shm");
			final Path file = Files.isWritable(memory) ? Files.createTempFile(memory, "fuzz", ".bin")
				: Files.createTempFile("fuzz", ".bin");
			file.toFile().deleteOnExit();
			return file;
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
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
		final LayerStack stack = new LayerStack(6, 5, List.of(Layer.of("a", "a", Documents.noise(6, 5, 1)),
			Layer.of("b", "b", Documents.noise(3, 2, 2)).at(1, 1).withOpacity(0.5)));
		final LayerDocument document = new LayerDocument(stack, LayerMetadata.titled("t"));
		for (final Map.Entry<String, LayerFormat> e : LAYERED.entrySet()) {
			final Path folder = Files.createDirectories(Path.of(args[0], e.getKey()));
			e.getValue().write(document, folder.resolve("layers"), Progress.none());
		}
		LayerFormat.PDF.write(document, Path.of(args[0], "pdf", "layers"), Progress.none());
	}
}
