package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.layerj.layers.edit.Pictures.layer;
import static org.layerj.layers.edit.Pictures.measured;
import static org.layerj.layers.edit.Pictures.noise;
import static org.layerj.layers.edit.Pictures.stack;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.layers.Bounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.provenance.Kind;

/** Deleting, duplicating, reordering, merging, splitting. */
class StackEditsTest {

	private final Layer base = layer("base", new Bounds(0, 0, 20, 15), (x, y) -> 0xff000000 | x * 9 << 16 | y * 13);
	private final Layer low = noise("low", new Bounds(-2, 3, 9, 8), 1).withOpacity(0.6);
	private final Layer mid = noise("mid", new Bounds(4, 2, 9, 9), 2);
	private final Layer high = noise("high", new Bounds(5, 5, 12, 14), 3).withOpacity(0.35);
	private final LayerStack stack = stack(20, 15, base, low, mid, high);

	private static List<String> ids(final LayerStack stack) {
		return stack.layers().stream().map(Layer::id).toList();
	}

	@Test
	void duplicatesLieAboveUnderNewIds() {
		final LayerStack twice = Stacking.duplicate(Stacking.duplicate(stack, "low", ""), "low", "Again");
		assertEquals(List.of("base", "low", "low-3", "low-2", "mid", "high"), ids(twice));
		assertEquals(List.of("Again", "LOW copy"), List.of(twice.get(2).name(), twice.get(3).name()));
		assertSame(low.pixels(), twice.get(2).pixels());
		assertSame(mid, twice.get(4));
	}

	@Test
	void aNewIdIsNotThatOfAParentThatIsGone() {
		final LayerStack orphaned = stack.with(mid.withParent("low-2"));
		assertEquals("low-3", Stacking.freshId(orphaned, "low"));
	}

	@Test
	void oneLayerStays() {
		assertEquals(List.of("low", "mid", "high"), ids(Stacking.delete(stack, "base")));
		assertThrows(EditException.class, () -> Stacking.delete(stack(20, 15, base), "base"));
	}

	@Test
	void placesCountFromTheBottom() {
		assertEquals(List.of("high", "base", "low", "mid"), ids(Stacking.order(stack, "high", 1)));
		assertEquals(List.of("low", "mid", "high", "base"), ids(Stacking.order(stack, "base", 99)));
	}

	@Test
	void mergedLayersLookTheSame() {
		for (final Set<String> ids : List.of(Set.of("low", "mid"), Set.of("mid", "high"), Set.of("low", "mid", "high"),
			Set.of("base", "low")))
		{
			final LayerStack merged = Merge.of(stack, ids);
			assertEquals(5 - ids.size(), merged.size());
			assertTrue(Pictures.difference(Compositor.flatten(stack), Compositor.flatten(merged)) <= 1,
				"within rounding: " + ids);
		}
		final LayerStack merged = Merge.of(stack, Set.of("low", "mid"));
		assertEquals(List.of("base", "low", "high"), ids(merged));
		assertSame(base, merged.get(0));
		assertSame(high, merged.get(2));
		assertEquals(new Bounds(-2, 2, 15, 9), merged.get(1).bounds());
		assertEquals(1, merged.get(1).opacity());
	}

	@Test
	void mergedLayersOverATransparentCanvasLookTheSameToo() {
		final LayerStack few = stack.without("base");
		assertTrue(Pictures.difference(Compositor.flatten(few, 0xff3080c0),
			Compositor.flatten(Merge.of(few, Set.of("low", "mid", "high")), 0xff3080c0)) <= 1);
	}

	@Test
	void gapsCloseWhereNothingIsInTheWay() {
		final Layer left = noise("left", new Bounds(0, 0, 5, 5), 4);
		final Layer right = noise("right", new Bounds(10, 0, 5, 5), 5);
		final Layer farUp = noise("top", new Bounds(1, 1, 5, 5), 6);
		// "right" is between, but touches neither.
		final LayerStack open = stack(20, 15, base, left, right, farUp);
		final LayerStack merged = Merge.of(open, Set.of("left", "top"));
		assertEquals(List.of("base", "right", "left"), ids(merged));
		assertTrue(Pictures.difference(Compositor.flatten(open), Compositor.flatten(merged)) <= 1);
		// A layer that lies on the upper one only lets the lower rise; one on the lower only lets the upper sink.
		final Layer onLeft = noise("between", new Bounds(0, 0, 4, 4), 7);
		final LayerStack sinks = stack(20, 15, base, left, onLeft, right);
		assertEquals(List.of("base", "left", "between"), ids(Merge.of(sinks, Set.of("left", "right"))));
		assertTrue(Pictures.difference(Compositor.flatten(sinks),
			Compositor.flatten(Merge.of(sinks, Set.of("left", "right")))) <= 1);
		assertThrows(EditException.class, () -> Merge.of(stack, Set.of("low", "high")), "mid touches both");
	}

