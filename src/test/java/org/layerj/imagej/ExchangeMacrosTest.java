package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFTextRun;
import org.apache.poi.xslf.usermodel.XSLFTextShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** Export and Import, as macros use them. */
class ExchangeMacrosTest {

	private final ImagePlus image = LayeredPictures.hyperstack();

	@TempDir
	Path dir;

	@Test
	void aPageOfAPdfIsOpenedAsAPicture() {
		final Path file = dir.resolve("figure.pdf");
		final Path back = dir.resolve("back.tif");
		image.getCalibration().pixelWidth = 1 / 72.0;
		image.getCalibration().pixelHeight = 1 / 72.0;
		image.getCalibration().setUnit("inch");
		assertEquals("",
			Macros
				.run(image, () -> {},
					"run('Export...', 'file=[" + file + "]');\nclose();\nrun('Import...', 'file=[" + file
						+ "] page=1 dpi=144');\nsaveAs('tiff', '" + back + "');")
				.error());
		final ImagePlus read = IJ.openImage(back.toString());
		assertEquals(2 * LayeredPictures.three().width(), read.getWidth());
		assertEquals(ImagePlus.COLOR_RGB, read.getType());
		assertEquals(1 / 144.0, read.getCalibration().pixelWidth, 1e-9);
		assertEquals("The options page and dpi are for PDF files, which " + back + " is not; leave them out.",
			Macros.run(image, () -> {}, "run('Import...', 'file=[" + back + "] page=1');").error());
	}

	@ParameterizedTest
	@ValueSource(strings = { "psd", "ora", "zip", "tif" })
	void whatGoesOutComesBack(final String suffix) {
		image.getCalibration().pixelWidth = 0.25;
		image.getCalibration().pixelHeight = 0.25;
		image.getCalibration().setUnit("um");
		final Path file = dir.resolve("my layers." + suffix);
		final Path back = dir.resolve("back.tif");
		assertEquals("",
			Macros
				.run(image, () -> {},
					"run('Export...', 'file=[" + file + "]');\nclose();\nrun('Import...', 'file=[" + file
						+ "]');\nsaveAs('tiff', '" + back + "');")
				.error());
		final ImagePlus read = IJ.openImage(back.toString());
		final LayerStack layers = Hyperstacks.layers(read);
		final LayerStack before = LayeredPictures.three();
		assertEquals(before.size(), layers.size());
		for (int k = 0; k < layers.size(); k++) {
			final Layer a = before.get(k);
			final Layer b = layers.get(k);
			assertEquals(a.name(), b.name());
			assertEquals(a.opacity(), b.opacity());
			assertEquals(a.visible(), b.visible());
			assertEquals(a.onCanvas(before.width(), before.height()), b.onCanvas(before.width(), before.height()),
				a.name());
		}
		assertEquals(0.25, read.getCalibration().pixelWidth);
		assertEquals("um", read.getCalibration().getUnit().replace('\u00b5', 'u').replace("micron", "um"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "pptx", "svg" })
	void formatsThatOnlyGoOutAreWritten(final String format) {
		final Path file = dir.resolve("figure");
		assertEquals("",
			Macros.run(image, () -> {}, "run('Export...', 'file=" + file + " format=" + format + "');").error());
		assertTrue(Files.exists(dir.resolve("figure." + format)));
	}

	@Test
	void whatCannotBeDoneEndsTheMacroWithASentence() {
		assertEquals(
			"The name figure.xyz does not say which format is wanted; end it with .psd, .pptx, .ora, .svg, .tif, .zip or .pdf, or give the format.",
			Macros.run(image, () -> {}, "run('Export...', 'file=" + dir.resolve("figure.xyz") + "');").error());
		assertEquals("The option file is missing; name the file, for example file=/path/figure.psd.",
			Macros.run(image, () -> {}, "run('Export...');").error());
		assertTrue(Macros.run(image, () -> {}, "run('Import...', 'file=" + dir.resolve("none.psd") + "');")
			.error()
			.contains("none.psd"));
		assertFalse(Files.exists(dir.resolve("figure.xyz")));
	}

	@Test
	void textThatIsKnownIsLiveTextInPowerPoint() throws IOException {
		final Path live = dir.resolve("live.pptx");
		final Path moved = dir.resolve("moved.pptx");
		final Path painted = dir.resolve("painted.pptx");
		final String write =
			"run('Edit Layer...', 'action=text layer=2 text=[p < 0.05] size=9 font=[SansSerif bold] tint=#d55e00 x=4 y=20');\n";
		assertEquals("", Macros.run(image, () -> {}, write + "run('Export...', 'file=" + live + "');\n" //
			+ "run('Edit Layer...', 'action=move layer=2 dx=3 dy=2');\nrun('Export...', 'file=" + moved + "');\n" //
			+ "Stack.setPosition(4, 2, 1);\nmakeRectangle(5, 12, 6, 6);\nrun('Clear');\nrun('Select None');\nrun('Export...', 'file="
			+ painted + "');").error());
		final XSLFTextShape text = text(live).orElseThrow();
		assertEquals("p < 0.05", text.getText());
		assertEquals("Box", text.getShapeName());
		final XSLFTextRun run = text.getTextParagraphs().get(0).getTextRuns().get(0);
		assertTrue(run.isBold());
		assertEquals(9 * scale(live), run.getFontSize(), 0.05);
		final XSLFTextShape after = text(moved).orElseThrow();
		assertEquals(text.getAnchor().getX() + 3 * scale(live), after.getAnchor().getX(), 0.01);
		assertTrue(text(painted).isEmpty(), "painted on, it is a picture");
	}

	/** Points per pixel of the slide. */
	private double scale(final Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file); XMLSlideShow show = new XMLSlideShow(in)) {
			return show.getPageSize().getWidth() / image.getWidth();
		}
	}

	private static Optional<XSLFTextShape> text(final Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file); XMLSlideShow show = new XMLSlideShow(in)) {
			return show.getSlides()
				.get(0)
				.getShapes()
				.stream()
				.filter(XSLFTextShape.class::isInstance)
				.map(XSLFTextShape.class::cast)
				.findFirst();
		}
	}
}
