package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.Prefs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.Fixtures;
import org.layerj.checkpoint.ModelException;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.Devices;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.ModelReport;
import org.layerj.fetch.FakeHub;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.macro.Option;
import org.layerj.install.Child;
import org.layerj.torch.NativeLibraries;

class ModelsPlugInTest {

	private static final Option MODEL = Option.text("model", "");
	private static final String MODEL_FOLDER = Fixtures.open("14-pipeline").folder().resolve("model").toString();
	private static final Option DEVICE = Option.text("device", "");

	@TempDir
	Path dir;

	@AfterEach
	void forget() {
		Prefs.set("decompose.model", null);
		Prefs.set("decompose.device", null);
	}

	private static void choose(final String model, final String device) {
		new ModelsPlugIn().call(Optional.empty(), Map.of("model", model, "device", device));
	}

	@Test
	void completeModelsAreReported() {
		assertTrue(ModelReport.of(ModelName.BUILT_IN, "cpu").text().contains("built-in: small networks"));
		final ModelReport report = ModelReport.of(ModelName.of(MODEL_FOLDER), "cpu");
		assertTrue(report.ok(), report.problem());
		assertTrue(report.text().contains("The model is complete.") && report.text().contains("Precision float32"),
			report.text());
	}

	@Test
	void theCompactModelIsAFolderOfTheSources() {
		final ModelReport report = ModelReport.of(ModelName.of(Path.of("training/compact")), "cpu");
		assertTrue(report.ok(), report.problem());
	}

	@Test
	void modelsThatAreGoneSayWhatThereIs() {
		assertTrue(assertThrows(ModelException.class, () -> choose("compact", "cpu")).getMessage()
			.contains("it is in the folder training/compact of the sources"));
		final String classical = assertThrows(ModelException.class, () -> choose("classical/", "cpu")).getMessage();
		assertTrue(
			classical.startsWith("The model classical, the method without a network, is no longer in the plugin.")
				&& classical
					.endsWith("for the built-in default, which needs no graphics card either, or give a model folder "
						+ "or the address of a server."),
			classical);
		assertEquals("", ModelChoice.model());
	}

	@Test
	void whatIsChosenIsWhatDialogsBeginWith() {
		final ModelsPlugIn dialog = new ModelsPlugIn();
		choose(MODEL_FOLDER, "cpu");
		assertEquals(MODEL_FOLDER, dialog.initial(MODEL));
		assertEquals("cpu", dialog.initial(DEVICE));
		choose("built-in", "auto");
		assertEquals("built-in", dialog.initial(MODEL));
	}

	@Test
	void whatMacrosLeaveOutDoesNotDependOnWhatWasChosen() {
		choose(MODEL_FOLDER, "cpu");
		final DecomposeRequest request =
			DecomposeRequest.parse(Option.checked(DecomposeRequest.OPTIONS, Map.of("layers", "2")));
		assertEquals(ModelName.BUILT_IN, request.model());
		assertEquals("auto", request.options().device());
		assertEquals("auto", DecomposeRequest.parse(Map.of("device", "", "model", "")).options().device());
		assertEquals(ModelName.BUILT_IN, DecomposeRequest.parse(Map.of("model", "built-in")).model());
		new ModelsPlugIn().call(Optional.empty(), Map.of("device", "cpu"));
		assertEquals("", ModelChoice.model(), "nor does Models and Devices itself");
	}

	@Test
	void aWordForAModelMayEndAsAFolderDoes() {
		choose(MODEL_FOLDER + "/", "cpu");
		assertEquals(MODEL_FOLDER, ModelChoice.model());
		choose("built-in/", "cpu");
		assertEquals("", ModelChoice.model());
	}

	@Test
	void whatCannotWorkIsNotChosen() {
		final String message =
			assertThrows(DecompositionException.class, () -> choose(dir.toString(), "cpu")).getMessage();
		assertTrue(message.startsWith("The model " + dir + " cannot be used and was not chosen: "), message);
		assertThrows(InvalidOptionException.class, () -> choose("built-in", "gpu"));
		if (Devices.cards() == 0) assertThrows(InvalidOptionException.class, () -> choose(MODEL_FOLDER, "cuda"));
		assertTrue(assertThrows(DecompositionException.class, () -> choose("built-in", "cuda")).getMessage()
			.contains("runs on the processor only"));
		assertEquals("", ModelChoice.model());
	}

