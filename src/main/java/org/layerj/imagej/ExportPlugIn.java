package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.layerj.common.LocaleNames;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.edit.ReadLines;
import org.layerj.imagej.edit.TextNotes;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;

/**
 * <em>Plugins › Decompose Layers › Export...</em>: the layers as a file for other programs. The end of the file's name
 * tells the format unless {@code format} does. Of several frames the current one is written. Text that is known is text
 * in the file, where the format has such ({@code text=live}), or pixels ({@code text=pixels}).
 */
public final class ExportPlugIn extends LayerStackPlugIn {

	static final String FILE = "file";
	static final String FORMAT = "format";
	static final String TEXT = "text";
	private static final String LIVE = "live";
	/** By the end of the file's name. */
	private static final String BY_NAME = "auto";

	public ExportPlugIn() {
		super("Export...", Option.text(FILE, ""),
			Option.choice(FORMAT,
				Stream.concat(Stream.of(BY_NAME), Arrays.stream(LayerFormat.values()).map(LayerFormat::key))
					.toArray(String[]::new)),
			Option.choice(TEXT, LIVE, "pixels"));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final OpenLayers open = OpenLayers.require(image);
		final Path named = file(values.get(FILE));
		final LayerFormat format =
			values.get(FORMAT).equals(BY_NAME) ? byName(named) : LayerFormat.parse(values.get(FORMAT)).get(0);
		final Path file = endsLike(named, format) ? named : named.resolveSibling(named.getFileName() + format.suffix());
		final ImageJProgress progress = new ImageJProgress(() -> Thread.currentThread().isInterrupted());
		try {
			final LayerDocument pixels = new LayerDocument(open.layers(), FileNotes.of(open));
			final Path written =
				format.write(values.get(TEXT).equals(LIVE) ? live(pixels, open) : pixels, file, progress);
			progress.end("Wrote " + written);
		}
		catch (RuntimeException | Error e) {
			progress.end("");
			throw e;
		}
		return Optional.empty();
	}

	/** With what was written and what was read. */
	private static LayerDocument live(final LayerDocument pixels, final OpenLayers open) {
		return pixels.withTexts(TextNotes.of(open)).withRead(ReadLines.of(open));
	}

	/** The file an option names; a message if it names none. */
	static Path file(final String name) {
		if (name.isBlank()) throw new InvalidOptionException(FILE,
			"The option file is missing; name the file, for example file=/path/figure.psd.");
		try {
			final Path path = Path.of(name.strip());
			// A macro's paths are relative to where ImageJ says they are.
			return path.isAbsolute() || IJ.getDirectory("default") == null ? path.toAbsolutePath()
				: Path.of(IJ.getDirectory("default")).resolve(path);
		}
		catch (final InvalidPathException e) {
			throw new InvalidOptionException(FILE,
				LocaleNames.unreadable(name).orElse("The option file must name a file, not " + name + "."));
		}
	}

	private static LayerFormat byName(final Path file) {
		return Arrays.stream(LayerFormat.values())
			.filter(f -> endsLike(file, f))
			.findFirst()
			.orElseThrow(() -> new InvalidOptionException(FILE, "The name " + file.getFileName()
				+ " does not say which format is wanted; end it with .psd, .pptx, .ora, .svg, .tif, .zip or .pdf, or give the format."));
	}

	private static boolean endsLike(final Path file, final LayerFormat format) {
		final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
		return name.endsWith(format.suffix()) || format == LayerFormat.TIFF && name.endsWith(".tiff")
			|| format == LayerFormat.PSD && name.endsWith(".psb");
	}
}
