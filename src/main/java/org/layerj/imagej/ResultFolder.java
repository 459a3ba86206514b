package org.layerj.imagej;

import ij.IJ;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.io.formats.LayerDocument;
import org.layerj.io.formats.LayerFormat;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.Kind;
import org.layerj.tracking.Fingerprints;
import org.layerj.tracking.PixelTracking;

/**
 * Layered files of all kinds, and where a result folder's PNGs do not say where their pixels come from, what the
 * hyperstack beside them says: PNGs had no records before, and programs such as Krita leave them out.
 */
final class ResultFolder {

	private static final String HYPERSTACK = "layers.tif";

	private ResultFolder() {}

	/** As {@link LayerFormat#read}. */
	static LayerDocument read(final Path file) {
		final LayerDocument read = LayerFormat.read(file);
		final Path tiff = file.resolve(HYPERSTACK);
		if (!Files.isRegularFile(tiff) || read.layers().layers().stream().noneMatch(ResultFolder::unknown)) return read;
		final Optional<LayerStack> beside = Optional.ofNullable(IJ.openImage(tiff.toString()))
			.filter(Hyperstacks::isLayers)
			.filter(i -> i.getWidth() == read.layers().width() && i.getHeight() == read.layers().height())
			.map(Hyperstacks::layers);
		if (beside.isEmpty()) return read;
		final List<Layer> layers = new ArrayList<>();
		int found = 0;
		for (final Layer l : read.layers().layers()) {
			final Optional<Layer> same =
				unknown(l) ? beside.get().find(l.id()).filter(t -> !unknown(t)) : Optional.empty();
			if (same.isPresent()) found++;
			layers.add(same.map(t -> followed(l, t, read.layers())).orElse(l));
		}
		if (found == 0) return read;
		final List<String> notes = new ArrayList<>(read.notes());
		if (layers.stream().noneMatch(ResultFolder::unknown)) notes.removeIf(n -> n.contains(LayerDocument.NO_RECORD));
		notes.add("Where the pixels of " + found + (found == 1 ? " layer" : " layers") + " come from is known from "
			+ HYPERSTACK + "; the PNGs do not say it.");
		return new LayerDocument(new LayerStack(read.layers().width(), read.layers().height(), layers), read.metadata(),
			notes, read.texts());
	}

	private static boolean unknown(final Layer l) {
		for (int i = 0; i < l.bounds().width() * l.bounds().height(); i++)
			if (l.provenance().share(Kind.UNKNOWN, i) > 0) return true;
		return false;
	}

	/** What has been painted on the PNG since is by hand. */
	private static Layer followed(final Layer png, final Layer tiff, final LayerStack canvas) {
		final PixelTracking.Known known = new PixelTracking.Known(tiff.bounds(), tiff.provenance(),
			Fingerprints.of(tiff, canvas.width(), canvas.height()));
		return png.withProvenance(PixelTracking.of(known, png.bounds(), png.pixels(), png.samples()));
	}
}
