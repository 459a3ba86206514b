package org.layerj.io.formats;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.layerj.common.Progress;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.io.Export;
import org.layerj.io.OutputException;
import org.layerj.io.PictureException;

/**
 * The layered file formats that can be written and, some of them, read. {@code docs/FORMATS.md} has what each keeps.
 */
public enum LayerFormat {

	/** Adobe Photoshop, 8 or 16 bits; what is too large for it becomes a PSB. */
	PSD("psd", "Photoshop", true),
	/** PowerPoint: one slide, one picture per layer. */
	PPTX("pptx", "PowerPoint", false),
	/** OpenRaster: Krita, GIMP, MyPaint. */
	ORA("ora", "OpenRaster", true),
	/** Inkscape's layers with PNGs in them. */
	SVG("svg", "SVG", false),
	/** One page per layer, RGBA. (ImageJ's hyperstack is a TIFF too, but ImageJ writes that.) */
	TIFF("tiff", "TIFF pages", true),
	/** A PNG per layer and a manifest. */
	ZIP("zip", "PNGs in a ZIP", true),
	/** One page with the layers as optional content. */
	PDF("pdf", "PDF", false);

	private final String key;
	private final String title;
	private final boolean readable;

	LayerFormat(final String key, final String title, final boolean readable) {
		this.key = key;
		this.title = title;
		this.readable = readable;
	}

	/** {@return the key in options and macros: one lower-case word} */
	public String key() {
		return key;
	}

	/** {@return the title in dialogs} */
	public String title() {
		return title;
	}

	/** {@return the file name extension, with the dot} */
	public String suffix() {
		return this == TIFF ? ".tif" : "." + key;
	}

	/**
	 * {@return the name of a file of this format in a result folder, where {@code layers.tif} is ImageJ's hyperstack}
	 */
	public String fileName() {
		return "layers" + (this == TIFF ? "-pages" : "") + suffix();
	}

	/** {@return whether {@link #read} can read such files} */
	public boolean readable() {
		return readable;
	}

	/**
	 * The formats in a list of keys such as {@code psd,ora}, each once, in that order; throws
	 * {@link InvalidOptionException} if there are others.
	 *
	 * @param keys separated by commas; blank for none
	 * @return the formats
	 * @throws InvalidOptionException if there are others
	 */
	public static List<LayerFormat> parse(final String keys) {
		final Set<LayerFormat> formats = new LinkedHashSet<>();
		for (final String key : keys.strip().toLowerCase(Locale.ROOT).split("[,\\s]+")) {
			if (key.isEmpty()) continue;
			formats.add(Arrays.stream(values())
				.filter(f -> f.key.equals(key) || f == TIFF && key.equals("tif"))
				.findFirst()
				.orElseThrow(() -> new InvalidOptionException("export",
					"There is no format " + key + " to export to; the formats are "
						+ Arrays.stream(values()).map(LayerFormat::key).collect(Collectors.joining(", ")) + ".")));
		}
		return List.copyOf(formats);
	}

	/**
	 * Writes a file. It appears, or replaces an older one, when it is complete; after an error or cancelling an older
	 * file is unchanged.
	 *
	 * @param document what to write; needs at least one layer
	 * @param file where to
	 * @param progress receives one phase, and is asked after every few rows whether to stop
	 * @return the file written, which is {@code file} except that a PSD too large for the format becomes a {@code .psb}
	 * @throws OutputException if it cannot be written, with a message that says why
	 * @throws org.layerj.common.CancelledException if {@code progress} says so
	 */
	public Path write(final LayerDocument document, final Path file, final Progress progress) {
		return LayerFiles.write(this, document, file, progress);
	}

	/**
	 * The layers as a file of a result folder.
	 *
	 * @param document layers and metadata
	 * @return writes the file
	 */
	public Export export(final LayerDocument document) {
		return new Export(key, (staging, progress) -> LayerFiles.stage(this, document, staging, progress));
	}

	/**
	 * Reads a layered file; the format is detected from its first bytes. A folder of PNGs is read like a ZIP of them.
	 *
	 * @param file a file, or a folder of PNGs
	 * @return its layers, with notes on unsupported features
	 * @throws PictureException if it cannot be read, with a message that says why
	 */
	public static LayerDocument read(final Path file) {
		return LayerFiles.read(file);
	}
}
