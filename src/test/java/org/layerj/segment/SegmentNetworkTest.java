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
}
