package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;

class SamplesTest {

	private static SampleFormat format(final Type type, final double max) {
		return new SampleFormat(type,
			List.of(new Channel("a", Lut.GREY, 0, max, true), new Channel("b", Lut.GREY, 0, max, true)));
	}

	/** Samples 1, 2, 3 … and 101, 102, 103 … */
	private static Samples numbered(final Type type, final int width, final int height) {
		final Samples samples = Samples.blank(format(type, 255), width, height);
		for (int i = 0; i < width * height; i++) {
			samples.set(0, i, 1 + i);
			samples.set(1, i, 101 + i);
		}
		return samples;
	}

	private static List<Double> channel(final Samples samples, final int c) {
		return IntStream.range(0, samples.width() * samples.height()).mapToObj(i -> samples.get(c, i)).toList();
	}

	@ParameterizedTest
	@EnumSource(Type.class)
	void windowsAreCutAndPadded(final Type type) {
		final Samples samples = numbered(type, 3, 2);
		assertEquals(List.of(2., 3., 0., 5., 6., 0.), channel(samples.crop(new Bounds(1, 0, 3, 2)), 0));
		assertEquals(List.of(0., 0., 0., 101.), channel(samples.crop(new Bounds(-1, -1, 2, 2)), 1));
		assertEquals(List.of(0., 104., 105., 106., 0.), channel(samples.crop(new Bounds(-1, 1, 5, 1)), 1));
		for (final int far : new int[] { -50, -2, 3, 50, Integer.MAX_VALUE - 3 }) {
			assertEquals(List.of(0., 0.), channel(samples.crop(new Bounds(far, 0, 2, 1)), 0), "at " + far);
			assertEquals(List.of(0., 0.), channel(samples.crop(new Bounds(0, far, 1, 2)), 0), "at " + far);
		}
		assertEquals(samples, samples.copy());
		assertNotSame(samples.plane(0), samples.copy().plane(0));
	}

	@Test
	void anotherDisplayShowsTheSameSamples() {
		final Samples samples = numbered(Type.U16, 2, 2);
		final SampleFormat other = format(Type.U16, 4000);
		final Samples shown = samples.shownAs(other);
		assertEquals(other, shown.format());
		assertSame(samples.plane(1), shown.plane(1));
		assertEquals(List.of(2, 2), List.of(shown.width(), shown.height()));
		assertNotEquals(samples, shown, "but is not the same");
		assertThrows(IllegalArgumentException.class,
			() -> samples.shownAs(new SampleFormat(Type.U16, other.channels().subList(0, 1))));
	}

	@ParameterizedTest
	@EnumSource(Type.class)
	void overNothingSamplesAreWeightedByAlpha(final Type type) {
		final Samples samples = Samples.blank(format(type, 255), 4, 1);
		for (int i = 0; i < 4; i++) {
			samples.set(0, i, 200);
			samples.set(1, i, 51);
		}
		final Samples over = samples.over(new byte[] { (byte) 255, 0, (byte) 128, 5 });
		// 200 · 128 / 255 = 100.39, 51 · 128 / 255 = 25.6; 200 · 5 / 255 = 3.92, 51 · 5 / 255 = 1.
		final boolean whole = type != Type.F32;
		assertEquals(List.of(200., 0., whole ? 100. : (float) (200 * 128 / 255.), whole ? 4. : (float) (1000 / 255.)),
			channel(over, 0));
		assertEquals(List.of(51., 0., whole ? 26. : (double) (float) 25.6, 1.), channel(over, 1));
		assertEquals(List.of(200., 200., 200., 200.), channel(samples, 0), "not changed");
	}

	@Test
	void whatIsNoNumberIsGoneWhereNothingCovers() {
		final Samples samples = Samples.blank(format(Type.F32, 1), 2, 1);
		samples.set(0, 0, Double.NaN);
		samples.set(0, 1, Double.NaN);
		assertEquals(List.of(0., Double.NaN), channel(samples.over(new byte[] { 0, -1 }), 0));
	}
}
