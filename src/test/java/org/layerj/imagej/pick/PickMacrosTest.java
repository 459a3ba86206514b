package org.layerj.imagej.pick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Line;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.process.ImageProcessor;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.layerj.decompose.DecompositionException;
import org.layerj.elements.Element;
import org.layerj.elements.Elements;
import org.layerj.elements.LayerElements;
import org.layerj.elements.WrittenFigure;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.HyperstackBuilder;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.StackElements;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;

/** Choosing and assigning elements by macros. */
class PickMacrosTest {

	/** Grey background with two red bars, a blue one in the same layer, and an empty layer for marks. */
	private static LayerStack bars() {
		final int[] background = new int[60 * 40];
		Arrays.fill(background, 0xffc8c8c8);
		final int[] bars = new int[60 * 40];
		for (int y = 10; y < 35; y++)
			for (int x = 0; x < 60; x++)
				if (x % 20 >= 5 && x % 20 < 12) bars[y * 60 + x] = x < 40 ? 0xffd02020 : 0xff2040d0;
		return new LayerStack(60, 40,
			List.of(Layer.of("background", "Background", RgbaImage.ofArgb(60, 40, background)),
				Layer.of("bars", "Curves and bars", RgbaImage.ofArgb(60, 40, bars)),
				Layer.of("marks", "Marks", RgbaImage.blank(60, 40))));
	}

	private final ImagePlus image = Hyperstacks.of(bars(), "bars");

	/** A command that makes several images makes them current in the thread that asks, which other tests have too. */
	@AfterEach
	void forget() {
		WindowManager.setTempCurrentImage(null);
	}

	private Macros.Outcome run(final String macro) {
		return on(image, macro);
	}

	private LayerStack layers() {
		return OpenLayers.of(image).orElseThrow().layers();
	}

	@Test
	void clicksChooseAPartAndThenAllOfItsLayer() {
		assertEquals(Macros.Outcome.of("5 10 7 25", "5 10 47 25"),
			run("run('Select Elements...', 'x=8 y=20');\n"
				+ "Roi.getBounds(x, y, w, h); note('' + x + ' ' + y + ' ' + w + ' ' + h);\n"
				+ "run('Select Elements...', 'x=8 y=20 clicks=2');\n"
				+ "Roi.getBounds(x, y, w, h); note('' + x + ' ' + y + ' ' + w + ' ' + h);"));
	}

	@Test
	void whatIsChosenGoesToAnotherLayerAndBack() {
		final RgbaImage before = Compositor.flatten(layers());
		final LayerStack start = layers();
		assertEquals("",
			run("run('Select Elements...', 'x=48 y=20');\nrun('Assign to Layer...', 'layer=Marks');").error());
		final LayerStack after = layers();
		assertEquals(before, Compositor.flatten(after));
		assertEquals(0xff2040d0, after.get(2).onCanvas(60, 40).argb(48, 20));
		assertEquals(0, after.get(1).onCanvas(60, 40).argb(48, 20) >>> 24);
		assertEquals("Assign to Marks", OpenLayers.of(image).orElseThrow().undoName().orElseThrow());
		assertEquals("", run("run('Edit Layer...', 'action=undo');").error());
		assertEquals(start, layers());
	}

	@Test
	void anySelectionWillDo() {
		final RgbaImage before = Compositor.flatten(layers());
		assertEquals("",
			run("makePoint(8, 20);\nrun('Assign to Layer...', 'layer=new name=Bar');\n"
				+ "makeLine(2, 2, 50, 4, 3);\nrun('Assign to Layer...', 'layer=Marks');\n"
				+ "makeOval(30, 20, 9, 9);\nrun('Assign to Layer...', 'layer=background grow=2 edge=hard');").error());
		assertEquals(before, Compositor.flatten(layers()));
		final LayerStack after = layers();
		assertEquals(List.of("Background", "Curves and bars", "Bar", "Marks"),
			after.layers().stream().map(Layer::name).toList());
		assertEquals(0xffd02020, after.get(2).onCanvas(60, 40).argb(8, 20));
		assertEquals(0xffc8c8c8, after.get(3).onCanvas(60, 40).argb(26, 3));
		assertEquals(0, after.get(1).onCanvas(60, 40).argb(31, 24) >>> 24, "the red bar is the background's now");
	}

