package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.layerj.layers.Compositor;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class LayerGroupingTest {

	private static final int SIDE = 40;
	private static final int KINDS = SegmentClass.values().length;
	private static final int WHITE = 0xffffffff;
	private static final int BLUE = 0xff2050c0;
	private static final int BLACK = 0xff000000;
	private static final int RED = 0xffd03020;

	/** A blue panel on a white background, a black mark on the panel and a red word on the background. */
	private static RgbaImage picture() {
		final int[] argb = new int[SIDE * SIDE];
		Arrays.fill(argb, WHITE);
		fill(argb, 5, 5, 25, 25, BLUE);
		fill(argb, 10, 10, 16, 16, BLACK);
		fill(argb, 30, 30, 38, 34, RED);
		return RgbaImage.ofArgb(SIDE, SIDE, argb);
	}

	private static void fill(final int[] argb, final int left, final int top, final int right, final int bottom,
		final int colour)
	{
		for (int y = top; y < bottom; y++) Arrays.fill(argb, y * SIDE + left, y * SIDE + right, colour);
	}

	/** What a network would say that is sure of everything. */
	private static SegmentNetwork.Answer answer(final RgbaImage picture, final SegmentGraph graph) {
		final float[] visible = new float[graph.size() * KINDS];
		final float[] alpha = new float[graph.size() * KINDS];
		for (int i = 0; i < SIDE * SIDE; i++) {
			final int s = graph.segments().labels()[i];
			final int colour = picture.argb(i % SIDE, i / SIDE);
			final SegmentClass kind = colour == BLUE ? SegmentClass.PANEL_1
				: colour == BLACK ? SegmentClass.MARK : colour == RED ? SegmentClass.TEXT : SegmentClass.BACKGROUND;
			visible[s * KINDS + kind.ordinal()] = 1;
			alpha[s * KINDS + kind.ordinal()] = 1;
			alpha[s * KINDS] = 1;
			// Said of the word too, which lies on no panel.
			if (kind == SegmentClass.TEXT) alpha[s * KINDS + SegmentClass.PANEL_1.ordinal()] = 1;
			// The panel goes on beneath the mark.
			if (kind == SegmentClass.MARK) alpha[s * KINDS + SegmentClass.PANEL_1.ordinal()] = 1;
		}
		final float[] together = new float[graph.from().length];
		for (int e = 0; e < together.length; e++)
			for (int c = 0; c < KINDS; c++)
				together[e] += visible[graph.from()[e] * KINDS + c] * visible[graph.to()[e] * KINDS + c];
		return new SegmentNetwork.Answer(visible, alpha, new float[together.length], new float[together.length],
			together);
	}

	private static LayerStack layers(final OptionalInt count) {
		final RgbaImage picture = picture();
		final SegmentGraph graph = SegmentGraph.of(picture);
		return LayerGrouping.of(picture, graph, answer(picture, graph), count, 0).layers();
	}

	@Test
	void layersAreWhatIsThereNamedAndShowThePicture() {
		final LayerStack found = layers(OptionalInt.empty());
		assertEquals(List.of("Background", "Panels", "Arrows and marks", "Text"),
			found.layers().stream().map(Layer::name).toList());
		assertEquals(picture(), Compositor.flatten(found));
	}

	@Test
	void layersGoOnBeneathOthersInTheirOwnColour() {
		final LayerStack found = layers(OptionalInt.empty());
		assertEquals(WHITE, found.get(0).pixels().argb(12, 12));
		assertEquals(BLUE, found.get(1).pixels().argb(12, 12));
		assertEquals(0, found.get(2).pixels().argb(20, 20) >>> 24);
	}

	@Test
	void whatIsHiddenAndReachesNothingThatShowsIsNotThere() {
		assertEquals(0, layers(OptionalInt.empty()).get(1).pixels().argb(33, 32) >>> 24);
	}

	@Test
	void theClosestKinAreJoinedFirstAndTheBackgroundLast() {
		assertEquals(List.of("Background", "Panels", "Arrows and marks, Text"),
			layers(OptionalInt.of(3)).layers().stream().map(Layer::name).toList());
		assertEquals(List.of("Background", "Panels, Arrows and marks, Text"),
			layers(OptionalInt.of(2)).layers().stream().map(Layer::name).toList());
		assertEquals(1, layers(OptionalInt.of(1)).size());
		for (int n = 1; n <= 6; n++) assertEquals(picture(), Compositor.flatten(layers(OptionalInt.of(n))));
	}

	@Test
	void regionsHoldTheirSegments() {
		final SegmentGraph graph = SegmentGraph.of(picture());
		for (int i = 0; i < graph.size(); i++) {
			final int whole = graph.parents()[i];
			if (whole < 0) continue;
			assertTrue(whole > i);
			assertTrue(graph.area()[whole] >= graph.area()[i]);
		}
	}
}
