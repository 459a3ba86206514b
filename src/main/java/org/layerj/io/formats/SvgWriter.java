package org.layerj.io.formats;

import java.awt.geom.AffineTransform;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.io.formats.LayerTree.Group;
import org.layerj.io.formats.LayerTree.Leaf;
import org.layerj.io.formats.LayerTree.Node;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * Writes SVG 1.1 with a PNG per layer, in groups that Inkscape takes for layers, and live text where it is known. One
 * user unit is one pixel; width and height are the picture's physical size, if it has one that can be drawn.
 */
final class SvgWriter {

	/** Beyond that a drawing is no drawing: a kilometre, a tenth of a millimetre. */
	private static final double MOST_MM = 1e6, LEAST_MM = 0.1;

	private final OutputStream out;
	private final Steps steps;
	private int groups;

	private SvgWriter(final OutputStream out, final Steps steps) {
		this.out = out;
		this.steps = steps;
	}

	static void write(final LayerDocument document, final OutputStream file, final Steps steps) throws IOException {
		try (OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
			new SvgWriter(out, steps).write(document);
		}
	}

	private void write(final LayerDocument document) throws IOException {
		final LayerStack stack = document.layers();
		final Optional<PixelSize> size = document.metadata()
			.pixelSize()
			.filter(p -> drawable(p.width() * stack.width()) && drawable(p.height() * stack.height()));
		text(
			"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
				+ "xmlns:sodipodi=\"http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd\" xmlns:inkscape=\"http://www.inkscape.org/namespaces/inkscape\" version=\"1.1\" width=\""
				+ length(stack.width(), size.map(PixelSize::width)) + "\" height=\""
				+ length(stack.height(), size.map(PixelSize::height)) + "\" viewBox=\"0 0 " + stack.width() + " "
				+ stack.height() + "\">\n");
		if (!document.metadata().title().isBlank())
			text("<title>" + XmlText.of(document.metadata().title()) + "</title>\n");
		if (document.metadata().run().isPresent())
			text("<desc>" + XmlText.of(document.metadata().run().get()) + "</desc>\n");
		nodes(LayerTree.of(stack), document);
		text("</svg>\n");
	}

	private static boolean drawable(final double metres) {
		return metres * 1000 >= LEAST_MM && metres * 1000 <= MOST_MM;
	}

	private static String length(final int pixels, final Optional<Double> metres) {
		return metres.map(m -> String.format(Locale.ROOT, "%.6f", pixels * m * 1000).replaceAll("\\.?0+$", "") + "mm")
			.orElse(pixels + "px");
	}

	private void nodes(final List<Node> nodes, final LayerDocument document) throws IOException {
		for (final Node node : nodes) {
			if (node instanceof Leaf leaf) layer(leaf.layer(), leaf.index(), document);
			if (node instanceof Group group) {
				text("<g id=\"group-" + ++groups + "\" inkscape:groupmode=\"layer\" inkscape:label=\""
					+ XmlText.of(group.name()) + "\">\n");
				nodes(group.children(), document);
				text("</g>\n");
			}
		}
	}

	private void layer(final Layer layer, final int index, final LayerDocument document) throws IOException {
		text("<g id=\"layer-" + (index + 1) + "\" inkscape:groupmode=\"layer\" inkscape:label=\""
			+ XmlText.of(layer.name()) + "\" style=\"display:" + (layer.visible() ? "inline" : "none") + ";opacity:"
			+ layer.opacity() + "\"" + (layer.locked() ? " sodipodi:insensitive=\"true\"" : "") + ">\n");
		final Optional<LiveText> texts = Optional.ofNullable(document.texts().get(layer.id()));
		final Optional<Layer> picture = texts.isEmpty() ? Optional.of(layer) : texts.get().rest();
		if (picture.isPresent()) image(picture.get(), AltText.of(document.layers(), layer), document);
		for (final KnownText known : texts.map(LiveText::lines).orElse(List.of())) live(known);
		text("</g>\n");
	}

	private void image(final Layer layer, final String alternative, final LayerDocument document) throws IOException {
		text("<image role=\"img\" aria-label=\"" + XmlText.of(alternative) + "\" x=\"" + layer.bounds().x() + "\" y=\""
			+ layer.bounds().y() + "\" width=\"" + layer.bounds().width() + "\" height=\"" + layer.bounds().height()
			+ "\" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,");
		try (OutputStream base64 = Base64.getEncoder().wrap(new Unclosed(out))) {
			LayerPng.write(RowImage.of(layer, Depth.RGB8, steps), Optional.of(document.xmp(layer)),
				document.metadata().notes(), base64);
		}
		text("\"><title>" + XmlText.of(alternative) + "</title></image>\n");
	}

	/** Live text; letters are stretched by the transform, since not all programs know textLength. */
	private void live(final KnownText known) throws IOException {
		for (int k = 0; k < known.lines().size(); k++) {
			final AffineTransform at = known.baseline(k);
			at.scale(known.stretch(), 1);
			text("<text xml:space=\"preserve\" transform=\"matrix(" + number(at.getScaleX()) + " "
				+ number(at.getShearY()) + " " + number(at.getShearX()) + " " + number(at.getScaleY()) + " "
				+ number(at.getTranslateX()) + " " + number(at.getTranslateY()) + ")\" font-family=\""
				+ XmlText.of(FontNames.css(known.font())) + "\" font-size=\"" + number(known.size()) + "\""
				+ (known.bold() ? " font-weight=\"bold\"" : "") + (known.italic() ? " font-style=\"italic\"" : "")
				+ String.format(Locale.ROOT, " fill=\"#%06x\">", known.rgb()) + XmlText.of(known.lines().get(k))
				+ "</text>\n");
		}
	}

	private static String number(final double value) {
		return String.format(Locale.ROOT, "%.4f", value).replaceAll("\\.?0+$", "");
	}

	private void text(final String text) throws IOException {
		out.write(text.getBytes(StandardCharsets.UTF_8));
	}
}
