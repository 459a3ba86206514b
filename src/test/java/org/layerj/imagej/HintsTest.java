package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.process.ColorProcessor;
import ij.process.ShortProcessor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/** Named selections before decomposing: their pixels end in the layer of their name. */
class HintsTest {

	private final FakeDecomposer fake = new FakeDecomposer();

	private static ImagePlus picture(final Roi... hints) {
		final int[] rgb = new int[40 * 30];
		for (int i = 0; i < rgb.length; i++) rgb[i] = 0x336699 + i * 7;
		final ImagePlus image = new ImagePlus("figure", new ColorProcessor(40, 30, rgb));
		final Overlay overlay = new Overlay();
		for (final Roi hint : hints) overlay.add(hint);
		image.setOverlay(overlay);
		return image;
	}

	private static Roi named(final String name, final Roi roi) {
		roi.setName(name);
		return roi;
	}

	private ImagePlus decomposed(final ImagePlus image, final String... options) {
		final Map<String, String> values = new HashMap<>(Map.of("layers", "2", "hints", "overlay"));
		for (int k = 0; k < options.length; k += 2) values.put(options[k], options[k + 1]);
		return new DecomposeRun(fake::open).run(Optional.of(image), DecomposeRequest.parse(values), Progress.none());
	}

	@Test
	void whatIsSelectedEndsInTheLayerOfItsName() {
		final ImagePlus image = picture(named("layer 2", new Roi(3, 4, 8, 6)), named("Legend", new Roi(20, 10, 9, 9)),
			named("background", new Roi(30, 2, 5, 5)), new Roi(0, 0, 40, 30));
		final LayerStack layers = Hyperstacks.layers(decomposed(image));
		assertEquals(List.of("Background", "Layer 2", "Legend"), layers.layers().stream().map(Layer::name).toList());
		final int[] rgb = (int[]) image.getProcessor().getPixels();
		for (int y = 0; y < 30; y++) for (int x = 0; x < 40; x++) {
			assertEquals(0xff000000 | rgb[y * 40 + x], Compositor.flatten(layers).argb(x, y), "the picture stays");
			final int second = layers.get(1).onCanvas(40, 30).argb(x, y);
			final int legend = layers.get(2).onCanvas(40, 30).argb(x, y);
			if (x >= 3 && x < 11 && y >= 4 && y < 10) assertTrue(second >>> 24 >= 128, "most of it is seen there");
			if (x >= 20 && x < 29 && y >= 10 && y < 19) assertEquals(0xff000000 | rgb[y * 40 + x], legend);
			if (x >= 30 && x < 35 && y >= 2 && y < 7) assertEquals(0, second >>> 24);
		}
	}

	@Test
	void samplesStayExact() {
		final ShortProcessor pixels = new ShortProcessor(12, 10);
		for (int i = 0; i < 120; i++) pixels.set(i, 100 * i);
		final ImagePlus image = new ImagePlus("cells", pixels);
		image.setDisplayRange(0, 12000);
		image.setOverlay(new Overlay(named("Mark", new Roi(2, 2, 5, 5))));
		final ImagePlus layers = decomposed(image);
		final ImagePlus back = new RecompositePlugIn().call(Optional.of(layers), Map.of()).orElseThrow();
		for (int i = 0; i < 120; i++) assertEquals(100 * i, back.getProcessor().get(i));
	}

	@Test
	void pointsMeanTheElementsThatTheyAreOn() {
		final LayerStack layers = Hyperstacks.layers(decomposed(picture(named("New", new PointRoi(5, 5)))));

		assertTrue(layers.layers().stream().anyMatch(l -> l.name().equals("New")));
	}

	@Test
	void mistakesAreSaidBeforeTheModelRuns() {
		assertTrue(assertThrows(DecompositionException.class, () -> decomposed(picture())).getMessage()
			.startsWith("The option hints is overlay, but no selection with a name is there"));
		assertThrows(InvalidOptionException.class,
			() -> decomposed(picture(named("a", new Roi(1, 1, 3, 3))), "raw", "true"));
		assertEquals("The option hints must be none, manager or overlay, not maybe.",
			assertThrows(InvalidOptionException.class, () -> decomposed(picture(), "hints", "maybe")).getMessage());
		for (final Roi roi : List.of(new Roi(50, 5, 9, 9), new PointRoi(5, 90), new OvalRoi(-20, -20, 21, 21)))
			assertEquals("The hint Legend lies outside of the picture; move it, or remove it.",
				assertThrows(DecompositionException.class, () -> decomposed(picture(named("Legend", roi))))
					.getMessage());
		assertEquals(List.of(), fake.pictures);
	}
}
