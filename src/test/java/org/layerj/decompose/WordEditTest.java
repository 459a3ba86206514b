package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.layers.Bounds;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.Mask;
import org.layerj.layers.RgbaImage;
import org.layerj.layers.edit.LayerOnBackground.Kind;
import org.layerj.remote.FakeComfyUi;
import org.layerj.remote.FakeOpenAi;
import org.layerj.remote.TestServer;

/** Layers edited by words, on servers that turn red into blue. */
@Timeout(300)
class WordEditTest {

	private static final DecomposeOptions BLUE = DecomposeOptions.defaults().with("prompt", "make it blue");

	private static TestServer server(final String kind) throws IOException, InterruptedException {
		if (kind.equals("comfy")) return new FakeComfyUi();
		final FakeOpenAi server = new FakeOpenAi(kind);
		server.models = List.of("Qwen/Qwen-Image-Edit-2511");
		return server;
	}

	private static Layer layer(final String id, final Bounds b, final IntBinaryOperator argb) {
		final int[] pixels = new int[b.width() * b.height()];
		for (int i = 0; i < pixels.length; i++) pixels[i] = argb.applyAsInt(i % b.width(), i / b.width());
		return Layer.of(id, id, RgbaImage.ofArgb(b.width(), b.height(), pixels)).at(b.x(), b.y());
	}

	/** A red disc with a soft edge on grey stripes; something green above it. */
	private static final LayerStack FIGURE = new LayerStack(80, 60,
		List.of(layer("stripes", Bounds.all(80, 60), (x, y) -> 0xff000000 | (y / 8 % 2 == 0 ? 0xd0d0d0 : 0xe4e4e4)),
			layer("disc", new Bounds(20, 10, 40, 40), (x, y) -> {
				final double inside = 18.5 - Math.hypot(x - 19.5, y - 19.5);
				return (int) Math.round(255 * Math.max(0, Math.min(1, inside / 2))) << 24 | 0xd02018;
			}), layer("mark", new Bounds(5, 5, 6, 6), (x, y) -> 0xff00a000)));

	private static WordEdit.Result edit(final TestServer server, final Optional<Mask> selection, final Kind kind,
		final boolean keep)
	{
		return WordEdit.open(ModelName.of(server.address()))
			.edit(FIGURE, "disc", selection, BLUE, kind, keep, Progress.none());
	}

	@ParameterizedTest
	@CsvSource({ "comfy,PLAIN,true", "comfy,FIGURE,true", "vllm,PLAIN,true", "sglang,FIGURE,true", "comfy,PLAIN,false",
		"comfy,FIGURE,false", "vllm,PLAIN,false" })
	void theAnswerComesBackAtItsPlace(final String kind, final Kind background, final boolean keep) throws Exception {
		try (TestServer server = server(kind)) {
			final WordEdit.Result result = edit(server, Optional.empty(), background, keep);
			final Layer now = result.layer();
			final Layer old = FIGURE.get(1);
			assertEquals(List.of(old.id(), old.name(), old.opacity()), List.of(now.id(), now.name(), now.opacity()));
			final RgbaImage before = old.onCanvas(80, 60);
			final RgbaImage after = now.onCanvas(80, 60);
			for (int y = 0; y < 60; y++) for (int x = 0; x < 80; x++) {
				final int a = before.argb(x, y) >>> 24;
				final int b = after.argb(x, y) >>> 24;
				assertEquals(a, b, keep ? 0 : a == 0 || a == 255 ? 60 : 128, x + ", " + y);
				// Away from the edge, over which the picture's size changes spread.
				if (Math.hypot(x - 39.5, y - 29.5) > 14) continue;
				assertEquals(255, b);
				assertEquals(0x18, after.argb(x, y) >> 16 & 255, 6, x + ", " + y);
				assertEquals(0x20, after.argb(x, y) >> 8 & 255, 6);
				assertEquals(0xd0, after.argb(x, y) & 255, 6);
			}
			final Bounds b = now.bounds();
			for (int i = 0; i < b.width() * b.height(); i++)
				assertEquals(now.pixels().plane(RgbaImage.ALPHA)[i] != 0, now.synthetic().get(i));
			assertEquals("make it blue", result.run().prompt());
			assertEquals(List.of(40, 4.0, 0L), List.of(result.run().settings().steps(),
				result.run().settings().guidance(), result.run().settings().seed()));
			assertTrue(
				result.run().model().toLowerCase().contains("edit") && result.run().device().contains(" at http"),
				result.run()::toString);
			assertEquals("http://127.0.0.1:" + server.port(),
				RunJson.of(result.run()).getAsJsonObject("run").get("sentTo").getAsString());
		}
	}

