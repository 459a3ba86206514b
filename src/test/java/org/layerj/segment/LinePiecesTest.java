package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.DisjointSets;

/** Two pieces of a black line, parts 1 and 2, with a bar, part 3, between and above them; all on background, part 0. */
class LinePiecesTest {

	private static final int WIDTH = 60;
	private static final int HEIGHT = 40;

	private final int[] parts = new int[WIDTH * HEIGHT];
	private final int[][] colours = new int[3][WIDTH * HEIGHT];

	private void rectangle(final int part, final int level, final int x, final int y, final int w, final int h) {
		for (int v = y; v < y + h; v++) for (int u = x; u < x + w; u++) {
			parts[v * WIDTH + u] = part;
			for (final int[] plane : colours) plane[v * WIDTH + u] = level;
		}
	}

	@BeforeEach
	void draw() {
		rectangle(0, 255, 0, 0, WIDTH, HEIGHT);
		rectangle(1, 20, 5, 30, 20, 2);
		rectangle(2, 20, 33, 30, 20, 2);
		rectangle(3, 128, 25, 10, 8, 22);
	}

	/** Whether the two pieces are joined, in the picture as it is or turned; nothing else ever is. */
	private void joined(final boolean expected, final boolean turned) {
		final DisjointSets sets = new DisjointSets(4);
		if (turned) LinePieces.join(new int[][] { turned(colours[0]), turned(colours[1]), turned(colours[2]) },
			turned(parts), HEIGHT, WIDTH, sets);
		else LinePieces.join(colours, parts, WIDTH, HEIGHT, sets);
		assertEquals(expected, sets.find(1) == sets.find(2));
		assertEquals(1, sets.size(sets.find(0)));
		assertEquals(1, sets.size(sets.find(3)));
	}

	private static int[] turned(final int[] plane) {
		final int[] out = new int[plane.length];
		for (int y = 0; y < HEIGHT; y++) for (int x = 0; x < WIDTH; x++) out[x * HEIGHT + y] = plane[y * WIDTH + x];
		return out;
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void anAxisGoesOnBehindABar(final boolean turned) {
		joined(true, turned);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void ticksMakeItNoThicker(final boolean turned) {
		rectangle(1, 20, 14, 30, 2, 7);
		rectangle(2, 20, 42, 30, 2, 7);
		joined(true, turned);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void linesOfNeighboursAreTwo(final boolean turned) {
		rectangle(0, 255, 25, 0, 8, HEIGHT);
		joined(false, turned);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void linesOfOtherColoursAreTwo(final boolean turned) {
		rectangle(2, 60, 33, 30, 20, 2);
		joined(false, turned);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void linesOfOtherThicknessAreTwo(final boolean turned) {
		rectangle(2, 20, 33, 30, 20, 5);
		joined(false, turned);
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void linesInOtherRowsAreTwo(final boolean turned) {
		rectangle(0, 255, 33, 30, 20, 2);
		rectangle(2, 20, 33, 26, 20, 2);
		joined(false, turned);
	}

	/** Boxes are no lines. */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void thickPiecesAreLeftAlone(final boolean turned) {
		rectangle(1, 20, 5, 20, 20, 12);
		rectangle(2, 20, 33, 20, 20, 12);
		joined(false, turned);
	}
}
