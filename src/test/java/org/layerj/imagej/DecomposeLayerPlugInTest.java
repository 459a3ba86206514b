package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import java.awt.event.KeyEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.Settings;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

class DecomposeLayerPlugInTest {

	private final FakeDecomposer fake = new FakeDecomposer();
	private final ImagePlus image = LayeredPictures.hyperstack();
	private final OpenLayers open = OpenLayers.of(image).orElseThrow();
	private final LayerStack before = open.layers();
	private final DecomposeLayerPlugIn plugIn = new DecomposeLayerPlugIn(fake::open);

	/** {@code Decompose...} of the test's command table is this command here. */
	private Macros.Outcome macro(final String options) {
		return Macros.run(image, options, () -> plugIn.run(""));
	}

	private List<String> ids() {
		return open.layers().layers().stream().map(Layer::id).toList();
	}

	@Test
	void aLayerIsTakenApartInItsPlace() {
		assertEquals(Macros.Outcome.of("fig-layers"),
			macro("layer=Box layers=2 steps=1 seed=5 prompt=[a box] device=cpu"));
		assertEquals(List.of("bg", "box.1", "box.2", "title"), ids());
		assertEquals(Compositor.flatten(before), Compositor.flatten(open.layers()));
		assertEquals(Optional.of("box"), open.layers().get(1).parent());
		assertEquals("box.1", open.selected());
		assertEquals(List.of(new Settings(2, 256, 1, 1, 5, "a box", " ", "cpu", false)), fake.settings);
		assertEquals(10, fake.pictures.get(0).width(), "only what can be seen of it");
		assertEquals("{\"model\":{\"name\":\"fake\"", image.getProp(Hyperstacks.RUN + ".box").substring(0, 23));
		assertTrue(fake.closed);
		open.undo();
		assertEquals(before, open.layers());
	}

	@Test
	void theSelectedLayerIsMeantIfNoneIsNamed() {
		image.setPosition(1, 2, 1);
		assertEquals(Macros.Outcome.of("fig-layers"), macro(""));
		assertEquals(List.of("bg", "box.1", "box.2", "box.3", "title"), ids());
	}

	@Test
	void otherLayersMayBeEditedMeanwhile() {
		fake.step = () -> open.apply("Hide", s -> s.with(s.get(0).withVisible(false)));
		plugIn.split(open, Map.of("layer", "box", "layers", "2"), Progress.none());
		assertEquals(List.of("bg", "box.1", "box.2", "title"), ids());
		assertEquals(false, open.layers().get(0).visible());
		fake.step = () -> open.apply("Move", s -> s.with(s.get(3).at(1, 1)));
		assertThrows(DecompositionException.class, () -> plugIn.split(open, Map.of("layer", "title"), Progress.none()));
	}

	@Test
	void noPartIsLostWhenItsIdWasTakenMeanwhile() {
		fake.step =
			() -> open.apply("Add", s -> s.with(Layer.of("box.1", "Mine", LayeredPictures.filled(2, 2, 0x10ff0000))));
		plugIn.split(open, Map.of("layer", "box", "layers", "2"), Progress.none());
		assertEquals(List.of("bg", "box.1'", "box.2", "title", "box.1"), ids());
		assertEquals("box.1'", open.selected());
		final LayerStack expected = before.with(open.layers().get(4));
		assertEquals(Compositor.flatten(expected), Compositor.flatten(open.layers()));
	}

	@Test
	void whatCannotWorkEndsTheMacroAndChangesNothing() {
		assertEquals(Macros.Outcome.error(
			"Decompose Selected Layer... has no option raw; there are layer, layers, resolution, steps, guidance, seed, prompt, negative, model,"
				+ " tokenizer, device, isolation, rescale, lora, shift, stepcache, elements, image."),
			macro("layer=Box raw=true"));
		assertEquals(Macros.Outcome.error(
			"The layer Title µ has the opacity 0.75, so its parts would show through each other; set it to 1 before splitting the layer."),
			macro("layer=title"));
		assertEquals(Macros.Outcome.error("There is no layer called x; there are Background, Box, Title µ."),
			macro("layer=x"));
		fake.step = () -> IJ.setKeyDown(KeyEvent.VK_ESCAPE);
		macro("layer=Box");
		IJ.resetEscape();
		assertSame(before, open.layers());
	}
}
