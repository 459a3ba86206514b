package org.layerj.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

	/** All layers of a file count, hidden ones too, and of each every pixel by its alpha. */
	@Test
	void aFileOfLayersDeclaresAllOfTheirPixels() {
		final RgbaImage half = RgbaImage.ofArgb(4, 1, new int[] { -1, -1, 0x33ffffff, 0 });
		final Layer generated = Layer.of("g", "", half)
			.withProvenance(new Provenance.Builder(4, 1).models(List.of("one"))
				.set(0, Kind.GENERATED, 255)
				.set(2, Kind.COMPUTED, 255)
				.set(3, Kind.GENERATED, 255)
				.build());
		final Layer unseen = Layer.of("u", "", half)
			.withProvenance(new Provenance.Builder(4, 1).models(List.of("two")).set(3, Kind.GENERATED, 255).build());
		// 2.2 pixels each: of the first one is generated, .2 are computed; of the second all is observed.
		final Declaration both =
			VisibleProvenance.inside(List.of(generated.withVisible(false), unseen), PictureOrigin.NONE);
		assertEquals(1 / 4.4, both.share(Kind.GENERATED), 1e-9);
		assertEquals(.2 / 4.4, both.share(Kind.COMPUTED), 1e-9);
		assertEquals(3.2 / 4.4, both.share(Kind.OBSERVED), 1e-9);
		assertEquals(java.util.Set.of("one"), both.models(), "what no alpha shows needs no model");
		assertFalse(both.exact());
		final Layer unknown = Layer.of("n", "", half)
			.withProvenance(new Provenance.Builder(4, 1).models(List.of("three")).set(2, Kind.UNKNOWN, 255).build());
		assertEquals(java.util.Set.of("three"),
			VisibleProvenance.inside(List.of(unknown), PictureOrigin.NONE).models());
	}

	/** After a step that shows the same picture, with samples or without, only the picture is seen as before. */
	@Test
	void stepsThatShowTheSameLeaveThePictureObserved() {
		final SampleFormat format =
			new SampleFormat(SampleFormat.Type.U16, List.of(new SampleFormat.Channel("", Lut.GREY, 0, 65535, true)));
		for (final boolean sampled : new boolean[] { false, true }) {
			final List<Layer> layers = new ArrayList<>();
			for (final int alpha : new int[] { 255, 128 }) {
				final Layer layer = Layer.of("l" + alpha, "", RgbaImage.ofArgb(10, 10,
					java.util.stream.IntStream.range(0, 100).map(i -> alpha << 24 | i * 0x010101).toArray()));
				final Samples samples = Samples.blank(format, 10, 10);
				for (int i = 0; i < 100; i++) samples.set(0, i, 300 * i + alpha);
				layers.add(sampled ? Display.redraw(layer.withSamples(samples)) : layer);
			}
			final LayerStack before = Visibility.markHidden(new LayerStack(10, 10, layers));
			assertFalse(VisibleProvenance.of(before).any());
			// The seals are lost on the way.
			final LayerStack step = new LayerStack(10, 10,
				before.layers()
					.stream()
					.map(l -> l.withProvenance(l.provenance().gather(10, 10, i -> i).seal(i -> OptionalInt.of(1))))
					.toList());
			assertEquals(100, VisibleProvenance.of(step).mask().count());
			assertFalse(VisibleProvenance.of(Visibility.resealed(before, step)).any(), "samples: " + sampled);
			assertEquals(100, VisibleProvenance.of(Visibility.resealed(step, step)).mask().count(),
				"what was not the picture before is not now");
			// Where something else is seen, it is not the picture.
			final Layer top = step.get(1);
			final LayerStack other = step.with(top.withPixels(new Bounds(0, 0, 10, 10),
				RgbaImage.ofArgb(10, 10,
					java.util.stream.IntStream.range(0, 100)
						.map(i -> i < 40 ? 0x80ff0000 : top.pixels().argb(i % 10, i / 10))
						.toArray()),
				top.provenance()));
			if (!sampled) assertEquals(40, VisibleProvenance.of(Visibility.resealed(before, other)).mask().count());
		}
	}
}
