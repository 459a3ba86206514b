package org.layerj.io.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Progress;
import org.layerj.io.OutputException;
import org.layerj.io.PictureException;
import org.layerj.io.Reason;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** Sends documents to the writer of their format and files to their reader, and makes one sentence of whatever goes wrong there. */
final class LayerFiles {

	private static final int MAGIC = 8;

	private LayerFiles() {}

	static Path write(final LayerFormat format, final LayerDocument document, final Path file, final Progress progress) {
		obstacle(format, document.layers()).ifPresent(sentence -> {
			throw new OutputException(sentence);
		});
		final Steps steps = new Steps(progress, file.getFileName().toString(), work(document.layers()));
		try (AtomicFile target = AtomicFile.open(file)) {
			Path written = file;
			switch (format) {
				case PSD -> written = psd(document, file, target, steps);
				case ORA -> OraWriter.write(document, target.draft(), steps);
				case ZIP -> PngZip.write(document, target.draft(), steps);
				case TIFF -> TiffPages.write(document, target.draft(), steps);
				case SVG -> SvgWriter.write(document, target.draft(), steps);
				case PPTX -> PptxWriter.write(document, target.draft(), steps);
			}
			progress.check();
			if (written.equals(file)) target.publish();
			else target.publish(written.toAbsolutePath().normalize());
			progress.update(1, "");
			return written;
		}
		catch (final IOException e) {
			throw AtomicFile.failure(file, e);
		}
	}

	private static Path psd(final LayerDocument document, final Path file, final AtomicFile target, final Steps steps) throws IOException {
		if (!PsdWriter.needsLarge(document.layers())) {
			try (FileChannel channel = FileChannel.open(target.draft(), StandardOpenOption.WRITE)) {
				new PsdWriter(document, steps).write(channel, false);
				return file;
			}
			catch (final PsdOut.TooLarge e) {
				// Only trying tells how well it packs.
			}
		}
		try (FileChannel channel = FileChannel.open(target.draft(), StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
			new PsdWriter(document, steps).write(channel, true);
		}
		final String name = file.getFileName().toString();
		return file.resolveSibling(name.toLowerCase(Locale.ROOT).endsWith(".psd") ? name.substring(0, name.length() - 1) + "b" : name);
	}

	private static Optional<String> obstacle(final LayerFormat format, final LayerStack stack) {
		return format == LayerFormat.PSD ? PsdWriter.obstacle(stack) : Optional.empty();
	}

	/** Bytes of pixels, with those of the layers put together. */
	private static long work(final LayerStack stack) {
		final Depth depth = Depth.of(stack);
		long pixels = (long) stack.width() * stack.height();
		for (final Layer l : stack.layers()) pixels += (long) l.bounds().width() * l.bounds().height();
		return pixels * (depth.colours() + 1) * depth.bytes();
	}

	static LayerDocument read(final Path file) {
		if (!Files.exists(file)) throw new PictureException("There is no file " + file + ".");
		if (!Files.isRegularFile(file) && !Files.isDirectory(file)) throw new PictureException(file + " is not a file but a pipe or a device; give a layered file.");
		if (!Files.isReadable(file)) throw new PictureException("The file " + file + " cannot be read; check its permissions.");
		try {
			final LayerDocument document = Files.isDirectory(file) ? PngFolder.read(file) : open(file);
			// A canvas costs a file nothing, but whoever puts the layers together.
			new Room(file).take(document.layers().width(), document.layers().height(), 4);
			return document;
		}
		catch (final DecompositionException e) {
			throw e;
		}
		catch (IOException | RuntimeException e) {
			// A runtime exception comes from the Java library's readers, which throw all kinds of things at damaged files.
			throw new PictureException("The file " + file + " is damaged or incomplete (" + (e instanceof RuntimeException
				? "its parts contradict one another" : Reason.of(e)) + ").", e);
		}
		catch (OutOfMemoryError | StackOverflowError e) {
			throw new PictureException("The layers in " + file + " are too large for the memory Java may use; give Java more (-Xmx) or make them smaller.", e);
		}
	}

	private static LayerDocument open(final Path file) throws IOException {
		final String magic;
		try (var in = Files.newInputStream(file)) {
			magic = new String(in.readNBytes(MAGIC), StandardCharsets.ISO_8859_1);
		}
		if (magic.isEmpty()) throw new PictureException("The file " + file + " is empty.");
		if (magic.startsWith("8BPS")) {
			try (FileChannel channel = FileChannel.open(file)) {
				return PsdReader.read(file, channel);
			}
		}
		if (magic.startsWith("PK")) return ZipLayers.read(file);
		if (magic.startsWith("II*\0") || magic.startsWith("MM\0*")) return TiffPages.read(file);
		throw new PictureException("The file " + file + " is none that layers can be read from (PSD, PSB, OpenRaster, TIFF, or PNGs in a ZIP or a folder).");
	}
}
