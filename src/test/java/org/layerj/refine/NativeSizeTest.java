package org.layerj.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamples;
import org.layerj.exact.ExactSamplesTest;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.Samples;

class NativeSizeTest {

	private static LayerStack stack(final int w, final int h, final int[]... layers) {
		final List<Layer> list = new ArrayList<>();
		for (final int[] argb : layers) list.add(Layer.of("l" + list.size(), "", RgbaImage.ofArgb(w, h, argb)));
		return new LayerStack(w, h, list);
	}

	/** A disc of colour with anti-aliased edge, in a picture of the unit square w × h pixels large. */
	private static int[] disc(final int w, final int h, final int rgb) {
		return IntStream.range(0, w * h).map(i -> {
			int inside = 0;
			for (int k = 0; k < 64; k++) {
				final double x = (i % w + (k % 8 + 0.5) / 8) / w - 0.5;
				final double y = (i / w + (k / 8 + 0.5) / 8) / h - 0.5;
				if (x * x + y * y < 0.09) inside++;
			}
			return inside == 0 ? 0 : inside * 255 / 64 << 24 | rgb;
		}).toArray();
	}

	private static int[] plain(final int w, final int h, final int argb) {
		return IntStream.generate(() -> argb).limit((long) w * h).toArray();
	}

	private static LayerStack discOnBackground(final int w, final int h) {
		return stack(w, h, plain(w, h, 0xffe0e8f0), disc(w, h, 0x104080));
	}

	private static double alphaError(final LayerStack a, final LayerStack truth) {
		double sum = 0;
		final byte[] p = a.get(1).pixels().plane(RgbaImage.ALPHA);
		final byte[] q = truth.get(1).pixels().plane(RgbaImage.ALPHA);
		for (int i = 0; i < p.length; i++) sum += Math.abs((p[i] & 0xff) - (q[i] & 0xff));
		return sum / p.length / 255;
	}

	@Test
	void edgesLieOnThePicturesEdges() {
		final LayerStack truth = discOnBackground(200, 160);
		final RgbaImage source = Compositor.flatten(truth);
		final LayerStack network = discOnBackground(40, 32);
		final LayerStack refined = NativeSize.refine(source, network);
		assertTrue(ExactRecomposition.holds(source, refined));
		final double before = alphaError(NativeSize.plain(network, 200, 160), truth);
		assertTrue(alphaError(refined, truth) < 0.1 * before, alphaError(refined, truth) + " against " + before);
		// No fringe: at the edge the disc has its own colour, not a mixture with the background.
		for (int i = 0; i < 200 * 160; i++) if ((refined.get(1).pixels().plane(RgbaImage.ALPHA)[i] & 0xff) > 50) {
			assertEquals(0x10, refined.get(1).pixels().plane(RgbaImage.RED)[i] & 0xff, 8);
		}
		// And where it is not, it is not at all.
		assertEquals(0, refined.get(1).pixels().argb(20, 20) >>> 24);
	}

	/** A blue bar with a black error bar, edges of half a pixel; {@code per} pixels of the picture are one of these. */
	private static int[] bar(final int w, final int h, final int per) {
		return IntStream.range(0, w * h).map(i -> {
			int alpha = 0;
			int rgb = 0;
			for (int k = 0; k < per * per; k++) {
				final int x = i % w * per + k % per;
				final int y = i / w * per + k / per;
				final boolean error = x >= 56 && x < 64 && y >= 20 && y < 60;
				final int cover = error || x >= 48 && x < 74 && y >= 41 && y < 90 ? 255
					: x >= 48 && x < 74 && y == 40 || x == 74 && y >= 41 && y < 90 ? 128 : 0;
				alpha += cover;
				if (cover > 0) rgb = error ? 0x101010 : 0x457b9d;
			}
			return alpha / (per * per) << 24 | rgb;
		}).toArray();
	}

	/** The colour field near the error bar is too dark for the bar: what lies below would have to make up for it. */
	@Test
	void edgesOfLayersWithTwoColoursLeaveNothingBehind() {
		final LayerStack truth = stack(120, 120, plain(120, 120, 0xfffcfcfa), bar(120, 120, 1));
		final RgbaImage source = Compositor.flatten(truth);
		final LayerStack refined = NativeSize.refine(source, stack(40, 40, plain(40, 40, 0xfffcfcfa), bar(40, 40, 3)));
		assertTrue(ExactRecomposition.holds(source, refined));
		final RgbaImage below = refined.get(0).pixels();
		for (int c = 0; c < 3; c++)
			for (int i = 0; i < 120 * 120; i++)
				assertEquals(c < 2 ? 0xfc : 0xfa, below.plane(c)[i] & 0xff, 12,
					i % 120 + ", " + i / 120 + " plane " + c);
	}

	@Test
	void faintTracesOfALayerVanish() {
		final int[] haze = disc(40, 32, 0x104080);
		for (int i = 0; i < haze.length; i++) if (haze[i] >>> 24 < 5) haze[i] = i % 6 << 24 | 0x808080;
		final LayerStack refined = NativeSize.refine(Compositor.flatten(discOnBackground(200, 160)),
			stack(40, 32, plain(40, 32, 0xffe0e8f0), haze));
		assertEquals(0, refined.get(1).pixels().argb(10, 10) >>> 24);
		assertEquals(0, refined.get(1).pixels().argb(190, 150) >>> 24);
	}

