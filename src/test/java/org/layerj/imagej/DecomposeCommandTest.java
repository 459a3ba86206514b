package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.process.ByteProcessor;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.Settings;
import org.layerj.imagej.fiji.ImagePlusDisplay;
import org.layerj.imagej.macro.Option;
import org.layerj.imagej.stack.Hyperstacks;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.display.DisplayService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.object.ObjectService;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;
import org.scijava.prefs.PrefService;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;
import org.scijava.thread.ThreadService;

/**
 * The command for scripts, in a SciJava context with the displays that Fiji has, and its manner of filling in images.
 */
class DecomposeCommandTest {

	private final FakeDecomposer fake = new FakeDecomposer();
	private final ImagePlus image =
		new ImagePlus("cells.tif", new ByteProcessor(3, 2, new byte[] { 1, 2, 3, 4, 5, 6 }));
	private Context context;

	@TempDir
	Path dir;

	@BeforeEach
	void start() {
		context = new Context();
		Asked.TIMES.set(0);
	}

	@AfterEach
	void stop() {
		context.service(PrefService.class).clear(DecomposeCommand.class);
		context.dispose();
		WindowManager.setTempCurrentImage(null);
	}

	/** Stands for Fiji's dialog: counts the inputs that it would ask for. Runs after all that fill in something. */
	@Plugin(type = PreprocessorPlugin.class, priority = -1e30)
	public static final class Asked extends AbstractPreprocessorPlugin {

		static final AtomicInteger TIMES = new AtomicInteger();

		@Override
		public void process(final Module module) {
			if (module.getDelegateObject() instanceof ScriptCommand)
				for (final ModuleItem<?> i : module.getInfo().inputs())
					if (!module.isInputResolved(i.getName())) TIMES.incrementAndGet();
		}
	}

