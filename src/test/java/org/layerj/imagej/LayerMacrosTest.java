package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.Duplicator;
import ij.plugin.PlugIn;
import ij.process.ColorProcessor;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.imagej.edit.Selection;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

/** The commands on open layers, as macros use them. */
class LayerMacrosTest {

	private static final String NOTE = "call('" + Macros.class.getName() + ".note', ";

	private final LayerStack stack = LayeredPictures.three();
	private final ImagePlus image = LayeredPictures.hyperstack();

	@TempDir
	Path dir;

	private static Macros.Outcome run(final ImagePlus image, final String macro) {
		return Macros.run(image, () -> {}, macro.replace("note(", NOTE));
	}

	/** Runs the macro, which leaves its result as the current image, and reads that back from a TIFF. */
	private ImagePlus result(final ImagePlus image, final String macro) {
		final String file = dir.resolve("result.tif").toString();
		assertEquals("", run(image, macro + "\nsaveAs('tiff', '" + file + "');").error());
		return IJ.openImage(file);
	}

	private static RgbaImage onColour(final LayerStack layers, final int colour) {
		return Compositor.flatten(
			new LayerStack(layers.width(), layers.height(), List.of(Layer.of("all", "", Compositor.flatten(layers)))),
			colour);
	}

	private static void assertShows(final RgbaImage expected, final ImagePlus actual) {
		assertEquals(expected,
			RgbaImage.ofArgb(actual.getWidth(), actual.getHeight(), (int[]) actual.getProcessor().getPixels()));
	}

	@Test
	void allCommandsExist() throws ReflectiveOperationException {
		for (final String name : Macros.entries().values())
			assertTrue(Class.forName(name).getConstructor().newInstance() instanceof PlugIn);
		assertTrue(Macros.entries()
			.keySet()
			.containsAll(List.of("Decompose...", "Recomposite", "Layers Window", "Layers to Overlay",
				"Overlay to Layers", "Help")));
	}

	@Test
	void recompositeGivesThePictureExactly() {
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().setUnit("mm");
		final ImagePlus result =
			result(image, "run('Recomposite');\nif (getTitle() != 'fig-recomposite') exit(getTitle());");
		assertShows(Compositor.flatten(stack), result);
		assertEquals(0.5, result.getCalibration().pixelWidth);
		assertEquals("mm", result.getCalibration().getUnit());
		assertEquals(null, result.getProp(RecompositePlugIn.SHOWS));
	}

	@Test
	void whatIsTransparentGetsTheBackgroundAskedFor() {
		final LayerStack open = stack.without("bg");
		assertShows(onColour(open, -1), result(Hyperstacks.of(open, "x"), "run('Recomposite');"));
		final ImagePlus red = result(Hyperstacks.of(open, "x"), "run('Recomposite', 'background=#ff8000');");
		assertShows(onColour(open, 0xffff8000), red);
		assertEquals("#ff8000", red.getProp(RecompositePlugIn.SHOWS));
		final ImagePlus clear = result(Hyperstacks.of(open, "x"), "run('Recomposite', 'background=transparent');");
		assertEquals(Compositor.flatten(open),
			Hyperstacks.layers(clear).get(0).onCanvas(clear.getWidth(), clear.getHeight()));
	}

	@Test
	void elementsOfTheViewMoveTheirLayers() {
		final ImagePlus result = result(image, """
			run('Layers to Overlay');
			if (getTitle() != 'fig-view') exit('not the view');
			Overlay.activateSelection(2);
			Overlay.moveSelection(2, 2, 3);
			Overlay.removeSelection(1);
			run('Recomposite');
			""");
		assertShows(Compositor.flatten(stack.without("box").with(stack.get(2).at(2, 3))), result);
	}

