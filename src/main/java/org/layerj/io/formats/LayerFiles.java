package org.layerj.io.formats;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.layerj.common.Progress;
import org.layerj.common.UserException;
import org.layerj.io.OutputException;
import org.layerj.io.PictureException;
import org.layerj.io.Reason;
import org.layerj.io.Staging;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Sends documents to the writer of their format and files to their reader, and makes one message of whatever goes wrong
 * there.
 */
final class LayerFiles {

	private static final int MAGIC = 8;
	private static final String DRAFT = "draft";

	private LayerFiles() {}

	/** Writes a file of any name in any folder. */
	static Path write(final LayerFormat format, final LayerDocument document, final Path file,
		final Progress progress)
	{
		final Path absolute = file.toAbsolutePath().normalize();
		if (Files.isDirectory(absolute))
			throw new OutputException(file + " is a folder; give another name for the file.");
		try {
			// A link stays, and what it leads to is replaced.
			final Path target =
				Files.isSymbolicLink(absolute) && Files.exists(absolute) ? absolute.toRealPath() : absolute;
			final Path folder = target.getParent();
			if (folder == null || !Files.isDirectory(folder)) throw new OutputException("There is no folder " + folder
				+ " to write " + target.getFileName() + " into; make it first or give another.");
			try (Staging staging = Staging.in(folder)) {
				final String name = draft(format, document, staging, target.getFileName().toString(), progress);
				// The name that was asked for, unless it had to be another.
				final Path place =
					name.equals(target.getFileName().toString()) ? target : absolute.resolveSibling(name);
				staging.replace(DRAFT, place);
				progress.update(1, "");
				return place.equals(target) ? file : file.resolveSibling(name);
			}
		}
		catch (final IOException e) {
			throw Staging.failureOf(e, "The file " + file + " cannot be written", space(file.toString()),
				permission(file.toString()));
		}
	}

	/** Makes a file of a result folder; returns its name. */
	static String stage(final LayerFormat format, final LayerDocument document, final Staging staging,
		final Progress progress)
	{
		final String name = draft(format, document, staging, format.fileName(), progress);
		try {
			staging.rename(DRAFT, name);
			return name;
		}
		catch (final IOException e) {
			throw failure(staging, e, name);
		}
	}

	/** Makes the draft of a file; returns the name given, or where a PSD would have been too large that of the PSB. */
	private static String draft(final LayerFormat format, final LayerDocument document, final Staging staging,
		final String name, final Progress progress)
	{
		if (document.layers().size() == 0) throw new OutputException("There are no layers to write to " + name + ".");
		if (format == LayerFormat.PSD) PsdWriter.obstacle(document.layers()).ifPresent(message -> {
			throw new OutputException(message);
		});
		final Steps steps = new Steps(progress, name, work(document.layers()));
		try (FileChannel channel = staging.create(DRAFT)) {
			final boolean large = write(format, document, channel, steps);
			progress.check();
			return large && name.toLowerCase(Locale.ROOT).endsWith(".psd") ? name.substring(0, name.length() - 1) + "b"
				: name;
		}
		catch (IOException | RuntimeException e) {
			throw failure(staging, e, name);
		}
	}

	/** The message for a file that could not be written. */
	static RuntimeException failure(final Staging staging, final Exception e, final String name) {
		return staging.failure(e, "The file " + name + " cannot be written", space(name), permission(name));
	}

	/** Whether the file became a PSB. */
	private static boolean write(final LayerFormat format, final LayerDocument document, final FileChannel channel,
		final Steps steps) throws IOException
	{
		switch (format) {
			case PSD -> {
				return psd(document, channel, steps);
			}
			case ORA -> OraWriter.write(document, Channels.newOutputStream(channel), steps);
			case ZIP -> PngZip.write(document, Channels.newOutputStream(channel), steps);
			case TIFF -> TiffPages.write(document, channel, steps);
			case SVG -> SvgWriter.write(document, Channels.newOutputStream(channel), steps);
			case PDF -> PdfWriter.write(document, Channels.newOutputStream(channel), steps);
			case PPTX -> PptxWriter.write(document, Channels.newOutputStream(channel), steps);
		}
		return false;
	}

	private static boolean psd(final LayerDocument document, final FileChannel channel, final Steps steps)
		throws IOException
	{
		if (!PsdWriter.needsLarge(document.layers())) {
			try {
				new PsdWriter(document, steps).write(channel, false);
				return false;
			}
			catch (final PsdOut.TooLarge e) {
				// Only trying tells how well it packs.
				channel.truncate(0);
			}
		}
		new PsdWriter(document, steps).write(channel, true);
		return true;
	}

	private static String permission(final String file) {
		return "The file " + file + " cannot be written there; give another folder.";
	}

	private static String space(final String file) {
		return "There is not enough space on the disk for " + file + "; free some or give another folder.";
	}

	/** Bytes of pixels, with those of the composite. */
	private static long work(final LayerStack stack) {
		final Depth depth = Depth.of(stack);
		long pixels = (long) stack.width() * stack.height();
		for (final Layer l : stack.layers()) pixels += (long) l.bounds().width() * l.bounds().height();
		return pixels * (depth.colours() + 1) * depth.bytes();
	}

	static LayerDocument read(final Path file) {
		if (!Files.exists(file)) throw new PictureException("There is no file " + file + ".");
		if (!Files.isRegularFile(file) && !Files.isDirectory(file))
			throw new PictureException(file + " is not a file but a pipe or a device; give a layered file.");
		if (!Files.isReadable(file))
			throw new PictureException("The file " + file + " cannot be read; check its permissions.");
		try {
			final LayerDocument document = Files.isDirectory(file) ? PngFolder.read(file) : open(file);
			// A canvas costs a file nothing, but whoever puts the layers together.
			new Room(file).take(document.layers().width(), document.layers().height(), 4);
			return document;
		}
		catch (final UserException e) {
			throw e;
		}
		catch (IOException | RuntimeException e) {
			// A runtime exception comes from the Java library's readers, which throw all kinds of things at damaged
			// files.
			throw new PictureException("The file " + file + " is damaged or incomplete ("
				+ (e instanceof RuntimeException ? "its parts contradict one another" : Reason.of(e)) + ").", e);
		}
		catch (OutOfMemoryError | StackOverflowError e) {
			throw new PictureException("The layers in " + file
				+ " are too large for the memory Java may use; give Java more (-Xmx) or make them smaller.", e);
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
		if (magic.matches("(?s)(II[*+]\0|MM\0[*+]).*")) return TiffPages.read(file);
		if (magic.startsWith("%PDF")) throw new PictureException(
			"The file " + file + " is a PDF, whose layers cannot be read; open one of its pages as a picture.");
		throw new PictureException("The file " + file
			+ " is no layered file that can be read (PSD, PSB, OpenRaster, TIFF, or PNGs in a ZIP or a folder).");
	}
}
