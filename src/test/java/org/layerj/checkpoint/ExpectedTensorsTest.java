package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.checkpoint.ExpectedTensors.TextNames;

/** The fixtures were saved by diffusers and transformers themselves: their names and shapes are the truth. */
class ExpectedTensorsTest {

	private static void same(final ExpectedTensors expected, final Component stored) {
		final ExpectedTensors.Difference d = expected.compare(stored);
		assertEquals(List.of(), d.missing());
		assertEquals(List.of(), d.misshapen());
		assertEquals(List.of(), d.unexpected());
		assertEquals(stored.names().size(), expected.all().size());
	}

	@ParameterizedTest
	@ValueSource(strings = { "04-transformer", "05-transformer-upstream" })
	void transformerOfDiffusers(final String fixture) {
		final ModelFiles files = Fixtures.open(fixture).files();
		same(ExpectedTensors.transformer(TransformerConfig.read(files)), Component.open(files, "transformer"));
	}

	@Test
	void vaeOfDiffusers() {
		final ModelFiles files = Fixtures.open("06-vae").files();
		same(ExpectedTensors.vae(VaeConfig.read(files)), Component.open(files, "vae"));
	}

	@Test
	void textEncoderOfTransformers() {
		final ModelFiles files = Fixtures.open("14-pipeline").files("model");
		final Component stored = Component.open(files, "text_encoder");
		assertEquals(TextNames.FLAT, TextNames.of(stored));
		same(ExpectedTensors.text(TextConfig.read(files), Optional.of(VisionConfig.read(files)), TextNames.FLAT, false),
			stored);
	}

	@Test
	void bothNamesOfTheTextEncoderAndATiedHead(@TempDir final Path folder) throws IOException {
		final ModelFiles files = Fixtures.open("14-pipeline").files("model");
		final TextConfig text = TextConfig.read(files);
		final Optional<VisionConfig> vision = Optional.of(VisionConfig.read(files));
		final Map<String, long[]> renamed = new HashMap<>();
		final Component stored = Component.open(files, "text_encoder");
		for (final String name : stored.names()) {
			if (name.equals("lm_head.weight")) continue;
			renamed.put(
				name.startsWith("visual.") ? "model." + name : name.replaceFirst("^model\\.", "model.language_model."),
				stored.info(name).shape());
		}
		WeightFile.write(folder.resolve("text_encoder/model.safetensors"), "BF16", 2, renamed);
		final Component nested = Component.open(ModelFiles.folder(folder), "text_encoder");
		assertEquals(TextNames.NESTED, TextNames.of(nested));
		final ExpectedTensors.Difference tied =
			ExpectedTensors.text(text, vision, TextNames.NESTED, true).compare(nested);
		assertEquals(List.of(), tied.missing());
		assertEquals(List.of(), tied.unexpected());
		assertEquals(List.of("lm_head.weight"),
			ExpectedTensors.text(text, vision, TextNames.NESTED, false).compare(nested).missing());
	}

	@Test
	void kernelsWithoutTheTemporalAxisAreEnough(@TempDir final Path folder) throws IOException {
		final ModelFiles files = Fixtures.open("06-vae").files();
		final ExpectedTensors expected = ExpectedTensors.vae(VaeConfig.read(files));
		final Map<String, long[]> flat = new HashMap<>();
		for (final ExpectedTensor t : expected.all())
			if (!t.name().contains("time_conv")) flat.put(t.name(), t.shapes().get(t.shapes().size() - 1));
		assertTrue(flat.size() < expected.all().size());
		assertEquals(4, flat.get("encoder.conv_in.weight").length);
		WeightFile.write(folder.resolve("vae/diffusion_pytorch_model.safetensors"), "F32", 4, flat);
		final ExpectedTensors.Difference d = expected.compare(Component.open(ModelFiles.folder(folder), "vae"));
		assertEquals(List.of(), d.missing());
		assertEquals(List.of(), d.misshapen());
		assertEquals(List.of(), d.unexpected());
	}

	@Test
	void aConfigurationThatAsksForMillionsOfTensorsIsRejected(@TempDir final Path folder) throws IOException {
		Files.createDirectory(folder.resolve("text_encoder"));
		Files.writeString(folder.resolve("text_encoder/config.json"),
			Fixtures.open("14-pipeline")
				.text("model/text_encoder/config.json")
				.replace("\"num_hidden_layers\": 2", "\"num_hidden_layers\": 16000000"));
		Sentence.of(() -> ExpectedTensors.text(TextConfig.read(ModelFiles.folder(folder)), Optional.empty(),
			TextNames.FLAT, false));
	}
}
