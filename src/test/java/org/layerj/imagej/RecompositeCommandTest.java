package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
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
import org.scijava.plugin.PluginService;
import org.scijava.prefs.PrefService;

class RecompositeCommandTest {

	private final ImagePlus image = LayeredPictures.hyperstack();
	private Context context;

	@BeforeEach
	void start() {
		context = new Context(CommandService.class, PluginService.class, PrefService.class);
	}

	@AfterEach
	void stop() {
		context.service(PrefService.class).clear(RecompositeCommand.class);
		context.dispose();
	}

	private CommandModule run(final Object... inputs) {
		try {
			return context.service(CommandService.class).run(RecompositeCommand.class, true, inputs).get();
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void itHasThePlugInsPlaceInTheMenu() {
		final CommandInfo info = context.service(CommandService.class).getCommand(RecompositeCommand.class);
		assertEquals("Plugins > Decompose Layers > Recomposite", info.getMenuPath().getMenuString());
		assertTrue(info.canRunHeadless());
		assertTrue(Macros.entries().containsKey("Recomposite"));
	}

	@Test
	void scriptsGetThePicture() {
		final ImagePlus result = (ImagePlus) run("image", image).getOutput("result");
		assertEquals(Compositor.flatten(LayeredPictures.three()).argb(8, 8), result.getProcessor().get(8, 8) | 0xff000000);
	}

	@Test
	void whatAScriptLeavesOutIsTheDefaultAndNotWhatWasUsedLast() {
		assertEquals(8, ((ImagePlus) run("image", image, "background", "transparent").getOutput("result")).getBitDepth());
		assertEquals(24, ((ImagePlus) run("image", image).getOutput("result")).getBitDepth());
	}

	@Test
	void whatCannotWorkIsTheReasonForCancelling() {
		final CommandModule command = run("image", new ImagePlus("cells.tif", new ByteProcessor(2, 2)));
		assertNull(command.getOutput("result"));
		assertEquals("The image cells.tif has no layers; choose a stack of layers or its view, or decompose the image first.", command.getCancelReason());
		assertEquals(OpenLayers.NO_IMAGE, run().getCancelReason());
		assertTrue(run("image", image, "background", "plaid").getCancelReason().startsWith("The option background must be"));
	}

	@Test
	void aMacroGetsThePictureAsItsCurrentImageOrOneSentence() {
		assertEquals(Macros.Outcome.of("fig-recomposite"), Macros.run(image, "", () -> run("image", image)));
		assertEquals(Macros.Outcome.error("The option background must be transparent or a colour such as white or #ff8000, not plaid."), Macros.run(image, "", () -> run(
			"image", image, "background", "plaid")));
	}
}
