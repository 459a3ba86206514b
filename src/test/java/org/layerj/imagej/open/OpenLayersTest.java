package org.layerj.imagej.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.gui.RoiListener;
import ij.plugin.Duplicator;
import ij.process.ByteProcessor;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.layerj.decompose.DecompositionException;
import org.layerj.imagej.stack.HyperstackBuilder;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.EditException;

class OpenLayersTest {

	private final LayerStack stack = LayeredPictures.three();
	private final ImagePlus image = Hyperstacks.of(stack, "fig-layers");
	private final OpenLayers open = OpenLayers.of(image).orElseThrow();
	private final ImagePlus view = open.openView();

	private Roi element(final String id) {
		return LayerView.element(view, id).orElseThrow();
	}

	private List<String> ids() {
		return ids(open.layers());
	}

	private static List<String> ids(final LayerStack of) {
		return of.layers().stream().map(Layer::id).toList();
	}

	private List<String> elements() {
		return LayerView.elements(view).stream().map(r -> LayerRoi.idOf(r).orElse("-")).toList();
	}

	/** Hyperstack, view and state say the same. */
	private void inStep() {
		final LayerStack now = open.layers();
		assertEquals(now.layers().stream().map(Layer::id).toList(),
			Hyperstacks.layers(image).layers().stream().map(Layer::id).toList());
		assertEquals(Compositor.flatten(now), Compositor.flatten(Hyperstacks.layers(image)));
		assertEquals(now.layers().stream().filter(Layer::visible).map(Layer::id).toList(), elements());
		assertSame(now, open.layers(), "nothing changed, nothing done");
	}

	@Test
	void bothImagesLeadToTheSameLayers() {
		assertSame(open, OpenLayers.of(image).orElseThrow());
		assertSame(open, OpenLayers.of(view).orElseThrow());
		assertSame(open, OpenLayers.require(Optional.of(view)));
		assertEquals(stack, open.layers());
		assertEquals("fig-view", view.getTitle());
		inStep();
	}

	@Test
	void otherImagesHaveNone() {
		final ImagePlus other = new ImagePlus("cells.tif", new ByteProcessor(3, 3));
		assertTrue(OpenLayers.of(other).isEmpty());
		assertEquals(
			"The image cells.tif has no layers; choose a stack of layers or its view, or decompose the image first.",
			assertThrows(DecompositionException.class, () -> OpenLayers.require(Optional.of(other))).getMessage());
		assertEquals(OpenLayers.NO_IMAGE,
			assertThrows(DecompositionException.class, () -> OpenLayers.require(Optional.empty())).getMessage());
		final ImagePlus copy = new Duplicator().run(image, 1, 4, 1, 3, 1, 1);
		assertNotSame(open, OpenLayers.of(copy).orElseThrow(), "a copy is a picture of its own");
	}

	@Test
	void movingAnElementMovesTheLayerEvenBeyondTheCanvasAndBack() {
		element("title").setLocation(-5, 20);
		assertEquals(new Bounds(-5, 20, 9, 6), open.layers().get(2).bounds());
		inStep();
		element("title").setLocation(20, 5);
		assertEquals(stack, open.layers(), "nothing was lost");
		element("box").setLocation(10, 10);
		assertEquals(new Bounds(8, 8, 14, 12), open.layers().get(1).bounds(),
			"the element is cropped, the layer is not");
		assertEquals(Optional.of("Move Box"), open.undoName());
	}

	/** Three frames, of which the second has other colours, with the second layer locked in the second frame. */
	private static ImagePlus frames() {
		final HyperstackBuilder all = new HyperstackBuilder(LayeredPictures.three());
		all.add(LayeredPictures.three());
		final LayerStack second = LayeredPictures.three();
		final RgbaImage box = second.get(1).pixels().copy();
		for (int c = 0; c < 3; c++) Arrays.fill(box.plane(c), (byte) (40 + c));
		all.add(second
			.with(second.get(1).withPixels(second.get(1).bounds(), box, second.get(1).provenance()).withLocked(true)));
		all.add(LayeredPictures.three());
		return all.image("frames");
	}

