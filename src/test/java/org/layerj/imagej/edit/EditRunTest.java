package org.layerj.imagej.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.gui.TextRoi;
import ij.process.ColorProcessor;
import java.awt.Color;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.decompose.Problem;
import org.layerj.imagej.macro.MacroOptions;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.edit.Locks;
import org.layerj.layers.RgbaImage;

class EditRunTest {

	@TempDir
	Path dir;

	private final ImagePlus image = LayeredPictures.hyperstack();
	private final OpenLayers open = OpenLayers.of(image).orElseThrow();
	private final LayerStack stack = open.layers();

	private LayerStack edit(final String options) {
		return new EditRun(new EditRequest(MacroOptions.parse("Edit Layer...", EditRequest.OPTIONS, options)),
			Optional.of(image)).on(open);
	}

	private Layer box() {
		return open.layers().find("box").orElseThrow();
	}

	private List<String> names() {
		return open.layers().layers().stream().map(Layer::name).toList();
	}

	@Test
	void lockedLayersAreLeftAlone() {
		edit("action=lock layer=Box");
		final LayerStack locked = open.layers();
		assertTrue(box().locked());
		assertEquals("Lock Box", open.undoName().orElseThrow());
		image.setRoi(5, 6, 4, 4);
		for (final String rejected : List.of("delete", "move dx=1", "resize scale=2", "rotate angle=9",
			"flip to=vertical", "opacity value=0.5", "merge", "split", "region", "recolour tint=blue", "text text=B",
			"text"))
		{
			assertEquals("Layer Box is locked, so it was not changed; " + Locks.HOW,
				message("action=" + rejected + " layer=Box"), rejected);
			assertEquals(locked, open.layers(), rejected);
		}
		assertTrue(message("action=merge layer=[title µ] to=Box").startsWith("Layer Box is locked"));
		assertTrue(message("action=move layer=all dx=1").startsWith("Layer Box is locked"));
		assertEquals(locked, open.layers(), "not even others");
		edit("action=hide layer=Box");
		edit("action=rename layer=Box name=Red");
		edit("action=order layer=Red to=top");
		edit("action=duplicate layer=Red");
		assertFalse(open.layers().get(3).locked(), "a copy is not locked");
		edit("action=unlock layer=Red");
		edit("action=delete layer=Red");
		for (int k = 0; k < 7; k++) edit("action=undo");
		assertEquals(stack, open.layers());
	}

	@Test
	void everyEditIsOneStepThatLeavesOtherLayersAlone() throws Exception {
		final Path file = dir.resolve("in put.png");
		javax.imageio.ImageIO.write(new java.awt.image.BufferedImage(3, 3, java.awt.image.BufferedImage.TYPE_INT_ARGB),
			"png", file.toFile());
		final Map<String, String> options = new LinkedHashMap<>();
		options.put("rename", "name=[Red box]");
		options.put("delete", "");
		options.put("duplicate", "name=Twin");
		options.put("move", "dx=3 dy=-2");
		options.put("resize", "scale=1.5");
		options.put("rotate", "angle=30");
		options.put("flip", "to=vertical");
		options.put("opacity", "value=0.25");
		options.put("hide", "");
		options.put("order", "to=top");
		options.put("merge", "to=Background");
		options.put("recolour", "tint=blue");
		options.put("replace", "file=[" + file + "]");
		options.put("text", "text=B size=9");
		for (final Map.Entry<String, String> e : options.entrySet()) {
			final LayerStack after = edit("action=" + e.getKey() + " layer=Box " + e.getValue());
			// The box is alike upside down.
			assertTrue(e.getKey().equals("flip") == after.find("box")
				.filter(
					b -> b.pixels().equals(stack.get(1).pixels()) && !b.synthetic().equals(stack.get(1).synthetic()))
				.isPresent());
			assertFalse(stack.equals(after), e.getKey());
			assertSame(stack.get(2), after.find("title").orElseThrow(), e.getKey());
			if (!e.getKey().equals("merge")) assertSame(stack.get(0), after.find("bg").orElseThrow(), e.getKey());
			assertEquals(Compositor.flatten(after), Compositor.flatten(Hyperstacks.layers(image)),
				"the hyperstack shows it: " + e.getKey());
			edit("action=undo");
			assertEquals(stack, open.layers(), e.getKey());
			edit("action=redo");
			assertEquals(after, open.layers(), e.getKey());
			edit("action=undo");
		}
	}

