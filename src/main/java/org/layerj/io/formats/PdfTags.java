package org.layerj.io.formats;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkInfo;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureTreeRoot;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDPropertyList;
import org.apache.pdfbox.pdmodel.documentinterchange.taggedpdf.StandardStructureTypes;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * What makes a page a tagged PDF (ISO 32000-1, 14.7 and 14.8): a structure tree in reading order, in which pictures are
 * figures with alternative text and lines of live text are paragraphs.
 */
final class PdfTags {

	private final PDDocument pdf;
	private final PDPage page;
	private final PDStructureTreeRoot root = new PDStructureTreeRoot();
	private final PDStructureElement whole;
	/** The element of each piece of marked content, by its number. */
	private final COSArray parents = new COSArray();

	PdfTags(final PDDocument pdf, final PDPage page) {
		this.pdf = pdf;
		this.page = page;
		whole = new PDStructureElement(StandardStructureTypes.DOCUMENT, root);
		root.appendKid(whole);
	}

	/** Begins a picture that covers a part of the page. */
	void figure(final PDPageContentStream content, final String alternative, final PDRectangle box) throws IOException {
		final PDStructureElement element = begin(content, StandardStructureTypes.Figure);
		element.setAlternateDescription(alternative);
		final COSDictionary layout = new COSDictionary();
		layout.setItem(COSName.O, COSName.getPDFName("Layout"));
		layout.setItem(COSName.BBOX, box.getCOSArray());
		layout.setName("Placement", "Block");
		element.getCOSObject().setItem(COSName.A, layout);
	}

	/** Begins a line of text; of which language it is, is not known. */
	void paragraph(final PDPageContentStream content) throws IOException {
		begin(content, StandardStructureTypes.P).setLanguage("");
	}

	private PDStructureElement begin(final PDPageContentStream content, final String type) throws IOException {
		final PDStructureElement element = new PDStructureElement(type, whole);
		element.setPage(page);
		whole.appendKid(element);
		final int number = parents.size();
		element.getCOSObject().setItem(COSName.K, COSInteger.get(number));
		parents.add(element.getCOSObject());
		final COSDictionary properties = new COSDictionary();
		properties.setInt(COSName.MCID, number);
		content.beginMarkedContent(COSName.getPDFName(type), PDPropertyList.create(properties));
		return element;
	}

	/** Puts the tree into the document; descriptions are in English. */
	void end() {
		final COSDictionary tree = new COSDictionary();
		final COSArray numbers = new COSArray(List.of(COSInteger.ZERO, parents));
		tree.setItem(COSName.NUMS, numbers);
		root.getCOSObject().setItem(COSName.PARENT_TREE, tree);
		root.setParentTreeNextKey(1);
		page.setStructParents(0);
		page.getCOSObject().setItem(COSName.getPDFName("Tabs"), COSName.S);
		pdf.getDocumentCatalog().setStructureTreeRoot(root);
		final PDMarkInfo marked = new PDMarkInfo();
		marked.setMarked(true);
		pdf.getDocumentCatalog().setMarkInfo(marked);
		pdf.getDocumentCatalog().setLanguage("en");
		final PDViewerPreferences preferences = new PDViewerPreferences(new COSDictionary());
		preferences.setDisplayDocTitle(true);
		pdf.getDocumentCatalog().setViewerPreferences(preferences);
	}
}
