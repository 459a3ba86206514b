package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.io.PictureException;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;

/**
 * <em>Plugins › Decompose Layers › Import...</em>: a layered file (PSD, OpenRaster, TIFF pages, ZIP or folder of PNGs) as a stack of layers. What the file
 * has and layers here cannot have goes to the log.
 */
public final class ImportPlugIn extends LayerPlugIn {

	public ImportPlugIn() {
		super("Import...", Option.text(ExportPlugIn.FILE, ""));
	}

	@Override
	protected Optional<ImagePlus> run(final Optional<ImagePlus> image, final Map<String, String> values) {
		final Path file = ExportPlugIn.file(values.get(ExportPlugIn.FILE));
		final LayerDocument document = LayerFormat.read(file);
		if (document.layers().size() == 0) throw new PictureException("The file " + file + " has no layers.");
		document.notes().forEach(note -> IJ.log(file.getFileName() + ": " + note));
		final String title = document.metadata().title();
		final ImagePlus layers = Hyperstacks.of(document.layers(), (title.isBlank() ? file.getFileName().toString().replaceFirst("\\.[^.]*$", "") : title) + "-layers");
		FileNotes.restore(document.metadata(), layers);
		return Optional.of(layers);
	}
}
