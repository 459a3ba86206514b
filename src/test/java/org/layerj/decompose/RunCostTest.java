package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.layerj.Fixtures;
import org.layerj.checkpoint.Adapters;
import org.layerj.checkpoint.Machine;
import org.layerj.checkpoint.MemoryForecast;
import org.layerj.checkpoint.MemoryForecast.Weights;
import org.layerj.checkpoint.ModelCheck;
import org.layerj.checkpoint.ModelConfigs;
import org.layerj.checkpoint.RunSize;
import org.layerj.checkpoint.TransformerConfig;
import org.layerj.common.Progress;
import org.layerj.model.Keep;
import org.layerj.torch.DType;
import org.layerj.torch.Device;

/** Which weights stay on a card of which size, for a transformer as large as the official one. */
class RunCostTest {

	private static final ModelConfigs TINY =
		ModelCheck.of(Fixtures.open("14-pipeline").files("model")).configs().orElseThrow();
	private static final ModelConfigs LARGE =
		new ModelConfigs(new TransformerConfig(2, 64, 16, 60, 128, 24, 3584, new int[] { 16, 56, 56 }, true, true),
			TINY.vae(), TINY.text(), TINY.vision());
	private static final RunSize RUN = RunSize.square(640, 4, 50, true, false);
	private static final Machine MACHINE = new Machine(64_000_000_000L, 60_000_000_000L, 8, OptionalLong.empty());

	private static RunCost.Choice choose(final double bytesPerParameter, final double gigabytes) {
		return new RunCost(new MemoryForecast(LARGE, new MemoryForecast.Stored(bytesPerParameter, 2)), Device.cuda(0),
			DType.BF16, () -> MACHINE, () -> (long) (gigabytes * 1e9), false).choose(RUN, 0);
	}

	private static void kept(final int blocks, final Weights form, final RunCost.Choice choice) {
		assertEquals(form, choice.plan().weights());
		assertEquals(blocks, Math.round(60 * choice.plan().kept()));
	}

	@Test
	void largeCardsHoldEverythingReady() {
		kept(60, Weights.RESIDENT, choose(2, 40));
		kept(60, Weights.RESIDENT, choose(1, 40));
		assertEquals(Keep.all(), RunCost.Choice.keep(choose(2, 40).plan(), 60));
	}

	@Test
	void smallerCardsHoldTheStoredFormWhereItIsSmaller() {
		kept(60, Weights.STORED, choose(1, 24));
		kept(60, Weights.STORED, choose(0.5625, 16));
		assertEquals(new Keep(Keep.Form.STORED, 60), RunCost.Choice.keep(choose(1, 24).plan(), 60));
	}

	@Test
	void whatDoesNotFitIsFetchedBlockByBlock() {
		final RunCost.Choice half = choose(2, 24);
		assertEquals(Weights.RESIDENT, half.plan().weights());
		final long staying = Math.round(60 * half.plan().kept());
		assertTrue(staying > 25 && staying < 50, staying + " blocks");
		assertEquals(new Keep(Keep.Form.EXPANDED, (int) staying), RunCost.Choice.keep(half.plan(), 60));
		final RunCost.Choice tight = choose(0.5625, 10);
		assertEquals(Weights.STORED, tight.plan().weights());
		assertTrue(tight.plan().kept() > 0.5 && tight.plan().kept() < 1, tight.toString());
		kept(0, Weights.STREAMED, choose(2, 4));
		assertEquals(Keep.none(), RunCost.Choice.keep(choose(2, 4).plan(), 60));
	}

	/** The plan chosen is forecast to fit into the memory it was chosen for. */
	@Test
	void theForecastOfTheChosenPlanFits() {
		for (final double bytes : new double[] { 2, 1, 0.5625 })
			for (int gigabytes = 6; gigabytes < 50; gigabytes += 2)
			{
				final MemoryForecast memory = new MemoryForecast(LARGE, new MemoryForecast.Stored(bytes, 2));
				final long peak = memory.denoisingPeak(RUN, choose(bytes, gigabytes).plan());
				assertTrue(peak <= 0.9 * gigabytes * 1e9 + 1, bytes + " bytes, " + gigabytes + " GB: " + peak);
			}
	}