	@ParameterizedTest
	@CsvSource({ "comfy,true", "vllm,true", "comfy,false", "sglang,false" })
	void outsideOfTheSelectionNothingChanges(final String kind, final boolean keep) throws Exception {
		try (TestServer server = server(kind)) {
			final Mask top = Mask.of(80, 60, i -> i / 80 < 30);
			final Layer now = edit(server, Optional.of(top), Kind.PLAIN, keep).layer();
			final RgbaImage before = FIGURE.get(1).onCanvas(80, 60);
			final RgbaImage after = now.onCanvas(80, 60);
			for (int y = 30; y < 60; y++)
				for (int x = 0; x < 80; x++)
					if (before.argb(x, y) >>> 24 > 0) assertEquals(before.argb(x, y), after.argb(x, y));
			assertEquals(0xd0, after.argb(40, 20) & 255, 6);
			final Bounds b = now.bounds();
			for (int i = 0; i < b.width() * b.height(); i++)
				if (i / b.width() + b.y() >= 30) assertTrue(!now.synthetic().get(i));
		}
	}

	@Test
	void theServerGetsTheMaskAndWhatIsBelow() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			edit(server, Optional.empty(), Kind.FIGURE, true);
			assertTrue(server.graph.has("79"), "noise in the layer's shape only");
			edit(server, Optional.empty(), Kind.FIGURE, false);
			assertTrue(!server.graph.has("79"), "the shape may change");
		}
	}

	@Test
	void whatCannotBeIsSaidBeforeAnythingIsSent() throws Exception {
		assertSame(WordEdit.NEEDED,
			assertThrows(InvalidOptionException.class, () -> WordEdit.open(ModelName.BUILT_IN)).getMessage());
		assertTrue(WordEdit.NEEDED.endsWith(".") && !WordEdit.NEEDED.contains("\n"));
		try (FakeComfyUi server = new FakeComfyUi()) {
			final WordEdit open = WordEdit.open(ModelName.of(server.address()));
			assertEquals("The option prompt is missing; say in words what is to be done with the layer.",
				assertThrows(InvalidOptionException.class, () -> open.edit(FIGURE, "disc", Optional.empty(),
					DecomposeOptions.defaults(), Kind.PLAIN, true, Progress.none())).getMessage());
			assertTrue(assertThrows(InvalidOptionException.class, () -> open.edit(FIGURE, "disc", Optional.empty(),
				BLUE.with("seed", "-1"), Kind.PLAIN, true, Progress.none())).getMessage().contains("from 0 up"));
			assertEquals(0, server.requests.stream().filter(r -> r.startsWith("POST")).count());
		}
	}

	@Test
	void aRunThatCannotBeTakenBackIsSaidToGoOn() throws Exception {
		try (TestServer server = server("vllm")) {
			final WordEdit open = WordEdit.open(ModelName.of(server.address()));
			final Progress impatient = new Progress() {

				private boolean asked;

				@Override
				public void plan(final List<Phase> phases) {}

				@Override
				public void phase(final String name) {
					asked = name.equals("denoise");
				}

				@Override
				public void update(final double fraction, final String message) {}

				@Override
				public boolean cancelled() {
					return asked;
				}
			};
			assertTrue(assertThrows(CancelledException.class,
				() -> open.edit(FIGURE, "disc", Optional.empty(), BLUE, Kind.PLAIN, true, impatient)).getMessage()
				.contains("it may go on computing"));
		}
	}
}
