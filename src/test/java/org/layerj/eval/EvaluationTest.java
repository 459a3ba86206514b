package org.layerj.eval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.layers.RgbaImage;

class EvaluationTest {

	@TempDir
	private Path temp;
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int run(final String... args) {
		return Evaluation.run(new PrintStream(err, true, StandardCharsets.UTF_8), args);
	}

	private static void png(final RgbaImage picture, final Path file) throws IOException {
		final BufferedImage out = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_ARGB);
		out.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.argb());
		ImageIO.write(out, "png", file.toFile());
	}

	private Path truth(final String... names) throws IOException {
		final Path truth = temp.resolve("truth");
		for (final String name : names) {
			final Path folder = Files.createDirectories(truth.resolve(name));
			final List<RgbaImage> layers = HandMade.pagePlateMark();
			png(HandMade.flat(layers), folder.resolve("input.png"));
			for (int k = 0; k < layers.size(); k++) png(layers.get(k), folder.resolve("layer-0" + k + ".png"));
			Files.writeString(folder.resolve("figure.json"), "{\"family\": \"" + (name.equals("a") ? "plates" : "pages")
				+ "\", \"split\": \"" + name + "\", \"layers\": [\"page\", \"plate\", \"mark\"]}");
		}
		return truth;
	}

	private static JsonObject json(final Path output) throws IOException {
		return JsonParser.parseString(Files.readString(output.resolve("evaluation.json"))).getAsJsonObject();
	}

	@Test
	void baselinesAreScoredWithoutAModel() throws IOException {
		final Path output = temp.resolve("out");
		assertEquals(0, run("--truth", truth("a", "b").toString(), "--model", "none", "--output", output.toString()),
			err.toString(StandardCharsets.UTF_8));
		final JsonObject json = json(output);
		assertEquals(1 + Baselines.all().size(), json.getAsJsonArray("methods").size());
		final JsonObject perfect = json.getAsJsonArray("methods").get(0).getAsJsonObject();
		assertEquals("truth", perfect.get("method").getAsString());
		assertEquals(1, perfect.getAsJsonArray("alphaIou").get(0).getAsDouble(), 1e-9);
		assertEquals(0, perfect.getAsJsonArray("rgbL1").get(0).getAsDouble(), 1e-9);
		final JsonObject figure = perfect.getAsJsonArray("figures").get(1).getAsJsonObject();
		assertEquals("b", figure.get("figure").getAsString());
		assertEquals("pages", figure.get("family").getAsString());
		assertEquals(3, figure.get("asked").getAsInt());

		final String table = Files.readString(output.resolve("evaluation.md"));
		assertTrue(table.contains("| one opaque layer |") && table.contains("| a (1) | b (1) |"), table);
		final List<String> byFamily =
			table.lines().dropWhile(l -> !l.startsWith("By family")).filter(l -> l.startsWith("|")).toList();
		assertTrue(byFamily.get(0).startsWith("| family | layers | truth | one opaque layer |"), table);
		assertTrue(byFamily.get(2).startsWith("| pages (1) | 3.00 | 1.000 / 1.000 |")
			&& byFamily.get(3).startsWith("| plates (1) |"), table);
		// The input as one layer is what the published evaluation leaves out.
		assertTrue(
			table.lines().anyMatch(l -> l.startsWith("| one opaque layer |") && l.contains("| 1.00 | 0.00 | 2 |")),
			table);
		final BufferedImage sheet = ImageIO.read(output.resolve("contact-sheet.png").toFile());
		assertEquals(4 * 174 + 6, sheet.getWidth());
		assertEquals(4 * 174 + 6, sheet.getHeight());
	}

	@Test
	void aModelIsScoredTogetherWithItsVae() throws IOException {
		final Path model = temp.resolve("model");
		final Path source = Fixtures.open("14-pipeline").folder().resolve("model");
		try (Stream<Path> all = Files.walk(source)) {
			for (final Path p : all.toList()) Files.copy(p, model.resolve(source.relativize(p).toString()));
		}
		Files.writeString(model.resolve("decompose.json"),
			"{\"name\": \"tiny\", \"resolution\": 64, \"resolutions\": [64], \"steps\": 1, \"guidance\": 1, \"layers\": 2, \"max_layers\": 2}");
		final Path output = temp.resolve("out");
		// With a prompt, so that the tiny model does not have to describe the picture first, which takes it most of a
		// minute.
		assertEquals(0, run("--truth", truth("a").toString(), "--model", model.toString(), "--methods", "model",
			"--prompt", "A plate.", "--output", output.toString()), err.toString(StandardCharsets.UTF_8));
		final JsonObject json = json(output);
		assertTrue(json.getAsJsonObject("vae").get("layerPsnr").getAsDouble() > 0);
		final JsonObject tiny = json.getAsJsonArray("methods").get(1).getAsJsonObject();
		assertEquals("tiny", tiny.get("method").getAsString());
		assertEquals(2, tiny.getAsJsonArray("figures").get(0).getAsJsonObject().get("asked").getAsInt(),
			"three layers are more than the model can");
		assertTrue(json.get("layers").getAsString().contains("at most 2"));
		assertTrue(Files.readString(output.resolve("evaluation.md")).contains("RGBA-VAE alone"));
	}

	@ParameterizedTest
	@CsvSource({ "--layers,many,1", "--methods,some,1", "--sheet,x,2", "--colour,red,2" })
	void wrongOptionsAreToldInASentence(final String option, final String value, final int code) throws IOException {
		assertEquals(code, run("--truth", truth("a").toString(), "--model", "none", "--output",
			temp.resolve("out").toString(), option, value));
		final String last = err.toString(StandardCharsets.UTF_8).lines().reduce((first, second) -> second).orElse("");
		assertTrue(last.contains(value), last);
		assertTrue(err.toString(StandardCharsets.UTF_8).lines().noneMatch(l -> l.startsWith("\tat ")), last);
	}

	@Test
	void foldersWithoutFiguresAreRejected() {
		assertEquals(1, run("--truth", temp.toString(), "--model", "none"));
		assertEquals("The folder " + temp + " has no sub-folder with an input.png.",
			err.toString(StandardCharsets.UTF_8).strip());
	}

	@Test
	void aSingleKindOfFigureNeedsNoTableOfKinds() throws IOException {
		final Path output = temp.resolve("out");
		assertEquals(0, run("--truth", truth("a").toString(), "--model", "none", "--output", output.toString()));
		final String table = Files.readString(output.resolve("evaluation.md"));
		assertTrue(!table.contains("By split") && !table.contains("By family"), table);
	}

	@Test
	void committedFiguresAreExactCompositesOfTheirLayers() throws URISyntaxException, IOException {
		final List<Path> folders =
			TruthFigure.folders(Path.of(EvaluationTest.class.getResource("/org/layerj/evaluation").toURI()));
		assertEquals(40, folders.size());
		final Set<String> families = new TreeSet<>();
		final Set<Integer> counts = new TreeSet<>();
		int foreign = 0;
		for (final Path folder : folders) {
			final TruthFigure figure = TruthFigure.read(folder);
			assertTrue(figure.layers().size() >= 2, figure.name());
			assertEquals(!figure.family().equals("cut-out"), figure.layers().get(0).isOpaque(), figure.name());
			assertEquals(figure.input(), HandMade.flat(figure.layers()), figure.name());
			final JsonObject facts =
				JsonParser.parseString(Files.readString(folder.resolve("figure.json"))).getAsJsonObject();
			assertTrue(facts.get("caption").getAsString().endsWith("."), figure.name());
			assertEquals(figure.layers().size(), facts.getAsJsonArray("layers").size(), figure.name());
			counts.add(figure.layers().size());
			if (figure.split().equals("foreign")) foreign++;
			else families.add(figure.family());
		}
		assertEquals(
			Set.of("micrograph", "photo", "panels", "plot", "diagram", "poster", "slide", "shapes", "icons", "cut-out"),
			families);
		assertEquals(Set.of(2, 3, 4, 5, 6, 7, 8), counts);
		assertTrue(foreign >= 8, "figures of other renderers: " + foreign);
	}
}
