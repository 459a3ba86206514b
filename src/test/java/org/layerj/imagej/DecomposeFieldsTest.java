package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.Fixtures;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.Forecast;
import org.layerj.decompose.ModelInfo;
import org.layerj.decompose.ModelName;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;

class DecomposeFieldsTest {

	private static final String FOLDER = Fixtures.open("14-pipeline").folder().resolve("model").toString();

	@TempDir
	Path dir;

	private static Set<String> visible(final Optional<ModelInfo> model, final boolean advanced, final boolean stack) {
		return DecomposeFields.visible(DecomposeRequest.FIELDS, model, advanced, stack);
	}

	private static ModelInfo model(final String name) {
		try (Decomposer model = Decomposers.outline(ModelName.of(name), "auto")) {
			return model.model();
		}
	}

	@Test
	void whatFewNeedIsFoldedAway() {
		assertEquals(Set.of("layers", "model"), visible(Optional.empty(), false, false));
		assertEquals(Set.of("layers", "model", "slices", "reuse"), visible(Optional.empty(), false, true));
		assertEquals(Set.copyOf(DecomposeRequest.FIELDS), visible(Optional.empty(), true, true),
			"as long as the model is not known");
	}

	@Test
	void onlyWhatTheModelTakesIsThere() {
		assertEquals(Set.of("layers", "model", "output", "raw", "elements", "hints"),
			visible(Optional.of(model("built-in")), true, false));
		final FakeDecomposer fake = new FakeDecomposer();
		fake.open(ModelName.of(dir.toString()), "cpu");
		fake.readsPrompts = false;
		final Set<String> deaf = visible(Optional.of(fake.model()), true, false);
		for (final String key : List.of("prompt", "negative", "guidance")) assertFalse(deaf.contains(key), key);
		assertTrue(deaf.containsAll(List.of("resolution", "steps", "seed", "device")));
		assertTrue(
			visible(Optional.of(model(FOLDER)), true, false).containsAll(List.of("steps", "seed", "device", "raw")));
	}

	@Test
	void modelsHaveNamesAndSayWhatTheyNeed() {
		assertEquals(List.of("built-in", ""),
			DecomposeFields.models("").stream().map(DecomposeFields.Model::key).toList());
		assertEquals(List.of("built-in", ""),
			DecomposeFields.models("built-in").stream().map(DecomposeFields.Model::key).toList());
		final DecomposeFields.Model own = DecomposeFields.models(dir.toString()).get(1);
		assertEquals(dir.toString(), own.key());
		assertTrue(own.label().startsWith(dir.getFileName() + ": "), own.label());
	}

	@Test
	void emptyFieldsSayWhatTheDefaultIs() {
		final ModelInfo fake = new FakeDecomposer().model();
		assertEquals("5", DecomposeFields.hint(fake, "steps"));
		assertEquals("256", DecomposeFields.hint(fake, "resolution"));
		assertEquals("", DecomposeFields.hint(fake, "prompt"));
	}

	@Test
	void forecastsNeedNoDevice() {
		try (Decomposer outline = Decomposers.outline(ModelName.of(FOLDER), "auto")) {
			final Forecast few = outline.forecast(400, 300, DecomposeOptions.defaults().withLayers(2));
			final Forecast many = outline.forecast(400, 300, DecomposeOptions.defaults().withLayers(8));
			assertTrue(few.seconds() > 0 && many.seconds() > few.seconds(), few + " " + many);
			assertTrue(many.ram() > few.ram());
		}
	}

	@Test
	void thePreviewShowsAllLayersSideBySideOnSquares() {
		final RgbaImage red = RgbaImage.ofArgb(4, 2, new int[] { -65536, -65536, -65536, -65536, 0, 0, 0, 0x80ff0000 });
		final LayerStack stack =
			new LayerStack(4, 2, List.of(Layer.of("a", "A", red), Layer.of("b", "B", red), Layer.of("c", "C", red)));
		final RgbaImage sheet = DecomposeDialog.sheet(stack);
		assertEquals(0xffff0000, sheet.argb(0, 0));
		assertEquals(-1, sheet.argb(0, 1), "transparent");
		assertEquals(0xffff7f7f, sheet.argb(3, 1));
		final long reds = Arrays.stream(sheet.argb()).filter(p -> p == 0xffff0000).count();
		assertEquals(12, reds, "three layers");
	}
}
