package org.layerj.io;

import java.util.Optional;
import org.layerj.decompose.Decomposition;
import org.layerj.layers.Exposed;
import org.layerj.layers.Layer;

/**
 * What a file says of where its pixels come from, as XMP: the IPTC term for its kind of source, the tool, the picture
 * and the record it belongs to.
 * <p>
 * The term is {@code compositeWithTrainedAlgorithmicMedia} where a model made up part of the pixels. A recomposite that
 * shows the picture's own pixels only has no term: nothing new has come into being, and how the picture itself came
 * about we do not know.
 *
 * @param tool what made the file
 * @param model the model, and its hash
 * @param source what it was made from, for example {@code sha256:} and digits
 * @param record file name of the run record beside it
 * @param madeUp whether a model made up part of the pixels
 * @see <a href="https://cv.iptc.org/newscodes/digitalsourcetype/">IPTC digital source type</a>
 */
public record Provenance(String tool, String model, String source, String record, boolean madeUp) {

	/** The IPTC's term for pictures of which a model made up a part. */
	public static final String COMPOSITE =
		"http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

	private static final String TOOL = "Decompose Layers";

	/** Of one layer's file. */
	static Provenance ofLayer(final Decomposition decomposition, final Source source, final Layer layer) {
		return of(decomposition, source, layer.syntheticFraction() > 0);
	}

	/** Of a file with all layers. */
	public static Provenance ofLayers(final Decomposition decomposition, final Source source) {
		return of(decomposition, source,
			decomposition.layers().layers().stream().anyMatch(l -> l.syntheticFraction() > 0));
	}

	/** Of the layers put together. */
	static Provenance ofComposite(final Decomposition decomposition, final Source source) {
		return of(decomposition, source, Exposed.of(decomposition.layers()).any());
	}

	private static Provenance of(final Decomposition d, final Source source, final boolean madeUp) {
		// The network's own pixels are all the model's.
		return new Provenance(TOOL,
			d.run().model() + (d.run().modelHash().isEmpty() ? "" : " sha256:" + d.run().modelHash()),
			(source.hashed().equals("file") ? "" : source.hashed() + "-") + "sha256:" + source.sha256(),
			LayersJson.NAME, madeUp || d.run().settings().raw());
	}

	/** The IPTC term; empty if there is none to give. */
	public Optional<String> digitalSourceType() {
		return madeUp ? Optional.of(COMPOSITE) : Optional.empty();
	}

	/** The XMP packet, UTF-8 when written. */
	public String xmp() {
		final StringBuilder x = new StringBuilder();
		x.append("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
		x.append(
			"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
		x.append(
			"  <rdf:Description rdf:about=\"\" xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n");
		x.append("    xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\n");
		x.append("   <xmp:CreatorTool>").append(escape(tool)).append("</xmp:CreatorTool>\n");
		digitalSourceType().ifPresent(t -> {
			x.append("   <Iptc4xmpExt:DigitalSourceType>").append(t).append("</Iptc4xmpExt:DigitalSourceType>\n");
			x.append("   <Iptc4xmpExt:AISystemUsed>").append(escape(model)).append("</Iptc4xmpExt:AISystemUsed>\n");
		});
		x.append("   <dc:source>").append(escape(source)).append("</dc:source>\n");
		x.append("   <dc:relation><rdf:Bag><rdf:li>")
			.append(escape(record))
			.append("</rdf:li></rdf:Bag></dc:relation>\n");
		x.append("  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
		return x.toString();
	}

	private static String escape(final String text) {
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replaceAll("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]", " ");
	}
}
