package org.layerj.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class RedundantLayersTest {

	private static final int SIDE = 40;

	/** A square of one colour on transparent background. */
	private static Layer square(final String id, final int argb, final int from, final int size) {
		final int[] pixels = new int[SIDE * SIDE];
		for (int y = from; y < from + size; y++) Arrays.fill(pixels, y * SIDE + from, y * SIDE + from + size, argb);
		return Layer.of(id, id, RgbaImage.ofArgb(SIDE, SIDE, pixels));
	}

	private static List<String> kept(final Layer... layers) {
		return RedundantLayers.drop(new LayerStack(SIDE, SIDE, List.of(layers)))
			.layers()
			.stream()
			.map(Layer::id)
			.toList();
	}

	@Test
	void emptyAndFaintLayersGo() {
		assertEquals(List.of("background", "mark"), kept(square("background", 0xffffffff, 0, SIDE),
			square("empty", 0, 0, 1), square("mark", 0xffff0000, 5, 4), square("faint", 0x08000000, 0, SIDE)));
	}

	@Test
	void theUpperOfTwoEqualLayersGoes() {
		assertEquals(List.of("background", "panel"), kept(square("background", 0xffffffff, 0, SIDE),
			square("panel", 0xff0000ff, 8, 20), square("again", 0xff0505fa, 8, 20)));
	}

	@Test
	void whatHidesALayerDoesNotMakeItRedundantUnlessCompletely() {
		assertEquals(List.of("background", "upper"), kept(square("background", 0xffffffff, 0, SIDE),
			square("hidden", 0xff00ff00, 10, 5), square("upper", 0xffff0000, 8, 20)));
		assertEquals(List.of("background", "lower", "upper"), kept(square("background", 0xffffffff, 0, SIDE),
			square("lower", 0xff00ff00, 5, 8), square("upper", 0xffff0000, 8, 20)));
	}

	@Test
	void aFewPixelsThatAreSeenMakeALayer() {
		assertEquals(List.of("background"), kept(40, 5, 0xff000000));
		assertEquals(List.of("background", "mark"), kept(40, 6, 0xffffff00));
		assertEquals(List.of("background"), kept(40, 6, 0xffffffe7), "by 24 of 255");
		assertEquals(List.of("background", "mark"), kept(40, 6, 0xffffffe6), "by 25");
		assertEquals(List.of("background"), kept(200, 11, 0xffff0000), "0.03 % of a larger picture");
		assertEquals(List.of("background", "mark"), kept(200, 12, 0xffff0000));
	}

	/** With a mark of so many pixels on white. */
	private static List<String> kept(final int side, final int pixels, final int argb) {
		final int[] background = new int[side * side];
		Arrays.fill(background, -1);
		final int[] mark = new int[side * side];
		Arrays.fill(mark, side, side + pixels, argb);
		return RedundantLayers
			.drop(new LayerStack(side, side,
				List.of(Layer.of("background", "", RgbaImage.ofArgb(side, side, background)),
					Layer.of("mark", "", RgbaImage.ofArgb(side, side, mark)))))
			.layers()
			.stream()
			.map(Layer::id)
			.toList();
	}

	@Test
	void oneLayerAlwaysStays() {
		assertEquals(1,
			kept(IntStream.range(0, 3).mapToObj(k -> square("layer" + k, 0, 0, 1)).toArray(Layer[]::new)).size());
	}
}
