package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.exact.ExactRecomposition;
import org.layerj.layers.Layer;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.FakeComfyUi;
import org.layerj.remote.FakeOpenAi;
import org.layerj.remote.TestServer;

@Timeout(300)
class RemoteDecomposerTest {

	private static TestServer server(final String kind) throws IOException, InterruptedException {
		return kind.equals("comfy") ? new FakeComfyUi() : new FakeOpenAi(kind);
	}

	private static Decomposer open(final TestServer server) {
		return Decomposers.open(ModelName.of(server.address()), "auto");
	}

	/** 90 × 70, no two pixels alike; transparent on the left and translucent in the middle if asked for. */
	private static RgbaImage picture(final boolean opaque) {
		final int[] argb = new int[90 * 70];
		for (int i = 0; i < argb.length; i++) {
			final int alpha = opaque || i % 90 >= 40 ? 255 : i % 90 < 20 ? 0 : 120;
			argb[i] = alpha << 24 | i * 2663 & 0xffffff;
		}
		return RgbaImage.ofArgb(90, 70, argb);
	}

	private static DecomposeOptions options(final String kind) {
		final DecomposeOptions two = DecomposeOptions.defaults().withLayers(2).withSteps(3);
		return kind.equals("comfy") ? two.withResolution(64) : two;
	}

	@ParameterizedTest
	@CsvSource({ "comfy,true", "comfy,false", "vllm,true", "sglang,false" })
	void layersFromAServerCompositeToThePictureExactly(final String kind, final boolean opaque) throws Exception {
		try (TestServer server = server(kind); Decomposer remote = open(server)) {
			final RgbaImage picture = picture(opaque);
			final Decomposition found = remote.decompose(picture, options(kind), Progress.none());
			assertEquals(2, found.layers().size());
			assertTrue(ExactRecomposition.holds(picture, found.layers()));
			assertEquals(List.of(90, 70), List.of(found.layers().width(), found.layers().height()));
			if (kind.equals("comfy"))
				assertEquals(List.of(64, 64), List.of(found.run().workingWidth(), found.run().workingHeight()));
			else assertTrue(found.run().workingWidth() >= 640, "the model's own resolution");
			for (final Layer l : found.layers().layers())
				if (!opaque)
					assertEquals(0, l.onCanvas(90, 70).argb(3, 30) >>> 24, "nothing shows where the picture does not");
		}
	}

	@Test
	void rawLayersAreTheServersOwn() throws Exception {
		try (TestServer server = server("comfy"); Decomposer remote = open(server)) {
			final Decomposition found =
				remote.decompose(picture(true), options("comfy").withRaw(true), Progress.none());
			assertFalse(ExactRecomposition.holds(picture(true), found.layers()));
			assertEquals(90, found.layers().width());
		}
	}