	@Test
	void toolsWorkOnTheHyperstack() {
		final ImagePlus result = result(image, """
			run('Layers to Overlay');
			selectImage('fig-layers');
			setBackgroundColor(0, 0, 0);
			for (c = 1; c <= 4; c++) {
				Stack.setPosition(c, 2, 1);
				makeRectangle(5, 6, 4, 4);
				run('Clear', 'slice');
			}
			Stack.setPosition(4, 3, 1);
			run('Select All');
			setColor(255);
			fill();
			run('Select None');
			run('Recomposite');
			""");
		final RgbaImage box = stack.get(1).pixels().copy();
		final RgbaImage title = stack.get(2).pixels().copy();
		for (int c = 0; c < 4; c++)
			for (int y = 2; y < 6; y++) for (int x = 2; x < 6; x++) box.plane(c)[y * 14 + x] = 0;
		Arrays.fill(title.plane(3), (byte) -1);
		final RgbaImage all = Layer.of("t", "t", title).at(20, 5).onCanvas(40, 30).copy();
		Arrays.fill(all.plane(3), (byte) -1);
		final LayerStack painted = new LayerStack(40, 30,
			List.of(stack.get(0), stack.get(1).withPixels(stack.get(1).bounds(), box, stack.get(1).provenance()),
				Layer.of("title", "Title", all).withOpacity(0.75)));
		assertShows(Compositor.flatten(painted), result);
	}

	@Test
	void savedClosedAndReopenedAllIsBack() {
		final String file = dir.resolve("layers.tif").toString();
		final ImagePlus result = result(image,
			"run('Layers to Overlay');\nOverlay.moveSelection(1, 12, 13);\nrun('Layers to Overlay');\nselectImage('fig-layers');\n"
				+ "saveAs('tiff', '" + file + "');\nclose('*');\nif (nImages != 0) exit('still open');\nopen('" + file
				+ "');\nrun('Layers to Overlay');\n"
				+ "note(getTitle() + ' ' + Overlay.size);\nOverlay.moveSelection(2, 0, 0);\nrun('Recomposite');\n");
		assertShows(Compositor.flatten(stack.with(stack.get(1).at(10, 11)).with(stack.get(2).at(0, 0))), result);
		final LayerStack back = Hyperstacks.layers(IJ.openImage(file));
		assertEquals(stack.with(stack.get(1).at(10, 11)), back);
	}

	@Test
	void anyOverlayBecomesLayers() {
		final ImagePlus photo =
			new ImagePlus("photo.png", new ColorProcessor(120, 90, LayeredPictures.opaque(120, 90, 3).argb()));
		photo.getCalibration().pixelWidth = 2;
		final ImagePlus result = result(photo, """
			setColor(255, 0, 0);
			setLineWidth(3);
			Overlay.drawRect(10, 10, 30, 20);
			Overlay.show;
			setFont('SansSerif', 18, 'antialiased');
			Overlay.drawString('Hello', 50, 40);
			Overlay.show;
			makeArrow(20, 80, 90, 50, 'filled');
			Roi.setName('My arrow');
			run('Add Selection...');
			run('Select None');
			run('Flatten');
			rename('flat');
			selectImage('photo.png');
			run('Overlay to Layers');
			if (getTitle() != 'photo-layers') exit(getTitle());
			""");
		final LayerStack layers = Hyperstacks.layers(result);
		assertEquals(List.of("Background", "Shape", "Hello", "My arrow"),
			layers.layers().stream().map(Layer::name).toList());
		assertEquals(2, result.getCalibration().pixelWidth);
		assertEquals(0, layers.get(1).pixels().argb(layers.get(1).bounds().width() / 2, 10) >>> 24,
			"the middle of an outline is transparent");
		final int[] drawn = (int[]) photo.flatten().getProcessor().getPixels();
		final int[] ours = Compositor.flatten(layers).argb();
		for (int i = 0; i < drawn.length; i++)
			for (int s = 0; s < 24; s += 8) assertTrue(Math.abs((drawn[i] >> s & 255) - (ours[i] >> s & 255)) <= 2);
	}

