package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Dimension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.ooxml.util.POIXMLUnits;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFGroupShape;
import org.apache.poi.xslf.usermodel.XSLFPictureShape;
import org.apache.poi.xslf.usermodel.XSLFShape;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.io.PictureReader;
import org.layerj.io.Staging;
import org.layerj.io.header.PixelSize;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.openxmlformats.schemas.presentationml.x2006.main.CTPicture;

/** What Apache POI reads of the presentations it has written for us. */
class PptxWriterTest {

	@TempDir
	private Path dir;

	private XMLSlideShow show(final LayerDocument document) throws IOException {
		try (InputStream in =
			Files.newInputStream(LayerFormat.PPTX.write(document, dir.resolve("a.pptx"), Progress.none())))
		{
			return new XMLSlideShow(in);
		}
	}

	/** What is on a slide, groups opened. */
	private static Stream<XSLFShape> flat(final List<XSLFShape> shapes) {
		return shapes.stream().flatMap(s -> s instanceof XSLFGroupShape group ? flat(group.getShapes()) : Stream.of(s));
	}

	@Test
	void layersSplitFromOneAreAGroup() throws IOException {
		final RgbaImage pixels = Documents.noise(9, 9, 1);
		final LayerStack stack = new LayerStack(40, 20,
			List.of(Layer.of("a", "Background", Documents.noise(40, 20, 2)),
				Layer.of("b.1", "Arrows 1", pixels).at(3, 2).withParent("b"),
				Layer.of("b.2", "Arrows 2", pixels).at(20, 8).withParent("b"),
				Layer.of("c.1", "Text: Control", pixels).at(8, 8).withParent("c"),
				Layer.of("c.2", "Text (2): Mutant · 25 µm", pixels).at(9, 8).withParent("c"),
				Layer.of("d.1", "Eye", pixels).withParent("d"), Layer.of("d.2", "Nose", pixels).withParent("d")));
		try (XMLSlideShow show = show(new LayerDocument(stack, LayerMetadata.titled("")))) {
			final List<XSLFShape> shapes = show.getSlides().get(0).getShapes();
			assertEquals(List.of("Background", "Arrows", "Text", "d"),
				shapes.stream().map(XSLFShape::getShapeName).toList());
			final XSLFGroupShape group = (XSLFGroupShape) shapes.get(1);
			// As large as its parts, which keep their places: one unit inside is one outside.
			final double points = 72.0 / 20;
			assertEquals(group.getAnchor(), group.getInteriorAnchor());
			assertEquals(3 * points, group.getAnchor().getX(), .01);
			assertEquals(26 * points, group.getAnchor().getWidth(), .01);
			assertEquals(20 * points, group.getShapes().get(1).getAnchor().getX(), .01);
		}
	}

	@Test
	void everyLayerIsAPictureAtItsPlace() throws IOException {
		final LayerDocument document = Documents.document();
		try (XMLSlideShow show = show(document)) {
			final List<XSLFPictureShape> pictures =
				flat(show.getSlides().get(0).getShapes()).map(XSLFPictureShape.class::cast).toList();
			assertEquals(document.layers().size(), pictures.size());
			// The picture is so small that the slide is as low as slides may be: an inch.
			final double points = 72.0 / document.layers().height();
			for (int k = 0; k < pictures.size(); k++) {
				final Layer layer = document.layers().get(k);
				final XSLFPictureShape picture = pictures.get(k);
				assertEquals(XmlText.clean(layer.name()), picture.getShapeName());
				final CTPicture xml = (CTPicture) picture.getXmlObject();
				assertEquals(!layer.visible(), xml.getNvPicPr().getCNvPr().getHidden());
				assertTrue(xml.getNvPicPr()
					.getCNvPr()
					.getDescr()
					.startsWith("Layer " + (k + 1) + " of " + pictures.size() + ": " + XmlText.clean(layer.name())));
				assertEquals(layer.opacity(),
					xml.getBlipFill().getBlip().sizeOfAlphaModFixArray() == 0 ? 1
						: POIXMLUnits.parsePercent(xml.getBlipFill().getBlip().getAlphaModFixArray(0).xgetAmt())
							/ 100_000.0,
					0.00001);
				final Bounds seen = AlphaBounds.of(layer.pixels()).orElse(new Bounds(0, 0, 1, 1));
				assertEquals((layer.bounds().x() + seen.x()) * points, picture.getAnchor().getX(), 0.01);
				assertEquals(seen.width() * points, picture.getAnchor().getWidth(), 0.01);
				final RgbaImage pixels = PictureReader.read("picture.png", picture.getPictureData().getData()).image();
				assertTrue(layer.pixels().crop(seen).equals(pixels), layer.name());
				assertTrue(new String(picture.getPictureData().getData(), StandardCharsets.UTF_8)
					.contains("Iptc4xmpExt:DigitalSourceType"), "where the pixels come from");
			}
			assertEquals("Decompose Layers", show.getProperties().getExtendedProperties().getApplication());
			assertEquals("Figur 1 „a“", show.getProperties().getCoreProperties().getTitle());
			assertEquals(Documents.RUN,
				show.getProperties().getCustomProperties().getProperty("decompose.run").getLpwstr());
		}
	}

	/** Slide in points, of which 72 are an inch. */
	private Dimension slide(final int width, final int height, final double dpi) throws IOException {
		final LayerStack stack =
			new LayerStack(width, height, List.of(Layer.of("a", "a", RgbaImage.blank(width, height))));
		final LayerMetadata metadata = LayerMetadata.titled("");
		try (XMLSlideShow show =
			show(new LayerDocument(stack, dpi == 0 ? metadata : metadata.withPixelSize(PixelSize.ofDpi(dpi)))))
		{
			return show.getPageSize();
		}
	}

	@Test
	void theSlideIsAsLargeAsThePicture() throws IOException {
		assertEquals(new Dimension(144, 72), slide(600, 300, 300));
		assertEquals(new Dimension(450, 225), slide(600, 300, 0), "96 dots per inch if unknown");
		// A micrograph of 60 µm, and a map.
		assertEquals(new Dimension(144, 72), slide(600, 300, 254_000));
		assertEquals(new Dimension(56 * 72, 28 * 72), slide(600, 300, 1));
		assertEquals(new Dimension(56 * 72, 72), slide(6000, 10, 100), "as long as it may be, and no lower");
	}

	/** Two layers with the same pixels are two pictures, each with its own part. */
	@Test
	void layersThatLookTheSameStayTwo() throws IOException {
		final RgbaImage pixels = Documents.noise(9, 9, 1);
		final LayerStack stack = new LayerStack(9, 9, List.of(Layer.of("a", "a", pixels), Layer.of("b", "b", pixels)));
		try (XMLSlideShow show = show(new LayerDocument(stack, LayerMetadata.titled("")))) {
			assertEquals(2, show.getPictureData().size());
		}
	}

	@Test
	void aFullDiskIsSaid() throws IOException {
		final Path full = Path.of("/dev/full");
		Assumptions.assumeTrue(Files.exists(full));
		final IOException e = assertThrows(IOException.class, () -> PptxWriter.write(Documents.document(),
			Files.newOutputStream(full), new Steps(Progress.none(), "", 1)));
		try (Staging staging = Staging.in(dir)) {
			assertEquals("There is not enough space on the disk for a.pptx; free some or give another folder.",
				LayerFiles.failure(staging, e, "a.pptx").getMessage());
		}
	}
}
