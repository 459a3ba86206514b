package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.exact.ExactRecomposition;
import org.layerj.io.PictureReader;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.PillowResize;
import org.layerj.layers.RgbaImage;

/** The built-in default. How good its layers are is for the evaluation to say; here is what must always hold. */
class SegmentDecomposerTest {

	private static RgbaImage figure() throws Exception {
		try (InputStream in = SegmentDecomposerTest.class.getResourceAsStream("/org/layerj/sample/figure.png")) {
			return PictureReader.read("figure.png", in.readAllBytes()).image();
		}
	}

	private static LayerStack run(final RgbaImage picture, final DecomposeOptions options) {
		try (Decomposer segments = Decomposers.open(ModelName.BUILT_IN, "auto")) {
			assertInstanceOf(SegmentDecomposer.class, segments);
			return segments.decompose(picture, options, Progress.none()).layers();
		}
	}

	@Test
	void theBundledFigureComesApartExactlyAndTheSameEveryTime() throws Exception {
		final RgbaImage figure = figure();
		final LayerStack layers = run(figure, DecomposeOptions.defaults());
		assertEquals(0, ExactRecomposition.mismatches(figure, layers));
		assertEquals("Background", layers.get(0).name());
		assertTrue(layers.size() >= 4, layers.toString());
		final Layer text = layers.layers().stream().filter(l -> l.name().contains("Text")).findFirst().orElseThrow();
		// "Cells per field", dark on the light page.
		assertTrue(covered(text, new Bounds(564, 340, 195, 24)) > .2, "the heading is text");
		assertEquals(layers, run(figure, DecomposeOptions.defaults()));
	}

	private static double covered(final Layer layer, final Bounds b) {
		double sum = 0;
		for (int y = b.y(); y < b.bottom(); y++)
			for (int x = b.x(); x < b.right(); x++) sum += layer.pixels().argb(x, y) >>> 24;
		return sum / (255.0 * b.width() * b.height());
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "2, 2, 2", "20, 4, 10" })
	void thereAreAtMostAsManyLayersAsAskedFor(final int asked, final int least, final int most) throws Exception {
		final RgbaImage whole = figure();
		// Reading text is most of the time, and grows with the picture.
		final RgbaImage figure =
			PillowResize.picture(whole, whole.width() / 2, whole.height() / 2, PillowResize.Filter.BILINEAR);
		final LayerStack layers = run(figure, DecomposeOptions.defaults().withLayers(asked));
		assertTrue(layers.size() >= least && layers.size() <= most, asked + ": " + layers.size());
		assertEquals(0, ExactRecomposition.mismatches(figure, layers));
	}

	@ParameterizedTest
	@CsvSource({ "1, 1", "3, 1", "1, 40", "90, 70" })
	void picturesOfAnySizeAndOfNothingAreOneLayer(final int width, final int height) {
		for (final int argb : new int[] { 0xff336699, 0x80336699, 0 }) {
			final int[] pixels = new int[width * height];
			Arrays.fill(pixels, argb);
			final RgbaImage picture = RgbaImage.ofArgb(width, height, pixels);
			final LayerStack layers = run(picture, DecomposeOptions.defaults());
			assertEquals(1, layers.size());
			assertEquals(0, ExactRecomposition.mismatches(picture, layers));
		}
	}

	@Test
	void itCanBeStopped() throws Exception {
		final RgbaImage figure = figure();
		try (Decomposer segments = Decomposers.open(ModelName.BUILT_IN, "auto")) {
			final Progress impatient = new Progress() {

				@Override
				public void plan(final List<Phase> phases) {}

				@Override
				public void phase(final String name) {}

				@Override
				public void update(final double fraction, final String message) {}

				@Override
				public boolean cancelled() {
					return true;
				}
			};
			assertThrows(CancelledException.class,
				() -> segments.decompose(figure, DecomposeOptions.defaults(), impatient));
		}
	}
}