	/** As ImageJ's Delete Slice does it; that asks, for which it needs a screen. */
	private static void delete(final ImagePlus image, final boolean frame) {
		final int c = image.getNChannels();
		final int z = image.getNSlices();
		final int t = image.getNFrames();
		final int at = frame ? image.getT() : image.getZ();
		for (int k = image.getStackSize(); k >= 1; k--) {
			final boolean here = frame ? (k - 1) / (c * z) + 1 == at : (k - 1) / c % z + 1 == at;
			if (here) image.getStack().deleteSlice(k);
		}
		image.setStack(image.getStack(), c, frame ? z : z - 1, frame ? t - 1 : t);
	}

	private static List<LayerStack> read(final ImagePlus image) {
		return IntStream.rangeClosed(1, image.getNFrames()).mapToObj(t -> Hyperstacks.layers(image, t)).toList();
	}

	@Test
	void deletedSlicesOfALockedLayerComeBackInAllFrames() {
		for (int shown = 1; shown <= 3; shown++) {
			final ImagePlus three = frames();
			three.setPosition(1, 1, shown);
			final OpenLayers layers = OpenLayers.of(three).orElseThrow();
			layers.layers();
			// Another frame has been painted on since it was looked at, if it was.
			((byte[]) three.getStack().getPixels(three.getStackIndex(1, 2, shown % 3 + 1)))[300] ^= 1;
			final List<LayerStack> before = read(three);
			three.setPosition(1, 2, shown);
			delete(three, false);
			assertEquals(2, three.getNSlices());
			assertEquals(before.get(shown - 1), layers.layers());
			assertEquals(before, read(three), "frame " + shown);
			assertEquals(shown, three.getT());
			assertEquals(Optional.empty(), layers.undoName(), "nothing was done");
			// What is not locked may go, and what is done next is known.
			three.setPosition(1, 3, shown);
			delete(three, false);
			assertEquals(before.get(shown - 1).without("title"), layers.layers());
			assertEquals(before.stream().map(l -> l.without("title")).toList(), read(three));
		}
	}

	@Test
	void aDeletedFrameComesBackIfALayerOfItIsLocked() {
		final ImagePlus three = frames();
		final OpenLayers layers = OpenLayers.of(three).orElseThrow();
		final List<LayerStack> before = read(three);
		three.setPosition(1, 1, 2);
		layers.layers();
		delete(three, true);
		assertEquals(2, three.getNFrames());
		layers.layers();
		assertEquals(before, read(three));
		three.setPosition(1, 1, 1);
		layers.layers();
		delete(three, true);
		assertEquals(before.get(1), layers.layers(), "the second is the first now");
		assertEquals(before.subList(1, 3), read(three));
		assertEquals(Optional.empty(), layers.undoName());
	}

	@Test
	void whatIsDoneToALockedLayerByHandIsTakenBack() {
		open.apply("Lock", s -> s.with(s.get(1).withLocked(true)));
		final LayerStack locked = open.layers();
		LayeredPictures.paint(image, 1, 2, 9, 9, 77);
		assertEquals(locked, open.layers());
		element("box").setLocation(10, 10);
		assertEquals(locked, open.layers());
		inStep();
		view.getOverlay().remove(element("box"));
		assertEquals(locked, open.layers());
		inStep();
		assertEquals(Optional.of("Lock"), open.undoName(), "nothing was done");
		LayeredPictures.paint(image, 1, 2, 9, 9, 77);
		LayeredPictures.paint(image, 1, 1, 9, 9, 78);
		assertEquals(78, open.layers().get(0).pixels().argb(9, 9) >> 16 & 0xff, "others may be painted on");
		assertEquals(locked.get(1), open.layers().get(1));
		inStep();
		assertEquals(Optional.of("Paint on Background"), open.undoName());
		image.getStack().deleteSlice(5);
		for (int c = 0; c < 3; c++) image.getStack().deleteSlice(5);
		image.setStack(image.getStack(), 4, 2, 1);
		assertEquals(List.of("bg", "box", "title"), ids());
		assertEquals(locked.get(1), open.layers().get(1));
		assertThrows(EditException.class, () -> open.apply("Delete", s -> s.without("box")));
		open.apply("Hide", s -> s.with(s.get(1).withVisible(false).withName("Red")));
		assertEquals(locked.get(1).withVisible(false).withName("Red"), Hyperstacks.layers(image).get(1));
		open.apply("Unlock", s -> s.with(s.get(1).withLocked(false)));
		LayeredPictures.paint(image, 1, 2, 9, 9, 77);
		assertEquals(77, open.layers().get(1).pixels().argb(6, 5) >> 16 & 0xff);
		assertEquals(Optional.of("Paint on Red"), open.undoName());
	}

