package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.Prefs;
import ij.process.ColorProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.layerj.common.CancelledException;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelName;
import org.layerj.imagej.macro.Macros;
import org.layerj.remote.FakeComfyUi;
import org.layerj.remote.ServerAddress;

/** Macros and choices with a model on a server. */
@Timeout(300)
class ServerMacroTest {

	private static final String KNOWN = "decompose.servers";

	@AfterEach
	void forget() {
		Prefs.set("decompose.model", null);
		Prefs.set("decompose.device", null);
		Prefs.set(KNOWN, null);
	}

	private static ImagePlus cells() {
		final ColorProcessor pixels = new ColorProcessor(50, 40);
		for (int i = 0; i < 2000; i++) pixels.set(i, i * 4241 & 0xffffff);
		return new ImagePlus("cells.png", pixels);
	}

	@Test
	void aMacroNamesTheServer() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			final Macros.Outcome outcome =
				Macros.run(cells(), "layers=2 resolution=64 model=[" + server.address() + "]",
					() -> new DecomposePlugIn(Decomposers::open).run(""));
			assertEquals(Macros.Outcome.of("cells-layers"), outcome);
			assertEquals("http://127.0.0.1:" + server.port(), Prefs.get(KNOWN, ""), "said once");
		}
	}

	@Test
	void aPasswordInTheAddressIsRejectedAndNotShown() {
		final Macros.Outcome outcome = Macros.run(cells(), "model=[http://ada:hunter2@host:8188]",
			() -> new DecomposePlugIn(Decomposers::open).run(""));
		assertTrue(
			outcome.error().contains("must not hold a user name or a password") && !outcome.error().contains("hunter2"),
			outcome.error());
	}

	@Test
	void aServerIsChosenInModelsAndDevices() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			new ModelsPlugIn().call(Optional.empty(), Map.of("model", server.address() + "/", "device", "auto"));
			final String chosen = ModelChoice.model();
			assertEquals(ModelName.of(server.address() + "/").text(), chosen);
			final List<DecomposeFields.Model> models = DecomposeFields.models(chosen);
			assertTrue(models.stream().anyMatch(m -> m.key().equals(chosen) && m.label().contains("127.0.0.1")),
				models::toString);
			try (Decomposer remote = Decomposers.outline(ModelName.of(chosen), "auto")) {
				final Set<String> fields =
					DecomposeFields.visible(DecomposeRequest.KEYS, Optional.of(remote.model()), true, false);
				assertTrue(fields.containsAll(Set.of("prompt", "negative", "guidance", "steps", "seed", "resolution"))
					&& !fields.contains("device"), fields::toString);
			}
			assertEquals(0, server.requests.stream().filter(r -> r.startsWith("POST")).count(), "no picture is sent");
		}
	}

	@Test
	void whatIsSentIsSaid() {
		assertEquals(
			"Pictures and layers for model=https://gpu.lab.org/comfy are sent to https://gpu.lab.org, "
				+ "where whoever runs it can see them.",
			ServerConsent.text(ServerAddress.of("https://gpu.lab.org/comfy")));
		assertTrue(ServerConsent.text(ServerAddress.of("http://gpu:8188")).contains(", unencrypted"));
		assertFalse(ServerConsent.text(ServerAddress.of("http://localhost:8188")).contains("unencrypted"));
	}

	@Test
	void aPersonIsAskedOncePerServer() {
		final ModelName first = ModelName.of("http://gpu:8188?timeout=9#weights");
		final List<String> asked = new ArrayList<>();
		assertThrows(CancelledException.class, () -> ServerConsent.ask(first, question -> {
			asked.add(question);
			return false;
		}));
		assertEquals(List.of("Pictures and layers for model=http://gpu:8188 are sent to http://gpu:8188, unencrypted, "
			+ "where whoever runs it can see them.\nGo on?"), asked);
		assertEquals("", Prefs.get(KNOWN, ""), "a user who declined is asked again");
		ServerConsent.ask(first, asked::add);
		assertEquals(2, asked.size());
		ServerConsent.say(first);
		ServerConsent.ask(ModelName.of("http://gpu:8188"), asked::add);
		assertEquals(2, asked.size(), "the same server");
		ServerConsent.ask(ModelName.of("https://gpu:8188"), asked::add);
		ServerConsent.ask(ModelName.of("http://gpu:8189"), asked::add);
		assertEquals(4, asked.size(), "another way there, and another server");
		ServerConsent.ask(ModelName.BUILT_IN, asked::add);
		assertEquals(4, asked.size(), "nothing is sent");
	}
}
