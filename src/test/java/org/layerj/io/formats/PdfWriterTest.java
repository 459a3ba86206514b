package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentCatalog;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.graphics.color.PDICCBased;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.graphics.optionalcontent.PDOptionalContentProperties;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.MadeFiles;
import org.layerj.io.header.PictureNotes;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** What is in a PDF, as PDFBox reads it. */
class PdfWriterTest {

	@TempDir
	Path dir;

	private PDDocument pdf(final LayerDocument document) throws IOException {
		return Loader.loadPDF(LayerFormat.PDF.write(document, dir.resolve("a.pdf"), Progress.none()).toFile());
	}

	private static LayerStack stack() {
		final RgbaImage background =
			RgbaImage.ofArgb(40, 30, new Random(5).ints(40 * 30).map(i -> i | 0xff000000).toArray());
		return new LayerStack(40, 30,
			List.of(Layer.of("a", "Background", background),
				Layer.of("b", "Box & Größe", Documents.noise(20, 9, 2)).at(-5, 25),
				Layer.of("c", "Hidden", Documents.noise(9, 9, 3)).withVisible(false),
				Layer.of("d", "Faint", Documents.noise(11, 7, 4)).at(20, 10).withOpacity(0.5)));
	}

	/** Largest difference of a level between the page drawn, on white, and the layers. */
	private static int difference(final PDDocument pdf, final LayerStack stack, final float scale) throws IOException {
		final BufferedImage drawn = new PDFRenderer(pdf).renderImage(0, scale);
		assertEquals(stack.width(), drawn.getWidth());
		assertEquals(stack.height(), drawn.getHeight());
		final RgbaImage flat = Compositor.flatten(stack);
		int most = 0;
		for (int y = 0; y < stack.height(); y++)
			for (int x = 0; x < stack.width(); x++) for (int shift = 0; shift < 24; shift += 8)
			{
				most =
					Math.max(most, Math.abs((drawn.getRGB(x, y) >> shift & 0xff) - (flat.argb(x, y) >> shift & 0xff)));
			}
		return most;
	}

	@Test
	void layersAreOptionalContent() throws IOException {
		try (PDDocument pdf = pdf(new LayerDocument(stack(), LayerMetadata.titled("Figure 1").withRun("{}")))) {
			final PDOptionalContentProperties layers = pdf.getDocumentCatalog().getOCProperties();
			assertArrayEquals(new String[] { "Background", "Box & Größe", "Hidden", "Faint" }, layers.getGroupNames());
			assertTrue(layers.isGroupEnabled("Faint"));
			assertFalse(layers.isGroupEnabled("Hidden"));
			assertTrue(difference(pdf, stack(), 96 / 72f) <= 3, "difference " + difference(pdf, stack(), 96 / 72f));
			// Each by itself.
			for (final String name : layers.getGroupNames()) layers.setGroupEnabled(name, name.equals("Background"));
			assertTrue(difference(pdf, new LayerStack(40, 30, stack().layers().subList(0, 1)), 96 / 72f) <= 3);
			assertEquals("Figure 1", pdf.getDocumentInformation().getTitle());
			assertEquals("{}", pdf.getDocumentInformation().getCustomMetadataValue("decompose.run"));
		}
	}

	@Test
	void thePageHasThePicturesSize() throws IOException {
		// 40 × 30 pixels of 2 mm.
		try (PDDocument pdf =
			pdf(new LayerDocument(stack(), LayerMetadata.titled("").withPixelSize(new PixelSize(0.002, 0.002)))))
		{
			assertEquals(80, pdf.getPage(0).getMediaBox().getWidth() / 72 * 25.4, 1e-3);
			assertEquals(60, pdf.getPage(0).getMediaBox().getHeight() / 72 * 25.4, 1e-3);
		}
		// A micrograph of 4 µm is a point by a point, or nearly, and not less than a page may be.
		try (PDDocument pdf =
			pdf(new LayerDocument(stack(), LayerMetadata.titled("").withPixelSize(new PixelSize(1e-7, 1e-7)))))
		{
			assertEquals(3, pdf.getPage(0).getMediaBox().getHeight(), 1e-3);
			assertEquals(4, pdf.getPage(0).getMediaBox().getWidth(), 1e-3);
		}
	}

	@Test
	void groupsAreHeadings() throws IOException {
		final LayerStack split = new LayerStack(9, 9,
			List.of(Layer.of("a", "Background", Documents.noise(9, 9, 1)),
				Layer.of("b.1", "One", Documents.noise(9, 9, 2)).withParent("b"),
				Layer.of("b.2", "Two", Documents.noise(9, 9, 3)).withParent("b")));
		try (PDDocument pdf = pdf(new LayerDocument(split, LayerMetadata.titled("")))) {
			final COSArray order = pdf.getDocumentCatalog()
				.getOCProperties()
				.getCOSObject()
				.getCOSDictionary(COSName.D)
				.getCOSArray(COSName.ORDER);
			assertEquals(2, order.size());
			assertEquals(3, ((COSArray) order.getObject(0)).size(), "a name and two layers, above the background");
			assertEquals("b", ((COSArray) order.getObject(0)).getString(0));
		}
	}

	private static List<PDImageXObject> images(final PDPage page) throws IOException {
		final PDResources resources = page.getResources();
		final List<PDImageXObject> images = new ArrayList<>();
		for (final COSName name : resources.getXObjectNames()) images.add((PDImageXObject) resources.getXObject(name));
		return images;
	}