	@Test
	void wordsAndLikenessChoose() {
		assertEquals(Macros.Outcome.of("350", "525", "350"),
			run("run('Select Elements...', 'words=[left bar]');\nrun('Select Elements...', 'x=28 y=20 mode=add');\n"
				+ "note('' + getValue('Area'));\nrun('Select Elements...', 'words=bars');\nnote('' + getValue('Area'));\n"
				+ "run('Select Elements...', 'x=8 y=20 mode=subtract');\nnote('' + getValue('Area'));"));
	}

	@Test
	void mistakesAreOneMessageAndChangeNothing() {
		final LayerStack start = layers();
		assertEquals(
			"There is no selection on the layers; click elements with the Layer Picker, or select an area, first.",
			run("run('Assign to Layer...', 'layer=Marks');").error());
		assertTrue(run("makeRectangle(1, 1, 9, 9);\nrun('Assign to Layer...', 'layer=Nowhere');").error()
			.startsWith("There is no layer called Nowhere"));
		assertTrue(run("run('Select Elements...', 'words=[purple cow]');").error().startsWith("The word cow is not"));
		assertTrue(run("run('Select Elements...', 'x=1 y=100');").error().startsWith("The option y must be a number"));
		assertTrue(run("run('Select Elements...', 'similar');").error().startsWith("No element is chosen"));
		assertEquals(start, layers());
	}

	@Test
	void theTableHasARowForEachElement() {
		image.getCalibration().pixelWidth = 2;
		image.getCalibration().pixelHeight = 2;
		assertEquals("", run("run('Elements to Results');").error());
		final ResultsTable table = ResultsTable.getResultsTable();
		assertEquals(5, table.size(), "background, three bars, and all bars");
		assertEquals("Curves and bars", table.getStringValue("Layer", 1));
		assertEquals(4 * 7 * 25, table.getValue("Area", 1));
		assertEquals("data", table.getStringValue("Role", 1));
	}

	@Test
	void panelsBecomeImagesWithTheirPlaceInTheCalibration() {
		final int[] panels = new int[60 * 40];
		for (int y = 4; y < 36; y++)
			for (int x = 0; x < 60; x++) if (x % 30 >= 3 && x % 30 < 27) panels[y * 60 + x] = 0xff000000 | x << 16 | y;
		final ImagePlus two = Hyperstacks.of(new LayerStack(60, 40,
			List.of(bars().get(0), Layer.of("panels", "Panels", RgbaImage.ofArgb(60, 40, panels)))), "two");
		two.getCalibration().pixelWidth = 2;
		two.getCalibration().setUnit("mm");
		final ImagePlus last = new PanelsPlugIn().call(Optional.of(two), Map.of()).orElseThrow();
		assertEquals("two-panel-2", last.getTitle());
		assertEquals(24, last.getWidth());
		assertEquals(32, last.getHeight());
		assertEquals(0xff000000 | 40 << 16 | 10, last.getProcessor().get(40 - 33, 10 - 4) | 0xff000000);
		assertEquals(33 * 2, last.getCalibration().getX(0));
		assertEquals("mm", last.getCalibration().getUnit());
	}

	@Test
	void aCopyHasTheElementAloneAndAPastedPictureIsMarked() {
		image.setRoi(25, 10, 7, 25);
		final RgbaImage copy = CopyAlphaPlugIn.copied(OpenLayers.of(image).orElseThrow(), image);
		assertEquals(7, copy.width());
		assertEquals(0xffd02020, copy.argb(3, 3));
		final LayerStack pasted = PasteLayerPlugIn.pasted(layers(), copy, "new");
		assertEquals(0xffd02020, pasted.get(3).onCanvas(60, 40).argb(29, 20));
		assertEquals(1, pasted.get(3).syntheticFraction(), "it may come from anywhere");
		assertEquals("There is no clipboard without a screen; export the layers instead.",
			run("run('Paste as Layer');").error());
	}

