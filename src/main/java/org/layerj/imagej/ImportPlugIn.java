package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.io.PageChoice;
import org.layerj.io.Picture;
import org.layerj.io.PictureException;
import org.layerj.io.PictureReader;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerMetadata;

/**
 * <em>Plugins › Decompose Layers › Import...</em>: a layered file (PSD, OpenRaster, TIFF pages, ZIP or folder of PNGs)
 * as a stack of layers. What the file has and layers here cannot have goes to the log. A page of a PDF is opened as a
 * picture, which <em>Decompose...</em> decomposes.
 */
public final class ImportPlugIn extends LayerPlugIn {

	private static final String PAGE = "page";
	private static final String DPI = "dpi";

	public ImportPlugIn() {
		super("Import...", Option.text(ExportPlugIn.FILE, ""), Option.text(PAGE, ""), Option.text(DPI, ""));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final Path file = ExportPlugIn.file(values.get(ExportPlugIn.FILE));
		final PageChoice page = PageChoice.parse(values.get(PAGE), values.get(DPI));
		if (PictureReader.isPdf(file)) return Optional.of(picture(PictureReader.read(file, page)));
		page.requireOpen(file.toString());
		final LayerDocument document = ResultFolder.read(file);
		if (document.layers().size() == 0) throw new PictureException("The file " + file + " has no layers.");
		document.notes().forEach(note -> IJ.log(file.getFileName() + ": " + note));
		if (document.metadata().calibration().isEmpty()) document.metadata()
			.pixelSize()
			.ifPresent(s -> IJ.log(String.format(Locale.ROOT,
				"%s: the size of a pixel follows from the file's resolution for printing, %.4g dpi, which programs such as"
					+ " GIMP and Krita change; check it under Image > Properties before you measure.",
				file.getFileName(), s.dpiX())));
		final String title = document.metadata().title();
		final ImagePlus layers = Hyperstacks.of(document.layers(),
			(title.isBlank() ? file.getFileName().toString().replaceFirst("\\.[^.]*$", "") : title) + "-layers");
		FileNotes.restore(document.metadata(), layers);
		return Optional.of(layers);
	}

	private static ImagePlus picture(final Picture page) {
		final ImagePlus image = new ImagePlus(page.source().name(),
			new ColorProcessor(page.image().width(), page.image().height(), page.image().argb()));
		FileNotes.restore(LayerMetadata.titled(page.source().name()).with(page.source().notes()), image);
		return image;
	}
}
