package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegionsTest {

	private static final double SCALE = 40;

	private static RgbaImage picture(final int w, final int h, final java.util.function.IntUnaryOperator argb) {
		return RgbaImage.ofArgb(w, h, IntStream.range(0, w * h).map(argb).toArray());
	}

	@Test
	void anAreaOfOneColourIsOneRegion() {
		final Regions r = Regions.of(picture(30, 20, i -> i % 30 < 10 ? 0xffff0000 : 0xff00ff00), SCALE);
		assertEquals(2, r.count());
		assertEquals(200, r.size(r.at(0)));
		assertEquals(400, r.size(r.at(29)));
		assertArrayEquals(new int[] { 10, 0, 29, 19 }, r.boxes(30)[r.at(29)]);
	}

	@Test
	void aFaintThinLineOnAnEvenGroundIsARegionOfItsOwn() {
		final Regions r = Regions.of(picture(40, 40, i -> i / 40 == 17 && i % 40 > 5 ? 0xfff0f0e8 : 0xfffafafa), SCALE);
		assertEquals(2, r.count());
		assertEquals(34, r.size(r.at(17 * 40 + 20)));
	}

	@Test
	void aRampIsOneRegionAndAStepInItAnEdge() {
		final Regions ramp = Regions.of(picture(100, 10, i -> 0xff000000 | 0x10101 * (i % 100)), SCALE);
		assertEquals(1, ramp.count());
		final Regions step =
			Regions.of(picture(100, 10, i -> 0xff000000 | 0x10101 * (i % 100 + (i % 100 < 50 ? 0 : 90))), SCALE);
		assertNotEquals(step.at(0), step.at(99));
	}

	@Test
	void alphaIsAColourToo() {
		assertEquals(2, Regions.of(picture(20, 20, i -> i % 20 < 10 ? 0xff808080 : 0x80808080), SCALE).count());
	}

	@Test
	void everyPixelHasARegionAndTheSizesAddUp() {
		final Random random = new Random(7);
		final RgbaImage noise = picture(57, 33, i -> random.nextInt());
		final Regions r = Regions.of(noise, SCALE);
		assertEquals(57 * 33, IntStream.range(0, r.count()).map(r::size).sum());
		assertTrue(IntStream.range(0, 57 * 33).allMatch(i -> r.at(i) >= 0 && r.at(i) < r.count()));
		assertEquals(1, Regions.of(picture(1, 1, i -> 0), SCALE).count());
	}
}
