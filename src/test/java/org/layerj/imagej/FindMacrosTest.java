package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.macro.Macros;

/** Find Text, Find Subject and Set Scale from Scale Bar, as macros use them. */
class FindMacrosTest {

	private static final String NOTE = "call('" + Macros.class.getName() + ".note', ";

	private static Macros.Outcome run(final ImagePlus image, final String macro) {
		return Macros.run(image, () -> {}, macro.replace("note(", NOTE));
	}

	/** The upper half of a box plot: its title, three numbers and half of the axis, whose label stands on end. */
	private static ImagePlus figure() throws IOException {
		final BufferedImage whole =
			ImageIO.read(new File("src/test/resources/org/layerj/evaluation/foreign-r-boxes/input.png"));
		return new ImagePlus("boxes", whole.getSubimage(0, 0, whole.getWidth(), 155));
	}

	@Test
	void textIsARowForEachWordAndAnOutlineOfItsName() throws Exception {
		final ImagePlus image = figure();
		final int[] before = ((int[]) image.getProcessor().convertToRGB().getPixels()).clone();
		image.setOverlay(new Overlay(new Roi(5, 5, 9, 9)));
		final String macro =
			"run('Find Text');\nfor (k = 0; k < nResults; k++) note(getResultString('Text', k));\nrun('Find Text', 'each=line');\n"
				+ "for (k = 0; k < nResults; k++) note(getResultString('Text', k) + '|' + (getResult('Confidence', k) > 0.6) + '|' + round(getResult('Angle', k)) + '|' + getResultString('Script', k));\n"
				+ "note('' + Overlay.size + ' of ' + nResults);";
		final Macros.Outcome outcome = run(image, macro);
		assertEquals("", outcome.error());
		final List<String> notes = outcome.notes();
		assertTrue(notes.containsAll(List.of("Height", "by", "plot", "8", "6", "4")), "" + notes);
		assertTrue(notes.containsAll(List.of("Height by plot|1|0|latin", "cm|1|90|latin", "8|1|0|common")), "" + notes);
		// The selection that was in the overlay before, and one outline for each line of the second run, none of the
		// first.
		final String[] counts = notes.get(notes.size() - 1).split(" of ");
		assertEquals(Integer.parseInt(counts[1]) + 1, Integer.parseInt(counts[0]));
		final Roi title = Arrays.stream(image.getOverlay().toArray())
			.filter(r -> "Height by plot".equals(r.getName()))
			.findFirst()
			.orElseThrow();
		assertTrue(title.contains(199, 13));
		assertTrue(Double.parseDouble(title.getProperty(FindTextPlugIn.CONFIDENCE)) > 0.9);
		assertArrayEquals(before, (int[]) image.getProcessor().convertToRGB().getPixels());
	}

	@Test
	void whereThereIsNoTextTheTableIsEmptyAndNoOverlayAppears() {
		final ImagePlus image = new ImagePlus("grey", new ByteProcessor(120, 90));
		assertEquals(Macros.Outcome.of("0 0"),
			run(image, "run('Find Text');\nnote('' + nResults + ' ' + Overlay.size);"));
		final ImagePlus dot = new ImagePlus("dot", new ByteProcessor(1, 1));
		assertEquals(Macros.Outcome.of("0 0"),
			run(dot, "run('Find Text');\nnote('' + nResults + ' ' + Overlay.size);"));
	}

	@Test
	void withoutAnImageThereIsAMessageAndTheMacroEnds() {
		assertEquals(List.of(), run(null, "run('Find Text');\nnote('on');").notes());
		assertEquals(List.of(), run(null, "run('Find Subject');\nnote('on');").notes());
		assertEquals(List.of(),
			run(new ImagePlus("g", new ByteProcessor(9, 9)), "run('Find Text', 'each=letter');\nnote('on');").notes());
	}

