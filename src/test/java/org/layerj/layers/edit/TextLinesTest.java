package org.layerj.layers.edit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Compositor;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.edit.TextLook.Line;

/** Letters that are blocks, for what no typeface shows exactly. */
class TextLinesTest {

	/** Rectangles in a layer whose corner lies at (100, 200); coordinates are the layer's. */
	private static List<Line> lines(final Bounds... blocks) {
		return look(Pictures.layer("t", new Bounds(100, 200, 60, 50), (x, y) -> {
			for (final Bounds b : blocks) if (b.contains(x, y)) return 0xff102030;
			return 0;
		})).orElseThrow().lines();
	}

	private static Bounds block(final int left, final int top, final int right, final int bottom) {
		return new Bounds(left, top, right - left, bottom - top);
	}

	/** Of a layer that is all there is. */
	private static Optional<TextLook> look(final Layer layer) {
		final Bounds b = layer.bounds();
		return TextLook.of(layer, Compositor.flatten(new LayerStack(b.right(), b.bottom(), List.of(layer))));
	}

	@Test
	void lettersStandOnTheBaselineAndOthersDoNotCount() {
		assertEquals(List.of(new Line(102, 215, 10)),
			lines(block(5, 5, 10, 15), block(12, 8, 17, 15), block(20, 8, 25, 15), block(27, 8, 32, 19),
				block(34, 13, 36, 18), block(38, 10, 42, 11), block(2, 9, 4, 10)),
			"capital, two small letters, a descender, comma, hyphens");
	}

	@Test
	void theLowestOfALineIsNotItsBaselineIfItHangs() {
		// As many descenders as letters: the smaller number is the baseline.
		assertEquals(List.of(new Line(105, 215, 10)), lines(block(5, 5, 10, 15), block(12, 8, 17, 19)));
	}

	@Test
	void whatLeansBeginsWhereItsFootIs() {
		final Layer slash = Pictures.layer("s", new Bounds(100, 200, 20, 20),
			(x, y) -> y >= 4 && y < 16 && (x == 17 - y || x == 18 - y) ? 0xff102030 : 0);
		assertEquals(List.of(new Line(102, 216, 12)), look(slash).orElseThrow().lines());
	}

	@Test
	void faintEdgesDoNotMakeLettersLarger() {
		final Layer soft = Pictures.layer("s", new Bounds(100, 200, 20, 20),
			(x, y) -> x >= 5 && x < 9 && y >= 4 && y < 16 ? (y == 4 || y == 15 ? 95 : y == 5 ? 96 : 255) << 24 : 0);
		assertEquals(List.of(new Line(105, 215, 10)), look(soft).orElseThrow().lines());
	}

	/** A dot 2 high on a stem 8 high. */
	@Test
	void aDotBelongsToTheLetterRightBelow() {
		assertEquals(List.of(new Line(105, 224, 8)), lines(block(5, 11, 7, 13), block(5, 16, 7, 24)), "3 apart");
		assertEquals(List.of(new Line(105, 213, 2), new Line(105, 225, 8)),
			lines(block(5, 11, 7, 13), block(5, 17, 7, 25)), "4 apart");
		assertEquals(List.of(new Line(105, 214, 3), new Line(105, 225, 9)),
			lines(block(5, 11, 8, 14), block(5, 16, 8, 25)), "a third as high is too large for a dot");
	}

	/** An exclamation mark: a dot 2 high below a stem 12 high. */
	@Test
	void aDotBelongsToTheLetterRightAbove() {
		assertEquals(List.of(new Line(105, 217, 12)), lines(block(5, 5, 7, 17), block(5, 19, 7, 21)), "2 apart");
		assertEquals(List.of(new Line(105, 217, 12), new Line(105, 222, 2)),
			lines(block(5, 5, 7, 17), block(5, 20, 7, 22)), "3 apart");
		assertEquals(List.of(new Line(105, 217, 12), new Line(105, 223, 4)),
			lines(block(5, 5, 7, 17), block(5, 19, 9, 23)), "a third as high is too large for a dot");
	}
}
