package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.exact.ExactRecomposition;
import org.layerj.exact.ExactSamplesTest;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Display;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.Region;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.SampleCompositor;
import org.layerj.layers.SampleFormat;
import org.layerj.layers.SampleFormat.Type;
import org.layerj.layers.VisibleProvenance;
import org.layerj.provenance.Kind;

/** Properties over random stacks; a failure names its seed. */
class RegionLayerTest {

	private static RgbaImage noise(final Random random, final int w, final int h) {
		final int kind = random.nextInt(3);
		return RgbaImage.ofArgb(w, h, random.ints((long) w * h)
			.map(p -> kind == 0 ? p : kind == 1 ? p | 0xff000000 : random.nextBoolean() ? p | 0xff000000 : p & 0xffffff)
			.toArray());
	}

	private static Region region(final Random random, final int w, final int h) {
		final Bounds b =
			new Bounds(random.nextInt(w) - 2, random.nextInt(h) - 2, 3 + random.nextInt(w), 3 + random.nextInt(h));
		return new Region(b,
			random.nextBoolean() ? Optional.empty() : Optional.of(Mask.of(b.width(), b.height(), i -> i % 5 != 2)));
	}

	private static LayerStack stack(final Random random, final int w, final int h, final boolean valued) {
		final Type type = Type.values()[random.nextInt(3)];
		final SampleFormat format = ExactSamplesTest.format(type, 2, random);
		final List<Layer> layers = new ArrayList<>();
		for (int k = 0; k < 3; k++) {
			final Bounds b = k == 0 ? Bounds.all(w, h) : new Bounds(random.nextInt(9) - 4, random.nextInt(9) - 4,
				1 + random.nextInt(w), 1 + random.nextInt(h));
			final Layer l = new Layer("l" + k, "", b, noise(random, b.width(), b.height()),
				random.nextInt(3) > 0 ? 1 : random.nextDouble(), random.nextInt(4) > 0, Optional.empty(),
				Mask.of(b.width(), b.height(), i -> i % 7 == 0).as(Kind.GENERATED));
			layers.add(valued
				? Display.redraw(l.withSamples(
					ExactSamplesTest.samples(format, b.width(), b.height(), ExactSamplesTest.samples(type, random, 0))))
				: l);
		}
		return new LayerStack(w, h, layers);
	}

	private static void assertSameSeen(final LayerStack before, final LayerStack after, final String which) {
		assertEquals(Compositor.flatten(before), Compositor.flatten(after), which);
		assertEquals(before.format(), after.format(), which);
		if (before.format().isPresent())
			assertTrue(SampleCompositor.flatten(before).sameSamples(SampleCompositor.flatten(after)), which);
		assertEquals(VisibleProvenance.of(before).mask(), VisibleProvenance.of(after).mask(),
			which + ": nothing synthetic comes into sight");
	}

	@Test
	void liftingAndGatheringShowWhatWasShown() {
		for (int seed = 0; seed < 300; seed++) {
			final Random random = new Random(seed);
			final int w = 6 + random.nextInt(20);
			final int h = 6 + random.nextInt(20);
			final LayerStack stack = stack(random, w, h, seed % 2 == 0);
			final Region region = region(random, w, h);
			if (region.on(w, h).isEmpty()) continue;
			assertSameSeen(stack, RegionLayer.lift(stack, "l" + random.nextInt(3), region, "new", "New"),
				"lift, seed " + seed);
			final LayerStack gathered = RegionLayer.gather(stack, region, "new", "New");
			assertEquals(Compositor.flatten(stack), Compositor.flatten(gathered), "gather, seed " + seed);
			if (stack.format().isPresent())
				assertTrue(SampleCompositor.flatten(stack).sameSamples(SampleCompositor.flatten(gathered)),
					"gather, seed " + seed);
		}
	}