	@Test
	void aLockedLayerTurnsWithTheCanvas() {
		open.apply("Lock", s -> s.with(s.get(1).withLocked(true)));
		for (int k = 1; k <= image.getStackSize(); k++) image.getStack().getProcessor(k).flipHorizontal();
		assertNotEquals(stack.get(1).pixels(), open.layers().get(1).pixels());
		assertTrue(open.layers().get(1).locked());
	}

	@Test
	void elementsCanBeRemovedRenamedReorderedAndMadeFainter() {
		final LayerRoi box = (LayerRoi) element("box");
		box.setOpacity(0.5);
		box.setName("Red box");
		final Overlay turned = new Overlay();
		turned.add(element("bg"));
		turned.add(element("title"));
		turned.add(box);
		view.setOverlay(turned);
		assertEquals(List.of("bg", "title", "box"), ids());
		assertEquals(0.5, open.layers().get(2).opacity());
		assertEquals("Red box", open.layers().get(2).name());
		inStep();
		view.getOverlay().remove(element("title"));
		assertEquals(List.of("bg", "box"), ids());
		inStep();
		open.undo();
		open.undo();
		assertEquals(stack, open.layers());
		inStep();
	}

	@Test
	void anOverlayThatIsGoneComesBack() {
		view.setOverlay(null);
		assertEquals(stack, open.layers());
		inStep();
	}

	@Test
	void clonesOfElementsAreLayersToo() {
		final LayerRoi copy = (LayerRoi) element("box").clone();
		copy.setLocation(25, 15);
		view.getOverlay().add(copy);
		assertEquals(List.of("bg", "box", "title", "box-2"), ids());
		assertEquals(stack.get(1).pixels(), open.layers().get(3).pixels());
		assertEquals(new Bounds(23, 13, 14, 12), open.layers().get(3).bounds());
		inStep();
		view.setOverlay(view.getOverlay().duplicate());
		assertEquals(4, open.layers().size());
		assertEquals(4, LayerView.elements(view).size());
	}

	@Test
	void paintingChangesTheLayerAndItsElement() {
		final Roi old = element("box");
		final Roi other = element("title");
		LayeredPictures.paint(image, 1, 2, 8, 9, 17);
		assertEquals(17, open.layers().get(1).pixels().argb(5, 5) >> 16 & 0xff);
		assertNotSame(old, element("box"));
		assertSame(other, element("title"));
		assertEquals(Optional.of("Paint on Box"), open.undoName());
		inStep();
		open.undo();
		assertEquals(200, image.getStack().getProcessor(image.getStackIndex(1, 2, 1)).get(8, 9));
		assertEquals(stack, open.layers());
	}

	@Test
	void paintingOnWhatReachesBeyondTheCanvasKeepsTheRest() {
		element("title").setLocation(-5, 20);
		open.layers();
		LayeredPictures.paint(image, 1, 3, 0, 20, 3);
		open.layers();
		element("title").setLocation(20, 5);
		final RgbaImage now = open.layers().get(2).pixels();
		assertEquals(stack.get(2).pixels().argb(0, 0), now.argb(0, 0));
		assertEquals(3, now.argb(5, 0) >> 16 & 0xff);
	}