	@Test
	void layersAreMeantByNameIdNumberOrSelection() {
		edit("action=hide layer=[title µ]");
		edit("action=hide layer=box");
		edit("action=hide layer=1.0");
		assertEquals(0, open.layers().layers().stream().filter(Layer::visible).count());
		edit("action=show layer=all");
		assertEquals(3, open.layers().layers().stream().filter(Layer::visible).count());
		image.setPosition(1, 2, 1);
		edit("action=opacity value=0.5");
		assertEquals(List.of(1.0, 0.5, 0.75), open.layers().layers().stream().map(Layer::opacity).toList());
		edit("action=rename layer=1 name=Box");
		assertEquals("2 layers are called Box; say which by its number, 1 being the bottom.",
			message("action=hide layer=Box"));
	}

	private String message(final String options) {
		return Problem.message(assertThrows(RuntimeException.class, () -> edit(options)));
	}

	@Test
	void lettersThatNoFontHasAreSaidBeforeAnythingChanges() {
		// A code point that will never be a letter, and one of a script that few fonts have.
		final String none = new String(Character.toChars(0xe0fff));
		assertEquals("No installed font can show " + none + "; install one that can, or leave it out.",
			message("action=text layer=2 text=[a" + none + "\nb " + none + "]"));
		assertTrue(message("action=text layer=2 text=[" + none + "] font=Serif").contains("can show " + none + ";"));
	}

	@Test
	void aLayerThatIsTooFarAwayMayComeNearer() {
		assertTrue(message("action=text layer=2 text=A x=9000 y=-9000")
			.startsWith("Layer Box would lie too far from the canvas"));
		open.apply("Move", s -> s.with(s.find("box").orElseThrow().at(9_000_000, 0)));
		edit("action=move layer=2 dx=-1000");
		assertEquals(8_999_000, box().bounds().x());
		assertTrue(message("action=move layer=2 dx=1").startsWith("Layer Box would lie too far from the canvas"));
		edit("action=hide layer=2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
		"layer=1 | The option action is missing; it is one of rename, delete, duplicate, move, resize, rotate, flip, opacity, show, hide, lock, unlock, order, merge, split, region, recolour, replace, text, generate, undo or redo.",
		"action=paint | The option action must be rename, delete, duplicate, move, resize, rotate, flip, opacity, show, hide, lock, unlock, order, merge, split, region, recolour, replace, text, generate, undo or redo, not paint.",
		"action=hide layer=Arrow | There is no layer called Arrow; there are Background, Box, Title µ.",
		"action=hide layer=4 | There is no layer called 4; there are Background, Box, Title µ.",
		"action=rename layer=1 | The option name is missing; give the layer's new name.",
		"action=rename layer=all name=x | The action rename works on one layer at a time, not on 3.",
		"action=opacity layer=1 value=2 | The option value must be an opacity from 0 to 1, not 2.",
		"action=opacity layer=1 value=half | The option value must be a number, not half.",
		"action=opacity layer=1 | The option value is missing; the action opacity needs it.",
		"action=move layer=2 x=2147483647 dx=2147483647 | Layer Box cannot be moved that far from the canvas.",
		"action=move layer=2 dx=5000000 | Layer Box would lie too far from the canvas: both together would span 5000017 × 30 pixels, of which there may be 33 million; choose a place nearer to the canvas.",
		"action=rotate layer=2 angle=180 x=9000 y=9000 | Layer Box would lie too far from the canvas: both together would span 17997 × 17996 pixels, of which there may be 33 million; choose a place nearer to the canvas.",
		"action=move layer=2 dx=0.5 | The option dx must be a whole number, not 0.5.",
		"action=move layer=2 | Say where the layer is to go: dx and dy to move it by, or x and y to move its upper left corner to.",
		"action=resize layer=2 | Say how large the layer is to become: by scale, or by width and height.",
		"action=resize layer=2 scale=0 | A layer is resized by factors above 0, not 0 and 0.",
		"action=flip layer=2 to=left | The option to must be horizontal or vertical, not left.",
		"action=order layer=2 to=middle | The option to must be top, bottom, up or down, not middle.",
		"action=merge layer=1 | Layer Background is the lowest and has none below to merge with; say which by the option to.",
		"action=split layer=Box | Layer Box is one connected part, so there is nothing to split.",
		"action=recolour layer=2 | Recolouring takes one of the options hue, tint, lut and palette, not none.",
		"action=recolour layer=2 hue=3 tint=red | Recolouring takes one of the options hue, tint, lut and palette, not hue and tint.",
		"action=recolour layer=2 tint=reddish | The option tint must be a colour such as red, #d55e00 or 213,94,0, not reddish.",
		"action=recolour layer=2 lut=none | There is no lookup table none; give the name of one of ImageJ's or a .lut file.",
		"action=recolour layer=2 palette=jet | The option palette must be okabe-ito, tol-bright, tol-high-contrast, tol-vibrant or tol-muted, not jet.",
		"action=replace layer=2 | Say what to replace the layer with: an open image, clipboard, or a file.",
		"action=replace layer=2 image=x file=y | Give an image or a file, not both.",
		"action=replace layer=2 image=x | There is no open image called x.",
		"action=replace layer=2 file=/none.png | There is no file /none.png.",
		"action=undo | There is nothing to undo.", "action=redo | There is nothing to redo.",
		"action=text layer=2 text=A size=0 | The option size must be a font size from 1 to 2000, not 0.0.", })
	void whatCannotWorkIsOneMessageAndChangesNothing(final String options, final String message) {
		assertEquals(message, message(options));
		assertSame(open.layers(), open.layers());
		assertEquals(stack, open.layers());
		assertEquals(Optional.empty(), open.undoName());
	}

