package org.layerj.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class SmallOverlapsTest {

	private static final int SIDE = 100;

	/** A layer of columns from one to another, of partial alpha in both of these. */
	private static Layer columns(final String id, final int from, final int to, final int argb) {
		final int[] pixels = new int[SIDE * SIDE];
		for (int i = 0; i < pixels.length; i++) {
			final int x = i % SIDE;
			if (x < from || x > to || i / SIDE >= 8) continue;
			pixels[i] = (x == from || x == to ? 0x60 : 0xff) << 24 | argb;
		}
		return Layer.of(id, id, RgbaImage.ofArgb(SIDE, SIDE, pixels));
	}

	private static int shared(final LayerStack stack, final int a, final int b) {
		final byte[] p = stack.get(a).pixels().plane(RgbaImage.ALPHA);
		final byte[] q = stack.get(b).pixels().plane(RgbaImage.ALPHA);
		return (int) IntStream.range(0, p.length).filter(i -> p[i] != 0 && q[i] != 0).count();
	}

	private static LayerStack stack(final Layer... above) {
		final int[] pixels = new int[SIDE * SIDE];
		Arrays.fill(pixels, 0xffe0e0d0);
		final Layer background = Layer.of("b", "b", RgbaImage.ofArgb(SIDE, SIDE, pixels));
		return new LayerStack(SIDE, SIDE, Stream.concat(Stream.of(background), Arrays.stream(above)).toList());
	}

	private static int difference(final LayerStack a, final LayerStack b) {
		final RgbaImage p = Compositor.flatten(a);
		final RgbaImage q = Compositor.flatten(b);
		int most = 0;
		for (int c = 0; c < RgbaImage.PLANES; c++)
			for (int i = 0; i < SIDE * SIDE; i++)
				most = Math.max(most, Math.abs((p.plane(c)[i] & 0xff) - (q.plane(c)[i] & 0xff)));
		return most;
	}

	@Test
	void layersThatTouchShareNothing() {
		final LayerStack touching = stack(columns("red", 10, 20, 0xc00000), columns("blue", 20, 30, 0x0000c0));
		assertEquals(8, shared(touching, 1, 2));
		final LayerStack apart = SmallOverlaps.without(touching, .1);
		assertEquals(0, shared(apart, 1, 2));
		assertTrue(difference(touching, apart) <= 1);
		assertEquals(touching.get(0), apart.get(0), "the lowest keeps what it has");
		assertEquals(8, shared(SmallOverlaps.without(touching, .07), 1, 2));
	}

	@Test
	void whatLiesInOneAnotherStays() {
		final LayerStack over = stack(columns("red", 10, 20, 0xc00000), columns("blue", 15, 30, 0x0000c0));
		final LayerStack same = SmallOverlaps.without(over, .2);
		assertEquals(shared(over, 1, 2), shared(same, 1, 2));
		assertEquals(0, difference(over, same));
	}

	/** Colours may only be mixed where nothing is between them. */
	@Test
	void aLayerBetweenKeepsThemAsTheyAre() {
		final LayerStack three = stack(columns("red", 10, 20, 0xc00000), columns("green", 12, 40, 0x00c000),
			columns("blue", 20, 30, 0x0000c0));
		final LayerStack same = SmallOverlaps.without(three, .1);
		assertEquals(8, shared(same, 1, 3));
		assertEquals(0, difference(three, same));
	}
}
