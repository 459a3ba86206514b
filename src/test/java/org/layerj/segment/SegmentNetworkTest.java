package org.layerj.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.Parity;
import org.layerj.layers.RgbaImage;

class SegmentNetworkTest {

	private static final String FIXTURE = "20-segments";
	private static final Runnable GO_ON = () -> {};

	private final Fixtures fixture = Fixtures.open(FIXTURE);

	private RgbaImage picture() {
		final byte[] pixels = fixture.bytes("picture");
		final int height = (int) fixture.shape("picture")[0];
		final int width = (int) fixture.shape("picture")[1];
		final byte[][] planes = new byte[4][width * height];
		for (int i = 0; i < pixels.length; i++) planes[i % 4][i / 4] = pixels[i];
		return RgbaImage.ofPlanes(width, height, planes[0], planes[1], planes[2], planes[3]);
	}

	@Test
	void theGraphIsTheOneThatTheNetworkIsTrainedOn() {
		final SegmentGraph graph = SegmentGraph.of(picture());
		assertArrayEquals(Arrays.stream(fixture.longs("labels")).mapToInt(v -> (int) v).toArray(),
			graph.segments().labels());
		Parity.check(FIXTURE, "nodes", graph.nodes(), fixture.floats("graph.nodes"));
		Parity.check(FIXTURE, "edges", graph.edges(), fixture.floats("graph.edges"));
		assertArrayEquals(fixture.bytes("graph.patches"), graph.patches());
		assertArrayEquals(fixture.longs("graph.ends"),
			IntStream.concat(IntStream.of(graph.from()), IntStream.of(graph.to())).asLongStream().toArray());
	}

	@Test
	void theNetworkComputesWhatPyTorchDoes() {
		try (SegmentNetwork network = new SegmentNetwork(fixture.files())) {
			final SegmentNetwork.Answer answer = network.run(SegmentGraph.of(picture()), GO_ON);
			Parity.check(FIXTURE, "visible", answer.visible(), fixture.floats("visible"));
			Parity.check(FIXTURE, "alpha", answer.alpha(), fixture.floats("alpha"));
			final float[] pairs = fixture.floats("pair");
			final float[][] reported = { answer.same(), answer.beneath(), answer.together() };
			final String[] names = { "same element", "beneath", "same class" };
			for (int k = 0; k < reported.length; k++) {
				final float[] expected = new float[pairs.length / reported.length];
				for (int i = 0; i < expected.length; i++) expected[i] = pairs[reported.length * i + k];
				Parity.check(FIXTURE, names[k], reported[k], expected);
			}
		}
	}

	/** Tiny, thin, empty and noisy pictures have graphs too, of bounded size and finite numbers. */
	@ParameterizedTest
	@CsvSource({ "1, 1", "1, 300", "300, 1", "2, 2", "7, 5", "200, 180" })
	void everyPictureHasAGraph(final int width, final int height) {
		final RgbaImage noise = RgbaImage.blank(width, height);
		final Random random = new Random(5);
		for (int c = 0; c < 4; c++) random.nextBytes(noise.plane(c));
		for (final RgbaImage picture : new RgbaImage[] { noise, RgbaImage.blank(width, height) }) {
			final SegmentGraph graph = SegmentGraph.of(picture);
			assertTrue(graph.segmentCount() <= Segments.MAX_SEGMENTS);
			assertEquals(graph.size(), Arrays.stream(graph.levels()).sum());
			assertEquals(graph.segmentCount() - 1, Arrays.stream(graph.segments().labels()).max().orElseThrow());
			for (final float v : graph.nodes()) assertTrue(Float.isFinite(v));
			for (final float v : graph.edges()) assertTrue(Float.isFinite(v));
			try (SegmentNetwork network = new SegmentNetwork(fixture.files())) {
				for (final float v : network.run(graph, GO_ON).visible()) assertTrue(v >= 0 && v <= 1);
			}
		}
	}

