package org.layerj.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.layerj.remote.ServerTesting.message;
import static org.layerj.remote.ServerTesting.picture;
import static org.layerj.remote.ServerTesting.same;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.common.Progress;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.ServerTesting.Noted;

/** Servers with a model that edits pictures by words. */
@Timeout(300)
class EditServerTest {

	private static final Mask LEFT = Mask.of(64, 48, i -> i % 64 < 32);

	private static EditServer open(final String address) {
		return Servers.editor(ServerAddress.of(address), Map.of());
	}

	private static ImageEdit request(final Optional<Mask> mask) {
		return new ImageEdit(picture(), mask, "make it blue", " ", 7, 2.5, 42);
	}

	private static RgbaImage run(final String address) {
		return open(address).edit(request(Optional.empty()), Progress.none());
	}

	@ParameterizedTest
	@CsvSource({ "qwen_image_edit_2511_bf16.safetensors,TextEncodeQwenImageEditPlus,image1",
		"qwen_image_edit_2509_fp8_e4m3fn.safetensors,TextEncodeQwenImageEditPlus,image1",
		"qwen_image_edit_fp8_e4m3fn.safetensors,TextEncodeQwenImageEdit,image" })
	void comfyUiIsAskedByTheNodesOfTheModelItHas(final String weights, final String encoder, final String input)
		throws Exception
	{
		try (FakeComfyUi server = new FakeComfyUi()) {
			server.files.put("unet_name", List.of("qwen_image_layered_bf16.safetensors", weights));
			final EditServer comfy = open(server.address());
			assertTrue(comfy.masks());
			assertEquals(List.of("ComfyUI 0.3.75", weights), List.of(comfy.info().kind(), comfy.info().model()));
			final Noted noted = new Noted();
			same(List.of(TestServer.edited(picture(), LEFT::get)),
				List.of(comfy.edit(request(Optional.of(LEFT)), noted)));
			assertEquals(encoder, server.graph.getAsJsonObject("6").get("class_type").getAsString());
			final JsonObject words = server.graph.getAsJsonObject("6").getAsJsonObject("inputs");
			assertEquals("make it blue", words.get("prompt").getAsString());
			assertEquals("74", words.getAsJsonArray(input).get(0).getAsString());
			assertEquals(" ", server.graph.getAsJsonObject("7").getAsJsonObject("inputs").get("prompt").getAsString());
			final JsonObject sampler = server.graph.getAsJsonObject("3").getAsJsonObject("inputs");
			assertEquals(List.of("42", "7", "2.5", "1"),
				List.of("seed", "steps", "cfg", "denoise").stream().map(k -> sampler.get(k).getAsString()).toList());
			assertTrue(
				noted.reported.contains("denoise 33 KSampler, step 1 of 3") && noted.reported.contains("fetch 0 "),
				noted.reported::toString);
			same(List.of(TestServer.edited(picture(), i -> true)), List.of(run(server.address())));
			assertFalse(server.graph.has("77"), "no mask, no node for it");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "vllm", "sglang" })
	void theOthersAreAskedByTheirForm(final String owner) throws IOException {
		try (FakeOpenAi server = new FakeOpenAi(owner)) {
			server.models = List.of("Qwen/Qwen-Image-Edit-2511");
			final EditServer edits = open(server.address());
			assertFalse(edits.masks());
			same(List.of(TestServer.edited(picture(), i -> true)),
				List.of(edits.edit(request(Optional.of(LEFT)), Progress.none())));
			assertEquals(List.of("make it blue", " ", "7", "42", "2.5", "Qwen/Qwen-Image-Edit-2511"),
				List.of("prompt", "negative_prompt", "num_inference_steps", "seed", "true_cfg_scale", "model")
					.stream()
					.map(server.fields::get)
					.toList());
			assertFalse(server.fields.containsKey("layers") || server.fields.containsKey("num_frames"));
		}
	}

