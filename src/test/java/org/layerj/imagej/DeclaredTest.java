package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.process.ShortProcessor;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.edit.EditRun;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.LayerStack;

/** What Recomposite says of pixels that were not observed, and which image it makes of samples and slices. */
class DeclaredTest {

	private final FakeDecomposer fake = new FakeDecomposer();

	private static ImagePlus recomposite(final ImagePlus image) {
		return new RecompositePlugIn().call(Optional.of(image), Map.of()).orElseThrow();
	}

	@Test
	void nothingIsSaidAsLongAsOnlyObservedPixelsShow() {
		// Every fifth pixel of the fake's upper layers is synthetic; here they are hidden.
		final ImagePlus layers = Hyperstacks.of(
			fake.decompose(LayeredPictures.opaque(20, 10, 1), DecomposeOptions.defaults(), Progress.none()), "x",
			new Calibration());
		OpenLayers.of(layers)
			.orElseThrow()
			.apply("Hide", s -> s.with(s.get(1).withVisible(false)).with(s.get(2).withVisible(false)));
		assertNull(recomposite(layers).getProp(Declared.SYNTHETIC));
	}

	@Test
	void madeUpPixelsAreDisclosedWithTheModel() {
		final ImagePlus layers = Hyperstacks.of(
			fake.decompose(LayeredPictures.opaque(20, 10, 1), DecomposeOptions.defaults(), Progress.none()), "x",
			new Calibration());
		final ImagePlus result = recomposite(layers);
		assertEquals(10.2, Double.parseDouble(result.getProp(Declared.SYNTHETIC)), 0.2);
		final String caption = result.getProp(Declared.CAPTION);
		assertTrue(caption.contains("model: fake") && caption.contains("of what is shown, 10."), caption);
	}

	@Test
	void layersMadeWithoutAModelSaySo() {
		final ImagePlus layers = LayeredPictures.hyperstack();
		assertTrue(recomposite(layers).getProp(Declared.CAPTION).contains("model: none"));
	}

	@Test
	void samplesAndSlicesBecomeAnImageOfTheirKind() {
		final ImageStack stack = new ImageStack(6, 4);
		for (int f = 0; f < 3; f++)
			stack.addSlice("slice " + f, new ShortProcessor(6, 4, new short[] { 1, 2, 3, 40, 5, 6, 7, 8,
				(short) (1000 * f), 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 65 }, null));
		final ImagePlus cells = new ImagePlus("cells.tif", stack);
		cells.setDisplayRange(0, 3000);
		final ImagePlus layers = new DecomposeRun(fake::open).run(Optional.of(cells),
			DecomposeRequest.parse(Map.of("layers", "2", "slices", "all")), Progress.none());
		assertEquals(3, layers.getNFrames());
		final ImagePlus back = recomposite(layers);
		assertEquals("cells-recomposite", back.getTitle());
		assertEquals(16, back.getBitDepth());
		for (int f = 1; f <= 3; f++) assertEquals(1000 * (f - 1), back.getStack().getProcessor(f).get(8));
		final LayerStack third = Hyperstacks.layers(layers, 3);
		new EditRun(EditRequest.of(EditAction.DELETE, "layer", "1"), Optional.of(layers))
			.on(OpenLayers.require(Optional.of(layers)));
		assertEquals(3, layers.getNFrames(), "edits are for the current frame");
		assertEquals(third, Hyperstacks.layers(layers, 3));
	}

	@Test
	void editsKeepWhatIsNotedOfThePicture() {
		final ImagePlus cells = new ImagePlus("cells.tif", new ShortProcessor(6, 4, new short[24], null));
		cells.setProperty("Info", "a microscope");
		cells.getProcessor().set(3, 7);
		cells.setDisplayRange(0, 10);
		final ImagePlus layers = new DecomposeRun(fake::open).run(Optional.of(cells),
			DecomposeRequest.parse(Map.of("layers", "2")), Progress.none());
		final OpenLayers open = OpenLayers.of(layers).orElseThrow();
		final String run = layers.getProp(Hyperstacks.RUN);
		new EditRun(EditRequest.of(EditAction.MOVE, "layer", "2", "dx", "1"), Optional.of(layers)).on(open);
		assertEquals(run, layers.getProp(Hyperstacks.RUN));
		new EditRun(EditRequest.of(EditAction.UNDO), Optional.of(layers)).on(open);
		final ImagePlus back = recomposite(layers);
		assertEquals(16, back.getBitDepth());
		assertEquals(7, back.getProcessor().get(3));
		assertEquals("a microscope", back.getInfoProperty());
	}
}
