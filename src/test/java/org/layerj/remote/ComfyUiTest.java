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

import com.google.gson.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.Progress;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.ServerTesting.Noted;

@Timeout(300)
class ComfyUiTest {

	private FakeComfyUi server;

	@BeforeEach
	void start() throws IOException, InterruptedException {
		server = new FakeComfyUi();
	}

	@AfterEach
	void stop() {
		server.close();
	}

	private JsonObject inputs(final String node) {
		return server.graph.getAsJsonObject(node).getAsJsonObject("inputs");
	}

	// -- Item 1 --

	@Test
	void layersComeBackWithoutTheWholePicture() {
		final Noted noted = new Noted();
		final LayerServer comfy = open(server.address());
		assertEquals("ComfyUI 0.3.75", comfy.info().kind());
		same(TestServer.layers(picture(), 3), comfy.layers(request(3), noted));
		assertEquals("{\"width\":64,\"height\":48,\"layers\":3,\"batch_size\":1}".length(),
			inputs("83").toString().length());
		assertEquals(List.of(64, 48, 3), List.of(inputs("83").get("width").getAsInt(),
			inputs("83").get("height").getAsInt(), inputs("83").get("layers").getAsInt()));
		assertEquals(List.of("42", "7", "2.5", "euler", "simple"),
			List.of("seed", "steps", "cfg", "sampler_name", "scheduler")
				.stream()
				.map(k -> inputs("3").get(k).getAsString())
				.toList());
		assertEquals("two cells", inputs("6").get("text").getAsString());
		assertEquals(" ", inputs("7").get("text").getAsString());
		assertTrue(inputs("74").get("image").getAsString().endsWith(" (1).png [temp]"),
			"the name under which the server keeps it");
		assertEquals(List.of("send 0 ", "denoise -100 "), noted.reported.subList(0, 2));
		assertTrue(noted.reported.contains("denoise 67 KSampler, step 2 of 3")
			&& noted.reported.contains("denoise -100 VAEEncode"), noted.reported::toString);
		assertTrue(noted.reported.contains("denoise -100 KSampler")
			&& noted.reported.stream().noneMatch(t -> t.contains("of 1")), "not at step 0 of 1");
		assertTrue(noted.reported.contains("denoise -100 3 jobs in the server's queue")
			&& noted.reported.contains("fetch 67 layer 3 of 3"), noted.reported::toString);
		assertEquals(List.of(), server.interrupted);
	}

	@Test
	void withoutAWebsocketItIsAsked() {
		server.sockets = false;
		same(TestServer.layers(picture(), 2), run(server.address(), 2));
	}