	@Test
	void placesAndSizesAreThoseOfWhatCanBeSeen() {
		edit("action=move layer=Box x=0 y=1");
		assertEquals(Optional.of(new Bounds(0, 1, 10, 8)), AlphaBounds.of(box()));
		edit("action=resize layer=Box width=20 x=0 y=1");
		assertEquals(Optional.of(new Bounds(0, 1, 20, 16)), AlphaBounds.of(box()));
		edit("action=rotate layer=Box angle=90 x=10 y=9");
		assertEquals(Optional.of(new Bounds(2, -1, 16, 20)), AlphaBounds.of(box()));
	}

	@Test
	void theSelectionSteersSplittingAndDeleting() {
		image.setRoi(new OvalRoi(0, 0, 12, 12));
		edit("action=split layer=Box name=Corner");
		assertEquals(List.of("Background", "Box", "Corner", "Title µ"), names());
		assertEquals(Compositor.flatten(stack), Compositor.flatten(open.layers()));
		edit("action=undo");
		edit("action=delete layer=Box");
		assertEquals(3, open.layers().size());
		assertEquals(0, box().onCanvas(40, 30).argb(6, 7) >>> 24);
		assertEquals(0xffc80000, box().onCanvas(40, 30).argb(13, 12));
		assertTrue(message("action=delete layer=[Title µ]").startsWith("The selection holds nothing of layer"));
		image.setRoi(new Roi(4, 4, 3, 3, 2));
		image.deleteRoi();
		edit("action=delete layer=Box");
		assertEquals(2, open.layers().size());
	}

	@Test
	void aRegionBecomesALayerAndWhatItLeavesIsFilled() {
		assertEquals("There is no selection on the layers; mark the region that is to become a layer.",
			message("action=region"));
		image.setRoi(new Roi(30, 20, 6, 5));
		edit("action=region layer=Background name=Inset");
		assertEquals(List.of("Background", "Inset", "Box", "Title µ"), names());
		assertEquals(Compositor.flatten(stack), Compositor.flatten(open.layers()));
		assertEquals(30, open.layers().get(0).synthetic().count());
		assertEquals(Optional.of("Region Background"), open.undoName());
		edit("action=undo");
		image.setRoi(new Roi(1, 1, 20, 10));
		edit("action=region name=[Upper left]");
		assertEquals(List.of("Background", "Box", "Title µ", "Upper left"), names());
		assertEquals(Compositor.flatten(stack), Compositor.flatten(open.layers()));
		assertEquals("The selection holds nothing of layer Box, so it cannot become a layer.",
			message("action=region layer=Box"));
	}