	@Test
	void whatCannotBeMergedIsRejected() {
		assertThrows(EditException.class, () -> Merge.of(stack, Set.of("low")));
		final String message =
			assertThrows(EditException.class, () -> Merge.of(stack.with(mid.withVisible(false)), Set.of("low", "mid")))
				.getMessage();
		assertEquals("Layer MID is hidden and would be lost in the merge; show it first, or leave it out.", message);
		final LayerStack hidden = stack.with(low.withVisible(false)).with(mid.withVisible(false));
		assertFalse(Merge.of(hidden, Set.of("low", "mid")).get(1).visible());
	}

	@Test
	void mergingKeepsSamplesAndMasks() {
		final Layer a = measured(layer("a", new Bounds(0, 0, 4, 1), (x, y) -> 0xff808080))
			.withProvenance(Mask.of(4, 1, i -> i < 2).as(Kind.GENERATED));
		final Layer b = measured(layer("b", new Bounds(1, 0, 2, 1), (x, y) -> x == 0 ? 0xff101010 : 0x80101010));
		final Layer one = Merge.of(stack(4, 1, a, b), Set.of("a", "b")).get(0);
		assertEquals(List.of(1000.0, 1000.0, 1001.0, 1003.0),
			java.util.stream.IntStream.range(0, 4).mapToObj(i -> one.samples().get().get(0, i)).toList(),
			"a's, b's, a mixture, a's");
		assertTrue(one.synthetic().get(0));
		assertFalse(one.synthetic().get(1), "hidden under an observed opaque pixel");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 100 })
	void connectedPartsShowTheSame(final int parts) {
		final Layer spots = layer("spots", new Bounds(1, 1, 18, 12),
			(x, y) -> x < 5 && y < 5 ? 0xc0ff0000
				: x > 8 && x < 12 && y > 2 ? 0xff00ff00 : x == 15 && y == y / 3 * 3 ? 0x300000ff : 0x00123456)
			.withOpacity(0.7)
			.withProvenance(Mask.of(18, 12, i -> i % 3 == 0).as(Kind.GENERATED));
		final LayerStack before = stack(20, 15, base, measured(spots).withParent("whole"), high);
		final LayerStack after = Split.byParts(before, "spots", parts);
		// One block of 25, one of 27, four single pixels in a column with gaps.
		assertEquals(2 + Math.min(parts + 1, 6), after.size());
		assertEquals(Compositor.flatten(before), Compositor.flatten(after), "bit for bit");
		assertSame(base, after.get(0));
		assertSame(high, after.get(after.size() - 1));
		final Layer largest = after.layers().stream().filter(l -> l.name().equals("SPOTS 1")).findFirst().orElseThrow();
		assertEquals(new Bounds(10, 4, 3, 9), largest.bounds());
		assertEquals(0.7, largest.opacity());
		assertEquals(List.of("whole"), largest.parent().stream().toList());
		assertEquals(1000 + 3 * 18 + 9, largest.samples().get().get(0, 0), "samples go along");
		assertEquals(spots.synthetic().get(3 * 18 + 9), largest.synthetic().get(0));
		assertTrue(after.find("spots").isPresent());
	}

	@Test
	void aSelectionSplitsAndClears() {
		final Mask selection = Mask.of(20, 15, i -> i % 20 < 8);
		final LayerStack after = Split.bySelection(stack, "mid", selection, "Left");
		assertEquals(List.of("base", "low", "mid", "mid-2", "high"), ids(after));
		assertEquals("Left", after.get(3).name());
		assertEquals(Compositor.flatten(stack), Compositor.flatten(after), "bit for bit");
		assertTrue(after.get(3).bounds().right() <= 8 && after.get(2).bounds().x() >= 8);
		final Layer cleared = Split.clear(stack, mid, selection);
		assertEquals(mid.bounds(), cleared.bounds());
		assertEquals(Compositor.flatten(stack.with(after.get(2))), Compositor.flatten(stack.with(cleared)));
		final Mask nothing = Mask.none(20, 15);
		assertThrows(EditException.class, () -> Split.bySelection(stack, "mid", nothing, ""));
		assertThrows(EditException.class, () -> Split.bySelection(stack, "mid", Mask.all(20, 15), ""));
		assertThrows(EditException.class, () -> Split.clear(stack, mid, nothing));
	}

	@Test
	void whatHasOnePartIsNotSplit() {
		assertEquals("Layer BASE is one connected part, so there is nothing to split.",
			assertThrows(EditException.class, () -> Split.byParts(stack, "base", 3)).getMessage());
		assertThrows(EditException.class, () -> Split.byParts(stack, "mid", 0));
		assertThrows(EditException.class,
			() -> Split.byParts(stack(3, 3, layer("e", new Bounds(0, 0, 3, 3), (x, y) -> 0xffffff)), "e", 2));
	}
}
