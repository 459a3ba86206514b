package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;

class PartsTest {

	private static final String ROWS = """
		#...##
		.#....
		...##.
		#..##.""".replace("\n", "");

	private final Layer layer =
		Pictures.layer("l", new Bounds(10, 20, 6, 4), (x, y) -> ROWS.charAt(y * 6 + x) == '#' ? 0x80112233 + x : x);

	@Test
	void theLargestComesFirstAndOfEqualOnesTheUppermost() {
		final Parts parts = Parts.of(layer);
		assertEquals(List.of(4, 2, 2, 1), parts.sizes);
		assertArrayEquals(
			new int[] { 1, -1, -1, -1, 2, 2, -1, 1, -1, -1, -1, -1, -1, -1, -1, 0, 0, -1, 3, -1, -1, 0, 0, -1 },
			parts.part);
	}

	/** Of each part its own bounds, wherever in them it begins; of a part without pixels a transparent one. */
	@Test
	void layersInPartsAreAsSmallAsTheirPixels() {
		// 0: leaning to the left, 1: to the right, 2: none, 3: the rest.
		final int[] part = { 3, 3, 0, 1, 3, 3, //
			3, 0, 3, 3, 1, 3, //
			0, 3, 3, 3, 1, 3, //
			3, 3, 3, 3, 3, 1 };
		final List<Layer> parts = Split.into(layer, part, 4);
		assertEquals(List.of(new Bounds(10, 20, 3, 3), new Bounds(13, 20, 3, 4), new Bounds(10, 20, 1, 1),
			new Bounds(10, 20, 6, 4)), parts.stream().map(Layer::bounds).toList());
		for (int k = 0; k < 4; k++) for (int i = 0; i < 24; i++) {
			final Bounds b = parts.get(k).bounds();
			final int x = 10 + i % 6;
			final int y = 20 + i / 6;
			if (b.contains(x, y)) assertEquals(part[i] == k ? layer.pixels().argb(i % 6, i / 6) : 0,
				parts.get(k).pixels().argb(x - b.x(), y - b.y()), k + " at " + i);
		}
	}
}
