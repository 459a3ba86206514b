package org.layerj.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;

class StackFactsTest {

	@Test
	void trueLayersHaveNothingToBlame() {
		final List<RgbaImage> truth = HandMade.pagePlateMark();
		assertEquals(new StackFacts(3, 0, 0, 0, 0), StackFacts.of(truth, HandMade.flat(truth)));
	}

	@Test
	void layersWithFewerThanFourVisiblePixelsAreEmpty() {
		final List<RgbaImage> layers = new ArrayList<>(HandMade.pagePlateMark());
		layers.add(HandMade.layer(0x123456, (x, y) -> .2));
		layers.add(HandMade.layer(0x123456, HandMade.box(1, 1, 4, 2)));
		assertEquals(2 / 5.0, StackFacts.of(layers, HandMade.flat(layers)).emptyRate());
	}

	@Test
	void marksLeftBehindAreDuplicates() {
		final List<RgbaImage> truth = HandMade.pagePlateMark();
		// The plate still shows the mark.
		final RgbaImage both = HandMade.flat(truth.subList(1, 3));
		long disc = 0;
		for (final byte a : truth.get(2).plane(RgbaImage.ALPHA)) if ((a & 255) >= 128) disc++;
		final StackFacts facts = StackFacts.of(List.of(truth.get(0), both, truth.get(2)), HandMade.flat(truth));
		// Anti-aliased edge pixels are mixed with the plate, and so may be off by more than what counts as the same.
		assertEquals(disc / (56.0 * 48 + disc), facts.duplicateRate(), 28 / (56.0 * 48));
		assertTrue(facts.duplicateRate() > .01);
	}

	@Test
	void recompositionIsMeasuredInLevels() {
		final RgbaImage page = HandMade.layer(0x808080, (x, y) -> 1);
		final StackFacts facts = StackFacts.of(List.of(HandMade.layer(0x808a80, (x, y) -> 1)), page);
		assertEquals(10, facts.maxError());
		assertEquals(10 / 4.0, facts.meanError());
	}
}
