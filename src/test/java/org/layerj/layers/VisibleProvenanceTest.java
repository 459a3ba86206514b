package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.layerj.provenance.Declaration;
import org.layerj.provenance.Kind;
import org.layerj.provenance.PictureOrigin;
import org.layerj.provenance.Provenance;
import org.layerj.provenance.Terms;

class VisibleProvenanceTest {

	private static final RgbaImage WHITE =
		RgbaImage.ofArgb(10, 10, java.util.stream.IntStream.generate(() -> -1).limit(100).toArray());

	/** A background with a hole behind an object of 4 × 5 pixels. */
	private static LayerStack stack() {
		final Layer below =
			Layer.of("b", "", WHITE).withProvenance(Mask.of(10, 10, i -> i % 10 < 4 && i / 10 < 5).as(Kind.GENERATED));
		return new LayerStack(10, 10, List.of(below, Layer.of("o", "", WHITE.crop(new Bounds(0, 0, 4, 5)))));
	}

	private static Declaration declared(final LayerStack stack) {
		return VisibleProvenance.declaration(stack, PictureOrigin.NONE);
	}

	@Test
	void hidingTheObjectShowsWhatWasGeneratedBehindIt() {
		assertFalse(VisibleProvenance.of(stack()).any());
		assertEquals("", declared(stack()).warning());
		final LayerStack hidden = stack().with(stack().get(1).withVisible(false));
		assertEquals(20, VisibleProvenance.of(hidden).mask().count());
		assertEquals(20, declared(hidden).percent(), 1e-9);
		assertEquals(0.2, declared(hidden).share(Kind.GENERATED), 1e-9);
		final LayerStack tenth = stack().with(stack().get(1).withOpacity(0.9));
		assertEquals(20, VisibleProvenance.of(tenth).mask().count(), "a tenth shows through");
		assertEquals(2, declared(tenth).percent(), 1e-9, "and counts by what shows");
		assertEquals(0, VisibleProvenance.of(stack().with(stack().get(1).withOpacity(0.999))).mask().count(),
			"less than half a level does not");
	}

	@Test
	void whatIsMostlyHiddenCountsByWhatWasSeenOfIt() {
		// An object that lets a fifth through, over a background.
		final Layer below = Layer.of("b", "", WHITE);
		final int[] dark = java.util.stream.IntStream.generate(() -> 0xcc000000).limit(100).toArray();
		final LayerStack stack = Visibility
			.markHidden(new LayerStack(10, 10, List.of(below, Layer.of("o", "", RgbaImage.ofArgb(10, 10, dark)))));
		assertFalse(VisibleProvenance.of(stack).any(), "as it is, it is the picture");
		final Declaration uncovered = declared(stack.with(stack.get(1).withVisible(false)));
		assertEquals(0.8, uncovered.share(Kind.COMPUTED), 1e-9);
		assertEquals(Optional.of(Terms.ENHANCED), uncovered.term());
		final Declaration moved = declared(stack.with(stack.get(1).at(1, 0)));
		assertEquals(true, moved.share(Kind.COMPUTED) > 0.07 && moved.share(Kind.OBSERVED) > 0.5, moved.table());
		assertFalse(VisibleProvenance.of(stack.with(stack.get(1).at(1, 0)).with(stack.get(1).at(0, 0))).any(),
			"and back");
	}

	@Test
	void flattenedLayersComeFromWhereTheirPixelsDo() {
		final LayerStack half = stack().with(stack().get(1).withOpacity(0.5));
		final Provenance flat = VisibleProvenance.flat(half, p -> true);
		assertEquals(128, flat.share(Kind.GENERATED, 0));
		assertEquals(0, flat.share(Kind.GENERATED, 9));
	}

	@Test
	void aStackIsKnownAgainByWhatItShows() {
		final String content = VisibleProvenance.content(stack());
		assertEquals(content, VisibleProvenance.content(stack().with(stack().get(0).withName("other"))));
		assertEquals(content, VisibleProvenance.content(stack().with(stack().get(1).withVisible(false))),
			"white on white");
		assertFalse(content.equals(VisibleProvenance.content(stack().with(stack().get(0).at(1, 0)))));
	}

	@Test
	void onlyObservedPixelsShowAsLongAsNothingIsEdited() {
		for (int seed = 0; seed < 50; seed++) {
			final Random random = new Random(seed);
			final List<Layer> layers = new ArrayList<>();
			for (int k = 0; k < 6; k++)
				layers.add(Layer.of("l" + k, "",
					RgbaImage.ofArgb(30, 20, random.ints(600).map(p -> p | 0xc0000000).toArray())));
			assertFalse(VisibleProvenance.of(Visibility.markHidden(new LayerStack(30, 20, layers))).any(),
				"seed " + seed);
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
