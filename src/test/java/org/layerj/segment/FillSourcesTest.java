package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A square lies over a background, with or without a soft shadow of 8 pixels around it. */
class FillSourcesTest {

	private static final int SIZE = 120;
	private static final int FROM = 50;
	private static final int TO = 70;
	private static final int SHADOW = 8;

	private final boolean[] hidden = new boolean[SIZE * SIZE];
	private final boolean[] visible = new boolean[SIZE * SIZE];

	/** Pixels between a place and the square; 0 in it. */
	private static int distance(final int x, final int y) {
		return Math.max(Math.max(FROM - x, x - TO + 1), Math.max(Math.max(FROM - y, y - TO + 1), 0));
	}

	private static int shadow(final int x, final int y) {
		return 6 * Math.max(0, SHADOW + 1 - distance(x, y));
	}

	private boolean[] sources(final IntBinaryOperator colour) {
		final int[][] colours = new int[3][SIZE * SIZE];
		for (int i = 0; i < hidden.length; i++) {
			hidden[i] = distance(i % SIZE, i / SIZE) == 0;
			visible[i] = !hidden[i];
			for (final int[] plane : colours) plane[i] = colour.applyAsInt(i % SIZE, i / SIZE);
		}
		return new FillSources(SIZE, SIZE, colours, new VisibleParts(SIZE, SIZE, visible, new int[SIZE * SIZE]))
			.of(visible, hidden);
	}

	@Test
	void shadowsAreNoSourceOnPlainBackground() {
		final boolean[] sources = sources((x, y) -> 200 - shadow(x, y));
		for (int i = 0; i < sources.length; i++) {
			final int d = distance(i % SIZE, i / SIZE);
			assertEquals(d > SHADOW, sources[i], "at a distance of " + d);
		}
	}

	@Test
	void norOnAGradient() {
		final boolean[] sources = sources((x, y) -> 120 + x / 2 - shadow(x, y));
		assertFalse(sources[60 * SIZE + FROM - 1]);
		assertTrue(sources[60 * SIZE + FROM - SHADOW - 1]);
	}

	@Test
	void withoutAShadowAllOfAGradientIsASource() {
		final boolean[] sources = sources((x, y) -> 60 + x / 2 + y / 3);
		for (int i = 0; i < sources.length; i++) assertEquals(visible[i], sources[i]);
	}

	@ParameterizedTest
	@ValueSource(ints = { -90, 55 })
	void aGlowIsNoSourceEither(final int much) {
		final boolean[] sources = sources((x, y) -> 200 + (distance(x, y) <= 4 ? much : 0));
		for (int i = 0; i < sources.length; i++) assertEquals(distance(i % SIZE, i / SIZE) > 4, sources[i]);
	}

	/** In texture every pixel differs from the smooth continuation, so that nothing can be told. */
	@ParameterizedTest
	@ValueSource(ints = { 12, 40 })
	void textureIsFilledFromItsEdge(final int amplitude) {
		final Random random = new Random(1);
		assertSame(visible, sources((x, y) -> 128 + random.nextInt(2 * amplitude + 1) - amplitude));
	}

	@Test
	void whereNothingLiesFartherAwayAllIsASource() {
		final boolean[] few = { true, true, true, false };
		assertSame(few, new FillSources(2, 2, new int[3][4], new VisibleParts(2, 2, few, new int[4])).of(few,
			new boolean[] { false, false, false, true }));
	}
}
