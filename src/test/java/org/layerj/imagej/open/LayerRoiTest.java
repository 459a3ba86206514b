package org.layerj.imagej.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.gui.Overlay;
import ij.plugin.Duplicator;
import ij.process.ColorProcessor;
import java.awt.Rectangle;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class LayerRoiTest {

	private final LayerStack stack = LayeredPictures.three();
	private final ImagePlus view = LayerView.of(stack, "view");

	/** Largest difference of any channel between what ImageJ draws and the composite on white. */
	private static int difference(final ImagePlus image, final LayerStack layers) {
		final int[] drawn = (int[]) image.flatten().getProcessor().getPixels();
		final int[] exact = Compositor.flatten(layers, -1).argb();
		int most = 0;
		for (int i = 0; i < drawn.length; i++)
			for (int s = 0; s < 24; s += 8)
				most = Math.max(most, Math.abs((drawn[i] >> s & 255) - (exact[i] >> s & 255)));
		return most;
	}

	@Test
	void theViewLooksLikeThePictureButForJavasRounding() {
		assertTrue(difference(view, stack) <= 2, () -> "off by " + difference(view, stack));
	}

	@Test
	void copiesKeepTheAlpha() {
		assertTrue(difference(new Duplicator().run(view), stack) <= 2);
		assertTrue(difference(view.crop(), stack) <= 2);
		final ImagePlus other = new ImagePlus("other", new ColorProcessor(view.getWidth(), view.getHeight()));
		other.getProcessor().setValue(0xffffff);
		other.getProcessor().fill();
		final Overlay copy = view.getOverlay().duplicate().duplicate();
		other.setOverlay(copy);
		assertTrue(difference(other, stack) <= 2);
		assertEquals("title", LayerRoi.idOf(copy.get(2)).orElseThrow());
		assertEquals("Title µ", copy.get(2).getName());
		assertEquals(0.75, ((LayerRoi) copy.get(2)).getOpacity());
	}

	@Test
	void theElementIsCroppedToWhatCanBeSeen() {
		assertEquals(new Rectangle(5, 6, 10, 8), LayerView.element(view, "box").orElseThrow().getBounds());
	}

	@Test
	void theMouseFindsWhatIsOpaqueThere() {
		assertEquals("box", LayerView.hit(view, 8, 8).orElseThrow().id());
		assertEquals("bg", LayerView.hit(view, 18, 20).orElseThrow().id());
		final LayerRoi box = LayerView.element(view, "box").orElseThrow();
		assertTrue(box.contains(4, 6), "one pixel beside it is near enough");
		assertFalse(box.contains(3, 6));
		assertFalse(box.contains(30, 20));
	}

	@Test
	void faintLayersCanBeFoundAndTransparentOnesCannot() {
		final LayerRoi faint = new LayerRoi(Layer.of("f", "Faint", LayeredPictures.filled(4, 4, 0x10ff0000)));
		assertTrue(faint.hit(1, 1));
		final LayerRoi nothing = new LayerRoi(Layer.of("n", "Nothing", RgbaImage.blank(4, 4)));
		assertFalse(nothing.hit(0, 0));
		assertEquals(new Rectangle(0, 0, 1, 1), nothing.getBounds());
	}
}
