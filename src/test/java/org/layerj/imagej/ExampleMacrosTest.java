package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFTextBox;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.elements.WrittenFigure;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.imagej.stack.StackElements;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** Runs the macros in {@code macros/} with ImageJ's interpreter and looks at the images they make. */
class ExampleMacrosTest {

	@TempDir
	Path dir;

	private final Map<String, ImagePlus> opened = new HashMap<>();

	private static String text(final String name) {
		try (InputStream in = ExampleMacrosTest.class.getResourceAsStream("/macros/" + name + ".ijm")) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	private static List<String> run(final String macro) {
		final Macros.Outcome outcome = Macros.run(null, () -> new DecomposePlugIn().run(""),
			macro.replace("print(", "call('" + Macros.class.getName() + ".note', '' + "));
		assertEquals("", outcome.error());
		return outcome.notes();
	}

	/** Runs a macro, after which these images are there; returns what it prints. */
	private List<String> run(final String name, final String... titles) {
		return run(text(name) + "\n"
			+ Arrays.stream(titles)
				.map(t -> "selectImage('" + t + "');\nsaveAs('tiff', '" + file(t) + "');\n")
				.collect(Collectors.joining()));
	}

	private String file(final String title) {
		return dir.resolve(title + ".tif").toString();
	}

	private ImagePlus made(final String title) {
		return opened.computeIfAbsent(title, t -> IJ.openImage(file(t)));
	}

	private int at(final String title, final int x, final int y) {
		return made(title).getProcessor().getPixel(x, y) & 0xffffff;
	}

	@Test
	void aFolderIsTakenApart() throws IOException {
		for (final String name : List.of("a.png", "b.png")) {
			final RgbaImage picture = LayeredPictures.filled(30, 20, name.startsWith("a") ? 0xffffffff : 0xff808080);
			for (int i = 100; i < 112; i++) picture.plane(RgbaImage.RED)[i] = 0;
			final BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
			image.setRGB(0, 0, 30, 20, picture.argb(), 0, 30);
			ImageIO.write(image, "png", dir.resolve(name).toFile());
		}
		Files.writeString(dir.resolve("notes.txt"), "no picture");
		final List<String> notes = run(text("Decompose_Folder").replace("getArgument()", "'" + dir + "'"));
		assertEquals(2, notes.size());
		assertTrue(notes.get(0).matches("a\\.png: [2-4] layers, recomposite identical"), notes.get(0));
		try (Stream<Path> files = Files.list(dir.resolve("layers"))) {
			assertEquals(List.of("a-layers.tif", "b-layers.tif"),
				files.map(f -> f.getFileName().toString()).sorted().toList());
		}
		assertTrue(Hyperstacks.isLayers(IJ.openImage(dir.resolve("layers/a-layers.tif").toString())));
	}

	@Test
	void textIsReplacedInAFolder() throws IOException {
		final WrittenFigure figure = new WrittenFigure(240, 90);
		figure.write("Mutant 1.5", new Font(Font.SANS_SERIF, Font.PLAIN, 20), Color.BLACK, 100, 40, 0, .95);
		final ImagePlus layers = Hyperstacks.of(figure.layers(), "figure");
		StackElements.keep(figure.elements(), Hyperstacks.layers(layers, 1), layers, 1);
		IJ.saveAsTiff(layers, dir.resolve("figure-layers.tif").toString());
		run(text("Replace_Text_Folder").replace("getArgument()", "'" + dir + "|Mutant (\\\\d)\\\\.|Mutante $1,'"));
		try (XMLSlideShow show = new XMLSlideShow(Files.newInputStream(dir.resolve("figure-layers-replaced.pptx")))) {
			assertEquals(List.of("Mutante 1,5"),
				show.getSlides()
					.get(0)
					.getShapes()
					.stream()
					.filter(XSLFTextBox.class::isInstance)
					.map(t -> ((XSLFTextBox) t).getText())
					.toList());
		}
		final ImagePlus replaced = IJ.openImage(dir.resolve("figure-layers-replaced.tif").toString());
		assertEquals(figure.layers().get(0).pixels(), Hyperstacks.layers(replaced).get(0).pixels(),
			"the background is as it was");
	}

	@Test
	void whatIsLikeOneGoesToALayerOfItsOwnInAllFiguresOfAFolder() throws IOException {
		for (final int[] figure : new int[][] { { 0xd02020, 8 }, { 0xd42424, 20 }, { 0x2040d0, 30 } }) {
			final int[] squares = new int[60 * 40];
			for (int i = 0; i < squares.length; i++)
				if (i % 60 >= figure[1] && i % 60 < figure[1] + 9 && i / 60 > 10 && i / 60 < 20 && i % 60 < 57)
					squares[i] = 0xff000000 | figure[0];
			final int[] background = new int[60 * 40];
			Arrays.fill(background, -1);
			IJ.saveAsTiff(
				Hyperstacks.of(new LayerStack(60, 40,
					List.of(Layer.of("background", "Background", RgbaImage.ofArgb(60, 40, background)),
						Layer.of("squares", "Squares", RgbaImage.ofArgb(60, 40, squares)))),
					"f"),
				dir.resolve(figure[1] + "-layers.tif").toString());
		}
		run(text("Assign_Similar_Folder").replace("getArgument()",
			"'" + dir + "|kind=part role=shape colour=#d02020 size=9x9|Markers'"));
		for (final int x : new int[] { 8, 20 }) {
			final LayerStack made =
				Hyperstacks.layers(IJ.openImage(dir.resolve(x + "-layers-assigned.tif").toString()));
			final Layer markers =
				made.layers().stream().filter(l -> l.name().equals("Markers")).findFirst().orElseThrow();
			assertEquals(new Bounds(x, 11, 9, 9), AlphaBounds.of(markers).orElseThrow());
		}
		assertFalse(Files.exists(dir.resolve("30-layers-assigned.tif")), "the blue one is not like it");
	}

	@Test
	void aScaleBarIsLifted() {
		final List<String> notes = run("Lift_Scale_Bar", "cells", "bar on the left", "without bar");
		assertTrue(notes.get(1).matches("synthetic: 1\\.\\d+ %"), notes.get(1));
		assertTrue(notes.get(2).contains("was not in the original image but computed without a trained model"),
			notes.get(2));
		assertEquals(255, at("cells", 300, 272) & 0xff);
		assertTrue((at("without bar", 300, 272) & 0xff) < 200);
		assertEquals("brightest without the bar", notes.get(0).split(":")[0]);
		assertTrue(Integer.parseInt(notes.get(0).split(": ")[1]) < 200, notes.get(0));
		final int[] row = (int[]) made("bar on the left").getProcessor().convertToRGB().getPixels();
		assertTrue(Arrays.stream(row, 262 * 400, 300 * 400).filter(p -> (p & 0xff) == 255).count() >= 90 * 6,
			"all of the bar");
		// Where nothing was lifted, the grey values are the picture's.
		for (int y = 0; y < 200; y++)
			for (int x = 0; x < 400; x += 7) assertEquals(at("cells", x, y), at("without bar", x, y));
	}

	@Test
	void curvesAreRecoloured() {
		run("Recolour_Curve", "plot", "safe colours", "one curve blue");
		final int[] plot = (int[]) made("plot").getProcessor().getPixels();
		final int[] safe = (int[]) made("safe colours").getProcessor().getPixels();
		final int[] blue = (int[]) made("one curve blue").getProcessor().getPixels();
		for (int i = 0; i < plot.length; i++) {
			switch (plot[i] & 0xffffff) {
				case 0xdc0000 ->
					assertEquals("d55e00 0072b2", "%06x %06x".formatted(safe[i] & 0xffffff, blue[i] & 0xffffff));
				case 0x00a000 ->
					assertEquals("009e73 009e73", "%06x %06x".formatted(safe[i] & 0xffffff, blue[i] & 0xffffff));
				default -> {
					assertEquals(plot[i], safe[i], "axes and background");
					assertEquals(plot[i], blue[i], "axes and background");
				}
			}
		}
	}

	@Test
	void aPanelLetterIsSwapped() {
		run("Swap_Panel_Letter", "panel", "panel A", "panel B");
		final int[] panel = (int[]) made("panel").getProcessor().getPixels();
		final int[] back = (int[]) made("panel A").getProcessor().getPixels();
		final int[] swapped = (int[]) made("panel B").getProcessor().getPixels();
		assertEquals(Arrays.hashCode(panel), Arrays.hashCode(back));
		assertNotEquals(Arrays.hashCode(panel), Arrays.hashCode(swapped));
		for (int i = 0; i < panel.length; i++)
			if (i % 240 >= 30 || i / 240 >= 38) assertEquals(panel[i], swapped[i], "nothing but the letter");
		assertTrue(Arrays.stream(swapped).filter(p -> (p & 0xffffff) == 0).count() > 40, "a letter in black");
	}

	@Test
	void anArrowIsRemovedAndDisclosed() {
		final List<String> notes = run("Remove_Arrow", "micrograph", "without arrow");
		assertTrue(notes.get(0).matches("synthetic: [12]\\.\\d+ %"), notes.get(0));
		assertTrue(
			notes.get(1)
				.endsWith("was not in the original image but computed without a trained model (inpainted or matted)."),
			notes.get(1));
		final ImagePlus result = made("without arrow");
		assertEquals(notes.get(0), "synthetic: " + result.getProp("synthetic") + " %", "the file says so too");
		final int[] before = (int[]) made("micrograph").getProcessor().getPixels();
		final int[] after = (int[]) result.getProcessor().getPixels();
		long changed = 0;
		for (int i = 0; i < after.length; i++) {
			assertTrue((after[i] >> 16 & 255) - (after[i] >> 8 & 255) < 40, "nothing red is left");
			if (before[i] != after[i]) changed++;
		}
		assertTrue(changed > 500 && changed <= Double.parseDouble(result.getProp("synthetic")) / 100 * after.length + 5,
			changed + " pixels changed");
	}

	@Test
	void aStackIsTakenApartAndPutTogetherValueByValue() {
		assertEquals(
			List.of("2 layers in each of 3 slices, 16-bit", "value of the cell in slice 3: 12000, of the bar: 60000"),
			run("Decompose_Stack", "series", "series-recomposite"));
		for (int slice = 1; slice <= 3; slice++) {
			assertEquals(Arrays.hashCode((short[]) made("series").getStack().getPixels(slice)),
				Arrays.hashCode((short[]) made("series-recomposite").getStack().getPixels(slice)));
		}
	}
}