	@Test
	void annotationsInTheViewBecomeLayersOnTop() {
		final ImagePlus result = result(image, """
			run('Layers to Overlay');
			setColor(0, 0, 255);
			Overlay.drawRect(1, 1, 5, 5);
			Overlay.show;
			run('Overlay to Layers');
			if (getTitle() != 'fig-layers') exit(getTitle());
			selectImage('fig-view');
			note(Overlay.size);
			selectImage('fig-layers');
			""");
		final LayerStack layers = Hyperstacks.layers(result);
		assertEquals(4, layers.size());
		assertEquals(stack, layers.without(layers.get(3).id()));
	}

	@Test
	void copiesOfTheViewBecomeTheSameLayers() {
		final ImagePlus copy = new Duplicator().run(OpenLayers.of(image).orElseThrow().openView());
		final ImagePlus result = result(copy, "run('Overlay to Layers');");
		final LayerStack layers = Hyperstacks.layers(result);
		assertEquals(List.of("background", "bg", "box", "title"), layers.layers().stream().map(Layer::id).toList());
		assertEquals(Compositor.flatten(stack), Compositor.flatten(layers));
	}

	@Test
	void outlinesSurroundWhatIsOpaque() {
		final Roi outline = LayersToRoisPlugIn.outline(stack.get(1)).orElseThrow();
		assertEquals(new Rectangle(5, 6, 10, 8), outline.getBounds());
		assertEquals("Box", outline.getName());
		assertTrue(LayersToRoisPlugIn.outline(Layer.of("x", "x", RgbaImage.blank(3, 3))).isEmpty());
	}

	@Test
	void plainImageJHasNoRoiManagerWithoutAScreen() {
		assumeTrue(GraphicsEnvironment.isHeadless());
		assertEquals(Macros.Outcome.error("ImageJ has no ROI Manager without a screen."),
			run(image, "run('Layers to ROI Manager');\nnote('went on');"));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "Recomposite", "Layers to Overlay", "Layers Window", "Layers to ROI Manager" })
	void imagesWithoutLayersEndTheMacroWithOneMessage(final String command) {
		assertEquals(Macros.Outcome.error(
			"The image photo.png has no layers; choose a stack of layers or its view, or decompose the image first."),
			run(new ImagePlus("photo.png", new ColorProcessor(4, 4)), "run('" + command + "');\nnote('went on');"));
		assertEquals(Macros.Outcome.error(OpenLayers.NO_IMAGE), run(null, "run('" + command + "');\nnote('went on');"));
	}

	@Test
	void whatCannotWorkEndsTheMacroWithOneMessage() {
		assertEquals(
			Macros.Outcome
				.error("The option background must be transparent or a colour such as white or #ff8000, not plaid."),
			run(image, "run('Recomposite', 'background=plaid');\nnote('went on');"));
		assertEquals(Macros.Outcome.error("Recomposite has no option colour; there are background, image."),
			run(image, "run('Recomposite', 'colour=red');"));
		assertEquals(
			Macros.Outcome.error("The image photo.png has no overlay; add selections, text or images to it first."),
			run(new ImagePlus("photo.png", new ColorProcessor(4, 4)), "run('Overlay to Layers');"));
		assertEquals(Macros.Outcome.error("There is no image open; open a picture first."),
			run(null, "run('Overlay to Layers');"));
	}

	@Test
	void macrosInARowDoNotDisturbEachOther() {
		for (int i = 0; i < 3; i++) {
			final ImagePlus fresh = LayeredPictures.hyperstack();
			assertEquals(Macros.Outcome.of("fig-view"),
				run(fresh, "run('Layers to Overlay');\nOverlay.removeSelection(0);\nnote(getTitle());"));
			assertEquals(2, OpenLayers.of(fresh).orElseThrow().layers().size());
		}
	}
}
