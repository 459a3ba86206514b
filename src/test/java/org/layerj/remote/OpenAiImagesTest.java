package org.layerj.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.layerj.remote.ServerTesting.message;
import static org.layerj.remote.ServerTesting.open;
import static org.layerj.remote.ServerTesting.picture;
import static org.layerj.remote.ServerTesting.request;
import static org.layerj.remote.ServerTesting.run;
import static org.layerj.remote.ServerTesting.same;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.ServerTesting.Noted;

@Timeout(300)
class OpenAiImagesTest {

	@ParameterizedTest
	@ValueSource(strings = { "vllm", "sglang" })
	void layersComeBack(final String owner) throws IOException {
		try (FakeOpenAi server = new FakeOpenAi(owner)) {
			same(TestServer.layers(picture(), 4), run(server.address(), 4));
			same(List.of(picture()), List.of(server.sent));
			assertEquals(
				List.of("two cells", " ", "7", "42", "2.5", "png", "b64_json", "Qwen/Qwen-Image-Layered"), List
					.of("prompt", "negative_prompt", "num_inference_steps", "seed", "true_cfg_scale", "output_format",
						"response_format", "model")
					.stream()
					.map(server.fields::get)
					.toList());
			final boolean vllm = owner.equals("vllm");
			assertEquals("4", server.fields.get(vllm ? "layers" : "num_frames"));
			assertEquals(vllm ? "640" : null, server.fields.get("resolution"));
			assertFalse(server.fields.containsKey(vllm ? "num_frames" : "layers"));
			final ServerInfo info = open(server.address()).info();
			assertEquals(vllm ? "vLLM-Omni" : "SGLang", info.kind());
			assertEquals(vllm ? List.of(640, 1024) : List.of(640), info.resolutions());
			assertEquals(vllm ? "unknown" : "bf16", info.precision());
			assertFalse(info.cancels());
		}
	}