	@Test
	void samplesOf16BitsAndProfilesAreCarried() throws IOException {
		final ColourProfile profile = ColourProfile.of(MadeFiles.profile(false)).orElseThrow();
		final LayerMetadata notes =
			LayerMetadata.titled("").with(new PictureNotes(Optional.of(profile), Optional.empty()));
		try (PDDocument pdf = pdf(new LayerDocument(Documents.deep(3).layers(), notes))) {
			for (final PDImageXObject image : images(pdf.getPage(0))) {
				assertEquals(16, image.getBitsPerComponent());
				assertEquals(16, image.getSoftMask().getBitsPerComponent());
				assertArrayEquals(profile.bytes(), ((PDICCBased) image.getColorSpace()).getPDStream().toByteArray());
			}
		}
	}

	@Test
	void theSameLayersMakeTheSameFile() throws IOException {
		final LayerDocument document = new LayerDocument(stack(), LayerMetadata.titled("x"));
		final byte[] once = Files.readAllBytes(LayerFormat.PDF.write(document, dir.resolve("a.pdf"), Progress.none()));
		assertArrayEquals(once,
			Files.readAllBytes(LayerFormat.PDF.write(document, dir.resolve("b.pdf"), Progress.none())));
	}

	/** A font of this computer that may lie in a file. */
	private static String font() {
		for (final String name : List.of("DejaVu Sans", "Liberation Sans", "Arial", "Verdana", "Noto Sans")) {
			final FontMapping<TrueTypeFont> found = FontMappers.instance().getTrueTypeFont(name.replace(" ", ""), null);
			if (found != null && !found.isFallback()) return name;
		}
		return Assumptions.abort("no fonts here");
	}

	@Test
	void textIsLiveWhereItIsKnown() throws IOException {
		final KnownText text = new KnownText("Scale bar\n5 µm", font(), false, false, 12, 0xff0000, 4, 3, 60, 28);
		final LayerStack layers =
			new LayerStack(100, 40, List.of(Layer.of("a", "Background", RgbaImage.ofArgb(100, 40, new int[4000])),
				Layer.of("t", "Text", Documents.noise(60, 28, 2)).at(4, 3)));
		try (PDDocument pdf =
			pdf(new LayerDocument(layers, LayerMetadata.titled("")).withTexts(Map.of("t", LiveText.all(text)))))
		{
			assertEquals(List.of("Scale bar", "5 µm"),
				new PDFTextStripper().getText(pdf).lines().map(String::strip).toList());
			assertEquals(0, images(pdf.getPage(0)).size());
		}
		final KnownText strange = new KnownText("\u0378", font(), false, false, 12, 0xff0000, 4, 3, 60, 28);
		try (PDDocument pdf =
			pdf(new LayerDocument(layers, LayerMetadata.titled("")).withTexts(Map.of("t", LiveText.all(strange)))))
		{
			assertEquals(1, images(pdf.getPage(0)).size(), "as pixels, where no font has its letters");
		}
	}

	@Test
	void pagesAreTaggedForThoseWhoDoNotSeeThem() throws IOException {
		final KnownText first = new KnownText("Control", font(), false, false, 12, 0, 4, 3, 60, 14);
		final KnownText second = new KnownText("Mutant", font(), false, false, 12, 0, 4, 20, 60, 14);
		final Layer background = Layer.of("a", "Background", Documents.noise(100, 40, 1));
		final Layer text = Layer.of("t", "Text", Documents.noise(60, 28, 2)).at(4, 3);
		final LiveText live = new LiveText(List.of(first, second), List.of(), Optional.of(text));
		try (PDDocument pdf =
			pdf(new LayerDocument(new LayerStack(100, 40, List.of(background, text)), LayerMetadata.titled("Figure 1"))
				.withTexts(Map.of("t", live))))
		{
			final PDDocumentCatalog catalog = pdf.getDocumentCatalog();
			assertTrue(catalog.getMarkInfo().isMarked());
			assertEquals("en", catalog.getLanguage());
			assertEquals(0, pdf.getPage(0).getStructParents());
			final PDStructureElement whole = (PDStructureElement) catalog.getStructureTreeRoot().getKids().get(0);
			assertEquals("Document", whole.getStructureType());
			final List<PDStructureElement> parts = whole.getKids().stream().map(k -> (PDStructureElement) k).toList();
			assertEquals(List.of("Figure", "Figure", "P", "P"),
				parts.stream().map(PDStructureElement::getStructureType).toList());
			assertEquals("Layer 1 of 2: Background", parts.get(0).getAlternateDescription());
			assertEquals("Layer 2 of 2: Text", parts.get(1).getAlternateDescription());
			final PDFMarkedContentExtractor extractor = new PDFMarkedContentExtractor();
			extractor.processPage(pdf.getPage(0));
			final Map<Integer, String> content = new TreeMap<>();
			extractor.getMarkedContents().forEach(c -> said(c, content));
			assertEquals(Map.of(0, "Figure ", 1, "Figure ", 2, "P Control", 3, "P Mutant"), content);
			final COSArray parents = (COSArray) ((COSArray) catalog.getStructureTreeRoot()
				.getCOSObject()
				.getCOSDictionary(COSName.PARENT_TREE)
				.getDictionaryObject(COSName.NUMS)).getObject(1);
			for (int k = 0; k < 4; k++) {
				assertEquals(List.of(k), parts.get(k).getKids());
				assertSame(parts.get(k).getCOSObject(), parents.getObject(k));
			}
		}
	}

	private static void said(final PDMarkedContent content, final Map<Integer, String> out) {
		final StringBuilder text = new StringBuilder(content.getTag() + " ");
		for (final Object part : content.getContents()) {
			if (part instanceof TextPosition letter) text.append(letter.getUnicode());
			if (part instanceof PDMarkedContent inner) said(inner, out);
		}
		if (content.getMCID() >= 0) out.put(content.getMCID(), text.toString());
	}
}
