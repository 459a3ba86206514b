package org.layerj.io.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.layerj.io.formats.FoundLayer.FoundGroup;
import org.layerj.io.header.Broken;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Bounds;
import org.layerj.layers.LayerStack;
import org.layerj.provenance.PictureOrigin;

/** Reads OpenRaster, ours and others'. Groups' opacity and visibility are worked into their layers. */
final class OraReader {

	private static final int MOST_DEPTH = 1000;
	private static final int MOST_LAYERS = 10_000;

	/** A layer or group as the file lists it. */
	private record Item(String key, String name, String src, int x, int y, double opacity, boolean visible,
		boolean locked, Optional<FoundGroup> group)
	{}

	private final LayerSource zip;
	private final Room room;
	private final List<String> notes = new ArrayList<>();
	private final List<Item> items = new ArrayList<>();
	private final Deque<Item> open = new ArrayDeque<>();
	private int width;
	private int height;
	private int groups;
	private Optional<PixelSize> pixelSize = Optional.empty();
	private final Profiles profiles = new Profiles();
	private PictureOrigin origin = PictureOrigin.NONE;

	private OraReader(final LayerSource zip, final Room room) {
		this.zip = zip;
		this.room = room;
	}

	static LayerDocument read(final LayerSource zip, final Room room) throws IOException {
		return new OraReader(zip, room).document();
	}

	private LayerDocument document() throws IOException {
		stack(zip.text(OraWriter.STACK).orElseThrow(() -> new Broken("no list of layers")));
		if (width < 1 || height < 1) throw new Broken("a canvas of " + width + " × " + height + " pixels");
		final Optional<Manifest> manifest = manifest();
		final Assembly assembly = new Assembly(manifest, XmlText::clean, 0);
		Collections.reverse(items);
		final List<FoundLayer> found = new ArrayList<>();
		for (final Item item : items) found.add(layer(item));
		// Values only if all layers have them alike, as a stack demands.
		final boolean deep = found.stream().map(f -> f.samples().map(v -> v.format())).distinct().count() == 1;
		for (final FoundLayer f : found) assembly.add(deep ? f : f.withoutSamples());
		final LayerStack layers = assembly.stack(width, height);
		final LayerMetadata known = manifest.map(Manifest::metadata).orElse(LayerMetadata.titled(""));
		assembly.note().ifPresent(notes::add);
		final PictureOrigin own = manifest.isPresent() ? origin.withoutTerm() : origin;
		return new LayerDocument(layers, known.with(new PictureNotes(profiles.common(notes), pixelSize, own)), notes);
	}

	private Optional<Manifest> manifest() throws IOException {
		final Optional<byte[]> text = zip.text(OraWriter.MANIFEST);
		if (text.isEmpty()) return Optional.empty();
		try {
			return Optional.of(Manifest.parse(new String(text.get(), StandardCharsets.US_ASCII)));
		}
		catch (final Broken e) {
			notes.add("What was noted in it about ids and synthetic pixels is damaged, and left out.");
			return Optional.empty();
		}
	}

	private FoundLayer layer(final Item item) throws IOException {
		try (InputStream in =
			zip.open(item.src()).orElseThrow(() -> new Broken("no pixels for the layer " + item.name())))
		{
			final LayerPng png = LayerPng.read(in, room);
			profiles.add(png.notes().profile());
			origin = origin.or(png.notes().origin());
			return new FoundLayer(item.key(), item.name(),
				new Bounds(item.x(), item.y(), png.pixels().width(), png.pixels().height()), png.pixels(),
				png.samples(), item.opacity(), item.visible(), item.locked(), item.group());
		}
		catch (final ArithmeticException e) {
			throw new Broken("a layer too far from the picture");
		}
	}

	private void stack(final byte[] xml) throws Broken {
		final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		// Nothing is fetched from elsewhere, and nothing expands.
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		try {
			// As text, because the parser prints its complaints about bytes.
			final XMLStreamReader reader =
				factory.createXMLStreamReader(new StringReader(new String(xml, StandardCharsets.UTF_8)));
			while (reader.hasNext()) {
				final int event = reader.next();
				if (event == XMLStreamConstants.START_ELEMENT) start(reader);
				else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("stack")
					&& !open.isEmpty()) open.removeLast();
			}
		}
		catch (final XMLStreamException e) {
			throw new Broken("a list of layers that is not XML");
		}
		catch (final NumberFormatException e) {
			throw new Broken("a number that cannot be read");
		}
	}

	private void start(final XMLStreamReader xml) throws Broken {
		switch (xml.getLocalName()) {
			case "image" -> {
				width = Integer.parseInt(attribute(xml, "w", "0"));
				height = Integer.parseInt(attribute(xml, "h", "0"));
				final double x = Double.parseDouble(attribute(xml, "xres", "0"));
				final double y = Double.parseDouble(attribute(xml, "yres", "0"));
				if (x > 0 && y > 0 && x < 1e9 && y < 1e9)
					pixelSize = Optional.of(new PixelSize(PixelSize.INCH / x, PixelSize.INCH / y));
			}
			case "stack" -> {
				if (open.size() > MOST_DEPTH) throw new Broken("groups that are nested too deeply");
				final Item item = item(xml);
				// The outermost is the picture itself.
				final boolean root = open.isEmpty();
				final String key = item.key().isEmpty() ? "group " + ++groups : item.key();
				open.addLast(new Item(key, item.name(), "", item.x(), item.y(), item.opacity(), item.visible(),
					item.locked(), root ? Optional.empty() : Optional.of(new FoundGroup(key, item.name()))));
			}
			case "layer" -> {
				if (items.size() >= MOST_LAYERS) throw new Broken("more than " + MOST_LAYERS + " layers");
				items.add(item(xml));
			}
			default -> {
				// Text and filters have no pixels.
			}
		}
	}

	/** With what its groups do to it. */
	private Item item(final XMLStreamReader xml) throws Broken {
		final Item outer =
			open.isEmpty() ? new Item("", "", "", 0, 0, 1, true, false, Optional.empty()) : open.peekLast();
		final String name = attribute(xml, "name", "");
		final double opacity = Double.parseDouble(attribute(xml, "opacity", "1"));
		if (!(opacity >= 0 && opacity <= 1)) throw new Broken("an opacity of " + opacity);
		final String blend = attribute(xml, "composite-op", "svg:src-over");
		if (!blend.equals("svg:src-over")) notes
			.add("The layer " + name + " is blended in another way than normally (" + blend + "), which is not kept.");
		final String key = xml.getAttributeValue(OraWriter.NAMESPACE, "key");
		// In groups as on the canvas: that is how everybody understands the standard.
		return new Item(key == null ? "" : key, name, attribute(xml, "src", ""), number(xml, "x"), number(xml, "y"),
			outer.opacity() == 1 ? opacity : opacity * outer.opacity(),
			outer.visible() && !attribute(xml, "visibility", "visible").equals("hidden"),
			outer.locked() || attribute(xml, "edit-locked", "false").equals("true"), outer.group());
	}

	private static int number(final XMLStreamReader xml, final String name) {
		return Integer.parseInt(attribute(xml, name, "0"));
	}

	private static String attribute(final XMLStreamReader xml, final String name, final String otherwise) {
		final String value = xml.getAttributeValue(null, name);
		return value == null ? otherwise : value;
	}
}