	@Test
	void devicesAreListedAndAMissingCardExplained() {
		assertEquals(List.of("auto", "cpu"), Devices.names().subList(0, 2));
		assertTrue(Devices.report().startsWith("PyTorch   ") && Devices.report().contains("\nDevice    cpu: "),
			Devices.report());
		assertEquals(Devices.cards() == 0, Devices.whyNoCard().isPresent());
		assertEquals(Devices.cards() == 0, Devices.report().contains("no graphics card is used: "));
	}

	@Test
	void whereTheLibrariesLieIsShown() {
		final String line = Devices.libraries();
		assertTrue(line.contains(NativeLibraries.bundled().orElseThrow().folder().toString()) && line.contains(" MB")
			&& line.contains("DJL_CACHE_DIR"), line);
	}

	/** Empties a cache of its own, in a process of its own. */
	static final class Emptying {

		public static void main(final String[] arguments) {
			System.out.println(Devices.libraries());
			Prefs.set("decompose.model", "folder");
			System.out.println(
				"error '" + Macros.run(null, () -> {}, "run('Models and Devices...', 'cache=empty');").error() + "'");
			System.out.println(Devices.libraries());
			System.out.println("kept " + ModelChoice.model());
			System.out.println(Macros.run(null, () -> {}, "run('Models and Devices...', 'cache=full');").error());
		}
	}

	@Test
	void aMacroEmptiesTheCacheAndChoosesNothing() throws IOException, InterruptedException {
		final Path libraries =
			dir.resolve("pytorch").resolve(NativeLibraries.bundled().orElseThrow().folder().getFileName());
		Files.write(Files.createDirectories(libraries).resolve("libtorch.so"), new byte[3_000_000]);
		final Path other = Files.write(
			Files.createDirectories(dir.resolve("pytorch/1.13.1-cpu")).resolve("libtorch.so"), new byte[5_000_000]);
		final String said = Child
			.run(Child.classPath(), List.of("-DDJL_CACHE_DIR=" + dir), dir.resolve("log.txt"), Emptying.class.getName())
			.output();
		assertTrue(said.contains("3 MB in " + libraries + ", removed by cache=empty; other versions there: 5 MB"),
			said);
		assertTrue(said.contains("3 MB of PyTorch's libraries have been removed from " + dir.resolve("pytorch")), said);
		assertTrue(said.contains("error ''") && said.contains("will be unpacked into " + libraries)
			&& said.contains("kept folder"), said);
		assertTrue(said.contains("The option cache must be keep or empty, not full"), said);
		assertTrue(Files.exists(other) && !Files.exists(libraries));
	}

	@Test
	void aboutSaysWhichVersionThisIsAndWhatChanged() throws IOException {
		final String project = Files.readString(Path.of("pom.xml"))
			.replaceFirst(
				"(?s).*?<artifactId>Decompose_Layers</artifactId>\\s*<version>([^<]*?)(-SNAPSHOT)?</version>.*", "$1");
		assertEquals(project, AboutPlugIn.version(), "CHANGELOG.md begins with this version");
		IJ.log("\\Clear");
		assertEquals("", Macros.run(null, () -> {}, "run('About Decompose Layers...');").error());
	}

	@Test
	void aMacroDownloadsAModelOnlyIfItAgrees() throws IOException {
		try (FakeHub hub = new FakeHub()) {
			hub.files.put("model_index.json", "{}".getBytes());
			hub.publish();
			final String options =
				"fetch=qwen-image-layered hub=" + hub.address() + " output=[" + dir.resolve("new") + "]";
			final String rejected =
				Macros.run(null, () -> {}, "run('Models and Devices...', '" + options + "');").error();
			assertTrue(rejected.contains("1 files, 1 kB") && rejected.contains("Licence: apache-2.0")
				&& rejected.contains("Nothing was downloaded"), rejected);
			assertTrue(Files.notExists(dir.resolve("new")));
			assertEquals("",
				Macros.run(null, () -> {}, "run('Models and Devices...', '" + options + " agree');").error());
			assertEquals("{}", Files.readString(dir.resolve("new/model_index.json")));
		}
	}

	@Test
	void aMacroGetsTheReportInTheLog() {
		IJ.log("\\Clear");
		assertEquals("",
			Macros.run(null, () -> {}, "run('Models and Devices...', 'model=built-in device=cpu');").error());
	}
}