	@Test
	void elementsOfAnotherCanvasAreForgotten() {
		StackElements.keep(LayerElements.of(bars()), bars(), image, 1);
		assertEquals(Macros.Outcome.of("5", "3 8 7 22", "4"),
			run("run('Elements to Results');\nnote('' + nResults);\nmakeRectangle(2, 2, 30, 30);\nrun('Crop');\n"
				+ "run('Select Elements...', 'x=8 y=20');\n"
				+ "Roi.getBounds(x, y, w, h); note('' + x + ' ' + y + ' ' + w + ' ' + h);\n"
				+ "run('Elements to Results');\nnote('' + nResults);"));
	}

	@Test
	void elementsGoWithTheFlipOfTheStack() {
		final Elements found = LayerElements.of(bars());
		// All three bars as one, which connected parts are not.
		StackElements.keep(Elements.counted(60, 40,
			Arrays.stream(found.labels()).map(l -> l >= 2 && l <= 4 ? 2 : l).toArray(), found.list()), bars(), image,
			1);
		final String bounds = "Roi.getBounds(x, y, w, h); note('' + x + ' ' + y + ' ' + w + ' ' + h);\n";
		final String pick = "run('Select Elements...', 'x=50 y=20');\n" + bounds;
		assertEquals(Macros.Outcome.of("5 10 47 25", "5 10 47 25", "5 10 47 25"),
			run(pick + "run('Edit Layer...', 'action=recolour layer=[Curves and bars] tint=#00a060');\n" + pick
				+ "run('Edit Layer...', 'action=undo');\n" + pick));
		each(ImageProcessor::flipHorizontal);
		assertEquals(Macros.Outcome.of("8 10 47 25"), run(pick));
		each(ImageProcessor::flipVertical);
		assertEquals(Macros.Outcome.of("8 5 47 25"), run(pick));
		each(p -> p.translate(-3, 0));
		assertEquals(Macros.Outcome.of("45 5 7 25"), run(pick), "another picture: its connected parts");
	}

	/** As a command of ImageJ does it to all slices. */
	private void each(final Consumer<ImageProcessor> change) {
		for (int k = 1; k <= image.getStackSize(); k++) change.accept(image.getStack().getProcessor(k));
		image.updateAndDraw();
	}

	@Test
	void likenessIsOfWhatIsChosenAndNotOfWhatWasTakenOff() {
		assertEquals(Macros.Outcome.of("45"),
			run("run('Select Elements...', 'x=48 y=20');\nrun('Select Elements...', 'x=8 y=20 mode=add');\n"
				+ "run('Select Elements...', 'x=8 y=20 mode=subtract');\nrun('Select Elements...', 'similar');\n"
				+ "Roi.getBounds(x, y, w, h); note('' + x);"));
	}

	@Test
	void likenessIsOfAllThatIsChosen() {
		final String area = "note('' + getValue('Area'));\n";
		assertEquals(Macros.Outcome.of("350", "525", "1875"),
			run("run('Select Elements...', 'x=8 y=20');\nrun('Select Elements...', 'similar tolerance=0.05');\n" + area
				+ "run('Select Elements...', 'x=48 y=20');\nrun('Select Elements...', 'x=8 y=20 mode=add');\n"
				+ "run('Select Elements...', 'similar tolerance=0.05');\n" + area
				+ "run('Select Elements...', 'x=1 y=1');\nrun('Select Elements...', 'similar tolerance=0.05');\n"
				+ area));
	}