	@Test
	void layersThatThePictureDoesNotNeedAreLeftOut() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi(); Decomposer remote = open(server)) {
			server.twist =
				all -> List.of(all.get(0), all.get(1), TestServer.png(RgbaImage.blank(64, 64)), all.get(2), all.get(3));
			final DecomposeOptions auto = DecomposeOptions.defaults().withResolution(64);
			assertEquals(3, remote.decompose(picture(true), auto, Progress.none()).layers().size(),
				"four come, one of them empty");
		}
	}

	@Test
	void whatHasNoAlphaThereIsSentOnItsMeanColour() {
		final RgbaImage sent =
			RemoteDecomposer.onMeanColour(RgbaImage.ofArgb(3, 1, new int[] { 0x00123456, 0xff6400c8, 0x80c86400 }));
		// (255 · 100 + 128 · 200) / 383 = 133.4, and so on.
		assertEquals(List.of(0xff852185, 0xff6400c8), List.of(sent.argb(0, 0), sent.argb(1, 0)));
		final RgbaImage opaque = RgbaImage.ofArgb(1, 1, new int[] { -1 });
		assertTrue(RemoteDecomposer.onMeanColour(opaque) == opaque);
		assertEquals(-1, RemoteDecomposer.onMeanColour(RgbaImage.blank(1, 1)).argb(0, 0), "nothing to see is white");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "vllm|device|cpu|on a server", "vllm|resolution|512|640 or 1024, not 512",
			"sglang|resolution|1024|640, not 1024", "vllm|layers|11|at most 10 layers",
			"vllm|layers|1|at least 2 layers", "comfy|seed|-1|seeds from 0 up", "comfy|device|cuda:1|on a server" })
	void optionsThatAServerLacksAreRejected(final String kind, final String key, final String value, final String said)
		throws Exception
	{
		try (TestServer server = server(kind); Decomposer remote = open(server)) {
			final DecomposeOptions options = DecomposeOptions.defaults().with(key, value);
			final InvalidOptionException e = assertThrows(InvalidOptionException.class,
				() -> remote.decompose(picture(true), options, Progress.none()));
			assertEquals(key, e.option());
			assertTrue(e.getMessage().contains(said), e.getMessage());
			assertThrows(InvalidOptionException.class, () -> remote.forecast(90, 70, options));
			assertEquals(0, server.requests.stream().filter(r -> r.startsWith("POST")).count(), "nothing was sent");
		}
	}

	@Test
	void theDeviceIsRejectedBeforeAnybodyIsAsked() throws Exception {
		try (TestServer server = server("comfy")) {
			assertThrows(InvalidOptionException.class, () -> Decomposers.open(ModelName.of(server.address()), "cpu"));
			assertEquals(List.of(), server.requests);
		}
	}

	@Test
	void theRecordSaysWhereThePictureWent() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi(); Decomposer remote = open(server)) {
			final String origin = "http://127.0.0.1:" + server.port();
			final Decomposition found = remote.decompose(picture(true), options("comfy"), Progress.none());
			final JsonObject all = RunJson.of(found.run());
			assertEquals(origin, all.getAsJsonObject("run").get("sentTo").getAsString());
			assertEquals("ComfyUI 0.3.75 at " + origin, all.getAsJsonObject("run").get("device").getAsString());
			assertEquals("bf16", all.getAsJsonObject("run").get("precision").getAsString());
			assertEquals("qwen_image_layered_bf16.safetensors", all.getAsJsonObject("model").get("name").getAsString());
			assertEquals(origin, all.getAsJsonObject("model").get("folder").getAsString());
			assertEquals(List.of("send", "denoise", "fetch", "refine"), List.copyOf(found.run().seconds().keySet()));
			try (Decomposer here = new SegmentDecomposer()) {
				assertFalse(
					RunJson.of(here.decompose(picture(true), DecomposeOptions.defaults(), Progress.none()).run())
						.getAsJsonObject("run")
						.has("sentTo"));
			}
		}
	}

	@Test
	void theForecastSaysThatThePictureIsSent() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi(); Decomposer remote = open(server)) {
			final String text = remote.forecast(90, 70, options("comfy")).toString();
			assertTrue(text.startsWith("time not known yet on ComfyUI 0.3.75 at http://127.0.0.1:" + server.port()
				+ ", where the picture is sent; 76.5 GB of 85.0 GB of graphics"), text);
			assertTrue(remote.forecast(90, 70, options("comfy")).rejection().isEmpty());
			remote.decompose(picture(true), options("comfy"), Progress.none());
			assertTrue(remote.forecast(90, 70, options("comfy")).toString().startsWith("about "), "measured by now");
			server.vram = 8_000_000_000L;
			server.ram = 8_000_000_000L;
			try (Decomposer small = open(server)) {
				assertTrue(small.forecast(90, 70, options("comfy"))
					.rejection()
					.orElseThrow()
					.contains("choose smaller weights"));
				assertThrows(DecompositionException.class,
					() -> small.decompose(picture(true), options("comfy"), Progress.none()));
			}
		}
	}

	@Test
	void picturesThatAreTooNarrowAreSaid() throws Exception {
		try (TestServer server = server("comfy"); Decomposer remote = open(server)) {
			assertTrue(assertThrows(DecompositionException.class,
				() -> remote.decompose(RgbaImage.blank(4000, 1), options("comfy"), Progress.none())).getMessage()
				.contains("too narrow"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "comfy", "sglang" })
	void cancellingSaysWhatCannotBeTakenBack(final String kind) throws Exception {
		try (TestServer server = server(kind); Decomposer remote = open(server)) {
			final AtomicInteger asked = new AtomicInteger();
			final Progress impatient = new Progress() {

				@Override
				public void plan(final List<Phase> phases) {}

				@Override
				public void phase(final String name) {}

				@Override
				public void update(final double fraction, final String message) {}

				@Override
				public boolean cancelled() {
					return asked.incrementAndGet() > 3;
				}
			};
			final String said =
				assertThrows(CancelledException.class, () -> remote.decompose(picture(true), options(kind), impatient))
					.getMessage();
			assertEquals(
				kind.equals("comfy") ? "Cancelled."
					: "Cancelled. SGLang cannot cancel a run; the connection was closed, but it may go on computing.",
				said);
		}
	}

	@Test
	void theReportSaysWhatTheServerIs() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			final ModelReport report = ModelReport.of(ModelName.of(server.address()), "auto");
			assertTrue(report.ok() && report.text()
				.startsWith("Server    ComfyUI 0.3.75 at http://127.0.0.1:" + server.port()
					+ "\nModel     qwen_image_layered_bf16.safetensors, precision bf16"),
				report.text());
			assertTrue(report.text().contains("Pictures  are sent to http://127.0.0.1:" + server.port()),
				report.text());
			assertFalse(ModelReport.of(ModelName.of(server.address()), "cpu").ok());
			server.missing.add("EmptyQwenImageLayeredLatentImage");
			assertTrue(ModelReport.of(ModelName.of(server.address()), "auto").problem().endsWith("update ComfyUI."));
			assertEquals(0, server.requests.stream().filter(r -> r.startsWith("POST")).count(), "no picture is sent");
		}
	}

	@Test
	void namesOfModelsAreFoldersWordsOrAddresses() {
		assertTrue(ModelName.of(" ").isBuiltIn() && ModelName.of("built-in/").isBuiltIn());
		assertEquals("folder", ModelName.of("folder/").text());
		assertEquals("/", ModelName.of("/").text());
		assertEquals("http://host:8188", ModelName.of("http://host:8188/").text());
		assertTrue(ModelName.of("HTTPS://host").server().isPresent() && ModelName.of("httpd").server().isEmpty());
		final InvalidOptionException e =
			assertThrows(InvalidOptionException.class, () -> ModelName.of("http://ada:hunter2@host"));
		assertEquals("model", e.option());
		assertFalse(e.getMessage().contains("hunter2"));
	}
}