	@Test
	void paintingBesideALayerKeepsWhatReachesBeyondTheCanvas() {
		element("title").setLocation(-5, 20);
		open.layers();
		for (int c = 1; c <= 4; c++) LayeredPictures.paint(image, c, 3, 30, 2, 255);
		final Layer grown = open.layers().get(2);
		assertEquals(new Bounds(-5, 2, 36, 24), grown.bounds());
		assertEquals(-1, grown.pixels().argb(35, 0));
		for (int y = 0; y < 6; y++)
			for (int x = 0; x < 9; x++)
				assertEquals(stack.get(2).pixels().argb(x, y), grown.pixels().argb(x, y + 18), x + ", " + y);
	}

	@Test
	void clearingALayerLeavesItTransparentAndUnclickable() {
		assertEquals(Optional.of("box"), LayerView.hit(view, 8, 8).map(LayerRoi::id));
		for (int c = 1; c <= 4; c++) {
			image.getStack().getProcessor(image.getStackIndex(c, 2, 1)).setValue(0);
			image.getStack().getProcessor(image.getStackIndex(c, 2, 1)).fill();
		}
		assertEquals(ids(stack), ids());
		assertEquals(Optional.empty(), AlphaBounds.of(open.layers().get(1).pixels()));
		assertEquals(stack.get(0), open.layers().get(0), "others stay");
		assertEquals(stack.get(2), open.layers().get(2), "others stay");
		assertEquals(Optional.of("bg"), LayerView.hit(view, 8, 8).map(LayerRoi::id),
			"what is below is clicked instead");
		inStep();
	}

	@Test
	void slicesCanBeDeletedAndMoved() {
		final ImageStack slices = new ImageStack(image.getWidth(), image.getHeight());
		for (final int z : new int[] { 3, 1 }) {
			for (int c = 1; c <= 4; c++)
				slices.addSlice(image.getStack().getSliceLabel(image.getStackIndex(c, z, 1)),
					image.getStack().getPixels(image.getStackIndex(c, z, 1)));
		}
		image.setStack(slices, 4, 2, 1);
		assertEquals(List.of("title", "bg"), ids());
		assertEquals(List.of(stack.get(2), stack.get(0)), open.layers().layers(), "each slice is what it was");
		inStep();
		open.undo();
		assertEquals(3, image.getNSlices());
		assertEquals(stack, open.layers());
		inStep();
	}

	@Test
	void duplicatedSlicesAndNewLabelsCount() {
		final ImageStack slices = image.getStack();
		for (int c = 1; c <= 4; c++)
			slices.addSlice(slices.getSliceLabel(image.getStackIndex(c, 2, 1)),
				((byte[]) slices.getPixels(image.getStackIndex(c, 2, 1))).clone());
		image.setStack(slices, 4, 4, 1);
		assertEquals(List.of("bg", "box", "title", "box-2"), ids());
		inStep();
		final int label = image.getStackIndex(1, 4, 1);
		for (int c = 0; c < 4; c++)
			slices.setSliceLabel(slices.getSliceLabel(label + c)
				.replace("visible: true", "visible: false")
				.replaceFirst("Box", "Second box"), label + c);
		assertFalse(open.layers().get(3).visible());
		assertEquals("Second box", open.layers().get(3).name());
		inStep();
	}

	@Test
	void labelsThatGotLostAreKnownByTheirPlace() {
		for (int i = 1; i <= 12; i++) image.getStack().setSliceLabel(null, i);
		LayeredPictures.paint(image, 4, 3, 22, 7, 255);
		assertEquals(List.of("bg", "box", "title"), ids());
		assertEquals("Title µ", open.layers().get(2).name());
		assertEquals(0.75, open.layers().get(2).opacity());
		inStep();
	}