	@Test
	void noPromptLetsTheModelSeeForItself() throws IOException {
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			open(server.address()).layers(new LayerRequest(picture(), 2, 640, 7, 2.5, 42, "", ""), Progress.none());
			assertEquals(" ", server.fields.get("prompt"));
			assertFalse(server.fields.containsKey("negative_prompt"));
		}
	}

	@Test
	void whichModelAndWhichDialectIsFoundOut() throws IOException {
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			server.models = List.of("Qwen/Qwen-Image-Edit");
			assertTrue(message(() -> open(server.address()))
				.contains("does not have Qwen-Image-Layered, but Qwen/Qwen-Image-Edit"));
			server.models = List.of("a/Layered-1", "b/Layered-2");
			assertTrue(message(() -> open(server.address())).contains("several models"));
			assertEquals("b/Layered-2", open(server.address() + "#b/Layered-2").info().model());
			server.models = List.of();
			assertTrue(message(() -> open(server.address())).contains("lists no model"));
			server.models = List.of("Layered");
			server.owner = "somebody";
			assertTrue(message(() -> open(server.address())).contains("neither vLLM-Omni nor SGLang"));
		}
	}

	@Test
	void hostileAnswersAreRejectedBeforeTheyCostAnything() throws IOException {
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			server.twist = all -> List.of(all.get(0), TestServer.pngBomb(30_000, 30_000));
			assertTrue(message(() -> run(server.address(), 2)).contains("a layer of 30000 × 30000 pixels"));
			server.twist = all -> List.of(all.get(0), TestServer.png(RgbaImage.blank(96, 48)));
			assertTrue(message(() -> run(server.address(), 2)).contains("a layer of 96 × 48 pixels"),
				"all of one size");
			server.twist = all -> List.of(all.get(0), new byte[50]);
			assertTrue(message(() -> run(server.address(), 2)).contains("something else than a PNG"));
			server.twist = all -> List.of(all.get(0), Arrays.copyOf(all.get(1), all.get(1).length / 2));
			assertTrue(message(() -> run(server.address(), 2)).contains("damaged"));
			server.twist = all -> all.subList(0, 1);
			assertTrue(message(() -> run(server.address(), 2)).contains("sent 1 pictures instead of 2"));
			server.twist = all -> List.of(all.get(0), all.get(1), all.get(1));
			assertTrue(message(() -> run(server.address(), 2)).contains("more than 2 pictures"));
			for (final String text : List.of("{\"data\":[{\"b64_json\":\"!!!\"}]}", "{\"data\":[{\"b64_json\":", "[]",
				"{\"data\":" + "[".repeat(100_000), "<html>"))
			{
				server.faults.put("/v1/images", TestServer.says(200, text));
				message(() -> run(server.address(), 2));
			}
			server.faults.put("/v1/images", TestServer.endless());
			assertTrue(message(() -> run(server.address(), 2)).contains("too long for a server of its kind"));
		}
	}

	@Test
	void aNearbySizeIsTheServersOwnArithmetic() throws IOException {
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			server.twist =
				all -> List.of(TestServer.png(RgbaImage.blank(64, 64)), TestServer.png(RgbaImage.blank(64, 64)));
			assertEquals(64, run(server.address(), 2).get(1).height());
		}
	}

	@Test
	void theServersWordsAreSaid() throws IOException {
		try (FakeOpenAi server = new FakeOpenAi("sglang")) {
			server.faults.put("/v1/images", TestServer.says(400,
				"{\"detail\":\"Invalid layers value 2. layers must be between 3 and 10 inclusive.\"}"));
			assertTrue(message(() -> run(server.address(), 2))
				.contains("(HTTP 400): Invalid layers value 2. layers must be between 3 and 10 inclusive."));
			server.faults.put("/v1/images",
				TestServer.says(500, "{\"error\":{\"message\":\"CUDA out of memory. Tried to allocate 2.00 GiB\"}}"));
			assertTrue(message(() -> run(server.address(), 2)).contains("ran out of graphics memory"));
			server.faults.put("/v1/images", TestServer.says(500, "<html>Bad</html>"));
			assertTrue(message(() -> run(server.address(), 2)).contains("it does not say why"));
		}
	}

	@Test
	void onlyWhatWasNotBegunIsAskedAgain() throws IOException {
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			server.faults.put("/v1/images", TestServer.times(1, TestServer.says(503, "{}")));
			same(TestServer.layers(picture(), 2), run(server.address(), 2));
			server.requests.clear();
			server.faults.put("/v1/images", TestServer.truncated());
			assertTrue(message(() -> run(server.address(), 2)).contains("broke off the connection in the middle"));
			assertEquals(1, server.requests.stream().filter("POST /v1/images/edits"::equals).count(),
				"minutes of a graphics card are not spent twice");
		}
	}

	@Test
	void slowAnswersAreNotWaitedForLongerThanAsked() throws IOException {
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			for (final TestServer.Fault slow : List.of(TestServer.silent(), TestServer.drip())) {
				server.faults.put("/v1/images", slow);
				assertTimeoutPreemptively(Duration.ofSeconds(40),
					() -> assertTrue(message(() -> run(server.address().replace("timeout=60", "timeout=0.2"), 2))
						.contains("has not answered within 0.2 s")));
			}
		}
	}

	@Test
	void cancellingClosesTheConnection() throws Exception {
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			final CountDownLatch begun = new CountDownLatch(1);
			final CountDownLatch closed = new CountDownLatch(1);
			server.faults.put("/v1/images", exchange -> {
				begun.countDown();
				exchange.getRequestBody().readAllBytes();
				exchange.sendResponseHeaders(200, 0);
				try {
					for (int k = 0; k < 500; k++) {
						exchange.getResponseBody().write(new byte[10_000]);
						exchange.getResponseBody().flush();
						TestServer.sleep(10);
					}
				}
				catch (final IOException e) {
					closed.countDown();
				}
				return true;
			});
			final Noted noted = new Noted();
			final AtomicReference<Throwable> thrown = new AtomicReference<>();
			final LayerServer client = open(server.address());
			final Thread thread =
				new Thread(() -> thrown.set(assertThrows(Noted.Stopped.class, () -> client.layers(request(8), noted))));
			thread.start();
			assertTrue(begun.await(60, TimeUnit.SECONDS));
			noted.stopped = true;
			thread.join(60_000);
			assertTrue(thrown.get() instanceof Noted.Stopped);
			assertTrue(closed.await(60, TimeUnit.SECONDS));
		}
	}
}
