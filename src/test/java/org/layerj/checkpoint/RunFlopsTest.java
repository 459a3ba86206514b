package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.checkpoint.MemoryForecast.Plan;
import org.layerj.checkpoint.MemoryForecast.Precision;
import org.layerj.checkpoint.MemoryForecast.Processor;
import org.layerj.checkpoint.MemoryForecast.Weights;

/** Operations and memory of the official model, against numbers worked out by hand. */
class RunFlopsTest {

	private static final int[] FULL = { 7, 15, 23, 31 };
	/** The official sizes. */
	static final ModelConfigs OFFICIAL = new ModelConfigs(
		new TransformerConfig(2, 64, 16, 60, 128, 24, 3584, new int[] { 16, 56, 56 }, true, true),
		new VaeConfig(96, 16, new int[] { 1, 2, 4, 4 }, 2, new boolean[] { false, true, true }, 4, new double[16],
			new double[16]),
		Optional.of(new TextConfig(3584, 18944, 28, 28, 4, 128, 152064, 128000, 1e-6, 1e6, new int[] { 16, 24, 24 },
			151655, 151645)),
		Optional.of(new VisionConfig(32, 1280, 3420, 16, 3, 3584, 14, 2, 2, 112, FULL, 10_000)));

	private static RunSize run(final int resolution, final int layers, final int prompt) {
		final RunSize r = RunSize.square(resolution, layers, 50, true, true);
		return new RunSize(r.width(), r.height(), layers, 50, true, prompt, true, false, r.pixels());
	}

	@ParameterizedTest
	@CsvSource({ "640,2,241", "640,3,320", "640,4,405", "640,6,599", "640,8,824", "640,10,1078", "1024,2,853",
		"1024,4,1574", "1024,8,3610" })
	void oneGuidedStep(final int resolution, final int layers, final double tera) {
		assertEquals(tera, RunFlops.step(OFFICIAL, run(resolution, layers, 150)) / 1e12, 0.01 * tera);
	}

	@ParameterizedTest
	@CsvSource({ "640,1.02,1.74", "1024,2.85,4.71" })
	void encodingAndDecodingAPicture(final int resolution, final double encode, final double decode) {
		final RunFlops cost = RunFlops.of(OFFICIAL, run(resolution, 4, 150));
		assertEquals(encode, cost.encode() / 1e12, 0.01 * encode);
		assertEquals(4 * decode, cost.decode() / 1e12, 0.04 * decode);
	}

	@Test
	void promptAndPicture() {
		final TextConfig t = OFFICIAL.text().orElseThrow();
		assertEquals(0.52, RunFlops.language(t, 40) / 1e12, 0.02);
		assertEquals(2.5, RunFlops.language(t, 190) / 1e12, 0.05);
		final VisionConfig v = OFFICIAL.vision().orElseThrow();
		assertEquals(2116, run(640, 4, 150).visionPatches(v));
		assertEquals(5476, run(1024, 4, 150).visionPatches(v));
		assertEquals(2.8, RunFlops.vision(v, 2116) / 1e12, 0.05);
		assertEquals(7.6, RunFlops.vision(v, 5476) / 1e12, 0.15);
	}

	@Test
	void secondsFollowFromTheRate() {
		final RunFlops cost = RunFlops.of(OFFICIAL, run(640, 4, 150));
		assertEquals(cost.total() / 790e12, cost.seconds(790e12));
		assertTrue(cost.denoise() > 0.99 * cost.total());
		assertEquals(25.6, cost.seconds(790e12), 0.5);
	}

	// -- Memory --

	private static final Plan GPU = new Plan(Processor.GPU, Precision.BF16, Weights.RESIDENT);
	private static final Plan CPU = new Plan(Processor.CPU, Precision.F32, Weights.RESIDENT);

	@Test
	void theTransformerWithoutItsModulationDecides() {
		final MemoryForecast forecast = new MemoryForecast(OFFICIAL);
		// 27.3 GB of weights, 0.2 GB modulation table, 1 to 1.5 GB (640) or 3 to 4 GB (1024) of activations, CUDA
		// itself
		assertEquals(29.7, forecast.gpu(run(640, 4, 150), GPU) / 1e9, 0.7);
		assertEquals(32.0, forecast.gpu(run(1024, 4, 150), GPU) / 1e9, 0.7);
		assertEquals(0, forecast.gpu(run(640, 4, 150), CPU));
		assertTrue(forecast.ram(run(640, 4, 150), CPU) > 54.3e9);
		assertTrue(forecast.ram(run(640, 4, 150), GPU) < 6e9);
	}