	@Test
	void whatIsHiddenIsTheNetworks() {
		final int[] background = plain(40, 32, 0xffe0e8f0);
		for (int y = 14; y < 18; y++) for (int x = 18; x < 22; x++) background[y * 40 + x] = 0xffcc2200;
		final LayerStack refined = NativeSize.refine(Compositor.flatten(discOnBackground(200, 160)),
			stack(40, 32, background, disc(40, 32, 0x104080)));
		assertEquals(0xffcc2200, refined.get(0).pixels().argb(100, 80));
	}

	@Test
	void anyProposalOfAnySizeGivesAnExactComposite() {
		for (int seed = 0; seed < 60; seed++) {
			final Random random = new Random(seed);
			final int w = 1 + random.nextInt(90);
			final int h = 1 + random.nextInt(70);
			final int lw = 1 + random.nextInt(40);
			final int lh = 1 + random.nextInt(40);
			final int kind = random.nextInt(4);
			final int[][] layers = new int[1 + random.nextInt(6)][];
			for (int k = 0; k < layers.length; k++) {
				layers[k] = random.ints((long) lw * lh)
					.map(p -> kind == 0 ? p : kind == 1 ? p & 0xffffff : kind == 2 ? p | 0xff000000 : p & 0x0fffffff)
					.toArray();
			}
			final boolean opaque = random.nextBoolean();
			final RgbaImage source =
				RgbaImage.ofArgb(w, h, random.ints((long) w * h).map(p -> opaque ? p | 0xff000000 : p).toArray());
			final LayerStack refined = NativeSize.refine(source, stack(lw, lh, layers));
			assertEquals(0, ExactRecomposition.mismatches(source, refined), "seed " + seed);
		}
		final RgbaImage one = RgbaImage.ofArgb(1, 1, new int[] { 0xff102030 });
		assertTrue(ExactRecomposition.holds(one, NativeSize.refine(one, new LayerStack(8, 8, List.of()))));
	}

	@Test
	void theResultDoesNotDependOnThreads() throws Exception {
		final RgbaImage source = Compositor.flatten(discOnBackground(200, 160));
		final LayerStack network = discOnBackground(40, 32);
		final List<LayerStack> found = new ArrayList<>();
		for (final int threads : new int[] { 1, 2, 7 }) {
			final ForkJoinPool pool = new ForkJoinPool(threads);
			try {
				// Parallel streams run in the pool of the task that starts them.
				found.add(pool.submit(() -> NativeSize.refine(source, network)).get());
			}
			finally {
				pool.shutdown();
			}
		}
		assertEquals(2, found.get(0).size());
		assertEquals(found.get(0), found.get(1));
		assertEquals(found.get(0), found.get(2));
	}

	@Test
	void onlyWholeLayersAreTaken() {
		final LayerStack network = discOnBackground(40, 32);
		assertThrows(IllegalArgumentException.class,
			() -> NativeSize.refine(RgbaImage.blank(9, 9), network.with(network.get(1).at(1, 0))));
		assertThrows(IllegalArgumentException.class,
			() -> NativeSize.plain(network.with(network.get(1).withOpacity(0.5)), 9, 9));
	}

	@Test
	void aRefinementThatIsNoLongerWantedEnds() {
		final LayerStack network = new LayerStack(8, 8,
			List.of(Layer.of("a", "", RgbaImage.blank(8, 8)), Layer.of("b", "", RgbaImage.blank(8, 8))));
		for (int stop = 0; stop < 40; stop += 13) {
			final AtomicInteger asked = new AtomicInteger();
			final int at = stop;
			final Progress watch = new Progress() {

				@Override
				public void check() {
					if (asked.getAndIncrement() >= at) throw new IllegalStateException("stopped");
				}
			};
			assertEquals("stopped",
				assertThrows(IllegalStateException.class,
					() -> NativeSize.refine(RgbaImage.blank(300, 300), network, watch)).getMessage()
					.replaceFirst(".*: ", ""));
		}
	}

	@Test
	void samplesToo() {
		for (int seed = 0; seed < 60; seed++) {
			final Random random = new Random(seed);
			final SampleFormat.Type type = SampleFormat.Type.values()[seed % 3];
			final int w = 1 + random.nextInt(60);
			final int h = 1 + random.nextInt(40);
			final Samples source =
				ExactSamplesTest.samples(ExactSamplesTest.format(type, 1 + random.nextInt(3), random), w, h,
					ExactSamplesTest.samples(type, random, seed / 3 % 3));
			final RgbaImage picture = Display.of(source.format()).render(source, ExactSamplesTest.opaque(w, h));
			final int small = 1 + random.nextInt(20);
			final List<Layer> layers = new ArrayList<>();
			final int kind = random.nextInt(3);
			for (int k = 0; k < 1 + random.nextInt(5); k++)
				layers.add(Layer.of("l" + k, "",
					RgbaImage.ofArgb(small, small,
						random.ints((long) small * small)
							.map(p -> kind == 0 ? p & 0xffffff : kind == 1 ? p | 0xff000000 : p)
							.toArray())));
			final LayerStack exact =
				ExactSamples.of(source, NativeSize.refine(picture, new LayerStack(small, small, layers)));
			assertTrue(source.sameSamples(SampleCompositor.flatten(exact)), "seed " + seed);
		}
	}
}