	/** Segments of the two pictures are the same ones, since all are areas of one colour with straight sides. */
	@ParameterizedTest
	@CsvSource({ "true, false", "false, true", "true, true" })
	void theMirroredGraphIsThatOfTheMirroredPicture(final boolean sideways, final boolean upsideDown) {
		final int w = 90;
		final int h = 64;
		final RgbaImage picture = RgbaImage.blank(w, h);
		final RgbaImage mirrored = RgbaImage.blank(w, h);
		for (int i = 0; i < w * h; i++) {
			final int x = i % w;
			final int y = i / w;
			final int colour = x >= 8 && x < 40 && y < 20 ? 0xc03020
				: x >= 50 && x < 56 && y >= 10 && y < 60 ? 0x2040c0 : x >= 60 && y >= 44 ? 0x30a050 : 0xf0f0e8;
			final int j = (upsideDown ? h - 1 - y : y) * w + (sideways ? w - 1 - x : x);
			picture.plane(3)[i] = mirrored.plane(3)[j] = -1;
			for (int c = 0; c < 3; c++) picture.plane(c)[i] = mirrored.plane(c)[j] = (byte) (colour >> 16 - 8 * c);
		}
		final SegmentGraph graph = SegmentGraph.of(picture);
		final SegmentGraph found = MirroredGraph.of(graph, sideways, upsideDown);
		final SegmentGraph expected = SegmentGraph.of(mirrored);
		final int n = graph.segmentCount();
		assertEquals(n, expected.segmentCount());
		final int[] other = new int[n];
		for (int i = 0; i < w * h; i++)
			other[graph.segments().labels()[i]] = expected.segments().labels()[(upsideDown ? h - 1 - i / w : i / w) * w
				+ (sideways ? w - 1 - i % w : i % w)];
		int patch = 0;
		for (int s = 0; s < n; s++) {
			for (int k = 0; k < SegmentGraph.NODE; k++)
				assertEquals(expected.nodes()[other[s] * SegmentGraph.NODE + k],
					found.nodes()[s * SegmentGraph.NODE + k], 1e-4, "number " + k + " of segment " + s);
			for (int k = 0; k < Patches.BYTES; k++)
				if (Math
					.abs(expected.patches()[other[s] * Patches.BYTES + k] - found.patches()[s * Patches.BYTES + k]) > 2)
					patch++;
		}
		// Where a sample falls between two pixels, the right one of them is taken, mirrored or not.
		assertTrue(patch < n * Patches.BYTES / 20, patch + " of " + n * Patches.BYTES);
		int edges = 0;
		for (int e = 0; e < graph.from().length; e++) {
			if (graph.from()[e] >= n || graph.to()[e] >= n) continue;
			for (int f = 0; f < expected.from().length; f++) {
				if (expected.from()[f] != other[graph.from()[e]] || expected.to()[f] != other[graph.to()[e]]
					|| expected.edges()[f * SegmentGraph.EDGE] != found.edges()[e * SegmentGraph.EDGE]) continue;
				for (int k = 0; k < SegmentGraph.EDGE; k++)
					assertEquals(expected.edges()[f * SegmentGraph.EDGE + k], found.edges()[e * SegmentGraph.EDGE + k],
						1e-4, "number " + k + " of edge " + e);
				edges++;
			}
		}
		assertTrue(edges >= 2 * (n - 1), edges + " edges");
	}

	@Test
	void theAverageDoesNotDependOnTheSide() {
		final SegmentGraph graph = SegmentGraph.of(picture());
		try (SegmentNetwork network = new SegmentNetwork(fixture.files())) {
			final float[] found = network.average(graph, GO_ON).visible();
			assertArrayEquals(found, network.average(MirroredGraph.of(graph, true, false), GO_ON).visible(), 1e-5f);
			assertArrayEquals(found, network.average(MirroredGraph.of(graph, true, true), GO_ON).visible(), 1e-5f);
		}
	}
}
