package org.layerj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.Fixtures;
import org.layerj.Jvm;
import org.layerj.checkpoint.ModelException;
import org.layerj.common.CancelledException;
import org.layerj.common.LocaleNames;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.ModelReport;
import org.layerj.decompose.Settings;
import org.layerj.fetch.FakeHub;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.header.MarkedFiles;

class MainTest {

	@TempDir
	Path dir;

	private final FakeDecomposer fake = new FakeDecomposer();
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	private Path picture;
	private Path target;

	@BeforeEach
	void picture() throws IOException {
		picture = dir.resolve("my cells.png");
		target = dir.resolve("result");
		ImageIO.write(new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
	}

	private int run(final String... args) {
		return new Main(fake::open, ModelReport::of, new PrintStream(out, true, StandardCharsets.UTF_8),
			new PrintStream(err, true, StandardCharsets.UTF_8), false).run(args);
	}

	private List<String> errors() {
		return err.toString(StandardCharsets.UTF_8).lines().toList();
	}

	/** The last line of standard error, which is all there may be unless the run had begun. */
	private String error() {
		assertEquals(1, errors().size(), errors()::toString);
		return errors().get(0);
	}

	private List<String> files() throws IOException {
		try (Stream<Path> files = Files.list(dir)) {
			return files.map(f -> f.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void aModelIsDownloadedOnceSomebodyAgrees() throws IOException {
		try (FakeHub hub = new FakeHub()) {
			hub.files.put("model_index.json", "{}".getBytes(StandardCharsets.UTF_8));
			hub.files.put("transformer/config.json", new byte[2000]);
			hub.publish();
			final String[] line =
				{ "--fetch", "qwen-image-layered", "--hub", hub.address(), "--output", target.toString(), "--yes" };
			assertEquals(Main.FAILED, run(List.of(line).subList(0, 6).toArray(String[]::new)));
			assertEquals("Nothing was downloaded; run this again with --yes to agree.", error());
			assertTrue(out.toString(StandardCharsets.UTF_8)
				.matches(
					"Qwen/Qwen-Image-Layered of 127.0.0.1, revision 8f0ca708dfff: 2 files, 3 kB, none of it here yet\\. "
						+ "Licence: apache-2.0 \\(http://127.0.0.1:\\d+/Qwen/Qwen-Image-Layered\\)\\. It goes to .*, where .* are free\\.\\R"),
				out::toString);
			assertFalse(Files.exists(target));
			assertEquals(Main.OK, run(line), errors()::toString);
			assertEquals("{}", Files.readString(target.resolve("model_index.json")));
			assertTrue(out.toString(StandardCharsets.UTF_8).contains("decompose with --model " + target + "."),
				out::toString);
			assertEquals(List.of(), fake.opened);
		}
		err.reset();
		assertEquals(Main.FAILED, run("--fetch", "nothing", "--yes"));
		assertEquals("A model is named owner/name, or owner/name@revision, not nothing.", error());
	}

	/** And the outputs carry it on. */
	@Test
	void whatAFileSaysOfItselfIsSaid() throws IOException {
		for (final String suffix : MarkedFiles.WITH_MANIFESTS) {
			err.reset();
			final Path marked = dir.resolve("marked." + suffix);
			Files.write(marked, MarkedFiles.manifest(suffix, "trainedAlgorithmicMedia", "Drawer 3"));
			final Path into = dir.resolve("of " + suffix);
			assertEquals(Main.OK, run(marked.toString(), "--layers", "2", "--output", into.toString()),
				errors()::toString);
			final String name = "marked." + suffix + ": ";
			assertTrue(errors().contains(name + "It says of itself that a trained model made it or parts of it "
				+ "(trainedAlgorithmicMedia, Drawer 3); the outputs say so too."), errors()::toString);
			assertTrue(errors().contains(name + "Its signed C2PA manifest is not valid for anything made of it; the "
				+ "outputs name it as broken by the edit."), errors()::toString);
			final String written = Files.readString(into.resolve("recomposed.png"), StandardCharsets.ISO_8859_1);
			assertTrue(written.contains("<layerj:BrokenManifest>C2PA"), written);
			assertTrue(written.contains("digitalsourcetype/trainedAlgorithmicMedia<"), written);
		}
	}

	@Test
	void aPictureBecomesAFolder() throws IOException {
		assertEquals(Main.OK,
			run(picture.toString(), "--layers", "2", "--output", target.toString(), "--seed=5", "--steps", "2",
				"--guidance=1.5", "--prompt", "two cells", "--negative", "blur", "--device", "cpu", "--resolution",
				"640", "--model", "/models/big"),
			errors()::toString);
		assertEquals(List.of(new Settings(2, 640, 2, 1.5, 5, "two cells", "blur", "cpu", false)), fake.settings);
		assertEquals(List.of("/models/big cpu"), fake.opened);
		assertEquals(List.of("my cells.png", "result"), files());
		try (Stream<Path> written = Files.list(target)) {
			assertEquals(List.of("layer-00.png", "layer-01.png", "layers.json", "layers.tif", "recomposed.png"),
				written.map(f -> f.getFileName().toString()).sorted().toList());
		}
		assertEquals(8, IJ.openImage(target.resolve("layers.tif").toString()).getStackSize());
		assertTrue(out.toString().startsWith("Wrote 2 layers to " + target + " in "), out::toString);
		assertEquals(
			"my cells.png, 6 × 4 pixels, into 2 layers with the model fake: about 5 s, 2.0 GB of memory (16.0 GB free)",
			errors().get(0));
		assertTrue(errors().stream().anyMatch(l -> l.matches("20 % denoise.*")), errors()::toString);
		assertTrue(fake.closed);
	}

	@Test
	void layersGoOutToOtherPrograms() throws IOException {
		assertEquals(Main.OK, run(picture.toString(), "--layers", "2", "--output", target.toString(), "--export",
			"psd,pptx,ora,svg,tiff,zip"), errors()::toString);
		for (final String name : List.of("layers.psd", "layers.ora", "layers-pages.tif", "layers.zip")) {
			assertEquals(2, LayerFormat.read(target.resolve(name)).layers().size(), name);
			assertTrue(LayerFormat.read(target.resolve(name)).metadata().run().orElseThrow().contains("\"model\""),
				name);
		}
		// The folder itself is read too.
		assertEquals(2, LayerFormat.read(target).layers().size());
		try (Stream<Path> written = Files.list(target)) {
			assertEquals(
				List.of("layer-00.png", "layer-01.png", "layers-pages.tif", "layers.json", "layers.ora", "layers.pptx",
					"layers.psd", "layers.svg", "layers.tif", "layers.zip", "recomposed.png"),
				written.map(f -> f.getFileName().toString()).sorted().toList());
		}
		assertEquals("Wrote " + target.resolve("layers.psd") + ".", out.toString().lines().toList().get(1));
	}

	/** The page and the resolution of a PDF say nothing of a PNG. */
	@Test
	void theRecordOfAPdfIsRepeatedOnOtherPictures() throws IOException {
		final Path pdf = dir.resolve("figure.pdf");
		try (PDDocument document = new PDDocument()) {
			for (int page = 0; page < 2; page++) document.addPage(new PDPage(new PDRectangle(72, 36)));
			document.save(pdf.toFile());
		}
		assertEquals(Main.OK,
			run(pdf.toString(), "--page", "2", "--dpi", "100", "--layers", "2", "--output", target.toString()),
			errors()::toString);
		for (final Path other : List.of(picture, pdf))
			assertEquals(Main.OK,
				run(other.toString(), "--output", dir.resolve("again").toString(), "--like", target.toString()),
				errors()::toString);
		assertTrue(Files.readString(dir.resolve("again/layers.json")).contains("figure.pdf#page=2"));
	}

	@Test
	void aRunIsRepeatedFromItsRecord() throws IOException {
		assertEquals(Main.OK, run(picture.toString(), "--output", target.toString(), "--seed=5", "--steps", "2",
			"--prompt", "two cells", "--raw", "--model", "/models/big", "--export", "ora,psd"), errors()::toString);
		err.reset();
		for (final Path record : List.of(target, target.resolve("layers.json"))) {
			assertEquals(Main.OK,
				run(picture.toString(), "--output", dir.resolve("again").toString(), "--like", record.toString()),
				errors()::toString);
		}
		assertEquals(fake.settings.get(0), fake.settings.get(2));
		assertTrue(fake.settings.get(2).auto() && fake.settings.get(2).raw());
		assertEquals("/models/big auto", fake.opened.get(2));
		assertTrue(Files.exists(dir.resolve("again/layers.ora")) && Files.exists(dir.resolve("again/layers.psd")));
		assertFalse(err.toString().contains("the one"), err::toString);
		ImageIO.write(new BufferedImage(6, 5, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
		run(picture.toString(), "--output", dir.resolve("again").toString(), "--like", target.toString(), "--layers",
			"2", "--seed", "6", "--export", "svg");
		assertEquals(new Settings(2, 256, 2, 1, 6, "two cells", " ", "auto", true), fake.settings.get(3));
		assertEquals("The picture is not the one that the record was made of.",
			errors().get(errors().indexOf("The picture is not the one that the record was made of.")));
		assertFalse(Files.exists(dir.resolve("again/layers.ora")));
		err.reset();
		assertEquals(Main.USAGE, run(picture.toString(), "--like", picture.toString()));
		assertEquals("The option like must name the layers.json of an earlier run, which " + picture + " is not.",
			error());
	}

	@Test
	void exportsThatWereChangedAreKeptAndNamed() throws IOException {
		run(picture.toString(), "--output", target.toString(), "--export", "psd,ora");
		Files.writeString(target.resolve("layers.psd"), "mine");
		err.reset();
		assertEquals(Main.OK, run(picture.toString(), "--output", target.toString()));
		assertEquals(
			"The file " + target.resolve("layers.psd")
				+ " has been changed since it was exported and is kept; it belongs to the layers before.",
			errors().get(errors().size() - 1));
		assertEquals("mine", Files.readString(target.resolve("layers.psd")));
		assertFalse(Files.exists(target.resolve("layers.ora")));
	}

	@Test
	void autoSaysThatThereMayBeFewer() {
		run(picture.toString(), "--layers", "auto", "--output", target.toString());
		assertTrue(errors().get(0).contains("into up to 3 layers with"), errors()::toString);
		assertEquals(3, fake.settings.get(0).layers());
	}

	@Test
	void theBuiltInModelHasAName() {
		assertEquals(Main.OK, run(picture.toString(), "--model", "built-in", "--output", target.toString()));
		assertEquals(List.of("built-in auto"), fake.opened);
		out.reset();
		assertEquals(Main.OK, run("--check", "--model", "built-in"));
		assertTrue(out.toString().startsWith("Model     built-in: small networks "), out::toString);
	}

	@Test
	void aPromptThatIsNotReadIsSaid() {
		fake.readsPrompts = false;
		assertEquals(Main.OK, run(picture.toString(), "--prompt", "cells", "--output", target.toString()));
		assertEquals("The model fake does not read prompts; --prompt and --negative have no effect.", errors().get(1));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '@', value = { "--layers 0 @ The option layers must be a whole number from 1 to 20, not 0.",
		"--layers 21 @ The option layers must be a whole number from 1 to 20, not 21.",
		"--layers abc @ The option layers must be a whole number from 1 to 20, not abc.",
		"--steps 0 @ The option steps must be a whole number from 1 to 1000, not 0.",
		"--device tpu @ The option device must be auto, cpu, cuda or cuda: and a number, not tpu.",
		"--export psd,doc @ There is no format doc to export to; the formats are psd, pptx, ora, svg, tiff, zip, pdf.",
		"--lairs=3 @ Unknown option: '--lairs=3' (--help lists the options)",
		"--layers @ Missing required parameter for option '--layers' (N|auto) (--help lists the options)",
		"--layers 2 --layers 3 @ option '--layers' (N|auto) should be specified only once (--help lists the options)",
		"another.png @ Unmatched argument at index 1: 'another.png' (--help lists the options)", })
	void wrongUsageIsOneLineAndExitCode2(final String options, final String line) throws IOException {
		final String[] args =
			Stream.concat(Stream.of(picture.toString()), Stream.of(options.split(" "))).toArray(String[]::new);
		assertEquals(Main.USAGE, run(args));
		assertEquals(line, error());
		assertEquals(List.of("my cells.png"), files());
	}

	@Test
	void badPicturesAreOneLineAndExitCode1() throws IOException {
		assertEquals(Main.FAILED, run(dir.resolve("nothing.png").toString()));
		assertEquals("There is no file " + dir.resolve("nothing.png") + ".", error());
		err.reset();
		final Path text = Files.writeString(dir.resolve("text.png"), "hello");
		assertEquals(Main.FAILED, run(text.toString()));
		assertEquals("The file " + text + " is not a picture that can be read (PNG, JPEG, TIFF, GIF, BMP or PDF).",
			error());
		assertEquals(List.of(), fake.opened, "no model is opened for that");
	}

	@Test
	void anOutputThatCannotBeWrittenIsSaidBeforeTheRun() throws IOException {
		assertEquals(Main.FAILED, run(picture.toString(), "--output", picture.toString()));
		assertEquals("The output " + picture + " is a file, not a folder; give another name.", errors().get(1));
		assertEquals(List.of(), fake.settings);
	}

	@Test
	void tooLittleMemoryIsSaidBeforeTheRun() throws IOException {
		fake.availableRam = 1_000_000_000;
		assertEquals(Main.FAILED, run(picture.toString(), "--output", target.toString()));
		assertEquals(List.of(
			"my cells.png, 6 × 4 pixels, into up to 3 layers with the model fake: about 5 s, 2.0 GB of memory (1.0 GB free)",
			"This run needs about 2.0 GB of memory, but only 1.0 GB are free; choose fewer layers, a lower resolution or a smaller model."),
			errors());
		assertEquals(List.of("my cells.png"), files());
	}

	@Test
	void whateverGoesWrongLeavesNothingAndNoStackTrace() throws IOException {
		for (final Throwable thrown : new Throwable[] { new ModelException("The model x is damaged."),
			new OutOfMemoryError(), new IllegalStateException("a\nb"), new NullPointerException() })
		{
			err.reset();
			fake.step = () -> sneak(thrown);
			assertEquals(Main.FAILED, run(picture.toString(), "--output", target.toString()));
			assertTrue(errors().get(errors().size() - 1).endsWith("."), errors()::toString);
			assertFalse(err.toString().contains("\tat "), err::toString);
			assertEquals(List.of("my cells.png"), files());
		}
		err.reset();
		run(picture.toString(), "--output", target.toString(), "--debug");
		assertTrue(err.toString().contains("\tat "), "unless one asks for it");
	}

	@SuppressWarnings("unchecked")
	private static <T extends Throwable> void sneak(final Throwable thrown) throws T {
		throw (T) thrown;
	}

	@Test
	void cancellingLeavesNothing() throws IOException {
		fake.step = () -> {
			assertEquals(2, unchecked().size(), "there is a temporary folder");
			throw new CancelledException();
		};
		assertEquals(Main.CANCELLED, run(picture.toString(), "--output", target.toString()));
		assertEquals("Cancelled.", errors().get(errors().size() - 1));
		assertEquals(List.of("my cells.png"), files());
	}

	/** Ctrl-C when the k-th line is said: before the run, and in each of its phases. */
	@Test
	void ctrlCLeavesNothingWhateverIsBeingDone() throws IOException {
		final int lines = interrupted(Integer.MAX_VALUE, Main.OK, "whole");
		assertTrue(lines >= 3, errors()::toString);
		for (int k = 1; k <= lines; k++) {
			interrupted(k, Main.CANCELLED, "cancelled");
			assertEquals("Cancelled.", errors().get(errors().size() - 1));
			assertEquals(List.of("my cells.png", "whole"), files());
		}
	}

	/** Returns how many lines were said. */
	private int interrupted(final int at, final int code, final String folder) {
		err.reset();
		final Main[] main = new Main[1];
		final int[] lines = new int[1];
		final PrintStream reported = new PrintStream(err, true, StandardCharsets.UTF_8) {

			@Override
			public void println(final String line) {
				super.println(line);
				if (++lines[0] != at) return;
				final Thread hook = new Thread(main[0]::interrupt);
				hook.start();
				while (hook.getState() != Thread.State.TIMED_WAITING) Thread.onSpinWait();
			}
		};
		main[0] = new Main(fake::open, (model, device) -> new ModelReport(true, "", ""),
			new PrintStream(out, true, StandardCharsets.UTF_8), reported, false);
		assertEquals(code,
			main[0].run(picture.toString(), "--output", dir.resolve(folder).toString(), "--export", "zip"),
			errors()::toString);
		return lines[0];
	}

	private List<String> unchecked() {
		try {
			return files();
		}
		catch (final IOException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void localesThatCannotNameAFileAreNamed() {
		assertEquals(
			"The name 图.png cannot be used, because the locale (LC_ALL or LANG) has file names in US-ASCII only; set LC_ALL=C.UTF-8 and run this again.",
			LocaleNames.unreadable("图.png", "ANSI_X3.4-1968").orElseThrow());
		assertEquals(Optional.empty(), LocaleNames.unreadable("a.png", "ANSI_X3.4-1968"));
		assertEquals(Optional.empty(), LocaleNames.unreadable("图.png", "UTF-8"));
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void suchLocalesAreNamedForFoldersAndLists() throws IOException, InterruptedException {
		final Path folder = Files.createDirectory(dir.resolve("many"));
		// 图.png, which this locale may not be able to name either.
		Files.write(Path.of(URI.create(folder.toUri().toString().replaceFirst("/?$", "/") + "%E5%9B%BE.png")),
			new byte[1]);
		final Path list = Files.writeString(dir.resolve("many.txt"), "图.png\n");
		for (final Path pictures : List.of(folder, list)) {
			final ProcessBuilder run = new ProcessBuilder(Jvm.command("-Xmx256m", "-cp",
				System.getProperty("java.class.path"), "org.layerj.cli.Main", pictures.toString(), "--dry-run"));
			run.environment().put("LC_ALL", "C");
			final Process process = run.redirectErrorStream(true).start();
			final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertEquals(Main.FAILED, process.waitFor(), said);
			assertTrue(said.endsWith("only; set LC_ALL=C.UTF-8 and run this again.\n"), said);
		}
	}

	/** Without the memory that is free at the moment, and what fits into it. */
	private static List<String> lines(final String report) {
		return report.lines().filter(l -> !l.contains("This machine") && !l.startsWith(" ")).toList();
	}

	@Test
	void modelsAreChecked() {
		assertEquals(Main.OK, run("--check"));
		assertTrue(out.toString().startsWith("Model     built-in: small networks "), out::toString);
		out.reset();
		assertEquals(Main.FAILED, run("--check", "--model", dir.toString()));
		assertEquals(lines(ModelReport.of(ModelName.of(dir), "auto").text()), lines(out.toString()));
		out.reset();
		final Path model = Fixtures.open("14-pipeline").folder().resolve("model");
		assertEquals(Main.OK, run("--check", "--model", model.toString(), "--device", "cpu"));
		assertEquals(lines(ModelReport.of(ModelName.of(model), "cpu").text()), lines(out.toString()));
		assertTrue(out.toString().contains("Precision float32"), out::toString);
		assertEquals(Main.FAILED, run("--check", "--model", dir.resolve("none").toString()));
		assertEquals("The model folder " + dir.resolve("none")
			+ " does not exist; give the folder that holds model_index.json, or one with single files such as ComfyUI's models.",
			error());
	}

	@Test
	void helpAndVersion() {
		assertEquals(Main.OK, run("--help"));
		for (final String option : new String[] { "IMAGE", "--layers", "--output", "--seed", "--steps", "--model",
			"--resolution", "--guidance", "--prompt", "--negative", "--device", "--export", "--check", "--version",
			"--help" })
		{
			assertTrue(out.toString().contains(option), option);
		}
		out.reset();
		assertEquals(Main.OK, run("--version"));
		assertTrue(out.toString().startsWith("Decompose Layers "), out::toString);
		assertEquals(List.of(), errors());
	}
}