	@Test
	void newIsANewLayerWhateverOthersAreCalled() {
		assertEquals("",
			run("run('Edit Layer...', 'action=rename layer=Marks name=new');\n"
				+ "run('Edit Layer...', 'action=rename layer=2 name=1');\nrun('Select Elements...', 'x=48 y=20');\n"
				+ "run('Assign to Layer...', 'layer=new name=Bar');\n").error());
		assertEquals(List.of("Background", "1", "Bar", "new"), layers().layers().stream().map(Layer::name).toList());
		for (int k = 0; k < 4; k++) {
			final String called = AssignPlugIn.called(layers(), k);
			assertEquals("",
				run("run('Select Elements...', 'x=8 y=20');\nrun('Assign to Layer...', 'layer=[" + called + "]');")
					.error());
			assertEquals(4, layers().size());
			assertEquals(0xffd02020, layers().get(k).onCanvas(60, 40).argb(8, 20), called);
		}
	}

	@Test
	void aNewLayerIsInAllFrames() {
		final HyperstackBuilder frames = new HyperstackBuilder(bars());
		frames.add(bars());
		frames.add(bars());
		final ImagePlus two = frames.image("two");
		final OpenLayers open = OpenLayers.of(two).orElseThrow();
		two.setPosition(1, 1, 2);
		final LayerStack second = open.layers();
		two.setPosition(1, 1, 1);
		final LayerStack first = open.layers();
		two.setRoi(5, 10, 7, 25);
		new AssignPlugIn().call(Optional.of(two), Map.of("layer", "new", "name", "Bar"));
		final LayerStack after = open.layers();
		assertEquals(List.of("Background", "Curves and bars", "Bar", "Marks"),
			after.layers().stream().map(Layer::name).toList());
		two.setPosition(1, 1, 2);
		assertEquals(after.layers().stream().map(Layer::id).toList(),
			open.layers().layers().stream().map(Layer::id).toList());
		assertEquals(Optional.empty(), AlphaBounds.of(open.layers().get(2).pixels()));
		assertEquals(second, open.layers().without(after.get(2).id()));
		two.setPosition(1, 1, 1);
		open.undo();
		assertEquals(first, open.layers());
		assertEquals(3, two.getNSlices());
		two.setPosition(1, 1, 2);
		assertEquals(second, open.layers());
	}

	/** In every picture; the red bars have other places and 8 pixels of width in this one. */
	private static LayerStack others() {
		final int[] bars = new int[60 * 40];
		for (int y = 2; y < 24; y++)
			for (int x = 0; x < 60; x++)
				if (x % 20 >= 2 && x % 20 < 10) bars[y * 60 + x] = x < 40 ? 0xff2040d0 : 0xffd42424;
		return new LayerStack(60, 40,
			List.of(bars().get(0), Layer.of("bars", "Curves and bars", RgbaImage.ofArgb(60, 40, bars)), bars().get(2)));
	}

	private static final String RED = "like=[kind=part role=data colour=#d02020 size=7x25]";

	@Test
	void whatIsLikeADescriptionIsFoundInOtherPictures() {
		final String bounds = "Roi.getBounds(x, y, w, h); note('' + x + ' ' + y + ' ' + w + ' ' + h);\n";
		final String select = "run('Select Elements...', '" + RED + "');\n" + bounds;
		assertEquals(Macros.Outcome.of("5 10 27 25"), run(select));
		assertEquals(Macros.Outcome.of("42 2 8 22"), Macros.run(Hyperstacks.of(others(), "others"), () -> {},
			select.replace("note(", "call('" + Macros.class.getName() + ".note', ")));
		assertEquals("There is no element like that; try a larger tolerance.",
			run("run('Select Elements...', '" + RED.replace("d02020", "00ff00") + "');").error());
		assertTrue(run("run('Select Elements...', 'like=red');").error().startsWith("The option like cannot be read"));
		assertTrue(run("run('Select Elements...', 'similar " + RED + "');").error().startsWith("Say which elements"));
		final Elements found = LayerElements.of(bars());
		assertEquals(RED, "like=[" + Likenesses.text(List.of(found.get(2), found.get(2))) + "]", "as it is recorded");
	}