	@Test
	void aCroppedCanvasIsFollowed() {
		image.setRoi(2, 3, 20, 20);
		final ImagePlus cropped = image.crop("stack");
		image.setStack(cropped.getStack());
		assertEquals(20, open.layers().width());
		assertEquals(20, view.getWidth());
		inStep();
	}

	@Test
	void bothSidesAtOnce() {
		LayeredPictures.paint(image, 1, 2, 8, 9, 17);
		element("title").setLocation(1, 1);
		view.getOverlay().remove(element("bg"));
		assertEquals(List.of("box", "title"), ids());
		assertEquals(17, open.layers().get(0).pixels().argb(5, 5) >> 16 & 0xff);
		assertEquals(1, open.layers().get(1).bounds().x());
		inStep();
	}

	@Test
	void editsCanBeUndoneAndRedone() {
		final AtomicInteger heard = new AtomicInteger();
		open.addListener(heard::incrementAndGet);
		open.apply("Hide Box", s -> s.with(s.get(1).withVisible(false)));
		assertTrue(heard.get() > 0);
		assertEquals(List.of("bg", "title"), elements());
		inStep();
		open.apply("Delete Background", s -> s.without("bg"));
		inStep();
		assertEquals(Optional.of("Delete Background"), open.undo());
		assertEquals(Optional.of("Hide Box"), open.undo());
		assertEquals(Optional.empty(), open.undo());
		assertEquals(stack, open.layers());
		inStep();
		assertEquals(Optional.of("Hide Box"), open.redo());
		assertEquals(Optional.of("Delete Background"), open.redoName());
		inStep();
		open.apply("Rename", s -> s.with(s.get(0).withName("Paper")));
		assertEquals(Optional.empty(), open.redoName());
	}

	@Test
	void labelsOnlyAreWrittenForWhatIsOnlyInLabels() {
		LayeredPictures.paint(image, 1, 3, 22, 7, 1);
		open.apply("Opacity", s -> s.with(s.get(1).withOpacity(0.5).withName("Red")));
		assertEquals(1, open.layers().get(2).pixels().argb(2, 2) >> 16 & 0xff);
		assertEquals(0.5, Hyperstacks.layers(image).get(1).opacity());
		assertEquals("Red", LayerView.element(view, "box").orElseThrow().getName());
		inStep();
	}

	@Test
	void theLastLayerStays() {
		open.apply("x", s -> s.without("bg").without("box"));
		assertEquals("A layered picture has at least one layer; this one cannot be removed.",
			assertThrows(DecompositionException.class, () -> open.apply("Delete", s -> s.without("title")))
				.getMessage());
		inStep();
	}

	@Test
	void whateverWasChosenLastIsSelected() {
		assertEquals("bg", open.selected());
		image.setPosition(1, 2, 1);
		assertEquals("box", open.selected());
		view.setRoi(element("title"));
		assertEquals("title", open.selected());
		image.setPosition(1, 1, 1);
		assertEquals("bg", open.selected());
		open.select("title");
		assertEquals(3, image.getZ());
		assertSame(element("title"), view.getRoi());
		open.apply("Move down", s -> s.move("title", 0));
		assertEquals("title", open.selected());
		assertEquals(1, image.getZ());
	}

	@Test
	void eachImageFollowsTheOther() {
		view.setRoi(element("title"));
		assertEquals("title", open.selected(), "someone asks first");
		open.follow();
		assertEquals(3, image.getZ());
		image.setPosition(1, 2, 1);
		assertEquals("box", open.selected());
		open.follow();
		assertSame(element("box"), view.getRoi());
		view.deleteRoi();
		open.follow();
		assertEquals(null, view.getRoi());
		assertEquals("box", open.selected());
	}

