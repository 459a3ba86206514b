package org.layerj.classic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;

class DrawnTest {

	private static final int SIDE = 80;

	private static RgbaImage picture(final IntBinaryOperator argb) {
		return RgbaImage.ofArgb(SIDE, SIDE,
			IntStream.range(0, SIDE * SIDE).map(i -> argb.applyAsInt(i % SIDE, i / SIDE)).toArray());
	}

	private static int square(final int x, final int y, final int page) {
		return x >= 30 && x < 50 && y >= 30 && y < 50 ? 0xff2040c0 : page;
	}

	@Test
	void aSquareOnAPageIsDrawn() {
		final float[] shares = Drawn.on(picture((x, y) -> square(x, y, 0xfff0f0e8)));
		assertEquals(1, shares[40 * SIDE + 40]);
		assertEquals(0, shares[10 * SIDE + 10]);
	}

	@Test
	void nothingIsDrawnOnAnEmptyPage() {
		assertArrayEquals(new float[SIDE * SIDE], Drawn.on(picture((x, y) -> 0xfff0f0e8)));
	}

	@Test
	void aTransparentPageIsNoPage() {
		assertArrayEquals(new float[SIDE * SIDE], Drawn.on(picture((x, y) -> square(x, y, 0))));
	}
}