	@Test
	void whatIsLikeItIsAssignedInEveryFrame() {
		final HyperstackBuilder frames = new HyperstackBuilder(bars());
		frames.add(bars());
		frames.add(others());
		frames.add(new LayerStack(60, 40, List.of(bars().get(0), bars().get(2).withName("Curves and bars"),
			Layer.of("more", "Marks", RgbaImage.blank(60, 40)))));
		final ImagePlus three = frames.image("three");
		final OpenLayers open = OpenLayers.of(three).orElseThrow();
		three.setPosition(1, 1, 2);
		final LayerStack second = open.layers();
		assertEquals("",
			Macros.run(three, () -> {}, "run('Assign to Layer...', '" + RED + " layer=new name=Red frames=all');")
				.error());
		assertEquals(2, three.getT(), "the frame that was shown is shown");
		final LayerStack after = open.layers();
		assertEquals(4, after.size());
		final int red = after.layers().stream().map(Layer::name).toList().indexOf("Red");
		assertEquals(0xffd42424, after.get(red).onCanvas(60, 40).argb(45, 10));
		assertEquals(0, after.get(red).onCanvas(60, 40).argb(5, 10) >>> 24, "the blue bar stays");
		assertEquals(Compositor.flatten(second), Compositor.flatten(after));
		three.setPosition(1, 1, 1);
		assertEquals(0xffd02020, open.layers().get(red).onCanvas(60, 40).argb(8, 20));
		three.setPosition(1, 1, 3);
		assertEquals(Optional.empty(), AlphaBounds.of(open.layers().get(red).pixels()));
		three.setPosition(1, 1, 2);
		open.undo();
		assertEquals(second, open.layers().without(after.get(red).id()));
	}

	@Test
	void aLetterIsChosenAndSentAsAnythingElse() {
		final WrittenFigure figure = new WrittenFigure(150, 60);
		figure.write("rim", new Font(Font.SANS_SERIF, Font.BOLD, 14), Color.BLACK, 50, 30, 0, .9);
		figure.write("at", new Font(Font.SANS_SERIF, Font.BOLD, 24), Color.RED, 120, 30, 0, .9);
		final LayerStack layers = figure.layers();
		final ImagePlus text = Hyperstacks.of(layers, "text");
		StackElements.keep(figure.elements(), layers, text, 1);
		final OpenLayers open = OpenLayers.of(text).orElseThrow();
		final Elements all = Picked.of(open).elements();
		final Element i = all.get(2);
		assertEquals("i", i.text().orElseThrow().string());
		final int x = i.bounds().x() + i.bounds().width() / 2;
		final int y = i.bounds().bottom() - 2;
		final String at = "x=" + x + " y=" + y;
		final String area = "note('' + getValue('Area'));\n";
		final String select = "run('Select Elements...', '" + at + " clicks=-1');\n";
		assertEquals(
			Macros.Outcome.of("" + i.area(), "" + (all.get(1).area() + i.area() + all.get(3).area()),
				"" + (all.get(4).area() + all.get(5).area()), "5", "letter", "i"),
			on(text,
				select + area + "run('Select Elements...', 'similar tolerance=0.1');\n" + area
					+ "run('Select Elements...', 'words=[red letters]');\n" + area
					+ "run('Elements to Results', 'kind=letter');\n"
					+ "note('' + nResults); note(getResultString('Kind', 1)); note(getResultString('Text', 1));\n"));
		final RgbaImage before = Compositor.flatten(layers);
		assertEquals("", on(text, select + "run('Assign to Layer...', 'layer=new name=Dot');").error());
		final LayerStack after = open.layers();
		assertEquals(List.of("Background", "Text", "Dot"), after.layers().stream().map(Layer::name).toList());
		assertEquals(before, Compositor.flatten(after));
		for (int k = 0; k < 150 * 60; k++) {
			final int label = all.labels()[k];
			final boolean moved = after.get(2).onCanvas(150, 60).argb(k % 150, k / 150) >>> 24 != 0;
			if (label > 0 && label <= 5) assertEquals(label == i.id(), moved, "at " + k % 150 + ", " + k / 150);
			if (label > 0 && label <= 5 && label != i.id())
				assertEquals(layers.get(1).onCanvas(150, 60).argb(k % 150, k / 150),
					after.get(1).onCanvas(150, 60).argb(k % 150, k / 150), "the other letters stay as they are");
		}
		assertEquals("", on(text, "run('Edit Layer...', 'action=undo');\n"
			+ "run('Assign to Layer...', 'layer=new like=[kind=letter role=text colour=#ff0000 size=30x30] tolerance=0.3');")
			.error());
		assertEquals(before, Compositor.flatten(open.layers()));
		assertTrue(open.layers()
			.get(2)
			.onCanvas(150, 60)
			.argb(all.get(4).bounds().x() + 4, all.get(4).bounds().bottom() - 2) >>> 24 != 0);
	}

