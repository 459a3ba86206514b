package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import net.imglib2.RandomAccessibleInterval;
import net.imglib2.type.numeric.ARGBType;
import net.imglib2.type.numeric.integer.UnsignedShortType;
import net.imglib2.type.numeric.real.FloatType;
import org.junit.jupiter.api.Test;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;

class ImgViewsTest {

	private static RgbaImage noise(final int width, final int height, final int seed) {
		return RgbaImage.ofArgb(width, height, new Random(seed).ints((long) width * height).toArray());
	}

	private static SampleFormat format(final Type type) {
		final Channel grey = new Channel("", Lut.GREY, 0, 1, true);
		return new SampleFormat(type, List.of(grey, grey));
	}

	@Test
	void aStackThereAndBackIsTheSame() {
		final LayerStack stack = new LayerStack(7, 5,
			List.of(Layer.of("layer-00", "Layer 1", noise(7, 5, 1)), Layer.of("layer-01", "Layer 2", noise(7, 5, 2))));
		assertEquals(stack, ImgViews.stack(ImgViews.argb(stack)));
	}

	@Test
	void layersStandAtTheirPlaceAndAreNotCopied() {
		final RgbaImage small = noise(2, 3, 3);
		final RgbaImage whole = noise(7, 5, 4);
		final LayerStack stack =
			new LayerStack(7, 5, List.of(Layer.of("a", "", whole), Layer.of("b", "", small).at(-1, 1)));
		final RandomAccessibleInterval<ARGBType> image = ImgViews.argb(stack);
		assertArrayEquals(new long[] { 7, 5, 2 }, image.dimensionsAsLongArray());
		assertEquals(small.argb(1, 2), image.getAt(0, 3, 1).get());
		assertEquals(0, image.getAt(1, 3, 1).get());
		assertEquals(whole.argb(6, 4), image.getAt(6, 4, 0).get());
		whole.plane(RgbaImage.RED)[0] = 17;
		assertEquals(17, ARGBType.red(image.getAt(0, 0, 0).get()), "the layers' own memory");
	}

	@Test
	void samplesKeepTheirType() {
		final Samples wide =
			Samples.of(format(Type.U16), 3, 1, List.of(new short[] { 1, -1, 3 }, new short[] { 4, 5, 6 }));
		final RandomAccessibleInterval<UnsignedShortType> shorts = ImgViews.samples(wide);
		assertArrayEquals(new long[] { 3, 1, 2 }, shorts.dimensionsAsLongArray());
		assertEquals(65535, shorts.getAt(1, 0, 0).get());
		assertEquals(6, shorts.getAt(2, 0, 1).get());
		final Samples floats =
			Samples.of(format(Type.F32), 2, 1, List.of(new float[] { 0.5f, Float.NaN }, new float[] { -0f, 2 }));
		final RandomAccessibleInterval<FloatType> real = ImgViews.samples(floats);
		assertEquals(0.5f, real.getAt(0, 0, 0).get());
		assertEquals(Float.NaN, real.getAt(1, 0, 0).get());
	}

	@Test
	void onlyStacksAreTaken() {
		assertThrows(IllegalArgumentException.class, () -> ImgViews.stack(ImgViews.argb(noise(2, 2, 5))));
	}
}