	/** As ImageJ leaves it that takes an element for a long press a moment after the button was let go. */
	@Test
	void anElementThatOnlySeemsToBeDraggedIsFollowed() throws ReflectiveOperationException, InterruptedException {
		LayerEvents.install();
		final Field state = Roi.class.getDeclaredField("state");
		state.setAccessible(true);
		final Roi title = element("title");
		state.setInt(title, Roi.MOVING);
		view.setRoi(title);
		title.notifyListeners(RoiListener.CREATED);
		for (int i = 0; i < 200 && image.getZ() != 3; i++) Thread.sleep(50);
		assertEquals(3, image.getZ());
	}

	@Test
	void aSelectionOfTheUsersOwnStays() {
		final Roi mine = new Roi(1, 1, 5, 5);
		view.setRoi(mine);
		open.select("box");
		assertEquals("box", open.selected());
		open.apply("Hide", s -> s.with(s.get(1).withVisible(false)));
		assertSame(mine, view.getRoi());
		assertEquals("box", open.selected());
	}

	@Test
	void theViewMayBeClosed() {
		view.flush();
		assertEquals(Optional.empty(), open.view());
		assertEquals(stack, open.layers());
		assertNotSame(view, open.openView());
		assertEquals(3, LayerView.elements(open.openView()).size());
	}

	@Test
	void theHyperstackMayBeClosed() {
		image.getCalibration().pixelWidth = 0.5;
		open.apply("Rename", s -> s.with(s.get(0).withName("Paper")));
		image.flush();
		element("title").setLocation(1, 1);
		final OpenLayers same = OpenLayers.of(view).orElseThrow();
		assertEquals(1, same.layers().get(2).bounds().x());
		assertNotSame(image, same.hyperstack());
		assertEquals("Paper", Hyperstacks.layers(same.hyperstack()).get(0).name());
		assertEquals(0.5, same.hyperstack().getCalibration().pixelWidth);
		assertSame(same, OpenLayers.of(same.hyperstack()).orElseThrow());
		view.flush();
		assertFalse(same.isOpen(), "an image without a window keeps none open");
	}

	@Test
	void whatWasNotedLaterComesBackWithTheHyperstack() {
		image.getCalibration().setUnit("mm");
		image.setProperty("Info", "stained");
		open.layers();
		image.setProp(Hyperstacks.RUN + ".box", "{}");
		image.flush();
		open.layers();
		assertNotSame(image, open.hyperstack());
		assertEquals("{}", open.hyperstack().getProp(Hyperstacks.RUN + ".box"),
			"the record of a layer's own decomposition");
		assertEquals("stained", open.hyperstack().getInfoProperty());
		assertEquals("mm", open.hyperstack().getCalibration().getUnit());
	}

	@Test
	void nothingComesBackWhenBothAreClosed() {
		view.flush();
		image.flush();
		assertFalse(open.isOpen());
		assertEquals(stack, open.layers());
		assertEquals("bg", open.selected());
		assertFalse(open.isOpen());
		assertEquals("The layers of fig have been closed; open them again.",
			assertThrows(DecompositionException.class, () -> open.apply("Delete", s -> s.without("box"))).getMessage());
	}

	@Test
	void theUsersOwnElementsStay() {
		final Roi mine = new Roi(1, 1, 5, 5);
		view.getOverlay().add(mine);
		open.apply("Delete", s -> s.without("box"));
		assertEquals(List.of("bg", "title", "-"), elements());
		assertSame(mine, LayerView.others(view).get(0));
	}

	@Test
	void theHyperstackIsWrittenInPlace() {
		final Object pixels = image.getStack().getPixels(1);
		open.apply("Move", s -> s.with(s.get(1).at(0, 0)));
		assertSame(pixels, image.getStack().getPixels(1));
		open.apply("Duplicate", s -> s.insert(2, new Layer("two", "Two", s.get(1).bounds(), s.get(1).pixels(), 1, true,
			Optional.empty(), s.get(1).provenance())));
		assertEquals(4, image.getNSlices());
		assertEquals(4, image.getNChannels());
		inStep();
		assertNotEquals(null, image.getProp("decompose.provenance.two"));
		open.undo();
		assertEquals(null, image.getProp("decompose.provenance.two"));
	}
}