	@Test
	void whatIsToldBeyondMeasureIsNotHeard() throws InterruptedException {
		server.gate = new Semaphore(0);
		final AtomicReference<List<RgbaImage>> layers = new AtomicReference<>();
		final Thread client = new Thread(() -> layers.set(run(server.address(), 2)));
		client.start();
		assertTrue(server.begun.await(60, TimeUnit.SECONDS));
		server.tellAll("x".repeat(3_000_000));
		server.tellAll("[".repeat(100_000));
		server.tellAll("{\"type\":\"progress\",\"data\":{\"node\":\"3\",\"value\":\"many\",\"max\":-1}}");
		server.tellAll("{\"type\":\"progress\",\"data\":7}");
		server.gate.release();
		client.join(60_000);
		same(TestServer.layers(picture(), 2), layers.get());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void weightsAreReadFromTheServerInBothForms(final boolean newLists) {
		server.newLists = newLists;
		final ServerInfo info = open(server.address()).info();
		assertEquals("qwen_image_layered_bf16.safetensors", info.model());
		assertEquals("bf16", info.precision());
		assertTrue(info.memory().startsWith("76.5 GB of 85.0 GB of graphics memory free there"), info.memory());
		assertEquals("", info.obstacle());
	}

	@Test
	void amongSeveralWeightsTheUserChooses() {
		server.files.put("unet_name",
			List.of("qwen_image_layered_bf16.safetensors", "qwen_image_layered_fp8mixed.safetensors"));
		final String which = message(() -> open(server.address()));
		assertTrue(which.contains("qwen_image_layered_bf16.safetensors, qwen_image_layered_fp8mixed.safetensors")
			&& which.contains("#"), which);
		assertEquals("fp8", open(server.address() + "#qwen_image_layered_fp8mixed.safetensors").info().precision());
		assertTrue(
			message(() -> open(server.address() + "#other.safetensors")).contains("has no weights other.safetensors"));
		run(server.address() + "#qwen_image_layered_fp8mixed.safetensors", 2);
		assertEquals("qwen_image_layered_fp8mixed.safetensors", inputs("37").get("unet_name").getAsString());
		assertEquals("UNETLoader", server.graph.getAsJsonObject("37").get("class_type").getAsString());
	}

	@Test
	void ggufIsLoadedByItsOwnNode() {
		server.files.put("unet_name", List.of());
		server.files.put("gguf", List.of("Qwen_Image_Layered-Q4_K_M.gguf"));
		assertEquals("gguf q4_k_m", open(server.address()).info().precision());
		run(server.address(), 2);
		assertEquals("UnetLoaderGGUF", server.graph.getAsJsonObject("37").get("class_type").getAsString());
		assertFalse(inputs("37").has("weight_dtype"));
	}

	@Test
	void weightsThatAreMissingAreNamed() {
		server.files.put("vae_name", List.of("ae.safetensors"));
		assertTrue(message(() -> open(server.address())).contains("qwen_image_layered_vae.safetensors in models/vae"));
	}

	@Test
	void memoryThatCannotBeEnoughIsSaidBefore() {
		server.vram = 12_000_000_000L;
		assertTrue(open(server.address()).info().memory().contains("moved in parts: slow"));
		server.ram = 16_000_000_000L;
		assertTrue(open(server.address()).info().obstacle().contains("needs about 50.3 GB"));
	}

	@Test
	void credentialsGoWithEveryQuestion() {
		final String origin = "http://127.0.0.1:" + server.port();
		final LayerServer comfy =
			Servers.open(ServerAddress.of(server.address()), Map.of(Credentials.VARIABLE, origin + " bearer t0ken"));
		comfy.layers(request(2), Progress.none());
		assertEquals(List.of("Bearer t0ken"), server.authorizations.stream().distinct().toList());
		assertEquals(List.of("Bearer t0ken"), server.listeningAs(), "with the websocket, too");
	}

	// -- Item 2 --

	@Test
	void aVersionWithoutTheNodeIsSaid() {
		server.missing.add(ComfyGraph.PROBE);
		assertEquals("ComfyUI 0.3.75 at http://127.0.0.1:" + server.port()
			+ " has no node EmptyQwenImageLayeredLatentImage, so it does not know Qwen-Image-Layered; update ComfyUI.",
			message(() -> open(server.address())));
	}

	@Test
	void anyOtherMissingNodeIsNamed() {
		server.missing.add("LatentCutToBatch");
		assertTrue(message(() -> run(server.address(), 2)).contains("'LatentCutToBatch' not found"));
		assertEquals(List.of(), server.pending);
	}

	@Test
	void aGraphThatIsRejectedSaysWhy() {
		final LayerServer comfy = open(server.address());
		server.files.put("clip_name", List.of());
		assertTrue(message(() -> comfy.layers(request(2), Progress.none()))
			.contains("CLIPLoader: Value not in list clip_name"));
	}

	@Test
	void tooLittleGraphicsMemoryIsSaid() {
		server.error = new String[] { "torch.OutOfMemoryError",
			"Allocation on device 0 would exceed allowed memory. (out of memory)" };
		assertTrue(message(() -> run(server.address(), 2)).contains("ran out of graphics memory; choose fewer layers"));
		server.error = new String[] { "RuntimeError", "shapes (1,2) and (3,4) do not fit" };
		assertTrue(
			message(() -> run(server.address(), 2)).contains("failed in KSampler: shapes (1,2) and (3,4) do not fit"));
	}

	@Test
	void aFullQueueIsTriedAgainAndThenSaid() {
		server.faults.put("/prompt", TestServer.times(2, TestServer.says(503, "{\"error\":\"queue full\"}")));
		same(TestServer.layers(picture(), 2), run(server.address(), 2));
		server.faults.put("/prompt", TestServer.says(429, "{\"error\":\"queue full\"}"));
		assertTrue(message(() -> run(server.address(), 2)).contains("is busy (HTTP 429); nothing was begun"));
	}

	@Test
	void aServerThatIsDownIsSaid() {
		final String address = server.address();
		server.close();
		assertTrue(message(() -> open(address)).contains("cannot be reached: no server is listening there"));
	}

	@Test
	void aServerThatIsSlowIsNotWaitedForLongerThanAsked() {
		server.faults.put("/object_info", TestServer.silent());
		assertTimeoutPreemptively(Duration.ofSeconds(40),
			() -> assertTrue(message(() -> open(server.address().replace("answer=30", "answer=0.1")))
				.contains("has not answered within 0.1 s")));
		server.faults.put("/object_info", TestServer.drip());
		assertTimeoutPreemptively(Duration.ofSeconds(40),
			() -> message(() -> open(server.address().replace("answer=30", "answer=0.1"))));
	}

	@Test
	void aRunThatTakesTooLongIsTakenBack() {
		server.gate = new Semaphore(0);
		assertTrue(message(() -> run(server.address().replace("timeout=60", "timeout=0.3"), 2))
			.contains("has not finished within 0.3 s; the job was cancelled"));
		assertEquals(List.of(List.of(), List.of()), List.of(server.pending, server.running));
	}

	@Test
	void afterABrokenConnectionTheJobIsFoundAgain() throws InterruptedException {
		server.gate = new Semaphore(0);
		final AtomicReference<List<RgbaImage>> layers = new AtomicReference<>();
		final Thread client = new Thread(() -> layers.set(run(server.address(), 2)));
		client.start();
		assertTrue(server.begun.await(60, TimeUnit.SECONDS));
		server.cut();
		server.faults.put("/history", TestServer.times(6, TestServer.truncated()));
		Thread.sleep(100);
		server.cut();
		server.gate.release();
		client.join(60_000);
		same(TestServer.layers(picture(), 2), layers.get());
		assertEquals(1, server.requests.stream().filter("POST /prompt"::equals).count());
	}

	@Test
	void anAnswerToTheJobThatGetsLostDoesNotDoubleIt() {
		server.faults.put("/prompt", TestServer.times(1, exchange -> {
			// Understood, and the connection gone before the answer.
			server.answer(new Lost(exchange), "/prompt", exchange.getRequestBody().readAllBytes());
			return TestServer.truncated().strikes(exchange);
		}));
		same(TestServer.layers(picture(), 2), run(server.address(), 2));
		assertEquals(1, server.requests.stream().filter("POST /prompt"::equals).count());
	}

	@Test
	void olderServersGiveJobsTheirOwnIds() {
		server.takesIds = false;
		same(TestServer.layers(picture(), 2), run(server.address(), 2));
	}

	@Test
	void aServerThatHasForgottenTheJobIsSaid() throws InterruptedException {
		server.gate = new Semaphore(0);
		final AtomicReference<String> said = new AtomicReference<>("");
		final Thread client = new Thread(() -> said.set(message(() -> run(server.address(), 2))));
		client.start();
		assertTrue(server.begun.await(60, TimeUnit.SECONDS));
		server.faults.put("/history", TestServer.says(200, "{}"));
		server.running.clear();
		client.join(60_000);
		assertTrue(said.get().contains("no longer knows the job"), said.get());
	}

	@ParameterizedTest
	@CsvSource({ "true,true", "false,true", "true,false", "false,false" })
	void cancellingLeavesNothingInTheQueue(final boolean newCancel, final boolean waiting) throws InterruptedException {
		server.newCancel = newCancel;
		server.gate = new Semaphore(0);
		final Noted noted = new Noted();
		final AtomicReference<Throwable> thrown = new AtomicReference<>();
		final LayerServer comfy = open(server.address());
		final Thread client = new Thread(() -> {
			try {
				comfy.layers(request(2), noted);
			}
			catch (final Throwable t) {
				thrown.set(t);
			}
		});
		client.start();
		assertTrue(server.begun.await(60, TimeUnit.SECONDS));
		final String id = server.running.get(0);
		if (waiting) {
			// Somebody else's job is being computed.
			server.pending.add(id);
			server.running.add("somebody's");
			server.running.remove(id);
			server.faults.put("/history", TestServer.says(200, "{}"));
		}
		noted.stopped = true;
		client.join(60_000);
		assertTrue(thrown.get() instanceof Noted.Stopped, () -> String.valueOf(thrown.get()));
		assertFalse(server.pending.contains(id) || server.running.contains(id));
		assertEquals(!newCancel && !waiting ? List.of(id) : List.of(), server.interrupted,
			"and others' jobs are left alone");
	}

	@Test
	void anInterruptedThreadLeavesNothingInTheQueueEither() throws InterruptedException {
		server.gate = new Semaphore(0);
		final AtomicReference<String> said = new AtomicReference<>("");
		final Thread client = new Thread(() -> said.set(message(() -> run(server.address(), 2))));
		client.start();
		assertTrue(server.begun.await(60, TimeUnit.SECONDS));
		client.interrupt();
		client.join(60_000);
		assertTrue(said.get().contains("was interrupted"), said.get());
		assertEquals(List.of(List.of(), List.of()), List.of(server.pending, server.running));
	}

	@Test
	void hostileLayersAreRejectedBeforeTheyCostAnything() {
		server.twist = all -> List.of(all.get(0), TestServer.pngBomb(30_000, 30_000), all.get(2));
		assertTrue(
			message(() -> run(server.address(), 2)).contains("a picture of 30000 × 30000 pixels instead of 64 × 48"));
		server.twist = all -> List.of(all.get(0), TestServer.png(RgbaImage.blank(63, 48)), all.get(2));
		assertTrue(message(() -> run(server.address(), 2)).contains("63 × 48 pixels instead of 64 × 48"));
		server.twist = all -> List.of(all.get(0), "<html>".repeat(100).getBytes(), all.get(2));
		assertTrue(message(() -> run(server.address(), 2)).contains("something else than a PNG"));
		server.twist =
			all -> List.of(all.get(0), java.util.Arrays.copyOf(all.get(1), all.get(1).length / 2), all.get(2));
		assertTrue(message(() -> run(server.address(), 2)).contains("damaged or breaks off"));
		server.twist = all -> all.subList(0, 2);
		assertTrue(message(() -> run(server.address(), 2)).contains("made 2 pictures instead of 3"));
		server.twist = all -> all;
		server.faults.put("/view", TestServer.endless());
		assertTrue(message(() -> run(server.address(), 2)).contains("too long for a server of its kind"));
	}

	@Test
	void hostileAnswersAreRejected() {
		final Map<String, TestServer.Fault> bad =
			Map.of("deep", TestServer.says(200, "{\"a\":" + "[".repeat(100_000) + "}"), "digits",
				TestServer.says(200, "{\"a\":" + "9".repeat(1_000_000) + "}"), "cut", TestServer.says(200, "{\"a\":"),
				"list", TestServer.says(200, "{\"EmptyQwenImageLayeredLatentImage\":[1]} trailing"), "endless",
				TestServer.endless());
		bad.forEach((name, fault) -> {
			server.faults.put("/object_info", fault);
			message(() -> open(server.address()));
			server.faults.clear();
			server.faults.put("/history", fault);
			message(() -> run(server.address(), 2));
			server.faults.clear();
			server.faults.put("/upload", fault);
			message(() -> run(server.address(), 2));
			server.faults.clear();
		});
		server.faults.put("/system_stats",
			TestServer.says(200, "{\"system\":7,\"devices\":[3,{\"vram_total\":\"much\"}]}"));
		assertEquals("", open(server.address()).info().memory(), "what is missing is not known");
		assertEquals(List.of(), server.pending);
	}

	@Test
	void redirectionsAreNotFollowed() {
		server.faults.put("/object_info", exchange -> {
			exchange.getResponseHeaders().set("Location", "http://127.0.0.1:1/");
			TestServer.bytes(exchange, 302, "text/plain", new byte[0]);
			return true;
		});
		assertTrue(message(() -> open(server.address())).contains("redirects to another address"));
	}

	@Test
	void aServerThatRepeatsTheTokenDoesNotGetItIntoAMessage() {
		server.faults.put("/upload", TestServer.says(500, "{\"detail\":\"bad header Bearer t0ken\"}"));
		final LayerServer comfy = Servers.open(ServerAddress.of(server.address()),
			Map.of(Credentials.VARIABLE, "http://127.0.0.1:" + server.port() + " bearer t0ken"));
		final String said = message(() -> comfy.layers(request(2), Progress.none()));
		assertTrue(said.contains("bad header Bearer") && !said.contains("t0ken"), said);
	}

	@Test
	void missingAndWrongCredentialsAreSaid() {
		server.faults.put("/", TestServer.says(401, "{}"));
		assertTrue(message(() -> open(server.address())).contains("wants credentials"));
		assertTrue(message(() -> Servers.open(ServerAddress.of(server.address()),
			Map.of(Credentials.VARIABLE, "http://127.0.0.1:" + server.port() + " basic ada hunter2")))
			.contains("does not accept the credentials"));
	}

	@Test
	void whatIsNoneOfTheServersIsSaid() {
		server.faults.put("/", TestServer.says(404, "nothing here"));
		assertTrue(
			message(() -> open(server.address())).contains("is neither ComfyUI nor an OpenAI-style server of images"));
	}

	@Test
	void theWatchMayStopAnything() {
		final Noted noted = new Noted();
		noted.stopped = true;
		assertThrows(Noted.Stopped.class, () -> open(server.address()).layers(request(2), noted));
		assertEquals(0, server.requests.stream().filter("POST /prompt"::equals).count());
	}
}