	/** As SciJava runs it, but with our fake model. */
	private CommandModule process(final DecomposeCommand command, final boolean process, final Object... inputs) {
		try {
			final CommandModule module =
				new CommandModule(context.service(CommandService.class).getCommand(DecomposeCommand.class), command);
			context.inject(module);
			return (CommandModule) context.service(ModuleService.class).run(module, process, inputs).get();
		}
		catch (final ExecutionException | InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private CommandModule run(final Object... inputs) {
		return process(new DecomposeCommand(fake::open), true, inputs);
	}

	@Test
	void theCommandIsForScriptsAndInNoMenuNorSearchBar() {
		final CommandInfo info = context.service(CommandService.class).getCommand(DecomposeCommand.class);
		assertTrue(info.getMenuPath().isEmpty());
		assertEquals("", info.getLabel(), "Fiji's search bar lists what has a label");
		assertTrue(info.is("no-record"), "Fiji would record a line that no macro can run");
		assertTrue(info.canRunHeadless());
		final List<String> inputs = new ArrayList<>();
		for (final ModuleItem<?> item : info.inputs())
			if (!item.getType().getName().startsWith("org.scijava")) inputs.add(item.getName());
		assertEquals(
			"[image, layers, resolution, steps, guidance, seed, prompt, negative, model, tokenizer, device, isolation, output, raw, rescale, lora, shift, stepcache, elements, slices, reuse, hints, like]",
			inputs.toString(), "public API");
		assertEquals(DecomposeRequest.KEYS, inputs.subList(1, inputs.size()));
		for (final Option o : DecomposeRequest.OPTIONS)
			assertEquals(String.class, info.getInput(o.key()).getType(), o.key());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aScriptGetsTheLayers(final boolean process) {
		final CommandModule command = process(new DecomposeCommand(fake::open), process, "image", image, "layers", 2,
			"guidance", 1.5, "seed", "9", "prompt", "two cells", "output", dir.resolve("out").toFile());
		assertFalse(command.isCanceled(), command::getCancelReason);
		final ImagePlus result = (ImagePlus) command.getOutput("result");
		assertEquals("cells-layers", result.getTitle());
		assertEquals(2, Hyperstacks.layers(result).size());
		assertEquals(List.of(new Settings(2, 256, 5, 1.5, 9, "two cells", " ", "auto", false)), fake.settings);
		assertEquals(List.of("built-in auto"), fake.opened);
		assertTrue(Files.exists(dir.resolve("out/layers.json")));
		assertEquals(0, Asked.TIMES.get(), "no dialog");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void anOmittedImageIsTheOneThatIsActiveWhereTheScriptIs(final boolean process) throws InterruptedException {
		final ImagePlus other = new ImagePlus("other.tif", new ByteProcessor(2, 2));
		// Such as an earlier command may have left in a thread of SciJava's pool.
		final Thread[] pool = new Thread[1];
		try {
			context.service(ThreadService.class).run(() -> {
				pool[0] = Thread.currentThread();
				WindowManager.setTempCurrentImage(other);
			}).get();
			WindowManager.setTempCurrentImage(image);
			assertEquals("cells-layers",
				((ImagePlus) process(new DecomposeCommand(fake::open), process).getOutput("result")).getTitle());
			assertSame(image, WindowManager.getCurrentImage(), "the result is returned and nothing else");
		}
		catch (final ExecutionException e) {
			throw new IllegalStateException(e);
		}
		finally {
			WindowManager.setTempCurrentImage(pool[0], null);
		}
	}

	@Test
	void resultsAreNotKept() {
		final IntSupplier kept = () -> context.service(ObjectService.class).getObjects(ImagePlusDisplay.class).size()
			+ context.service(ObjectService.class).getObjects(ImagePlus.class).size();
		assertEquals(0, kept.getAsInt());
		run("image", image);
		assertEquals(0, kept.getAsInt());
		assertTrue(context.service(DisplayService.class).getDisplays().isEmpty());
	}

	@Test
	void whatAScriptLeavesOutIsTheDefaultAndNotWhatWasUsedLast() {
		run("image", image, "layers", 7, "steps", 3);
		run("image", image);
		assertEquals(fake.model().settings(DecomposeOptions.defaults()), fake.settings.get(1));
	}

	@Test
	void theModelIsTextAndHandedOn() {
		run("image", image, "model", new File("/models/big"), "device", "cuda:1");
		run("image", image, "model", "/models/small");
		assertEquals(List.of("/models/big cuda:1", "/models/small auto"), fake.opened);
	}

	@Test
	void whatCannotWorkIsTheReasonForCancelling() {
		assertEquals("The option layers must be a whole number from 1 to 20, not 700.",
			run("image", image, "layers", 700).getCancelReason());
		assertEquals("The option layers must be a whole number from 1 to 20, not abc.",
			run("image", image, "layers", "abc").getCancelReason());
		assertEquals("There is no image open; open a picture first.", run().getCancelReason());
		assertEquals("There is no image open; open a picture first.", run("image", new ImagePlus()).getCancelReason());
		assertNull(run("image", image, "layers", 0).getOutput("result"));
		assertEquals(List.of(), fake.settings);
	}

	@Test
	void cancellingTheCommandCancelsTheRun() {
		final DecomposeCommand command = new DecomposeCommand(fake::open);
		fake.step = () -> command.cancel("enough");
		assertNull(process(command, true, "image", image).getOutput("result"));
		assertTrue(fake.closed);
	}

	@Test
	void errorsAreSentences() {
		fake.step = () -> {
			throw new ServiceConfigurationError("no engine");
		};
		assertEquals(
			"The libraries of Decompose Layers are incomplete or do not fit together; install it again. More is shown with --debug, in ImageJ in debug mode"
				+ " (Edit > Options > Misc...).",
			run("image", image).getCancelReason());
	}

	/** Cancels the task as soon as it hears of progress. */
	public static final class Impatient {

		private final List<String> heard = new ArrayList<>();

		@EventHandler
		public void on(final TaskEvent event) {
			heard.add(event.getTask().getName());
			if (event.getTask().getProgressValue() > 0 && !event.getTask().isCanceled())
				event.getTask().cancel("enough");
		}
	}

	@Test
	void theRunIsATaskThatCanBeCancelled() throws Exception {
		try (Context fiji = new Context(CommandService.class, ModuleService.class, PluginService.class,
			PrefService.class, EventService.class, TaskService.class))
		{
			final Impatient impatient = new Impatient();
			fiji.service(EventService.class).subscribe(impatient);
			final DecomposeCommand command = new DecomposeCommand(fake::open);
			command.setContext(fiji);
			final CommandModule module =
				new CommandModule(fiji.service(CommandService.class).getCommand(DecomposeCommand.class), command);
			fiji.service(ModuleService.class).run(module, true, "image", image).get();
			assertTrue(impatient.heard.contains("Decompose Layers"), impatient.heard::toString);
			assertNull(module.getOutput("result"));
		}
	}
}
