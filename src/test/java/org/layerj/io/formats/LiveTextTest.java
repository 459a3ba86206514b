package org.layerj.io.formats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFPictureShape;
import org.apache.poi.xslf.usermodel.XSLFShape;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.elements.ElementsJson;
import org.layerj.elements.WrittenFigure;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;

/** Text that was read is text in files that can hold it, where it stood. */
class LiveTextTest {

	private static final int WIDTH = 300, HEIGHT = 200;

	@TempDir
	Path dir;

	private WrittenFigure figure = new WrittenFigure(WIDTH, HEIGHT);

	private LayerDocument document() {
		return new LayerDocument(figure.layers(),
			LayerMetadata.titled("t").withElements(Optional.of(ElementsJson.of(figure.elements()).toString())));
	}

	private static Bounds shown(final BufferedImage seen) {
		int left = Integer.MAX_VALUE;
		int right = -1;
		int top = Integer.MAX_VALUE;
		int bottom = -1;
		for (int y = 0; y < seen.getHeight(); y++) for (int x = 0; x < seen.getWidth(); x++) {
			final int rgb = seen.getRGB(x, y);
			if (Math.abs((rgb >> 8 & 255) - WrittenFigure.BACKGROUND.getGreen()) < 80) continue;
			left = Math.min(left, x);
			right = Math.max(right, x);
			top = Math.min(top, y);
			bottom = Math.max(bottom, y);
		}
		return new Bounds(left, top, right - left + 1, bottom - top + 1);
	}

	private static double overlap(final Bounds a, final Bounds b) {
		final double both = Math.max(0, Math.min(a.right(), b.right()) - Math.max(a.x(), b.x()))
			* Math.max(0, Math.min(a.bottom(), b.bottom()) - Math.max(a.y(), b.y()));
		return both / (a.area() + b.area() - both);
	}

	@Test
	void linesStandInAPdfWhereTheyStood() throws IOException {
		for (final double degrees : new double[] { 0, -90 }) {
			figure = new WrittenFigure(WIDTH, HEIGHT);
			final Bounds was = figure.write("Rate (Hz)", new Font(Font.SANS_SERIF, Font.PLAIN, 26),
				new Color(150, 0, 60), 140, 90, degrees, .97);
			final LayerDocument document = document().withReadText();
			assertEquals(Optional.empty(), document.texts().get("text").rest(), "all letters are text");
			final Path file = LayerFormat.PDF.write(document, dir.resolve(degrees + ".pdf"), Progress.none());
			try (PDDocument pdf = Loader.loadPDF(file.toFile())) {
				// PDFBox breaks lines that stand on end.
				final String read = new PDFTextStripper().getText(pdf).replaceAll("\\s", "");
				Assumptions.assumeFalse(read.isEmpty(), "no fonts here that may lie in files");
				assertEquals("Rate(Hz)", read);
				final Bounds now = shown(new PDFRenderer(pdf).renderImage(0, 96 / 72f));
				assertTrue(overlap(was, now) >= .8, was + " is now " + now);
			}
		}
	}

	@Test
	void slidesHaveTextBoxesAboveWhatIsLeft() throws IOException {
		figure.write("Control", new Font(Font.SANS_SERIF, Font.BOLD, 24), Color.BLUE, 80, 40, 0, .95);
		figure.write("mumble", new Font(Font.SANS_SERIF, Font.PLAIN, 24), Color.BLACK, 200, 120, 0, .5);
		final LayerDocument document = document().withReadText();
		final Path file = LayerFormat.PPTX.write(document, dir.resolve("a.pptx"), Progress.none());
		try (XMLSlideShow show = new XMLSlideShow(Files.newInputStream(file))) {
			final List<XSLFShape> shapes = show.getSlides().get(0).getShapes();
			assertEquals(3, shapes.size(), "background, what is not sure, and a line");
			assertTrue(shapes.get(1) instanceof XSLFPictureShape);
			final XSLFTextBox box = (XSLFTextBox) shapes.get(2);
			assertEquals("Control", box.getText());
			assertTrue(box.getTextParagraphs().get(0).getTextRuns().get(0).isBold());
			assertEquals(24 * .75, box.getTextParagraphs().get(0).getTextRuns().get(0).getFontSize(), 1);
			assertEquals(80 * .75, box.getAnchor().getCenterX(), 1.5);
		}
		final Layer rest = document.texts().get("text").rest().orElseThrow();
		assertEquals(0, rest.pixels().argb(80, 40) >>> 24);
		assertTrue(AlphaBounds.of(rest.pixels()).orElseThrow().x() > 140, "the other line's letters are still there");
		assertTrue(AlphaBounds.of(document.layers().get(1).pixels()).orElseThrow().x() < 100, "in the layers all are");
	}

	@Test
	void drawingsHaveTextElements() throws IOException {
		figure.write("p < 0.05 & more", new Font(Font.SERIF, Font.PLAIN, 22), Color.BLACK, 150, 100, 30, .95);
		final LayerDocument pixels = document();
		final String live =
			Files.readString(LayerFormat.SVG.write(pixels.withReadText(), dir.resolve("a.svg"), Progress.none()));
		assertTrue(Pattern
			.compile("<text [^>]*matrix\\(0\\.8[67]\\d* 0\\.[45]\\d* [^>]*serif[^>]*>p &lt; 0.05 &amp; more</text>")
			.matcher(live)
			.find(), live.replaceAll("base64,[^\"]*", ""));
		assertTrue(live.contains("<title>Layer 1 of 2: Background</title></image>"), "for those who do not see it");
		assertFalse(
			Files.readString(LayerFormat.SVG.write(pixels, dir.resolve("b.svg"), Progress.none())).contains("<text"),
			"pixels, if nothing else is asked for");
	}

	@Test
	void lettersThatAreGoneOrAnotherColourAreNotWrittenAsTheyWere() {
		figure.write("Control", new Font(Font.SANS_SERIF, Font.PLAIN, 24), Color.BLACK, 80, 40, 0, .95);
		final LayerDocument whole = document();
		final Layer text = whole.layers().get(1);
		final LayerDocument moved =
			new LayerDocument(whole.layers().with(text.at(40, 40)), whole.metadata()).withReadText();
		assertTrue(moved.texts().isEmpty(), "they stay pixels, where they are now");
		final RgbaImage red = text.pixels().copy();
		Arrays.fill(red.plane(0), (byte) 220);
		final LayerDocument painted =
			new LayerDocument(whole.layers().with(text.withPixels(text.bounds(), red, text.provenance())),
				whole.metadata()).withReadText();
		assertTrue((painted.texts().get("text").lines().get(0).rgb() >> 16) > 200);
	}
}