	/** A bar of 80 pixels below its text, as ImageJ draws it. */
	private static ImagePlus withBar(final String text) {
		final ImageProcessor p = new ColorProcessor(260, 160);
		p.setColor(0x404850);
		p.fill();
		p.setColor(Color.WHITE);
		p.fill(new Roi(120, 120, 80, 5));
		p.setAntialiasedText(true);
		p.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 20));
		p.drawString(text, 160 - p.getStringWidth(text) / 2, 112);
		return new ImagePlus("cells", p);
	}

	@Test
	void theScaleIsSetByTheScaleBar() {
		final ImagePlus image = withBar("20 µm");
		final int[] before = ((int[]) image.getProcessor().getPixels()).clone();
		assertEquals(Macros.Outcome.of("20 µm 80 1 µm"), run(image, "run('Set Scale from Scale Bar');\n"
			+ "note(getResultString('Text', 0) + ' ' + getResult('Pixels', 0) + ' ' + nResults + ' ' + getResultString('Unit', 0));"));
		assertEquals(0.25, image.getCalibration().pixelWidth, 1e-9);
		assertEquals(0.25, image.getCalibration().pixelHeight, 1e-9);
		assertEquals("µm", image.getCalibration().getUnit());
		assertArrayEquals(before, (int[]) image.getProcessor().getPixels());
	}

	@Test
	void aCalibrationInAnotherUnitIsReplacedAndSlicesKeepTheirDistance() {
		final ImagePlus image = withBar("20 µm");
		final ImageStack stack = new ImageStack();
		stack.addSlice(image.getProcessor());
		stack.addSlice(image.getProcessor().duplicate());
		image.setStack(stack);
		image.getCalibration().pixelWidth = 300;
		image.getCalibration().pixelHeight = 600;
		image.getCalibration().pixelDepth = 1000;
		image.getCalibration().setUnit("nm");
		final Macros.Outcome outcome = run(image, "run('Set Scale from Scale Bar', 'bar=1');\nnote('on');");
		assertEquals(Macros.Outcome.of("on"), outcome);
		assertEquals(0.25, image.getCalibration().pixelWidth, 1e-9);
		assertEquals(0.5, image.getCalibration().pixelHeight, 1e-9);
		assertEquals(1, image.getCalibration().pixelDepth, 1e-9);
		// The bar is 250 nm a pixel.
		assertEquals(
			Optional
				.of("Warning: the image's own calibration was 300.00 nm per pixel; the scale bar's is 16.7 % smaller."),
			ScaleBarPlugIn.difference(300, "nm", 250e-9));
		assertEquals(Optional.empty(), ScaleBarPlugIn.difference(255, "nm", 250e-9));
		assertEquals(Optional.empty(), ScaleBarPlugIn.difference(1, "pixel", 250e-9));
	}

	@Test
	void figuresAreCheckedAsTheyArePrinted() {
		// 300 pixels or so on 180 mm are 42 dpi, and 20 pixels are 34 points.
		assertEquals(Macros.Outcome.of("resolution"),
			run(withBar("20 µm"), "run('Check Figure...');\nnote(getResultString('Check', 0));"));
		final ImagePlus image = withBar("20 µm");
		final int[] before = ((int[]) image.getProcessor().getPixels()).clone();
		assertEquals(Macros.Outcome.of("1 text"), run(image,
			"run('Check Figure...', 'points=60 dpi=10');\nnote('' + nResults + ' ' + getResultString('Check', 0));"));
		assertArrayEquals(before, (int[]) image.getProcessor().getPixels());
		assertEquals(List.of(), run(image, "run('Check Figure...', 'dpi=many');\nnote('on');").notes());
	}

	@Test
	void withoutAScaleBarTheCalibrationStays() {
		for (final String text : List.of("2 kb", "Cells")) {
			final ImagePlus image = withBar(text);
			image.getCalibration().pixelWidth = 3;
			assertEquals(Macros.Outcome.of("0"), run(image, "run('Set Scale from Scale Bar');\nnote('' + nResults);"));
			assertEquals(3, image.getCalibration().pixelWidth);
		}
		assertEquals(List.of(), run(null, "run('Set Scale from Scale Bar');\nnote('on');").notes());
		final ImagePlus image = withBar("20 µm");
		assertEquals(List.of(), run(image, "run('Set Scale from Scale Bar', 'bar=2');\nnote('on');").notes());
		assertEquals(1, image.getCalibration().pixelWidth);
	}

	private static ImagePlus disc() {
		final ImageProcessor p = new ColorProcessor(300, 240);
		for (int y = 0; y < 240; y++) for (int x = 0; x < 300; x++) {
			final boolean inside = Math.hypot(x - 140, y - 110) < 60;
			p.set(x, y, inside ? 0xc82832 : (60 + x / 10) << 16 | (120 + y / 5) << 8 | 70);
		}
		return new ImagePlus("disc", p);
	}

	@Test
	void theSubjectIsSelectedOrGivenAsAMask() {
		final ImagePlus image = disc();
		final Macros.Outcome outcome = run(image,
			"run('Find Subject');\ngetSelectionBounds(x, y, w, h);\nnote('' + (abs(x - 80) < 5) + (abs(y - 50) < 5) + (abs(w - 120) < 9) + (abs(h - 120) < 9));\n"
				+ "run('Find Subject', 'output=mask');\nnote(getTitle() + ' ' + bitDepth + ' ' + (getPixel(140, 110) > 240) + (getPixel(10, 10) < 15));");
		// Macros add truths up.
		assertEquals(Macros.Outcome.of("4", "disc-subject 8 2"), outcome);
		assertTrue(Double.parseDouble(image.getProp(FindSubjectPlugIn.CERTAINTY)) > 0.6);
	}

	@Test
	void whereThereIsNoSubjectNothingIsSelected() {
		final ImagePlus image = new ImagePlus("grey", new ByteProcessor(120, 90));
		image.setRoi(3, 3, 20, 20);
		assertEquals(Macros.Outcome.of("-1"), run(image, "run('Find Subject');\nnote('' + selectionType());"));
		assertEquals(null, image.getProp(FindSubjectPlugIn.CERTAINTY));
	}

	@Test
	void licencesLieBesideTheWeights() throws Exception {
		for (final String folder : List.of("text", "subject")) {
			try (InputStream notice = FindTextPlugIn.class.getResourceAsStream("/org/layerj/" + folder + "/NOTICE.txt");
				InputStream licence =
					FindTextPlugIn.class.getResourceAsStream("/org/layerj/" + folder + "/LICENSE.txt"))
			{
				final String text = new String(notice.readAllBytes(), StandardCharsets.UTF_8);
				assertTrue(text.contains("Copyright") && text.contains("Converted") && text.contains("Apache License"));
				assertTrue(
					new String(licence.readAllBytes(), StandardCharsets.UTF_8).contains("Version 2.0, January 2004"));
			}
		}
		assertTrue(HelpPlugIn.page().contains("PaddleOCR") && HelpPlugIn.page().contains("U-2-Net"));
	}
}
