package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExposedTest {

	private static final RgbaImage WHITE =
		RgbaImage.ofArgb(10, 10, java.util.stream.IntStream.generate(() -> -1).limit(100).toArray());

	/** A background with a hole behind an object of 4 × 5 pixels. */
	private static LayerStack stack() {
		final Layer below = Layer.of("b", "", WHITE).withSynthetic(Mask.of(10, 10, i -> i % 10 < 4 && i / 10 < 5));
		return new LayerStack(10, 10, List.of(below, Layer.of("o", "", WHITE.crop(new Bounds(0, 0, 4, 5)))));
	}

	@Test
	void hidingTheObjectExposesWhatWasMadeUpBehindIt() {
		assertFalse(Exposed.of(stack()).any());
		assertEquals("", Exposed.of(stack()).warning());
		final Exposed hidden = Exposed.of(stack().with(stack().get(1).withVisible(false)));
		assertEquals(20, hidden.pixels());
		assertEquals(20, hidden.percent());
		assertEquals(
			"Of the pixels now shown, 20.0 % were not in the picture but made up; say so where you publish it.",
			hidden.warning());
		assertEquals(
			"The image was taken apart into layers with Decompose Layers (ImageJ plugin; model: m) and put together again; 20.0 % of the pixels shown are not"
				+ " from the original image but were generated or added.",
			hidden.caption("m"));
		assertEquals(
			"The image was taken apart into layers with Decompose Layers (ImageJ plugin; model: m) and put together again; none of the pixels shown is marked"
				+ " as generated or added.",
			Exposed.of(stack()).caption("m"));
		assertEquals(20, Exposed.of(stack().with(stack().get(1).withOpacity(0.9))).pixels(), "a tenth shows through");
		assertEquals(0, Exposed.of(stack().with(stack().get(1).withOpacity(0.999))).pixels(),
			"less than half a level does not");
	}

	@Test
	void nothingIsExposedAsLongAsNothingIsEdited() {
		for (int seed = 0; seed < 50; seed++) {
			final Random random = new Random(seed);
			final List<Layer> layers = new ArrayList<>();
			for (int k = 0; k < 6; k++)
				layers.add(Layer.of("l" + k, "",
					RgbaImage.ofArgb(30, 20, random.ints(600).map(p -> p | 0xc0000000).toArray())));
			assertFalse(Exposed.of(Visibility.markHidden(new LayerStack(30, 20, layers))).any(), "seed " + seed);
		}
	}

	@Test
	void stripesAreDrawnOnTheMaskOnly() {
		final RgbaImage hatched = Hatch.over(WHITE, Mask.of(10, 10, i -> i % 10 < 5));
		int stripes = 0;
		for (int y = 0; y < 10; y++) for (int x = 0; x < 10; x++) {
			if (hatched.argb(x, y) == Hatch.COLOUR) stripes++;
			else assertEquals(-1, hatched.argb(x, y));
			if (x >= 5) assertEquals(-1, hatched.argb(x, y));
		}
		assertEquals(12, stripes, 3);
		assertEquals(hatched.argb(3, 2), Hatch.over(WHITE, Mask.all(10, 10), new Bounds(1, 0, 10, 10)).argb(2, 2),
			"stripes hang together on the canvas");
	}
}
