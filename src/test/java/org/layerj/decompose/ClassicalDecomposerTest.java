package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.io.PictureReader;
import org.layerj.layers.ExactRecomposition;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class ClassicalDecomposerTest {

	private static Decomposition run(final RgbaImage picture, final DecomposeOptions options) {
		try (Decomposer classical = Decomposers.open(ModelName.of("classical"), "auto")) {
			assertInstanceOf(ClassicalDecomposer.class, classical);
			return classical.decompose(picture, options, Progress.none());
		}
	}

	/** A white page with a blue plate and a black bar on it, grown by a factor. */
	private static RgbaImage page(final int scale) {
		final int w = 60 * scale;
		final int h = 40 * scale;
		final int[] argb = new int[w * h];
		for (int i = 0; i < argb.length; i++) {
			final int x = i % w / scale;
			final int y = i / w / scale;
			argb[i] = x >= 30 && x < 35 && y >= 18 && y < 20 ? 0xff000000
				: x >= 10 && x < 50 && y >= 8 && y < 32 ? 0xff3060c0 : 0xffffffff;
		}
		return RgbaImage.ofArgb(w, h, argb);
	}

	@ParameterizedTest
	@ValueSource(strings = { "cuda", "CUDA:1" })
	void aGraphicsCardIsNothingForIt(final String device) {
		final String sentence = "The option device is " + device.toLowerCase(Locale.ROOT)
			+ ", but the classical method runs on the processor only; leave the option out, or choose another model.";
		final ModelName classical = ModelName.of("classical");
		final InvalidOptionException refused =
			assertThrows(InvalidOptionException.class, () -> Decomposers.open(classical, device));
		assertEquals("device", refused.option());
		assertEquals(sentence, refused.getMessage());
		assertEquals(sentence, ModelReport.of(classical, device).problem());
		assertTrue(ModelReport.of(classical, "cpu").ok());
	}

	@Test
	void thePartsOfAPageComeApartAndTheBackdropIsFilledIn() {
		final LayerStack layers = run(page(3), DecomposeOptions.defaults()).layers();
		assertEquals(3, layers.size(), "backdrop, plate, bar");
		assertTrue(ExactRecomposition.holds(page(3), layers));
		assertEquals(0xffffffff, layers.get(0).pixels().argb(90, 60), "the page behind the plate");
		assertEquals(0xff3060c0, layers.get(1).pixels().argb(96, 57), "the plate behind the bar");
		assertTrue(layers.get(0).synthetic().get(90, 60));
	}

	@Test
	void theSampleFigureRecompositesExactly() throws Exception {
		final RgbaImage figure = PictureReader
			.read("figure.png",
				ClassicalDecomposerTest.class.getResourceAsStream("/org/layerj/sample/figure.png").readAllBytes())
			.image();
		final Decomposition result = run(figure, DecomposeOptions.defaults());
		assertTrue(result.layers().size() >= 3);
		assertTrue(ExactRecomposition.holds(figure, result.layers()));
		assertEquals("classical", result.run().model());
	}

	@Test
	void largePicturesAreDecomposedInASmallerSize() {
		final RgbaImage large = page(40);
		final Decomposition result = run(large, DecomposeOptions.defaults().withLayers(3));
		assertTrue(result.run().workingWidth() < large.width());
		assertTrue(ExactRecomposition.holds(large, result.layers()));
		assertEquals(0xff3060c0, result.layers().get(1).pixels().argb(1000, 500));
	}

	@Test
	void cancellingStopsIt() {
		final Progress impatient = new Progress() {

			@Override
			public void plan(final java.util.List<Phase> phases) {}

			@Override
			public void phase(final String name) {}

			@Override
			public void update(final double fraction, final String message) {}

			@Override
			public boolean cancelled() {
				return true;
			}
		};
		assertThrows(DecompositionCancelledException.class,
			() -> new ClassicalDecomposer().decompose(page(1), DecomposeOptions.defaults(), impatient));
	}

	@Test
	void refiningALargePictureCanBeStoppedInTheMiddle() {
		final AtomicBoolean refining = new AtomicBoolean();
		final Progress patient = new Progress() {

			private boolean last;

			@Override
			public void plan(final java.util.List<Phase> phases) {}

			@Override
			public void phase(final String name) {
				last = name.equals("refine");
			}

			@Override
			public void update(final double fraction, final String message) {
				if (last) refining.set(true);
			}

			@Override
			public boolean cancelled() {
				return refining.get();
			}
		};
		assertThrows(DecompositionCancelledException.class,
			() -> new ClassicalDecomposer().decompose(page(21), DecomposeOptions.defaults(), patient));
	}
}
