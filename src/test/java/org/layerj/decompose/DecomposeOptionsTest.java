package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecomposeOptionsTest {

	private static final ModelInfo MODEL = new ModelInfo("tiny", ModelInfo.BUILT_IN, "abc",
		new Settings(4, 256, 12, 2.5, 7, "", " ", "auto", false), true, 8, List.of(256, 640));

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "layers | 0 | The option layers must be a whole number from 1 to 20, not 0.",
		"layers | 21 | The option layers must be a whole number from 1 to 20, not 21.",
		"layers | abc | The option layers must be a whole number from 1 to 20, not abc.",
		"layers | 2.5 | The option layers must be a whole number from 1 to 20, not 2.5.",
		"layers | 99999999999 | The option layers must be a whole number from 1 to 20, not 99999999999.",
		"resolution | 650 | The option resolution must be a multiple of 32 from 32 to 4096, not 650.",
		"resolution | 0 | The option resolution must be a multiple of 32 from 32 to 4096, not 0.",
		"resolution | 1e3 | The option resolution must be a multiple of 32 from 32 to 4096, not 1e3.",
		"steps | 0 | The option steps must be a whole number from 1 to 1000, not 0.",
		"steps | -3 | The option steps must be a whole number from 1 to 1000, not -3.",
		"guidance | -1 | The option guidance must be a number from 0 to 100, not -1.0.",
		"guidance | NaN | The option guidance must be a number from 0 to 100, not NaN.",
		"guidance | strong | The option guidance must be a number from 0 to 100, not strong.",
		"seed | tomorrow | The option seed must be a whole number, not tomorrow.",
		"device | gpu | The option device must be auto, cpu, cuda or cuda: and a number, not gpu.",
		"colour | red | There is no option colour; the options are layers, resolution, steps, guidance, seed, prompt, negative, device, raw, rescale, shift, stepcache and elements.",
		"raw | maybe | The option raw must be true or false, not maybe.", })
	void valuesThatCannotWorkAreNamed(final String key, final String value, final String message) {
		final InvalidOptionException e =
			assertThrows(InvalidOptionException.class, () -> DecomposeOptions.defaults().with(key, value));
		assertEquals(message, e.getMessage());
		assertEquals(key, e.option());
	}

	@Test
	void whatIsLeftOpenIsTheModelsDefault() {
		assertEquals(MODEL.settings(DecomposeOptions.defaults().withLayers(MODEL.defaults().layers())),
			MODEL.defaults());
		assertTrue(MODEL.settings(DecomposeOptions.defaults()).auto());
		final DecomposeOptions some = DecomposeOptions.defaults()
			.with("layers", "3")
			.with("seed", "-5")
			.with("prompt", "a cell")
			.with("device", "CUDA:1")
			.with("steps", "")
			.with("guidance", " 1.5 ");
		assertEquals(new Settings(3, 256, 12, 1.5, -5, "a cell", " ", "cuda:1", false), MODEL.settings(some));
		assertTrue(MODEL.settings(some.with("raw", " True ")).raw());
		assertEquals(some, some.with("raw", "true").with("raw", ""));
		assertEquals(OptionalInt.empty(), some.with("layers", "auto").layers());
		assertEquals(Optional.of(" "), some.with("negative", " ").negative());
		assertTrue(some.with("prompt", "  ").prompt().isEmpty());
	}

	@Test
	void modelsSayWhatTheyCannotDo() {
		assertEquals("The model tiny makes at most 8 layers, not 9.",
			assertThrows(InvalidOptionException.class, () -> MODEL.settings(DecomposeOptions.defaults().withLayers(9)))
				.getMessage());
		assertEquals("The model tiny works at resolution 256 or 640, not 1024.",
			assertThrows(InvalidOptionException.class,
				() -> MODEL.settings(DecomposeOptions.defaults().withResolution(1024))).getMessage());
	}

	@Test
	void tooLittleMemoryIsSaidBeforeItHappens() {
		assertTrue(new Forecast(10, 100, 0, 100, 0).rejection().isEmpty());
		assertEquals(
			"This run needs about 61.3 GB of memory, but only 14.0 GB are free; choose fewer layers, a lower resolution or a smaller model.",
			new Forecast(10, 61_300_000_000L, 0, 14_000_000_000L, 0).rejection().orElseThrow());
		assertEquals(
			"This run needs about 61.3 GB of graphics memory, but only 8.0 GB are free; choose fewer layers, a lower resolution or a smaller model.",
			new Forecast(10, 1, 61_300_000_000L, 2, 8_000_000_000L).rejection().orElseThrow());
		assertEquals("about 3 min 05 s, 1.2 GB of memory (14.0 GB free)",
			new Forecast(184.6, 1_200_000_000L, 0, 14_000_000_000L, 0).toString());
	}

	@Test
	void aRecordOfAnyModelCanBeRepeated() {
		// The built-in default works at 1000, which cannot be asked for.
		final Settings settings = new Settings(4, 1000, 1, 1, 7, "", " ", "auto", false, true, true);
		final RunRecord run = new RunRecord("built-in", "built-in", "1", settings, "cpu", "f32", Map.of(), 1, 8, 8, "");
		final Map<String, String> options = RunJson.options(RunJson.of(run));
		assertFalse(options.containsKey("resolution"));
		assertEquals("auto", options.get("layers"));
		assertEquals("7", options.get("seed"));
		assertEquals("built-in", options.get("model"));
		for (final Map.Entry<String, String> e : options.entrySet())
			if (!e.getKey().equals("model")) DecomposeOptions.defaults().with(e.getKey(), e.getValue());
	}
}
