package org.layerj.io.formats;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.layerj.io.formats.LayerTree.Group;
import org.layerj.io.formats.LayerTree.Leaf;
import org.layerj.io.formats.LayerTree.Node;
import org.layerj.io.header.PictureNotes;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Writes OpenRaster 0.0.6, with our manifest as a file of its own and an attribute in our own namespace for its keys.
 */
final class OraWriter {

	static final String MIME = "image/openraster";
	static final String STACK = "stack.xml";
	static final String MANIFEST = "layerj/manifest.json";
	static final String NAMESPACE = "https://layerj.org/openraster/1";
	private static final int THUMBNAIL = 256;

	private final LayerDocument document;
	private final LayerStack stack;
	private final Map<String, String> groups = new LinkedHashMap<>();
	private final StringBuilder xml = new StringBuilder();

	private OraWriter(final LayerDocument document) {
		this.document = document;
		this.stack = document.layers();
	}

	static void write(final LayerDocument document, final OutputStream file, final Steps steps) throws IOException {
		new OraWriter(document).write(file, steps);
	}

	private void write(final OutputStream file, final Steps steps) throws IOException {
		final Depth depth = Depth.of(stack);
		try (ZipParts zip = new ZipParts(file)) {
			zip.stored("mimetype", MIME);
			zip.text(STACK, xml());
			zip.text(MANIFEST, Manifest.text(document, Manifest.numbers(), groups, depth));
			for (int k = 0; k < stack.size(); k++)
				zip.png(data(k), RowImage.of(stack.get(k), depth, steps), Optional.of(document.xmp(stack.get(k))),
					document.metadata().notes());
			zip.png("mergedimage.png", RowImage.flat(stack, steps), Optional.of(document.xmpOfComposite()),
				document.metadata().notes());
			zip.png("Thumbnails/thumbnail.png", RowImage.of(Thumbnail.of(stack, THUMBNAIL), steps), Optional.empty(),
				thumbnail());
		}
	}

	/** A thumbnail has the picture's colours, and not its size. */
	private PictureNotes thumbnail() {
		return new PictureNotes(document.metadata().profile(), Optional.empty());
	}

	private static String data(final int index) {
		return String.format(Locale.ROOT, "data/layer-%02d.png", index);
	}

	private String xml() {
		xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<image version=\"0.0.6\" w=\"")
			.append(stack.width())
			.append("\" h=\"")
			.append(stack.height())
			.append("\"");
		document.metadata()
			.pixelSize()
			.filter(s -> dpi(s.dpiX()) && dpi(s.dpiY()))
			.ifPresent(s -> xml.append(" xres=\"")
				.append(Math.round(s.dpiX()))
				.append("\" yres=\"")
				.append(Math.round(s.dpiY()))
				.append("\""));
		xml.append(" xmlns:layerj=\"").append(NAMESPACE).append("\">\n<stack>\n");
		nodes(LayerTree.of(stack));
		xml.append("</stack>\n</image>\n");
		return xml.toString();
	}

	/** OpenRaster has whole dots per inch. */
	private static boolean dpi(final double dpi) {
		return dpi >= 1 && dpi <= Integer.MAX_VALUE;
	}

	/** The top comes first. */
	private void nodes(final List<Node> nodes) {
		for (int i = nodes.size() - 1; i >= 0; i--) {
			if (nodes.get(i) instanceof Leaf leaf) layer(leaf.layer(), leaf.index());
			if (nodes.get(i) instanceof Group group) {
				final String key = "group-" + (groups.size() + 1);
				groups.put(key, group.id());
				xml.append("<stack name=\"")
					.append(XmlText.of(group.name()))
					.append("\" layerj:key=\"")
					.append(key)
					.append("\">\n");
				nodes(group.children());
				xml.append("</stack>\n");
			}
		}
	}

	private void layer(final Layer layer, final int index) {
		xml.append("<layer name=\"")
			.append(XmlText.of(layer.name()))
			.append("\" src=\"")
			.append(data(index))
			.append("\" x=\"")
			.append(layer.bounds().x())
			.append("\" y=\"")
			.append(layer.bounds().y())
			.append("\" opacity=\"")
			.append(layer.opacity())
			.append("\" visibility=\"")
			.append(layer.visible() ? "visible" : "hidden")
			.append(layer.locked() ? "\" edit-locked=\"true" : "")
			.append("\" composite-op=\"svg:src-over\" layerj:key=\"")
			.append(Manifest.numbers().apply(index))
			.append("\"/>\n");
	}
}
