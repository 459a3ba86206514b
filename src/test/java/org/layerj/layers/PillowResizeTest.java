package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.PillowResize.Filter;

/** Expected values are Pillow's own (13.0.0). */
class PillowResizeTest {

	private static final byte[] RAMP = bytes(0, 50, 200, 255);

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "BOX|0 50 50 200 255 255", "BILINEAR|0 25 75 175 228 255", "BICUBIC|0 15 70 179 238 255",
			"LANCZOS|0 9 72 177 244 255", "BOX|0 125 255", "BILINEAR|15 125 239", "BICUBIC|4 125 250",
			"LANCZOS|0 125 255" })
	void aRampOfFourPixels(final Filter filter, final String expected) {
		final byte[] out = bytes(Arrays.stream(expected.split(" ")).mapToInt(Integer::parseInt).toArray());
		assertArrayEquals(out, PillowResize.plane(RAMP, 4, 1, out.length, 1, filter));
		assertArrayEquals(out, PillowResize.plane(RAMP, 1, 4, 1, out.length, filter));
	}

	@Test
	void shrinkingBothAxes() {
		final byte[] plane = new byte[25];
		for (int i = 0; i < 25; i++) plane[i] = (byte) (10 * i);
		assertArrayEquals(bytes(47, 63, 79, 161, 177, 193), PillowResize.plane(plane, 5, 5, 3, 2, Filter.BICUBIC));
		assertArrayEquals(bytes(43, 60, 77, 163, 180, 197), PillowResize.plane(plane, 5, 5, 3, 2, Filter.LANCZOS));
	}

	@Test
	void hiddenColoursDoNotBleed() {
		final byte[][] rgba =
			{ bytes(255, 0, 10, 200), bytes(0, 255, 20, 100), bytes(0, 0, 250, 50), bytes(255, 0, 128, 3) };
		assertArrayEquals(new byte[][] { bytes(255, 0, 35), bytes(0, 27, 20), bytes(0, 255, 219), bytes(179, 56, 50) },
			PillowResize.rgba(rgba, 4, 1, 3, 1, Filter.LANCZOS));
		assertArrayEquals(
			new byte[][] { bytes(255, 255, 255, 0, 15, 33, 1), bytes(0, 0, 0, 34, 19, 19, 0),
				bytes(4, 0, 0, 255, 243, 226, 0), bytes(255, 168, 10, 45, 128, 53, 0) },
			PillowResize.rgba(rgba, 4, 1, 7, 1, Filter.LANCZOS));
	}

	/** Check sums of all planes of a noisy 57 x 43 picture. */
	@ParameterizedTest
	@CsvSource({ "32,64,BOX,3710117977,1213917058", "32,64,BILINEAR,459098233,3906694250",
		"32,64,BICUBIC,4203914589,210624113", "32,64,LANCZOS,2767722925,4054792718", "100,20,BOX,481872001,1770460717",
		"100,20,BILINEAR,1162862923,1605950869", "100,20,BICUBIC,3604264938,2680980328",
		"100,20,LANCZOS,2635867654,2503628793", "57,10,BOX,2236741777,1809068201",
		"57,10,BILINEAR,2054279536,2684575208", "57,10,BICUBIC,1541833297,1152225644",
		"57,10,LANCZOS,3486043484,2754305256", "16,43,BOX,2568213062,227269243", "16,43,BILINEAR,1987572505,295439679",
		"16,43,BICUBIC,2576454220,2283069435", "16,43,LANCZOS,2124167650,1511344566", "1,1,BOX,3591472705,2790512686",
		"1,1,BILINEAR,145401506,3512002744", "1,1,BICUBIC,145401506,2790512686", "1,1,LANCZOS,145401506,2790512686",
		"300,200,BOX,1098269378,2004846952", "300,200,BILINEAR,2440370533,2369953254",
		"300,200,BICUBIC,1208208970,3368894085", "300,200,LANCZOS,2348429365,2233421282" })
	void noiseIsResizedToTheLastBit(final int width, final int height, final Filter filter, final long rgba,
		final long rgb)
	{
		final byte[][] noise = new byte[4][57 * 43];
		long s = 12345;
		for (final byte[] plane : noise) {
			for (int i = 0; i < plane.length; i++) {
				s = s * 1103515245 + 12345 & 0x7fffffff;
				plane[i] = (byte) (s >> 16);
			}
		}
		assertEquals(rgba, crc(PillowResize.rgba(noise, 57, 43, width, height, filter)));
		assertEquals(rgb, crc(PillowResize.planes(Arrays.copyOf(noise, 3), 57, 43, width, height, filter)));
	}

	@Test
	void theSameSizeIsACopy() {
		final byte[] out = PillowResize.plane(RAMP, 4, 1, 4, 1, Filter.LANCZOS);
		assertArrayEquals(RAMP, out);
		assertNotSame(RAMP, out);
		final byte[][] clear = { bytes(9), bytes(8), bytes(7), bytes(0) };
		assertArrayEquals(clear, PillowResize.rgba(clear, 1, 1, 1, 1, Filter.LANCZOS));
	}

	@Test
	void impossibleSizesAreRejected() {
		assertThrows(IllegalArgumentException.class, () -> PillowResize.plane(RAMP, 4, 1, 0, 1, Filter.BOX));
		assertThrows(IllegalArgumentException.class, () -> PillowResize.plane(RAMP, 3, 1, 3, 1, Filter.BOX));
		assertThrows(IllegalArgumentException.class,
			() -> PillowResize.rgba(new byte[][] { RAMP }, 4, 1, 3, 1, Filter.BOX));
	}

	private static long crc(final byte[][] planes) {
		final CRC32 crc = new CRC32();
		for (final byte[] plane : planes) crc.update(plane);
		return crc.getValue();
	}

	private static byte[] bytes(final int... values) {
		final byte[] out = new byte[values.length];
		for (int i = 0; i < out.length; i++) out[i] = (byte) values[i];
		return out;
	}
}
