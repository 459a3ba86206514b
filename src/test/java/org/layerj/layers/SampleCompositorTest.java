package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;

class SampleCompositorTest {

	private static SampleFormat format(final Type type) {
		return new SampleFormat(type, List.of(new Channel("", Lut.GREY, 0, 100, true)));
	}

	/** Four pixels in a row. */
	private static Layer layer(final Type type, final int[] alphas, final double... samples) {
		final int[] argb = new int[alphas.length];
		for (int i = 0; i < argb.length; i++) argb[i] = alphas[i] << 24;
		final Samples own = Samples.blank(format(type), samples.length, 1);
		for (int i = 0; i < samples.length; i++) own.set(0, i, samples[i]);
		return Layer.of("l" + samples[0], "", RgbaImage.ofArgb(argb.length, 1, argb)).withSamples(own);
	}

	private static double[] shown(final Layer... layers) {
		final Samples out = SampleCompositor.flatten(new LayerStack(4, 1, List.of(layers)));
		return new double[] { out.get(0, 0), out.get(0, 1), out.get(0, 2), out.get(0, 3) };
	}

	@Test
	void samplesAreMixedByCoverageAndRoundedOnce() {
		final int[] full = { 255, 255, 255, 255 };
		final int[] some = { 0, 51, 204, 255 };
		for (final Type type : Type.values()) {
			final double[] out = shown(layer(type, full, 10, 10, 10, 10), layer(type, some, 60, 60, 61, 60));
			assertEquals(List.of(10., 20., type == Type.F32 ? (double) 50.8f : 51, 60.),
				List.of(out[0], out[1], out[2], out[3]), type.name());
		}
		final double[] half =
			shown(layer(Type.U16, full, 1, 2, 3, 65535), layer(Type.U16, full, 2, 4, 6, 0).withOpacity(.5));
		assertEquals(List.of(2., 3., 5., 32768.), List.of(half[0], half[1], half[2], half[3]), "halves go up");
	}

	@Test
	void whatIsHiddenOrTransparentTakesNoPart() {
		final int[] full = { 255, 255, 255, 255 };
		final double[] out = shown(layer(Type.F32, full, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
			layer(Type.F32, new int[] { 255, 255, 255, 0 }, 1, 2, 3, 4),
			layer(Type.F32, full, 9, 9, 9, 9).withVisible(false));
		assertEquals(List.of(1., 2., 3.), List.of(out[0], out[1], out[2]));
		assertTrue(Double.isNaN(out[3]));
		assertEquals(0, shown(layer(Type.U8, new int[] { 0, 0, 0, 255 }, 5, 5, 5, 7))[0], "nothing has no sample");
		assertThrows(IllegalArgumentException.class,
			() -> shown(Layer.of("a", "", RgbaImage.blank(4, 1)), layer(Type.U8, full, 1, 1, 1, 1)));
	}

	@Test
	void samplesAreTheSameByTheirBits() {
		final Samples one = Samples.blank(format(Type.F32), 2, 1);
		final Samples other = one.copy();
		one.set(0, 1, Double.NaN);
		assertFalse(one.sameSamples(other));
		other.set(0, 1, Double.NaN);
		assertTrue(one.sameSamples(other));
		other.set(0, 0, -0.);
		assertFalse(one.sameSamples(other), "−0 is not 0");
		assertFalse(one.sameSamples(Samples.blank(format(Type.F32), 1, 2)));
		assertFalse(one.sameSamples(Samples.blank(format(Type.U16), 2, 1)));
		assertEquals(List.of(8, 16, 32), List.of(Type.U8.bits(), Type.U16.bits(), Type.F32.bits()));
	}
}
