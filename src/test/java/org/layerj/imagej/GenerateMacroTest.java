package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.Prefs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.layerj.common.CancelledException;
import org.layerj.decompose.WordEdit;
import org.layerj.imagej.edit.EditAction;
import org.layerj.imagej.edit.EditDialog;
import org.layerj.imagej.edit.EditRequest;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.layerj.remote.FakeComfyUi;

/** {@code action=generate} as macros use it, with a server that turns red into blue. */
@Timeout(300)
class GenerateMacroTest {

	private static final String KNOWN = "decompose.servers";

	private final ImagePlus image = LayeredPictures.hyperstack();
	private final OpenLayers open = OpenLayers.of(image).orElseThrow();
	private final LayerStack stack = open.layers();

	@AfterEach
	void forget() {
		Prefs.set(KNOWN, null);
	}

	private static String line(final FakeComfyUi server, final String more) {
		return "run('Edit Layer...', 'action=generate layer=Box prompt=[make it blue] seed=5 model=[" + server.address()
			+ "] " + more + "');";
	}

	private static final Set<String> EDITOR = Set.of("qwen_image_edit_2511_bf16.safetensors");

	private Layer box() {
		return open.layers().find("box").orElseThrow();
	}

	@Test
	void aLayerBecomesBlueAndTheOthersStay() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			assertEquals("", Macros.run(image, () -> {}, line(server, "")).error());
			final RgbaImage now = box().pixels();
			assertEquals(200, now.argb(6, 5) & 255, 6);
			assertEquals(0, now.argb(6, 5) >> 16 & 255, 6);
			for (int i = 0; i < 14 * 12; i++)
				if (now.plane(RgbaImage.ALPHA)[i] != 0) assertTrue(box().synthetic().get(i));
			assertSame(stack.get(0), open.layers().get(0));
			assertSame(stack.get(2), open.layers().get(2));
			assertEquals(open.layers(), Hyperstacks.layers(image), "the hyperstack shows it");
			assertEquals("http://127.0.0.1:" + server.port(), Prefs.get(KNOWN, ""), "said once where it goes");
			final String note = image.getProp(Generated.PROPERTY + "box");
			assertTrue(note.contains("qwen_image_edit_2511_bf16.safetensors") && note.contains("make it blue")
				&& note.contains("\"seed\":5") && note.contains("\"sentTo\":\"http://127.0.0.1:"), note);
			assertEquals(EDITOR, box().provenance().models());
			final Layer after = box();
			Macros.run(image, () -> {}, "run('Edit Layer...', 'action=undo');");
			assertEquals(stack, open.layers());
			assertEquals(Set.of(), box().provenance().models(), "undone");
			Macros.run(image, () -> {}, "run('Edit Layer...', 'action=redo');");
			assertEquals(after, box());
			assertEquals(EDITOR, box().provenance().models());
			Macros.run(image, () -> {}, "run('Edit Layer...', 'action=move layer=Box dx=3');");
			assertEquals(EDITOR, box().provenance().models(), "it moves along");
			Macros.run(image, () -> {}, "run('Edit Layer...', 'action=undo');run('Edit Layer...', 'action=undo');"
				+ "run('Edit Layer...', 'action=hide layer=1');run('Edit Layer...', 'action=recolour layer=Box hue=90');");
			assertEquals(Set.of(), box().provenance().models(), "what was undone for good is forgotten");
		}
	}

	@Test
	void theCaptionNamesTheModel() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			assertEquals("",
				Macros
					.run(image, () -> {},
						line(server, "background=figure alpha=estimate") + "run('Recomposite'); call('"
							+ Macros.class.getName() + ".note', Property.get('caption'));")
					.error());
			final Macros.Outcome outcome = Macros.run(image, () -> {},
				"run('Recomposite'); call('" + Macros.class.getName() + ".note', Property.get('caption'));");
			assertTrue(outcome.notes().get(0).contains("qwen_image_edit_2511_bf16.safetensors"),
				outcome.notes()::toString);
		}
	}

	@Test
	void withoutAServerOneMessageSaysWhatIsNeeded() {
		for (final String model : new String[] { "", "model=built-in", "model=/no/such/folder" })
			assertEquals(WordEdit.NEEDED,
				Macros
					.run(image, () -> {},
						"run('Edit Layer...', 'action=generate layer=Box prompt=[make it blue] " + model + "');")
					.error());
		assertEquals(stack, open.layers());
	}

	@Test
	void whatGoesWrongEndsTheMacroAndChangesNothing() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			assertTrue(Macros.run(image, () -> {}, line(server, "").replace("prompt=[make it blue]", ""))
				.error()
				.startsWith("The option prompt is missing"));
			assertTrue(Macros.run(image, () -> {}, line(server, "background=white"))
				.error()
				.startsWith("The option background must be plain or figure"));
			server.error = new String[] { "torch.OutOfMemoryError", "out of memory" };
			assertTrue(Macros.run(image, () -> {}, line(server, "")).error().contains("ran out of graphics memory"));
			assertEquals(stack, open.layers());
			assertEquals(Set.of(), box().provenance().models());
			assertEquals(Optional.empty(), open.undoName());
		}
	}

	@Test
	void aPreviewIsNotAskedForTwice() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			// As if a person had been asked and had agreed.
			Prefs.set(KNOWN, "http://127.0.0.1:" + server.port());
			final GenerateRun run = new GenerateRun();
			final EditDialog.Generator generator = run.in(Optional.of(image));
			final EditRequest request = EditRequest.of(EditAction.GENERATE, "layer", "Box", "prompt", "make it blue",
				"model", server.address());
			final LayerStack seen = generator.edited(request, open.layers(), "box");
			assertEquals(stack, open.layers(), "a preview changes nothing");
			run.on(open, request, Optional.of(image));
			assertEquals(seen.find("box"), open.layers().find("box"));
			assertEquals(1, server.requests.stream().filter("POST /prompt"::equals).count());
			run.on(open, request, Optional.of(image));
			assertEquals(2, server.requests.stream().filter("POST /prompt"::equals).count(),
				"of a layer that has changed");
		}
	}

	@Test
	void whoRefusesSendsNothing() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			final GenerateRun run =
				new GenerateRun(WordEdit::open, model -> ServerConsent.ask(model, question -> false));
			final EditRequest request = EditRequest.of(EditAction.GENERATE, "layer", "Box", "prompt", "make it blue",
				"model", server.address());
			assertThrows(CancelledException.class,
				() -> run.in(Optional.of(image)).edited(request, open.layers(), "box"));
			assertEquals(List.of(), server.requests);
		}
	}
}