	@Test
	void theForecastSaysHow() {
		final RunCost cost = new RunCost(new MemoryForecast(LARGE, new MemoryForecast.Stored(0.5625, 2)),
			Device.cuda(0), DType.BF16, () -> MACHINE, () -> 10_000_000_000L, false);
		final Forecast forecast = cost.forecast(RUN, 0);
		assertTrue(forecast.toString().contains("weights in their stored form (4.5 bits)"), forecast.toString());
		assertTrue(forecast.toString().contains("of 60 blocks stay"), forecast.toString());
		assertTrue(forecast.rejection().isEmpty());
	}

	/** On a CPU, what does not stay is read from the mapped file. */
	@Test
	void aCpuKeepsTheStoredFormInTheMappedFile() {
		final MemoryForecast memory = new MemoryForecast(LARGE, new MemoryForecast.Stored(1, 2));
		final RunCost cost = new RunCost(memory, Device.CPU, DType.BF16,
			() -> new Machine(32_000_000_000L, 30_000_000_000L, 8, OptionalLong.empty()), () -> 0, false);
		assertEquals(Weights.STORED, cost.choose(RUN, 0).plan().weights());
		assertTrue(memory.ram(RUN, cost.choose(RUN, 0).plan(), cost.choose(RUN, 0).text()) < 27e9);
	}

	private static Map<String, Double> seconds(final RunCost cost, final RunSize run) {
		return cost.phases(run, cost.choose(run, 0))
			.stream()
			.collect(Collectors.toMap(Progress.Phase::name, Progress.Phase::seconds));
	}

	/** 2 GB of factors at 1 GB a second, and 3 · 10¹³ operations at 0.6 · 5 · 10¹³ a second: 3 s. */
	@Test
	void lorasAreAddedAsOftenAsTheirWeightsAreBroughtIn() {
		final MemoryForecast plain = new MemoryForecast(LARGE, new MemoryForecast.Stored(2, 2));
		final MemoryForecast changed = new MemoryForecast(LARGE, plain.stored(),
			new Adapters.Cost(2e9, 3e13, 3072.0 * 12288), new Adapters.Cost(2e9, 3e13, 1000));
		for (final double gigabytes : new double[] { 40, 4 }) {
			final Map<String, Double> before = seconds(
				new RunCost(plain, Device.cuda(0), DType.BF16, () -> MACHINE, () -> (long) (gigabytes * 1e9), false),
				RUN);
			final Map<String, Double> after = seconds(
				new RunCost(changed, Device.cuda(0), DType.BF16, () -> MACHINE, () -> (long) (gigabytes * 1e9), false),
				RUN);
			// Once if they stay; fetched block by block, in each of two passes of 50 steps.
			assertEquals(gigabytes > 30 ? 3 : 0, after.get(RunCost.LOAD) - before.get(RunCost.LOAD), 1e-6);
			assertEquals(gigabytes > 30 ? 0 : 300, after.get(RunCost.DENOISE) - before.get(RunCost.DENOISE), 1e-6);
			assertEquals(3, after.get(RunCost.PROMPT) - before.get(RunCost.PROMPT), 1e-6);
		}
	}

	/** How many passes are spared is not known before; the forecast is what it takes if none are. */
	@Test
	void theForecastSaysHowFarTheStepCacheMayShortenIt() {
		final RunCost cost = new RunCost(new MemoryForecast(LARGE, new MemoryForecast.Stored(2, 2)), Device.cuda(0),
			DType.BF16, () -> MACHINE, () -> 40_000_000_000L, false);
		final RunSize cached = new RunSize(RUN.width(), RUN.height(), RUN.layers(), RUN.steps(), RUN.guided(),
			RUN.promptTokens(), RUN.captioned(), true, RUN.picturePixels());
		final Forecast plain = cost.forecast(RUN, 0);
		final Forecast said = cost.forecast(cached, 0);
		assertEquals(plain.seconds(), said.seconds(), 1e-9);
		assertTrue(said.gpu() > plain.gpu());
		assertEquals("", plain.plan());
		// Of 50 steps two in full, and of 48 one block of 60.
		final double denoise = seconds(cost, RUN).get(RunCost.DENOISE);
		final double least = plain.seconds() - denoise * (1 - (2 + 48.0 / 60) / 50);
		assertEquals("stepcache can shorten it to " + Durations.text(least) + " at best", said.plan());
	}
}