	/** What the weights take decides which card a run fits on; the sizes are those of the published files. */
	@Test
	void storedWeightsFitSmallerCards() {
		final RunSize captioned = RunSize.square(640, 4, 50, true, true);
		final Plan stored = new Plan(Processor.GPU, Precision.BF16, Weights.STORED);
		assertTrue(new MemoryForecast(OFFICIAL).gpu(captioned, GPU) <= 30e9,
			gb(new MemoryForecast(OFFICIAL).gpu(captioned, GPU)));
		final MemoryForecast eight = new MemoryForecast(OFFICIAL, new MemoryForecast.Stored(1, 1));
		assertTrue(eight.gpu(captioned, stored) <= 16.7e9, gb(eight.gpu(captioned, stored)));
		// Q4_0: 4.5 bits.
		final MemoryForecast four = new MemoryForecast(OFFICIAL, new MemoryForecast.Stored(4.5 / 8, 4.5 / 8));
		assertTrue(four.gpu(captioned, stored) <= 11e9, gb(four.gpu(captioned, stored)));
		final Plan none = new Plan(Processor.GPU, Precision.BF16, Weights.STREAMED);
		assertTrue(new MemoryForecast(OFFICIAL).gpu(captioned, none) <= 8e9,
			gb(new MemoryForecast(OFFICIAL).gpu(captioned, none)));
	}

	private static String gb(final long bytes) {
		return bytes / 1e9 + " GB";
	}

	@Test
	void moreWorkNeverTakesLessMemory() {
		final MemoryForecast forecast = new MemoryForecast(OFFICIAL);
		for (final Processor processor : Processor.values()) for (final Precision precision : Precision.values()) {
			final Plan resident = new Plan(processor, precision, Weights.RESIDENT);
			final Plan streamed = new Plan(processor, precision, Weights.STREAMED);
			for (final int resolution : List.of(640, 1024))
				for (int n = 1; n < 20; n++) for (final Plan plan : List.of(resident, streamed))
				{
					assertTrue(
						forecast.ram(run(resolution, n, 150), plan) <= forecast.ram(run(resolution, n + 1, 150), plan));
					assertTrue(
						forecast.gpu(run(resolution, n, 150), plan) <= forecast.gpu(run(resolution, n + 1, 150), plan));
					assertTrue(forecast.ram(run(640, n, 150), plan) <= forecast.ram(run(1024, n, 150), plan));
					assertTrue(forecast.ram(run(resolution, n, 150), streamed) <= forecast.ram(run(resolution, n, 150),
						resident));
				}
		}
	}

	@Test
	void aHugePictureCountsAtItsOwnSize() {
		final MemoryForecast forecast = new MemoryForecast(OFFICIAL);
		final RunSize small = RunSize.square(640, 4, 50, true, false);
		final RunSize huge = new RunSize(640, 640, 4, 50, true, 189, false, false, 400_000_000);
		assertEquals(8L * 6 * 400_000_000, forecast.heap(huge));
		assertEquals(8L * 6 * 640 * 640, forecast.heap(small));
		assertEquals(forecast.heap(huge) - forecast.heap(small), forecast.ram(huge, CPU) - forecast.ram(small, CPU));
	}

	/** A LoRA of rank 16 on the largest matrices of all blocks. */
	@Test
	void lorasTakeTheirFactorsAndOneWeightMore() {
		final Adapters.Cost lora = new Adapters.Cost(120_000_000, 1e12, 3072.0 * 12288);
		final MemoryForecast plain = new MemoryForecast(OFFICIAL);
		final MemoryForecast changed =
			new MemoryForecast(OFFICIAL, plain.stored(), lora, new Adapters.Cost(10_000_000, 1e11, 3584.0 * 18944));
		final RunSize run = run(640, 4, 150);
		assertEquals(120_000_000 + 4L * 3072 * 12288, changed.denoisingPeak(run, CPU) - plain.denoisingPeak(run, CPU),
			1);
		assertEquals(2L * 3072 * 12288, changed.denoisingPeak(run, GPU) - plain.denoisingPeak(run, GPU), 1);
		assertEquals(10_000_000 + 4L * 3584 * 18944, changed.describingPeak(run, CPU) - plain.describingPeak(run, CPU),
			1);
	}

	@Test
	void theStepCacheKeepsTokensFromPassToPass() {
		final MemoryForecast forecast = new MemoryForecast(OFFICIAL);
		final RunSize r = run(640, 4, 150);
		final RunSize cached = new RunSize(r.width(), r.height(), 4, 50, true, 150, true, true, r.pixels());
		// 1600 tokens a frame; of 5 generated frames twice, for two prompts, and 6 frames after the first block.
		assertEquals(1.2 * 2 * 3072 * 1600 * (2 * 2 * 5 + 6),
			forecast.denoisingPeak(cached, GPU) - forecast.denoisingPeak(r, GPU), 2);
	}
}
