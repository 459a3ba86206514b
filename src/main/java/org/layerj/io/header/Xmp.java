package org.layerj.io.header;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.layerj.provenance.Declaration;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Terms;

/**
 * XMP packets: what a {@link Declaration} says, in the fields that other programs know, and what a picture's file says
 * of itself.
 *
 * @see <a href="https://www.iptc.org/std/photometadata/specification/">IPTC Photo Metadata Standard</a>
 */
public final class Xmp {

	/** Fields of ours: shares and all terms, of which the IPTC's field holds one. */
	static final String NAMESPACE = "https://layerj.org/provenance/1/";

	private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
	private static final String DC = "http://purl.org/dc/elements/1.1/";
	private static final String IPTC = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
	private static final String PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/";
	/** Far longer than any packet that says something of this. */
	private static final int LONGEST = 4 << 20;
	private static final int MOST = 100;

	private Xmp() {}

	/**
	 * A packet, UTF-8 when written.
	 *
	 * @param d what has to be said
	 * @param record file name of the run record beside it; empty if there is none
	 * @return XML
	 */
	public static String of(final Declaration d, final String record) {
		final StringBuilder x = new StringBuilder();
		x.append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
		x.append("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"").append(RDF).append("\">\n");
		x.append("  <rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:dc=\"")
			.append(DC)
			.append("\"\n    xmlns:Iptc4xmpExt=\"")
			.append(IPTC)
			.append("\" xmlns:photoshop=\"")
			.append(PHOTOSHOP)
			.append("\"\n    xmlns:layerj=\"")
			.append(NAMESPACE)
			.append("\">\n");
		element(x, "xmp:CreatorTool", "Decompose Layers");
		d.term().ifPresent(t -> element(x, "Iptc4xmpExt:DigitalSourceType", t));
		if (!d.systems().isEmpty()) element(x, "Iptc4xmpExt:AISystemUsed", String.join("; ", d.systems()));
		list(x, "dc:creator", "Seq", "", d.own().creators());
		list(x, "dc:rights", "Alt", " xml:lang=\"x-default\"", d.own().rights().stream().toList());
		d.own().credit().ifPresent(c -> element(x, "photoshop:Credit", c));
		if (!d.own().hash().isEmpty()) element(x, "dc:source", d.own().hash());
		if (!record.isEmpty()) list(x, "dc:relation", "Bag", "", List.of(record));
		element(x, "layerj:Provenance", d.table());
		list(x, "layerj:DigitalSourceTypes", "Bag", "", d.terms());
		if (d.exact() && !d.any()) element(x, "layerj:Statement", "Every pixel shown is that of the original image.");
		d.own().manifest().ifPresent(m -> element(x, "layerj:BrokenManifest", m));
		x.append("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
		return x.toString();
	}

	private static void element(final StringBuilder x, final String name, final String value) {
		x.append("   <").append(name).append('>').append(escape(value)).append("</").append(name).append(">\n");
	}

	private static void list(final StringBuilder x, final String name, final String kind, final String attributes,
		final List<String> values)
	{
		if (values.isEmpty()) return;
		x.append("   <").append(name).append("><rdf:").append(kind).append('>');
		for (final String v : values)
			x.append("<rdf:li").append(attributes).append('>').append(escape(v)).append("</rdf:li>");
		x.append("</rdf:").append(kind).append("></").append(name).append(">\n");
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", " ");
	}

	/**
	 * What a packet says of its picture; nothing if it is damaged or says nothing of that.
	 *
	 * @param packet XML
	 * @return the origin
	 */
	public static PictureOrigin read(final String packet) {
		if (packet.length() > LONGEST) return PictureOrigin.NONE;
		final Found found = new Found();
		final XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
		// Nothing is fetched from elsewhere, and nothing expands.
		factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
		factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
		factory.setProperty(XMLInputFactory.IS_COALESCING, true);
		try {
			final int begin = packet.indexOf('<');
			final XMLStreamReader xml =
				factory.createXMLStreamReader(new StringReader(begin < 0 ? "" : packet.substring(begin)));
			final Deque<String> open = new ArrayDeque<>();
			while (xml.hasNext()) {
				final int event = xml.next();
				if (event == XMLStreamConstants.START_ELEMENT) {
					open.push(xml.getNamespaceURI() + " " + xml.getLocalName());
					for (int i = 0; i < xml.getAttributeCount(); i++) {
						final String name = xml.getAttributeNamespace(i) + " " + xml.getAttributeLocalName(i);
						found.add(name.equals(RDF + " resource") ? open.peek() : name, xml.getAttributeValue(i));
					}
				}
				else if (event == XMLStreamConstants.END_ELEMENT) open.pop();
				else if (event == XMLStreamConstants.CHARACTERS) open.stream()
					.filter(n -> !n.startsWith(RDF))
					.findFirst()
					.ifPresent(n -> found.add(n, xml.getText()));
			}
		}
		catch (final XMLStreamException e) {
			// What was said before it broke off counts all the same.
		}
		return found.origin();
	}

	private static final class Found {

		private Optional<String> term = Optional.empty();
		private final List<String> creators = new ArrayList<>();
		private final List<String> systems = new ArrayList<>();
		private Optional<String> rights = Optional.empty();
		private Optional<String> credit = Optional.empty();

		void add(final String name, final String text) {
			final String value = text.strip();
			if (value.isEmpty()) return;
			switch (name) {
				case IPTC + " DigitalSourceType", IPTC + " DigitalSourcefileType" ->
					term = term.or(() -> Terms.parse(value));
				case IPTC + " AISystemUsed" -> addTo(systems, value);
				case DC + " creator" -> addTo(creators, value);
				case DC + " rights" -> rights = rights.or(() -> Optional.of(value));
				case PHOTOSHOP + " Credit" -> credit = credit.or(() -> Optional.of(value));
				default -> {
					// Of something else.
				}
			}
		}

		private static void addTo(final List<String> list, final String value) {
			if (list.size() < MOST && !list.contains(value)) list.add(value);
		}

		PictureOrigin origin() {
			return new PictureOrigin("", "", "", term.or(() -> credit.flatMap(Terms::ofCredit)), creators, rights,
				credit, systems, Optional.empty());
		}
	}
}
