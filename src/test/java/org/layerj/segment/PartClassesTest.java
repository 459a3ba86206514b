package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.layerj.layers.RgbaImage;

/** Four red squares in a row on white. */
class PartClassesTest {

	private static final int W = 80;
	private static final int H = 24;
	private static final int KINDS = SegmentClass.values().length;

	private final SegmentGraph graph = SegmentGraph.of(picture());
	private final int[] labels = graph.segments().labels();
	private final int count = graph.segmentCount();
	private final float[] visible = new float[graph.size() * KINDS];
	private final float[] together = new float[graph.from().length];

	private static RgbaImage picture() {
		final int[] argb = new int[W * H];
		for (int i = 0; i < argb.length; i++) argb[i] = square(i) < 0 ? 0xffffffff : 0xffd02020;
		return RgbaImage.ofArgb(W, H, argb);
	}

	/** Number of the square that a pixel is in, or -1. */
	private static int square(final int i) {
		return i % W % 20 >= 6 && i % W % 20 < 14 && i / W >= 8 && i / W < 16 ? i % W / 20 : -1;
	}

	private int segment(final int square) {
		return labels[IntStream.range(0, W * H).filter(i -> square(i) == square).findFirst().orElseThrow()];
	}

	private void looks(final int segment, final SegmentClass kind, final float probability) {
		visible[segment * KINDS + kind.ordinal()] = probability;
	}

	/** Three squares are data for sure, the fourth looks more like a mark, a little. */
	private SegmentClass[] found(final double ofOneClass) {
		Arrays.fill(visible, 0);
		for (int s = 0; s < count; s++) looks(s, SegmentClass.BACKGROUND, 1);
		for (int k = 0; k < 4; k++) {
			looks(segment(k), SegmentClass.BACKGROUND, 0);
			looks(segment(k), SegmentClass.DATA, k < 3 ? .97f : .45f);
			looks(segment(k), SegmentClass.MARK, k < 3 ? .03f : .55f);
		}
		final int[] number = new int[graph.size()];
		Arrays.fill(number, -1);
		for (int k = 0; k < 4; k++) number[segment(k)] = k;
		for (int e = 0; e < together.length; e++)
			together[e] = (float) (number[graph.from()[e]] >= 0 && number[graph.to()[e]] >= 0 ? ofOneClass : .02);
		final SegmentNetwork.Answer answer = new SegmentNetwork.Answer(visible, visible, new float[together.length],
			new float[together.length], together);
		return new PartClasses(graph, answer, IntStream.range(0, count).toArray())
			.among(List.of(SegmentClass.values()));
	}

	private List<SegmentClass> squares(final SegmentClass[] found) {
		return IntStream.range(0, 4).mapToObj(k -> found[segment(k)]).toList();
	}

	@Test
	void whatBelongsTogetherGoesTogether() {
		assertEquals(List.of(SegmentClass.DATA, SegmentClass.DATA, SegmentClass.DATA, SegmentClass.DATA),
			squares(found(.97)));
	}

	@Test
	void whatDoesNotStaysWhatItLooksLike() {
		assertEquals(List.of(SegmentClass.DATA, SegmentClass.DATA, SegmentClass.DATA, SegmentClass.MARK),
			squares(found(.1)));
	}

	@Test
	void onlyClassesThatAreKeptAreGiven() {
		assertEquals(List.of(SegmentClass.MARK, SegmentClass.MARK, SegmentClass.MARK, SegmentClass.MARK),
			squares(only(SegmentClass.BACKGROUND, SegmentClass.MARK)));
	}

	private SegmentClass[] only(final SegmentClass... kept) {
		found(.97);
		final SegmentNetwork.Answer answer = new SegmentNetwork.Answer(visible, visible, new float[together.length],
			new float[together.length], together);
		return new PartClasses(graph, answer, IntStream.range(0, count).toArray()).among(List.of(kept));
	}
}
