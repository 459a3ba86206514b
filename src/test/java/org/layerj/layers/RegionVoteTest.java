package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionVoteTest {

	private static final int W = 160;
	private static final int H = 120;
	/** The network's size. */
	private static final int NW = 40;
	private static final int NH = 30;

	private static final int PAGE = 0xfff4f4f0;
	private static final int RED = 0xc02020;

	/** A picture of the unit square; the operator gets thousandths. */
	private static RgbaImage picture(final int w, final int h, final IntBinaryOperator argb) {
		return RgbaImage.ofArgb(w, h,
			IntStream.range(0, w * h)
				.map(i -> argb.applyAsInt((int) ((i % w + 0.5) * 1000 / w), (int) ((i / w + 0.5) * 1000 / h)))
				.toArray());
	}

	private static LayerStack network(final IntBinaryOperator... layers) {
		final List<Layer> list = new ArrayList<>();
		for (final IntBinaryOperator l : layers) list.add(Layer.of("l" + list.size(), "", picture(NW, NH, l)));
		return new LayerStack(NW, NH, list);
	}

	private static LayerStack refined(final RgbaImage picture, final LayerStack network) {
		final LayerStack out = RegionVote.refine(picture, network, RegionVote.Drawing.UNKNOWN, NativeSize.Watch.NONE);
		assertTrue(ExactRecomposition.holds(picture, out));
		return out;
	}

	private static int alpha(final LayerStack stack, final int layer, final int x, final int y) {
		return stack.get(layer).pixels().plane(RgbaImage.ALPHA)[y * H / 1000 * W + x * W / 1000] & 0xff;
	}

	private static boolean box(final int x, final int y) {
		return x > 300 && x < 700 && y > 300 && y < 700;
	}

	@Test
	void aThingSharedOutAmongLayersGoesToTheOneThatHasMostOfIt() {
		final RgbaImage picture = picture(W, H, (x, y) -> box(x, y) ? 0xff000000 | RED : PAGE);
		// Blurred beyond its edges, unevenly, and in two layers.
		final LayerStack network =
			network((x, y) -> PAGE, (x, y) -> (x > 250 && x < 750 && y > 250 && y < 750 ? 60 + x / 10 : 0) << 24 | RED,
				(x, y) -> (box(x, y) ? 110 : 0) << 24 | RED);
		final LayerStack settled = refined(picture, network);
		for (int y = 320; y < 700; y += 40) for (int x = 320; x < 700; x += 40) {
			final boolean below = alpha(settled, 1, 500, 500) == 255;
			assertEquals(below ? 255 : 0, alpha(settled, 1, x, y), "no copy below the winner");
			assertEquals(below ? 0 : 255, alpha(settled, 2, x, y));
		}
		for (int k = 1; k < 3; k++) assertEquals(0, alpha(settled, k, 270, 500), "nothing outside of the edge");
	}

	@Test
	void translucencyThatExplainsThePictureStays() {
		final RgbaImage picture = picture(W, H, (x, y) -> !box(x, y) ? PAGE : x < 500 ? 0xffda8a88 : PAGE - 0x202020);
		// Half red, and a shadow, over the page.
		final LayerStack network =
			network((x, y) -> PAGE, (x, y) -> !box(x, y) ? 0 : x < 500 ? 0x80c02020 : 0x21000000);
		final LayerStack settled = refined(picture, network);
		assertEquals(0x80, alpha(settled, 1, 400, 500), 12);
		assertEquals(0x21, alpha(settled, 1, 600, 500), 12);
	}

	@Test
	void oneAreaMayBePartsOfSeveralLayersIfTheNetworkIsSure() {
		final RgbaImage picture = picture(W, H, (x, y) -> box(x, y) ? 0xff000000 | RED : PAGE);
		final LayerStack network = network((x, y) -> PAGE, (x, y) -> box(x, y) && x < 500 ? 0xff000000 | RED : 0,
			(x, y) -> box(x, y) && x >= 500 ? 0xff000000 | RED : 0);
		final LayerStack settled = refined(picture, network);
		assertEquals(255, alpha(settled, 1, 400, 500));
		assertEquals(0, alpha(settled, 2, 400, 500));
		assertEquals(255, alpha(settled, 2, 600, 500));
	}

	@Test
	void lettersSideBySideStayTogether() {
		final IntBinaryOperator letter = (x, y) -> y > 450 && y < 520 && x > 200 && x < 800 && x % 60 < 30 ? 1 : 0;
		final RgbaImage picture = picture(W, H, (x, y) -> letter.applyAsInt(x, y) == 1 ? 0xff101030 : PAGE);
		// The first letters rather in the lower layer, the others rather in the upper one.
		final LayerStack network =
			network((x, y) -> PAGE, (x, y) -> letter.applyAsInt(x, y) * (x < 400 ? 120 : 70) << 24 | 0x101030,
				(x, y) -> letter.applyAsInt(x, y) * (x < 400 ? 60 : 150) << 24 | 0x101030);
		final LayerStack settled = RegionVote.settle(picture, network, RegionVote.Drawing.UNKNOWN);
		for (int x = 245; x < 800; x += 60) {
			assertEquals(255, alpha(settled, 2, x + 10, 480), "letter at " + x);
			assertEquals(0, alpha(settled, 1, x + 10, 480) / 255);
		}
	}

	@Test
	void whatIsDrawnOnThePageIsNotThePages() {
		final RgbaImage picture = picture(W, H, (x, y) -> box(x, y) ? 0xff000000 | RED : PAGE);
		// Most of the box was left in the page, blurred beyond its edges; a little of it is in the layer above.
		final LayerStack network = network((x, y) -> x > 200 && x < 800 && y > 200 && y < 800 ? 0xff000000 | RED : PAGE,
			(x, y) -> box(x, y) ? 40 << 24 | RED : 0, (x, y) -> 0);
		final RegionVote.Drawing drawing = p -> {
			final float[] shares = new float[p.width() * p.height()];
			for (int i = 0; i < shares.length; i++) shares[i] = p.plane(0)[i] == (byte) 0xc0 ? 1 : 0;
			return shares;
		};
		assertEquals(0, alpha(RegionVote.settle(picture, network, RegionVote.Drawing.UNKNOWN), 1, 500, 500));
		final LayerStack settled = RegionVote.settle(picture, network, drawing);
		assertEquals(255, alpha(settled, 1, 500, 500));
		assertEquals(0, alpha(settled, 2, 500, 500));
		assertEquals(0, alpha(settled, 1, 150, 500), "the page stays");
	}

	@Test
	void anyProposalCompositesToThePicture() {
		final Random random = new Random(11);
		for (int trial = 0; trial < 60; trial++) {
			final int w = 1 + random.nextInt(90);
			final int h = 1 + random.nextInt(70);
			final int lw = 1 + random.nextInt(30);
			final int lh = 1 + random.nextInt(30);
			final int kind = trial % 3;
			final RgbaImage source = RgbaImage.ofArgb(w, h,
				IntStream.range(0, w * h)
					.map(i -> kind == 0 ? random.nextInt() : 0xff000000 | (i % w / 9 + i / w / 7) * 0x153a2b)
					.toArray());
			final List<Layer> layers = new ArrayList<>();
			for (int k = 0; k < 1 + trial % 5; k++)
				layers.add(Layer.of("l" + k, "",
					RgbaImage.ofArgb(lw, lh, random.ints(lw * lh).map(v -> kind == 2 ? v & 0x03ffffff : v).toArray())));
			final LayerStack out = refined(source, new LayerStack(lw, lh, layers));
			assertEquals(layers.size(), out.size());
			assertEquals(out.get(0).pixels(), refined(source, new LayerStack(lw, lh, layers)).get(0).pixels(),
				"the same every time");
		}
	}

	/** Larger than the regions are looked for in, as large as the network's, and smaller. */
	@ParameterizedTest
	@CsvSource({ "1200, 900", "40, 30", "32, 24" })
	void aPictureOfAnySizeIsSettled(final int w, final int h) {
		final RgbaImage picture = picture(w, h, (x, y) -> box(x, y) ? 0xff000000 | RED : PAGE);
		// Of the box, each of two layers has a share in its colour.
		final LayerStack network = network((x, y) -> PAGE, (x, y) -> (box(x, y) ? 130 : 20) << 24 | RED,
			(x, y) -> (box(x, y) ? 100 : 0) << 24 | RED);
		final LayerStack out = refined(picture, network);
		final int middle = h / 2 * w + w / 2;
		assertEquals(0, out.get(1).pixels().plane(RgbaImage.ALPHA)[h / 10 * w + w / 10] & 0xff);
		final int[] alphas =
			IntStream.of(1, 2).map(k -> out.get(k).pixels().plane(RgbaImage.ALPHA)[middle] & 0xff).sorted().toArray();
		assertArrayEquals(new int[] { 0, 255 }, alphas, "all of the box in one layer");
	}

	@Test
	void whoWatchesMayStopIt() {
		final RgbaImage picture = picture(W, H, (x, y) -> PAGE);
		assertThrows(IllegalStateException.class, () -> RegionVote.refine(picture, network((x, y) -> PAGE, (x, y) -> 0),
			RegionVote.Drawing.UNKNOWN, new NativeSize.Watch()
			{

				@Override
				public void done(final double fraction) {}

				@Override
				public void check() {
					throw new IllegalStateException("stopped");
				}
			}));
	}
}