	@Test
	void layersAreSplitIntoConnectedPartsAndMergedAgain() {
		edit("action=merge layer=[Title µ] to=Box name=Both");
		assertEquals(List.of("Background", "Both"), names());
		edit("action=split layer=Both parts=1");
		assertEquals(List.of("Background", "Both", "Both 1"), names());
		assertEquals(80, open.layers().get(2).pixels().plane(0).length);
	}

	@Test
	void clipboardAndOpenImagesReplaceContent() {
		new ImagePlus("blue", new ColorProcessor(5, 5, new int[] { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
			255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255 })).copy();
		edit("action=replace layer=Box image=clipboard fit=stretch alpha=keep");
		assertEquals(0xff0000ff, box().onCanvas(40, 30).argb(6, 7));
		assertEquals(stack.get(1).bounds(), box().bounds());
		assertEquals(80,
			java.util.stream.IntStream.range(0, 14 * 12)
				.filter(i -> box().synthetic().get(i) && box().pixels().plane(RgbaImage.ALPHA)[i] != 0)
				.count());
	}

	@Test
	void textIsWrittenWhereTextWasInItsColourAndSize() {
		edit("action=text layer=Box text=[100 nm] size=12 tint=#0000ff x=4 y=20");
		final Bounds first = AlphaBounds.of(box()).orElseThrow();
		assertEquals(4, first.x(), 1);
		assertEquals(20, first.bottom(), 1);
		assertEquals(9, first.height(), 1);
		edit("action=text layer=Box text=H");
		final Bounds second = AlphaBounds.of(box()).orElseThrow();
		assertEquals(first.x(), second.x(), 1);
		assertEquals(first.bottom(), second.bottom(), 1);
		assertEquals(first.height(), second.height(), 1);
		for (final int argb : box().pixels().argb()) if (argb >>> 24 != 0) assertEquals(0x0000ff, argb & 0xffffff);
		assertEquals(1, box().syntheticFraction());
	}

	@Test
	void textIsLiftedAsALiveSelectionAndPutDownAgain() {
		edit("action=text layer=Box text=50 size=14 tint=#123456");
		final Layer written = box();
		edit("action=text layer=Box");
		assertTrue(AlphaBounds.of(box()).isEmpty());
		final TextRoi roi = (TextRoi) image.getRoi();
		assertEquals(new Color(0x123456), roi.getStrokeColor());
		assertEquals(14, roi.getCurrentFont().getSize(), 1);
		assertEquals(0, roi.getAngle());
		roi.setText("50");
		image.setPosition(1, 1, 1);
		edit("action=text");
		assertEquals(null, image.getRoi());
		assertSame(open.layers().find("bg").orElseThrow(), stack.get(0));
		final Bounds before = AlphaBounds.of(written).orElseThrow();
		final Bounds after = AlphaBounds.of(box()).orElseThrow();
		assertEquals(before.x(), after.x(), 1);
		assertEquals(before.bottom(), after.bottom(), 1);
		assertEquals(before.height(), after.height(), 1);
		edit("action=undo");
		edit("action=undo");
		assertEquals(written, box());
	}

	@Test
	void whatALayerIsCalledMeansThatLayerHoweverOthersAreCalled() {
		final LayerStack odd = stack.with(stack.get(0).withName("Curve"))
			.with(stack.get(1).withName("curve"))
			.with(stack.get(2).withName("1"));
		for (int k = 0; k < 3; k++)
			assertEquals(List.of(odd.get(k).id()), LayerNames.ids(odd, "layer", EditField.called(odd, k)),
				"layer " + k);
		assertEquals("2", EditField.called(odd, 1));
	}
}
