package org.layerj.io.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Writes a presentation of one slide with a picture per layer, after ECMA-376 (Office Open XML). The slide is as large as the canvas; a
 * picture is what is visible of its layer's pixels, at its place.
 *
 * <p>By hand rather than by Apache POI, which holds every picture in memory and brings nine libraries: the package is a ZIP with a dozen small
 * texts, most of which never change. Tests read it with POI.
 */
final class PptxWriter {

	/** Units of a metre and of a pixel at 96 dpi, which is taken where pixels have no size. */
	private static final double EMU_PER_METRE = 36_000_000, EMU_PER_PIXEL = 9525;
	/** PowerPoint has slides of 1 to 56 inches. */
	private static final long LEAST = 914_400, MOST = 56L * 914_400;

	private final LayerDocument document;
	private final LayerStack stack;
	private final double scaleX;
	private final double scaleY;

	private PptxWriter(final LayerDocument document) {
		this.document = document;
		this.stack = document.layers();
		final double x = document.metadata().pixelSize().map(p -> p.width() * EMU_PER_METRE).orElse(EMU_PER_PIXEL);
		final double y = document.metadata().pixelSize().map(p -> p.height() * EMU_PER_METRE).orElse(EMU_PER_PIXEL);
		// Micrographs are smaller than slides and maps larger; the proportions stay if they can.
		final double small = Math.max(1, Math.max(LEAST / (x * stack.width()), LEAST / (y * stack.height())));
		final double fit = Math.min(small, Math.min(MOST / (x * stack.width()), MOST / (y * stack.height())));
		this.scaleX = x * fit;
		this.scaleY = y * fit;
	}

	static void write(final LayerDocument document, final Path file, final Steps steps) throws IOException {
		new PptxWriter(document).write(file, steps);
	}

	private void write(final Path file, final Steps steps) throws IOException {
		try (ZipParts zip = new ZipParts(file)) {
			for (final String part : PptxParts.FIXED) zip.text(part, PptxParts.text(part));
			zip.text("docProps/core.xml", PptxParts.core(document.metadata().title()));
			zip.text("docProps/custom.xml", PptxParts.custom(document.metadata().run().orElse("")));
			zip.text("ppt/presentation.xml", PptxParts.presentation(slide(scaleX * stack.width()), slide(scaleY * stack.height())));
			final StringBuilder shapes = new StringBuilder();
			final StringBuilder relations = new StringBuilder();
			for (int k = 0; k < stack.size(); k++) {
				final Optional<Bounds> seen = Visible.of(stack.get(k));
				// Of a layer in which nothing is to be seen one pixel stands for it, so that it can be found.
				final Bounds part = seen.orElse(new Bounds(0, 0, 1, 1));
				final String media = String.format(Locale.ROOT, "layer-%02d.png", k);
				zip.png("ppt/media/" + media, RowImage.of(stack.get(k), Depth.RGB8, steps).part(part), document.metadata());
				relations.append(PptxParts.relation(k + 2, media));
				shapes.append(shape(k, part));
			}
			zip.text("ppt/slides/_rels/slide1.xml.rels", PptxParts.relations(relations));
			zip.text("ppt/slides/slide1.xml", PptxParts.slide(shapes));
		}
	}

	private static long slide(final double emu) {
		return Math.max(LEAST, Math.min(MOST, Math.round(emu)));
	}

	private String shape(final int index, final Bounds part) {
		final Layer layer = stack.get(index);
		final long x = Math.round((layer.bounds().x() + (double) part.x()) * scaleX);
		final long y = Math.round((layer.bounds().y() + (double) part.y()) * scaleY);
		// Edges are rounded, not sizes: neighbours stay neighbours.
		final long width = Math.round((layer.bounds().x() + (double) part.right()) * scaleX) - x;
		final long height = Math.round((layer.bounds().y() + (double) part.bottom()) * scaleY) - y;
		return PptxParts.picture(index + 2, layer.name(), alt(layer), layer.visible(), layer.opacity(), x, y, Math.max(1, width), Math.max(1, height));
	}

	/** What is read to those who do not see the slide. */
	private String alt(final Layer layer) {
		final double share = layer.syntheticFraction();
		return "Layer " + (stack.indexOf(layer.id()) + 1) + " of " + stack.size() + ": " + layer.name() + (share > 0 ? String.format(Locale.ROOT,
			" (%.0f %% of it made up by the model)", share * 100) : "");
	}
}