	@Test
	void aPartThatWasTakenApartIsPastedBackExactly() {
		for (int seed = 0; seed < 200; seed++) {
			final Random random = new Random(seed);
			final int w = 6 + random.nextInt(20);
			final int h = 6 + random.nextInt(20);
			final RgbaImage picture =
				RgbaImage.ofArgb(w, h, random.ints((long) w * h).map(p -> p | 0xff000000).toArray());
			final Optional<Region> region = region(random, w, h).on(w, h);
			if (region.isEmpty()) continue;
			final Bounds b = region.get().bounds();
			final RgbaImage crop = picture.crop(b);
			final List<Layer> layers = new ArrayList<>();
			for (int k = 0; k < 3; k++)
				layers.add(
					Layer.of("l" + k, "", noise(random, b.width(), b.height())).withVisible(k > 0 || seed % 4 > 0));
			final LayerStack pasted = RegionLayer.paste(picture, Optional.empty(), region.get(),
				ExactRecomposition.of(crop, new LayerStack(b.width(), b.height(), layers)));
			assertTrue(ExactRecomposition.holds(picture, pasted), "seed " + seed);
			assertEquals(seed % 4 > 0 ? 3 : 4, pasted.size());
		}
	}

	@Test
	void theHoleIsFilledFromAroundItAndMarked() {
		final int[] argb = new int[40 * 40];
		for (int i = 0; i < argb.length; i++) argb[i] = 0xff000000 | i % 40 * 0x010101 + 0x400000;
		for (int y = 10; y < 20; y++) for (int x = 10; x < 20; x++) argb[y * 40 + x] = 0xff00ff00;
		final LayerStack whole = RegionLayer.whole(RgbaImage.ofArgb(40, 40, argb), Optional.empty());
		final LayerStack lifted =
			RegionLayer.lift(whole, "picture", Region.of(new Bounds(10, 10, 10, 10)), "cell", "Cell");
		assertEquals(List.of("picture", "cell"), lifted.layers().stream().map(Layer::id).toList());
		assertEquals(0xff00ff00, lifted.get(1).pixels().argb(5, 5));
		assertEquals(Optional.of("picture"), lifted.get(1).parent());
		final RgbaImage below = lifted.get(0).pixels();
		for (int x = 10; x < 20; x++) {
			assertEquals(0x40 + x, below.argb(x, 15) >> 16 & 0xff, 4);
			assertEquals(x, below.argb(x, 15) & 0xff, 4, "the ramp goes on below");
		}
		assertEquals(100, lifted.get(0).synthetic().count());
		assertTrue(lifted.get(0).synthetic().get(10, 10));
		assertFalse(VisibleProvenance.of(lifted).any());
		final VisibleProvenance moved = VisibleProvenance.of(lifted.with(lifted.get(1).at(15, 10)));
		assertEquals(50, moved.mask().count());
		assertTrue(moved.mask().get(10, 10) && !moved.mask().get(15, 10));
	}

	@Test
	void aRegionElsewhereIsRejected() {
		final LayerStack whole = RegionLayer.whole(RgbaImage.blank(4, 4), Optional.empty());
		assertThrows(IllegalArgumentException.class,
			() -> RegionLayer.lift(whole, "picture", Region.of(new Bounds(4, 0, 2, 2)), "n", ""));
	}

	@Test
	void whatReachesBeyondThePartDoesNotComeIntoSight() {
		final RgbaImage picture = RgbaImage.ofArgb(4, 1, new int[] { -1, -1, -1, -1 });
		final LayerStack part =
			new LayerStack(2, 1, List.of(Layer.of("low", "", RgbaImage.ofArgb(2, 1, new int[] { -1, -1 })),
				Layer.of("wide", "", RgbaImage.ofArgb(4, 1, new int[] { 0xffff0000, -1, -1, 0xffff0000 })).at(-1, 0)));
		final LayerStack pasted = RegionLayer.paste(picture, Optional.empty(), Region.of(new Bounds(1, 0, 2, 1)), part);
		assertTrue(ExactRecomposition.holds(picture, pasted));
	}
}
