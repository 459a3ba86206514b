package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.Compositor;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.display.DisplayService;
import org.scijava.prefs.PrefService;

class RecompositeCommandTest {

	private final ImagePlus image = LayeredPictures.hyperstack();
	private Context context;

	@BeforeEach
	void start() {
		context = new Context();
	}

	@AfterEach
	void stop() {
		context.service(PrefService.class).clear(RecompositeCommand.class);
		context.dispose();
		WindowManager.setTempCurrentImage(null);
	}

	private CommandModule process(final boolean process, final Object... inputs) {
		try {
			return context.service(CommandService.class).run(RecompositeCommand.class, process, inputs).get();
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
	}

	private CommandModule run(final Object... inputs) {
		return process(true, inputs);
	}

	@Test
	void itIsForScriptsAndThePlugInInTheMenu() {
		final CommandInfo info = context.service(CommandService.class).getCommand(RecompositeCommand.class);
		assertTrue(info.getMenuPath().isEmpty());
		assertEquals("", info.getLabel());
		assertTrue(info.canRunHeadless());
		assertTrue(Macros.entries().containsKey("Recomposite"));
	}

	@Test
	void scriptsGetThePictureWithoutAWindow() {
		for (final boolean process : new boolean[] { true, false }) {
			final ImagePlus result = (ImagePlus) process(process, "image", image).getOutput("result");
			assertEquals(Compositor.flatten(LayeredPictures.three()).argb(8, 8),
				result.getProcessor().get(8, 8) | 0xff000000);
		}
		assertTrue(context.service(DisplayService.class).getDisplays().isEmpty());
	}

	@Test
	void anOmittedImageIsTheActiveOne() {
		WindowManager.setTempCurrentImage(image);
		assertEquals("fig-recomposite", ((ImagePlus) run().getOutput("result")).getTitle());
	}

	@Test
	void whatAScriptLeavesOutIsTheDefaultAndNotWhatWasUsedLast() {
		assertEquals(8,
			((ImagePlus) run("image", image, "background", "transparent").getOutput("result")).getBitDepth());
		assertEquals(24, ((ImagePlus) run("image", image).getOutput("result")).getBitDepth());
	}

	@Test
	void whatCannotWorkIsTheReasonForCancelling() {
		final CommandModule command = run("image", new ImagePlus("cells.tif", new ByteProcessor(2, 2)));
		assertNull(command.getOutput("result"));
		assertEquals(
			"The image cells.tif has no layers; choose a stack of layers or its view, or decompose the image first.",
			command.getCancelReason());
		assertEquals(OpenLayers.NO_IMAGE, run().getCancelReason());
		assertTrue(
			run("image", image, "background", "plaid").getCancelReason().startsWith("The option background must be"));
	}
}
