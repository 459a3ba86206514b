package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeparationTest {

	private static final int W = 40;
	private static final int H = 10;

	/** Alpha by column: the same in every row. */
	private static byte[] columns(final int... valueFromTo) {
		final byte[] alpha = new byte[W * H];
		for (int k = 0; k < valueFromTo.length; k += 3) {
			for (int i = 0; i < alpha.length; i++)
				if (i % W >= valueFromTo[k + 1] && i % W < valueFromTo[k + 2]) alpha[i] = (byte) valueFromTo[k];
		}
		return alpha;
	}

	private static int at(final byte[] alpha, final int column) {
		return alpha[column] & 0xff;
	}

	@Test
	void whatHardlyOverlapsIsParted() {
		final byte[] lower = columns(255, 0, 20);
		// One column lies over the lower layer, which is hidden there; in the next one its rim is the fainter of two.
		final byte[] upper = columns(40, 18, 19, 255, 19, 39);
		Separation.part(new byte[][] { lower, upper }, 0, 0.06, NativeSize.Watch.NONE);
		assertArrayEquals(columns(255, 0, 19), lower);
		assertArrayEquals(columns(255, 19, 39), upper);
	}

	@Test
	void whatTrulyOverlapsStays() {
		final byte[][] alpha = { columns(255, 0, 20), columns(255, 18, 38) };
		Separation.part(alpha, 0, 0.06, NativeSize.Watch.NONE);
		assertArrayEquals(columns(255, 0, 20), alpha[0]);
		assertArrayEquals(columns(255, 18, 38), alpha[1]);
	}

	@Test
	void theSmallerOfTwoSaysHowMuchThatIs() {
		// A word of two columns on a large panel: all of the word overlaps.
		final byte[][] alpha = { columns(255, 0, 38), columns(255, 36, 38) };
		Separation.part(alpha, 0, 0.06, NativeSize.Watch.NONE);
		assertEquals(255, at(alpha[0], 36));
		assertEquals(255, at(alpha[1], 36));
	}

	@Test
	void aGroundBelowEverythingDoesNotCount() {
		// It is there in full on the left only.
		final byte[][] alpha = { columns(255, 0, 21), columns(255, 20, 40) };
		Separation.part(alpha, 1, 0.06, NativeSize.Watch.NONE);
		assertEquals(255, at(alpha[0], 20));
		assertEquals(255, at(alpha[1], 20));
		Separation.part(alpha, 0, 0.06, NativeSize.Watch.NONE);
		assertEquals(0, at(alpha[0], 20));
	}

	@Test
	void everyPairIsJudgedByItself() {
		// The middle one touches the top one, and lies under half of the lowest.
		final byte[][] alpha = { columns(255, 10, 21), columns(255, 0, 21), columns(255, 20, 39) };
		Separation.part(alpha, 1, 0.06, NativeSize.Watch.NONE);
		assertEquals(0, at(alpha[1], 20));
		assertEquals(255, at(alpha[0], 20));
		assertEquals(255, at(alpha[0], 15));
		assertEquals(255, at(alpha[1], 15));
	}

	@Test
	void nothingIsAddedAndWhatShowsMostStays() {
		final Random random = new Random(3);
		for (int run = 0; run < 50; run++) {
			final byte[][] before = new byte[4][W * H];
			for (final byte[] a : before)
				for (int i = 0; i < a.length; i++) a[i] = (byte) (random.nextInt(5) == 0 ? random.nextInt(256) : 0);
			final byte[][] after = new byte[4][];
			for (int k = 0; k < 4; k++) after[k] = before[k].clone();
			Separation.part(after, 0, random.nextDouble(), NativeSize.Watch.NONE);
			for (int i = 0; i < W * H; i++) {
				boolean any = false;
				boolean left = false;
				for (int k = 0; k < 4; k++) {
					assertTrue(after[k][i] == before[k][i] || after[k][i] == 0);
					any |= before[k][i] != 0;
					left |= after[k][i] != 0;
				}
				assertEquals(any, left, "a pixel that had a layer has one still");
			}
		}
	}

	@Test
	void canBeStopped() {
		final NativeSize.Watch stop = new NativeSize.Watch() {

			@Override
			public void done(final double fraction) {}

			@Override
			public void check() {
				throw new IllegalStateException("stopped");
			}
		};
		assertEquals("stopped",
			assertThrows(IllegalStateException.class, () -> Separation.part(new byte[2][9], 0, 0.5, stop))
				.getMessage());
	}

	/** A picture of two discs that touch, and a network that has them run into each other. */
	@Test
	void layersThatWerePartedAreStillThePicture() {
		final LayerStack truth = discs(200, 120);
		final RgbaImage picture = Compositor.flatten(truth);
		final LayerStack network = discs(50, 30);
		final LayerStack plain = NativeSize.refine(picture, network);
		final LayerStack parted = NativeSize.refine(picture, network, NativeSize.Tuning.UNDECIDED);
		assertTrue(ExactRecomposition.holds(picture, parted));
		assertNotEquals(0, overlap(plain), "or the test shows nothing");
		assertEquals(0, overlap(parted));
	}

	private static long overlap(final LayerStack stack) {
		final byte[] a = stack.get(1).pixels().plane(RgbaImage.ALPHA);
		final byte[] b = stack.get(2).pixels().plane(RgbaImage.ALPHA);
		return IntStream.range(0, a.length).filter(i -> a[i] != 0 && b[i] != 0).count();
	}

	private static LayerStack discs(final int w, final int h) {
		final List<Layer> layers = new ArrayList<>();
		final int[][] argb = { IntStream.range(0, w * h).map(i -> 0xfff0f0e8).toArray(), disc(w, h, 0.3, 0xc03020),
			disc(w, h, 0.7, 0x2040c0) };
		for (final int[] layer : argb) layers.add(Layer.of("l" + layers.size(), "", RgbaImage.ofArgb(w, h, layer)));
		return new LayerStack(w, h, layers);
	}

	private static int[] disc(final int w, final int h, final double middle, final int rgb) {
		return IntStream.range(0, w * h).map(i -> {
			final double d = Math.hypot((i % w + 0.5) / w - middle, ((i / w + 0.5) / h - 0.5) * h / w);
			return (int) Math.round(255 * Math.max(0, Math.min(1, (0.201 - d) * w + 0.5))) << 24 | rgb;
		}).toArray();
	}
}
