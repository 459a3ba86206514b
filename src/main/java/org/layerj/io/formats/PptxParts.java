package org.layerj.io.formats;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts a presentation is made of. Those that never change are resources. */
final class PptxParts {

	private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
	private static final String NAMESPACES = " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
		+ "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";
	private static final String RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

	/** In the order in which they are written; readers want the first one first. */
	static final List<String> FIXED = List.of("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "ppt/_rels/presentation.xml.rels",
		"ppt/slideMasters/slideMaster1.xml", "ppt/slideMasters/_rels/slideMaster1.xml.rels", "ppt/slideLayouts/slideLayout1.xml",
		"ppt/slideLayouts/_rels/slideLayout1.xml.rels", "ppt/theme/theme1.xml");

	private PptxParts() {}

	/** A part that never changes. */
	static String text(final String part) throws IOException {
		try (InputStream in = PptxParts.class.getResourceAsStream("/org/layerj/pptx/" + part.replaceAll(".*/\\.?|[\\[\\]]", "") + (part.endsWith(".rels") ? ".xml"
			: ""))) {
			if (in == null) throw new FileNotFoundException("no " + part + " in this build");
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	static String core(final String title) {
		return HEAD + "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
			+ "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>" + XmlText.of(title) + "</dc:title></cp:coreProperties>";
	}

	/** The run record as a document property. */
	static String custom(final String run) {
		return HEAD + "<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" "
			+ "xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\"><property fmtid=\"{D5CDD505-2E9C-101B-9397-08002B2CF9AE}\" pid=\"2\" "
			+ "name=\"decompose.run\"><vt:lpwstr>" + XmlText.of(run) + "</vt:lpwstr></property></Properties>";
	}

	static String presentation(final long width, final long height) {
		return HEAD + "<p:presentation" + NAMESPACES + "><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:sldIdLst>"
			+ "<p:sldId id=\"256\" r:id=\"rId2\"/></p:sldIdLst><p:sldSz cx=\"" + width + "\" cy=\"" + height
			+ "\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>";
	}

	static String relation(final int id, final String media) {
		return "<Relationship Id=\"rId" + id + "\" Type=\"" + RELATIONS + "image\" Target=\"../media/" + media + "\"/>";
	}

	/** The slide's relations: its layout, and the pictures. */
	static String relations(final CharSequence pictures) {
		return HEAD + "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"" + RELATIONS
			+ "slideLayout\" Target=\"../slideLayouts/slideLayout1.xml\"/>" + pictures + "</Relationships>";
	}

	static String slide(final CharSequence pictures) {
		return HEAD + "<p:sld" + NAMESPACES + "><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
			+ pictures + "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>";
	}

	/** Sizes are in English metric units; the opacity goes from 0 to 1. */
	static String picture(final int id, final String name, final String alt, final boolean visible, final double opacity, final long x, final long y, final long width,
		final long height)
	{
		final String blip = opacity < 1 ? "<a:blip r:embed=\"rId" + id + "\"><a:alphaModFix amt=\"" + Math.round(opacity * 100_000) + "\"/></a:blip>"
			: "<a:blip r:embed=\"rId" + id + "\"/>";
		return "<p:pic><p:nvPicPr><p:cNvPr id=\"" + id + "\" name=\"" + XmlText.of(name) + "\" descr=\"" + XmlText.of(alt) + "\"" + (visible ? "" : " hidden=\"1\"")
			+ "/><p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill>" + blip
			+ "<a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm><a:off x=\"" + x + "\" y=\"" + y + "\"/><a:ext cx=\"" + width + "\" cy=\"" + height
			+ "\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>";
	}
}
