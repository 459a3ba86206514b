package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.layers.SampleFormat.Channel;
import org.layerj.layers.SampleFormat.Type;

class DisplayTest {

	private static Channel channel(final int rgb, final double min, final double max) {
		return new Channel("", Lut.ramp(rgb), min, max, true);
	}

	private static int shown(final SampleFormat format, final double... sample) {
		final Samples samples = Samples.blank(format, 1, 1);
		for (int c = 0; c < sample.length; c++) samples.set(c, 0, sample[c]);
		return Display.of(format).render(samples, new byte[] { -1 }).argb(0, 0);
	}

	/** As ImageJ displays them. */
	@ParameterizedTest
	@CsvSource({ "U8,50,200,49,0", "U8,50,200,50,0", "U8,50,200,51,1", "U8,50,200,125,128", "U8,50,200,199,254",
		"U8,50,200,200,255", "U8,50,200,201,255", "U8,0,255,100,100", "U8,0,255,255,255", "U16,100,1099,0,0",
		"U16,100,1099,100,0", "U16,100,1099,600,128", "U16,100,1099,1099,255", "U16,100,1099,65535,255",
		"U16,0,65535,32768,128", "U16,0,9,5,128", "F32,-1,1,-2,0", "F32,-1,1,-1,0", "F32,-1,1,-0.5,64",
		"F32,-1,1,0,128", "F32,-1,1,0.5,191", "F32,-1,1,1,255", "F32,-1,1,7,255", "F32,-1,1,NaN,0",
		"F32,-1,1,Infinity,255", "F32,-1,1,-Infinity,0" })
	void samplesAreShownByTheirPlaceInTheRange(final Type type, final double min, final double max, final double sample,
		final int level)
	{
		final SampleFormat format = new SampleFormat(type, List.of(channel(0xffffff, min, max)));
		assertEquals(0xff000000 | level * 0x010101, shown(format, sample));
	}

	@Test
	void channelsAddUpToWhiteAtMost() {
		final SampleFormat format = new SampleFormat(Type.U8, List.of(channel(0xff0000, 0, 255),
			channel(0xff8000, 0, 255), new Channel("", Lut.ramp(0x0000ff), 0, 255, false)));
		assertEquals(0xff64_00_00, shown(format, 100, 0, 0));
		assertEquals(0xffff_64_00, shown(format, 100, 200, 90), "what is not shown adds nothing");
	}

	/** What is found looks like the colour, if any mixture does; of several that do, the darker one is taken. */
	@Test
	void samplesThatLookLikeAColourDo() {
		final SampleFormat format = new SampleFormat(Type.U8, List.of(channel(0xff0000, 0, 255),
			channel(0x00ff00, 0, 255), channel(0x0000ff, 0, 255), channel(0xffff00, 0, 255)));
		final int[] colours =
			{ 0x000000, 0xff0000, 0x00ff00, 0x0000ff, 0xffff00, 0x808080, 0xffffff, 0x20c060, 0xc86432 };
		final int[] argb = new int[colours.length];
		for (int i = 0; i < argb.length; i++) argb[i] = 0xff000000 | colours[i];
		final RgbaImage picture = RgbaImage.ofArgb(argb.length, 1, argb);
		final Samples found = Display.of(format).seenAs(picture);
		final RgbaImage back = Display.of(format).render(found, picture.plane(RgbaImage.ALPHA));
		for (int i = 0; i < argb.length; i++)
			for (int shift = 0; shift < 24; shift += 8)
				assertEquals(colours[i] >> shift & 0xff, back.argb(i, 0) >> shift & 0xff, 3,
					Integer.toHexString(colours[i]));
		for (int c = 0; c < 4; c++) assertEquals(0, found.get(c, 0), "black");
	}

	/** Yellow comes first and would take half of a red; the red that follows makes most of it superfluous. */
	@Test
	void channelsOfMixedColoursFindTheirShares() {
		final SampleFormat format =
			new SampleFormat(Type.U8, List.of(channel(0xffff00, 0, 255), channel(0xff0000, 0, 255)));
		final RgbaImage red = RgbaImage.ofArgb(1, 1, new int[] { 0xffff0000 });
		final RgbaImage back = Display.of(format).render(Display.of(format).seenAs(red), new byte[] { -1 });
		assertEquals(255, back.argb(0, 0) >> 16 & 0xff, 3);
		assertEquals(0, back.argb(0, 0) >> 8 & 0xff, 20);
	}

	/** Lookup tables need not be linear, nor rise. */
	@Test
	void theWayBackFollowsTheTable() {
		final int[] table = new int[256];
		for (int i = 0; i < 256; i++) table[i] = (255 - i) << 16 | Math.min(255, 2 * i) << 8 | i / 2;
		final SampleFormat format =
			new SampleFormat(Type.U16, List.of(new Channel("", Lut.of(table), 1000, 5095, true)));
		final int[] argb = new int[256];
		for (int i = 0; i < 256; i++) argb[i] = 0xff000000 | table[i];
		final RgbaImage picture = RgbaImage.ofArgb(256, 1, argb);
		final Samples found = Display.of(format).seenAs(picture);
		assertEquals(picture, Display.of(format).render(found, picture.plane(RgbaImage.ALPHA)));
		for (int i = 0; i < 256; i++) assertEquals(1000 + 16 * i, found.get(0, i), 8, "sixteen samples a level");
		assertTrue(Display.of(format).seenAs(RgbaImage.blank(2, 1)).get(0, 1) == 0, "nothing has no sample");
	}
}
