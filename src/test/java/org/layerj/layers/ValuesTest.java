package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;

/** Masks, lookup tables and hashes of pixels, which are equal by what they hold. */
class ValuesTest {

	@Test
	void masksAreEqualPixelByPixel() {
		final Mask mask = Mask.of(70, 3, i -> i % 7 == 0);
		assertEquals(mask, Mask.of(70, 3, i -> i % 7 == 0));
		assertEquals(mask.hashCode(), Mask.of(70, 3, i -> i % 7 == 0).hashCode());
		assertNotEquals(mask, Mask.of(70, 3, i -> i % 7 == 0 && i != 203));
		assertNotEquals(Mask.none(70, 3), Mask.none(3, 70));
		assertEquals(30, mask.count());
		assertTrue(mask.get(63, 2), "the last word");
		for (final int[] at : new int[][] { { -1, 0 }, { 70, 0 }, { 0, 3 }, { 0, -1 } })
			assertThrows(IndexOutOfBoundsException.class, () -> mask.get(at[0], at[1]));
	}

	@Test
	void tablesOfAmountsAreSmoothAndPalettesAreNot() {
		assertTrue(Lut.GREY.isSmooth());
		assertTrue(Lut.ramp(0xff0000).isSmooth());
		// Steps of 33 levels, each in one channel: eight are still an amount's table, nine are labels'.
		for (int shift = 0; shift <= 16; shift += 8) {
			assertTrue(steps(8, 33, shift).isSmooth());
			assertFalse(steps(9, 33, shift).isSmooth());
			assertTrue(steps(9, 32, shift).isSmooth());
		}
		assertEquals(Lut.GREY, Lut.ramp(0xffffff));
		assertNotEquals(Lut.GREY, Lut.ramp(0xfffffe));
		assertThrows(IllegalArgumentException.class, () -> Lut.of(new int[255]));
	}

	private static Lut steps(final int jumps, final int levels, final int shift) {
		return Lut.of(IntStream.range(0, 256)
			.map(i -> i <= jumps && i % 2 == 1 || i > jumps && jumps % 2 == 1 ? levels << shift : 0)
			.toArray());
	}

	@Test
	void pixelsAreToldApartByTheirHash() {
		final Set<Integer> seen = new HashSet<>();
		final int[] some = { 0x01000000, 0xff000000, 0xff000001, 0xff000100, 0xff010000, 0xfe000000, 0xffffffff };
		for (final int argb : some) seen.add(hash(argb));
		assertEquals(some.length, seen.size());
		assertEquals(0, hash(0x00123456), "transparent");
		assertFalse(seen.contains(0));
		assertEquals(hash(0xff010203), hash(0xff010203));
	}

	@Test
	void samplesCountWhereThereAreAny() {
		final Samples samples = Samples.blank(new SampleFormat(Type.U16,
			List.of(new Channel("a", Lut.GREY, 0, 1, true), new Channel("b", Lut.GREY, 0, 1, true))), 2, 1);
		final RgbaImage pixels = RgbaImage.ofArgb(2, 1, new int[] { 0xff000000, 0xffffffff });
		final int before = PixelHash.of(pixels, Optional.of(samples), 0);
		assertEquals(before, PixelHash.of(pixels, Optional.of(samples), 1), "the colour does not");
		samples.set(1, 0, 1);
		final int second = PixelHash.of(pixels, Optional.of(samples), 0);
		samples.set(1, 0, 0);
		samples.set(0, 0, 1);
		assertEquals(3, Set.of(before, second, PixelHash.of(pixels, Optional.of(samples), 0)).size());
	}

	private static int hash(final int argb) {
		return PixelHash.of(RgbaImage.ofArgb(1, 1, new int[] { argb }), Optional.empty(), 0);
	}
}