	private static Macros.Outcome on(final ImagePlus image, final String macro) {
		return Macros.run(image, () -> {}, macro.replace("note(", "call('" + Macros.class.getName() + ".note', "));
	}

	@Test
	void coloursAreThoseOfTheElements() {
		assertEquals(Macros.Outcome.of("45 10 7 25"), run("run('Select Elements...', 'words=[blue bar]');\n"
			+ "Roi.getBounds(x, y, w, h); note('' + x + ' ' + y + ' ' + w + ' ' + h);"));
	}

	@Test
	void aCopyIsOfWhatIsSelectedOrNothing() {
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		image.setRoi(new PointRoi(8, 20));
		assertEquals(7, CopyAlphaPlugIn.copied(open, image).width(), "the bar that the point is on");
		image.setRoi(new TextRoi(3, 3, "abc"));
		assertTrue(assertThrows(DecompositionException.class, () -> CopyAlphaPlugIn.copied(open, image)).getMessage()
			.startsWith("There is no selection on the layers"));
		image.deleteRoi();
		open.select("marks");
		assertEquals("Layer Marks has nothing on the canvas, so there is nothing to copy; choose another one.",
			assertThrows(DecompositionException.class, () -> CopyAlphaPlugIn.copied(open, image)).getMessage());
	}

	@Test
	void growingReachesAsFarInAllDirections() {
		final boolean[] mask = new boolean[9 * 7];
		for (final int i : new int[] { 0, 8, 30, 31, 58 }) mask[i] = true;
		final Region region = new Region(new Bounds(3, -2, 9, 7), Optional.of(Mask.of(9, 7, i -> mask[i])));
		for (final int by : new int[] { 0, 1, 2, 5, 13 }) {
			final Region grown = AssignPlugIn.grown(region, by);
			for (int y = -20; y < 25; y++) for (int x = -15; x < 30; x++) {
				boolean near = false;
				for (int i = 0; i < mask.length; i++) {
					final int dx = 3 + i % 9 - x;
					final int dy = i / 9 - 2 - y;
					near |= mask[i] && dx * dx + dy * dy <= by * by + by;
				}
				assertEquals(near, grown.contains(x, y), by + " at " + x + ", " + y);
			}
		}
	}

	@Test
	void allOfTheManagerIsTakenAndPointsInItAreTheirElements() {
		final OpenLayers open = OpenLayers.of(image).orElseThrow();
		final Region all = AssignPlugIn.managed(open, image, Optional
			.of(new Roi[] { new PointRoi(8, 20), new Roi(50, 1, 20, 4), new Line(1, 2, 4, 2), new PointRoi(28, 20) }));
		assertEquals(2 * 7 * 25 + 10 * 4 + 3, all.mask().orElseThrow().count(), 1);
		assertTrue(all.contains(11, 34) && all.contains(59, 4) && all.contains(2, 2) && !all.contains(48, 20));
		assertEquals("ImageJ has no ROI Manager without a screen.",
			run("run('Assign to Layer...', 'layer=Marks from=manager');").error());
	}
}