	@Test
	void whatIsMissingIsSaid() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			server.files.put("unet_name", List.of("qwen_image_layered_bf16.safetensors"));
			assertTrue(message(() -> open(server.address())).contains("has no diffusion model for Qwen-Image-Edit; put "
				+ "qwen_image_edit_2511_bf16.safetensors in models/diffusion_models there"));
			server.files.put("unet_name", List.of("a/qwen_image_edit_2509.safetensors", "qwen_image_edit_2511.gguf"));
			assertTrue(message(() -> open(server.address())).contains("several to choose from as diffusion model"));
			assertEquals("a/qwen_image_edit_2509.safetensors",
				open(server.address() + "#a/qwen_image_edit_2509.safetensors").info().model());
			server.missing.add(ComfyGraph.EDIT_PLUS_ENCODER);
			assertTrue(message(() -> open(server.address() + "#a/qwen_image_edit_2509.safetensors"))
				.contains("has no node TextEncodeQwenImageEditPlus, which a/qwen_image_edit_2509.safetensors needs"));
			server.missing.add(ComfyGraph.EDIT_ENCODER);
			assertTrue(message(() -> open(server.address())).contains("does not know Qwen-Image-Edit; update ComfyUI"));
		}
		try (FakeOpenAi server = new FakeOpenAi("vllm")) {
			assertTrue(message(() -> open(server.address()))
				.contains("does not have an image-editing model, but Qwen/Qwen-Image-Layered; start it with "
					+ "Qwen/Qwen-Image-Edit-2511, or name a model behind #"));
		}
	}

	@Test
	void hostileAnswersAreRejectedBeforeTheyCostAnything() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			server.twist = all -> List.of(TestServer.pngBomb(30_000, 30_000));
			assertTrue(message(() -> run(server.address())).contains("30000 × 30000 pixels instead of 64 × 48"));
			server.twist = all -> List.of(TestServer.png(RgbaImage.blank(48, 64)));
			assertTrue(message(() -> run(server.address())).contains("48 × 64 pixels instead of 64 × 48"));
			server.twist = all -> List.of(Arrays.copyOf(all.get(0), all.get(0).length / 2));
			assertTrue(message(() -> run(server.address())).contains("damaged or breaks off"));
			server.twist = all -> all;
			server.error = new String[] { "torch.OutOfMemoryError", "CUDA out of memory" };
			assertTrue(message(() -> run(server.address())).contains("ran out of graphics memory"));
		}
		try (FakeOpenAi server = new FakeOpenAi("sglang")) {
			server.models = List.of("Qwen/Qwen-Image-Edit");
			server.twist = all -> List.of(TestServer.pngBomb(30_000, 30_000));
			assertTrue(message(() -> run(server.address())).contains("a picture of 30000 × 30000 pixels"));
			server.twist = all -> List.of(TestServer.png(RgbaImage.blank(48, 64)));
			assertTrue(message(() -> run(server.address())).contains("a picture of 48 × 64 pixels instead of 64 × 48"));
			server.twist = all -> List.of(all.get(0), all.get(0));
			assertTrue(message(() -> run(server.address())).contains("more than 1 pictures"));
			server.twist = all -> List.of("<html>".getBytes());
			assertTrue(message(() -> run(server.address())).contains("something else than a PNG"));
			server.twist = all -> List.of(TestServer.png(RgbaImage.blank(128, 96)));
			assertEquals(96, run(server.address()).height(), "the model's own size");
			server.faults.put("/v1/images", TestServer.endless());
			assertTrue(message(() -> run(server.address())).contains("too long for a server of its kind"));
			server.faults.put("/v1/images", TestServer.truncated());
			server.requests.clear();
			message(() -> run(server.address()));
			assertEquals(1, server.requests.stream().filter("POST /v1/images/edits"::equals).count());
		}
	}

	@Test
	void cancellingLeavesNothingInTheQueue() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			server.gate = new Semaphore(0);
			final Noted noted = new Noted();
			final AtomicReference<Throwable> thrown = new AtomicReference<>();
			final EditServer comfy = open(server.address());
			final Thread client = new Thread(() -> thrown
				.set(assertThrows(Noted.Stopped.class, () -> comfy.edit(request(Optional.empty()), noted))));
			client.start();
			assertTrue(server.begun.await(60, TimeUnit.SECONDS));
			noted.stopped = true;
			client.join(60_000);
			assertTrue(thrown.get() instanceof Noted.Stopped);
			assertEquals(List.of(List.of(), List.of()), List.of(server.pending, server.running));
		}
	}

	@Test
	void credentialsGoWithEveryQuestion() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			Servers
				.editor(ServerAddress.of(server.address()),
					Map.of(Credentials.VARIABLE, "http://127.0.0.1:" + server.port() + " bearer t0ken"))
				.edit(request(Optional.of(LEFT)), Progress.none());
			assertEquals(List.of("Bearer t0ken"), server.authorizations.stream().distinct().toList());
		}
	}
}
