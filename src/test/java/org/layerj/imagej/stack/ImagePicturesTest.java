package org.layerj.imagej.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.decompose.DecompositionException;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class ImagePicturesTest {

	private static String pixels(final ImagePlus image) {
		return java.util.Arrays.stream(ImagePictures.of(image).argb())
			.mapToObj(Integer::toHexString)
			.toList()
			.toString();
	}

	@Test
	void greyAndColour() {
		assertEquals("[ff000000, ff646464, ffffffff]",
			pixels(new ImagePlus("", new ByteProcessor(3, 1, new byte[] { 0, 100, -1 }))));
		assertEquals("[ff102030, ffffffff]",
			pixels(new ImagePlus("", new ColorProcessor(2, 1, new int[] { 0x00102030, 0xffffffff }))));
		final ByteProcessor fire = new ByteProcessor(2, 1, new byte[] { 0, -1 });
		fire.setColorModel(LUT.createLutFromColor(Color.red));
		assertEquals("[ff000000, ffff0000]", pixels(new ImagePlus("", fire)));
	}

	@Test
	void deepPixelsAreSeenThroughTheDisplayRange() {
		final ShortProcessor deep = new ShortProcessor(4, 1, new short[] { 0, 1000, 2000, 4000 }, null);
		deep.setMinAndMax(1000, 3000);
		assertEquals("[ff000000, ff000000, ff808080, ffffffff]", pixels(new ImagePlus("", deep)));
		final FloatProcessor floats = new FloatProcessor(3, 1, new float[] { -1, 0, 1 });
		floats.setMinAndMax(-1, 1);
		assertEquals("[ff000000, ff808080, ffffffff]", pixels(new ImagePlus("", floats)));
	}

	@Test
	void theCurrentSliceOfAStack() {
		final ImageStack stack = new ImageStack(1, 1);
		stack.addSlice(new ByteProcessor(1, 1, new byte[] { 10 }));
		stack.addSlice(new ByteProcessor(1, 1, new byte[] { 20 }));
		final ImagePlus image = new ImagePlus("", stack);
		image.setSlice(2);
		assertEquals("[ff141414]", pixels(image));
	}

	@Test
	void compositesAsTheyAreBlended() {
		final ImageStack stack = new ImageStack(1, 1);
		for (final int v : new int[] { 200, 100, 7, 9 })
			stack.addSlice(new ByteProcessor(1, 1, new byte[] { (byte) v }));
		final ImagePlus image = new ImagePlus("", stack);
		image.setDimensions(2, 2, 1);
		final CompositeImage composite = new CompositeImage(image, CompositeImage.COMPOSITE);
		composite.setLuts(new LUT[] { LUT.createLutFromColor(Color.red), LUT.createLutFromColor(Color.green) });
		composite.setPosition(1, 1, 1);
		assertEquals("[ffc86400]", pixels(composite));
		composite.setPosition(2, 2, 1);
		assertEquals("[ff070900]", pixels(composite));
	}

	@Test
	void aLayerOfALayerStackHasItsAlpha() {
		final LayerStack layers = new LayerStack(2, 1,
			List.of(Layer.of("a", "A", RgbaImage.ofArgb(2, 1, new int[] { 0xff000001, 0xff000002 })),
				Layer.of("b", "B", RgbaImage.ofArgb(2, 1, new int[] { 0x80ff0000, 0x00123456 }))));
		final ImagePlus image = Hyperstacks.of(layers, "");
		image.setPosition(3, 2, 1);
		assertEquals("[80ff0000, 123456]", pixels(image));
	}

	@Test
	void anEmptyImageIsRejectedInOneMessage() {
		assertEquals("There is no image open; open a picture first.",
			assertThrows(DecompositionException.class, () -> ImagePictures.of(new ImagePlus())).getMessage());
	}
}
