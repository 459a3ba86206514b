package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plot's inside of 250 and the page of 200 around it, separated by a frame on which a bar stands. */
class VisiblePartsTest {

	private static final int SIZE = 60;
	private static final int FRAME_FROM = 10, FRAME_TO = 49;
	private static final int BAR_FROM = 24, BAR_TO = 34, BAR_TOP = 20;

	private static boolean isInside(final int x, final int y) {
		return Math.min(x, y) > FRAME_FROM && Math.max(x, y) < FRAME_TO;
	}

	private static boolean isFrame(final int x, final int y) {
		return Math.min(x, y) >= FRAME_FROM && Math.max(x, y) <= FRAME_TO && !isInside(x, y);
	}

	private static boolean isBar(final int x, final int y) {
		return isInside(x, y) && x >= BAR_FROM && x < BAR_TO && y >= BAR_TOP;
	}

	private final double[] values = new double[SIZE * SIZE];
	private final boolean[] visible = new boolean[SIZE * SIZE];
	private final boolean[] hidden = new boolean[SIZE * SIZE];
	private final int[] covers = new int[SIZE * SIZE];

	VisiblePartsTest() {
		for (int i = 0; i < values.length; i++) {
			final int x = i % SIZE;
			final int y = i / SIZE;
			hidden[i] = isFrame(x, y) || isBar(x, y);
			visible[i] = !hidden[i];
			covers[i] = isFrame(x, y) ? 1 : isBar(x, y) ? 2 : 0;
			values[i] = hidden[i] ? 0 : isInside(x, y) ? 250 : 200;
		}
	}

	@Test
	void hiddenPixelsHaveTheColourOfTheirSideOfAFrame() {
		final double[] out = new VisibleParts(SIZE, SIZE, visible, covers).inpainted(values, visible, hidden);
		for (int i = 0; i < out.length; i++) {
			final int x = i % SIZE;
			final int y = i / SIZE;
			// Of the frame both are right; the foot of the bar is nearer to the page, but does not touch it.
			if (isFrame(x, y)) continue;
			assertEquals(isInside(x, y) ? 250 : 200, out[i], .5, x + ", " + y);
		}
	}

	/** Edge pixels and those in a shadow are no sources, and lie around everything that is hidden. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 5 })
	void aGradientGoesOnBeneathABarAcrossPixelsThatAreNoSources(final int reach) {
		final boolean[] sources = new boolean[values.length];
		for (int i = 0; i < values.length; i++) {
			final int x = i % SIZE;
			final int y = i / SIZE;
			hidden[i] = isBar(x, y);
			visible[i] = !hidden[i];
			covers[i] = hidden[i] ? 1 : 0;
			values[i] = hidden[i] ? 0 : 4 * x;
			sources[i] = x < BAR_FROM - reach || x >= BAR_TO + reach || y < BAR_TOP - reach || y >= FRAME_TO + reach;
		}
		final double[] out = new VisibleParts(SIZE, SIZE, visible, covers).inpainted(values, sources, hidden);
		for (int i = 0; i < out.length; i++) assertEquals(4 * (i % SIZE), out[i], 1, i % SIZE + ", " + i / SIZE);
	}

	@Test
	void aPartWithoutSourcesStaysAsItIs() {
		final boolean[] page = visible.clone();
		for (int i = 0; i < page.length; i++) page[i] &= !isInside(i % SIZE, i / SIZE);
		final double[] out = new VisibleParts(SIZE, SIZE, visible, covers).inpainted(values, page, hidden);
		assertEquals(0, out[40 * SIZE + 30]);
		final boolean[] nothing = new boolean[SIZE * SIZE];
		assertArrayEquals(values, new VisibleParts(SIZE, SIZE, nothing, covers).inpainted(values, nothing, hidden));
	}

	/** Plot areas with closely spaced bars: all of them is near something hidden, and still a source. */
	@Test
	void aSmallPartIsNotComparedWithAnother() {
		final int[][] colours = new int[3][values.length];
		for (final int[] plane : colours) for (int i = 0; i < plane.length; i++) plane[i] = (int) values[i];
		final boolean[] kept =
			new FillSources(SIZE, SIZE, colours, new VisibleParts(SIZE, SIZE, visible, covers)).of(visible, hidden);
		for (int i = 0; i < kept.length; i++) assertEquals(visible[i], kept[i], i % SIZE + ", " + i / SIZE);
	}
}
