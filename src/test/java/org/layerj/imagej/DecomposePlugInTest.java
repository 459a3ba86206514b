package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.Settings;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.layers.RgbaImage;

class DecomposePlugInTest {

	private final FakeDecomposer fake = new FakeDecomposer();
	private final ImagePlus image =
		new ImagePlus("cells.png", new ColorProcessor(3, 2, new int[] { 1, 2, 3, 4, 5, 0xffffff }));

	@TempDir
	Path dir;

	private Macros.Outcome macro(final String options) {
		return Macros.run(image, options, () -> new DecomposePlugIn(fake::open).run(""));
	}

	@Test
	void aMacroGetsTheLayersAsItsCurrentImage() {
		final AtomicReference<ImagePlus> result = new AtomicReference<>();
		assertEquals(Macros.Outcome.of("cells-layers"),
			Macros.run(image, "layers=4 steps=2 seed=-7 prompt=[two words] model=[/models/a b] device=cpu", () -> {
				new DecomposePlugIn(fake::open).run("");
				result.set(WindowManager.getCurrentImage());
			}));
		assertEquals(List.of("/models/a b cpu"), fake.opened);
		assertEquals(List.of(new Settings(4, 256, 2, 1, -7, "two words", " ", "cpu", false)), fake.settings);
		assertEquals(
			RgbaImage.ofArgb(3, 2, new int[] { 0xff000001, 0xff000002, 0xff000003, 0xff000004, 0xff000005, -1 }),
			fake.pictures.get(0));
		assertEquals(4, Hyperstacks.layers(result.get()).size());
		assertTrue(fake.closed);
	}

	@Test
	void whatAMacroLeavesOutIsTheDefault() {
		assertEquals(Macros.Outcome.of("cells-layers"), macro("layers=auto"));
		assertEquals(Macros.Outcome.of("cells-layers"), macro(""));
		assertEquals(List.of("built-in auto", "built-in auto"), fake.opened);
		final Settings open = fake.model().settings(DecomposeOptions.defaults());
		assertEquals(List.of(open, open), fake.settings);
	}

	@Test
	void aRunIsRepeatedFromItsRecord() {
		final Path output = dir.resolve("result");
		assertEquals(Macros.Outcome.of("cells-layers"),
			macro("steps=2 seed=9 prompt=[a dot] model=[/m n] raw output=[" + output + "]"));
		assertEquals(Macros.Outcome.of("cells-layers"), macro("like=[" + output.resolve("layers.json") + "]"));
		assertEquals(Macros.Outcome.of("cells-layers"), macro("like=[" + output + "] layers=auto seed=10"));
		assertEquals(fake.settings.get(0), fake.settings.get(1));
		assertEquals("/m n auto", fake.opened.get(1));
		assertEquals(new Settings(3, 256, 2, 1, 10, "a dot", " ", "auto", true, true, true), fake.settings.get(2));
		assertEquals(
			Macros.Outcome
				.error("The option like must name the layers.json of an earlier run, which " + dir + " is not."),
			macro("like=[" + dir + "]"));
	}

	@Test
	void whatTheDialogRecordsRuns() {
		assertEquals(Macros.Outcome.of("cells-layers"),
			macro(
				"layers=2 resolution=[] steps=1 guidance=[] seed=[] prompt=[a dot] negative=[] model=[/m n] device=auto"
					+ " output=[] raw=true"));
		assertEquals(List.of(new Settings(2, 256, 1, 1, 11, "a dot", " ", "auto", true)), fake.settings);
		assertEquals(List.of("/m n auto"), fake.opened);
	}

	@Test
	void theResultFolderIsWrittenIfAskedFor() {
		image.getCalibration().pixelWidth = 0.5;
		image.getCalibration().setUnit("mm");
		assertEquals(Macros.Outcome.of("cells-layers"), macro("layers=2 output=[" + dir.resolve("out put") + "]"));
		assertTrue(Files.exists(dir.resolve("out put/layer-01.png")));
		assertTrue(Files.exists(dir.resolve("out put/layers.json")));
		assertEquals(0.5, IJ.openImage(dir.resolve("out put/layers.tif").toString()).getCalibration().pixelWidth);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
		value = { "layers=0 | The option layers must be a whole number from 1 to 20, not 0.",
			"layers=21 | The option layers must be a whole number from 1 to 20, not 21.",
			"layers=abc | The option layers must be a whole number from 1 to 20, not abc.",
			"device=gpu | The option device must be auto, cpu, cuda or cuda: and a number, not gpu.",
			"output=plugins.config | The output plugins.config is a file, not a folder; give another name.", })
	void whatCannotWorkEndsTheMacroWithOneMessage(final String options, final String message) {
		assertEquals(Macros.Outcome.error(message), macro(options));
		assertEquals(List.of(), fake.settings);
	}

	@Test
	void errorsEndTheMacroToo() {
		fake.step = () -> {
			throw new NoClassDefFoundError("ai/djl/engine/Engine");
		};
		assertEquals(Macros.Outcome.error(
			"The libraries of Decompose Layers are incomplete or do not fit together; install it again. More is shown with --debug, in ImageJ in debug mode"
				+ " (Edit > Options > Misc...)."),
			macro(""));
		fake.step = () -> {
			throw new ExceptionInInitializerError(new IllegalStateException("no"));
		};
		assertEquals(Macros.Outcome.error(
			"Something unexpected went wrong in the program; please report it. More is shown with --debug, in ImageJ in debug mode"
				+ " (Edit > Options > Misc...)."),
			macro(""));
		assertTrue(fake.closed);
	}

	@Test
	void tooLittleMemoryIsSaidBeforeTheRun() {
		fake.availableRam = 1_000_000_000L;
		assertEquals(Macros.Outcome.error(
			"This run needs about 2.0 GB of memory, but only 1.0 GB are free; choose fewer layers, a lower resolution or a smaller model."),
			macro(""));
		assertEquals(List.of(), fake.settings);
	}

	@Test
	void noImageIsOneMessage() {
		assertEquals(Macros.Outcome.error("There is no image open; open a picture first."),
			Macros.run(null, "", () -> new DecomposePlugIn(fake::open).run("")));
	}

	@Test
	void escapeCancels() {
		fake.step = () -> IJ.setKeyDown(java.awt.event.KeyEvent.VK_ESCAPE);
		assertEquals(Macros.Outcome.of("cells.png"), macro("steps=50"),
			"no layers; with a screen ImageJ ends the macro as well");
		assertTrue(fake.closed);
		IJ.resetEscape();
	}

	@Test
	void theExampleMacroRuns() throws IOException {
		try (InputStream in = DecomposePlugIn.class.getResourceAsStream("/macros/Decompose_Example.ijm")) {
			final String macro = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("print(",
				"call('" + Macros.class.getName() + ".note', ");
			final Macros.Outcome outcome = Macros.run(null, () -> new DecomposePlugIn(fake::open).run(""), macro);
			assertEquals("", outcome.error());
			assertEquals("2: l1, opacity 1.0, synthetic 0.2", outcome.notes().get(1));
			assertEquals(4, outcome.notes().size());
			assertTrue(outcome.notes().get(3).startsWith("{\"model\":{\"name\":\"fake\""));
			assertEquals(0xffdc3c28, fake.pictures.get(0).argb(185, 105), "the macro's drawing");
			assertEquals(1, fake.settings.get(0).seed());
		}
	}

	@Test
	void pluginsConfigNamesThisClassUnderTheCommandsLabel() {
		assertEquals(DecomposePlugIn.class.getName(), Macros.entries().get("Decompose..."));
	}
}
