package org.layerj.imagej;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.Settings;
import org.layerj.imagej.macro.Macros;
import org.layerj.imagej.stack.Hyperstacks;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.event.EventHandler;
import org.scijava.event.EventService;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.plugin.PluginService;
import org.scijava.prefs.PrefService;
import org.scijava.task.TaskService;
import org.scijava.task.event.TaskEvent;

class DecomposeCommandTest {

	private final FakeDecomposer fake = new FakeDecomposer();
	private final ImagePlus image = new ImagePlus("cells.tif", new ByteProcessor(3, 2, new byte[] { 1, 2, 3, 4, 5, 6 }));
	private Context context;

	@TempDir
	Path dir;

	@BeforeEach
	void start() {
		context = new Context(CommandService.class, ModuleService.class, PluginService.class, PrefService.class);
	}

	@AfterEach
	void stop() {
		context.service(PrefService.class).clear(DecomposeCommand.class);
		context.dispose();
	}

	/** As SciJava runs it, but with our fake model. */
	private CommandModule run(final DecomposeCommand command, final Object... inputs) {
		command.setContext(context);
		try {
			final CommandModule module = new CommandModule(context.service(CommandService.class).getCommand(DecomposeCommand.class), command);
			return (CommandModule) context.service(ModuleService.class).run(module, true, inputs).get();
		}
		catch (final ExecutionException | InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private CommandModule run(final Object... inputs) {
		return run(new DecomposeCommand(fake::open), inputs);
	}

	@Test
	void theCommandIsInTheMenu() {
		final CommandInfo info = context.service(CommandService.class).getCommand(DecomposeCommand.class);
		assertEquals("Plugins > Decompose Layers > Decompose...", info.getMenuPath().getMenuString());
		assertEquals("/icons/decompose-16.png", info.getMenuPath().getLeaf().getIconPath());
		assertTrue(info.canRunHeadless());
		final List<String> inputs = new ArrayList<>();
		for (final ModuleItem<?> item : info.inputs()) if (!item.getType().getName().startsWith("org.scijava")) inputs.add(item.getName());
		assertEquals("[image, layers, resolution, steps, guidance, seed, prompt, negative, model, device, output, raw, slices, reuse]", inputs.toString(), "public API: macros use them");
		assertTrue(inputs.containsAll(DecomposeRequest.KEYS));
	}

	@Test
	void aScriptGetsTheLayers() {
		final CommandModule command = run("image", image, "layers", 2, "guidance", 1.5, "seed", "9", "prompt", "two cells", "output", dir.resolve("out").toFile());
		assertFalse(command.isCanceled(), command::getCancelReason);
		final ImagePlus result = (ImagePlus) command.getOutput("result");
		assertEquals("cells-layers", result.getTitle());
		assertEquals(2, Hyperstacks.layers(result).size());
		assertEquals(List.of(new Settings(2, 256, 5, 1.5, 9, "two cells", " ", "auto", false)), fake.settings);
		assertEquals(List.of("built-in auto"), fake.opened);
		assertTrue(Files.exists(dir.resolve("out/layers.json")));
	}

	@Test
	void whatAScriptLeavesOutIsTheDefaultAndNotWhatWasUsedLast() {
		run("image", image, "layers", 7, "steps", 3);
		run("image", image);
		assertEquals(fake.model().defaults(), fake.settings.get(1));
	}

	@Test
	void theModelFolderIsHandedOn() {
		run("image", image, "model", new File("/models/big"), "device", "cuda:1");
		assertEquals(List.of("/models/big cuda:1"), fake.opened);
	}

	@Test
	void whatCannotWorkIsTheReasonForCancelling() {
		assertEquals("The option layers must be a whole number from 1 to 20, not 700.", run("image", image, "layers", 700).getCancelReason());
		assertEquals("The option layers must be a whole number from 1 to 20, not abc.", run("image", image, "layers", "abc").getCancelReason());
		assertEquals("There is no image open; open a picture first.", run().getCancelReason());
		assertEquals("There is no image open; open a picture first.", run("image", new ImagePlus()).getCancelReason());
		assertNull(run("image", image, "layers", 0).getOutput("result"));
		assertEquals(List.of(), fake.settings);
	}

	@Test
	void cancellingTheCommandCancelsTheRun() {
		final DecomposeCommand command = new DecomposeCommand(fake::open);
		fake.step = () -> command.cancel("enough");
		assertNull(run(command, "image", image).getOutput("result"));
		assertTrue(fake.closed);
	}

	@Test
	void aMacroGetsTheLayersAsItsCurrentImage() {
		assertEquals(Macros.Outcome.of("cells-layers"), Macros.run(image, "", () -> run("image", image, "layers", "2")));
	}

	@Test
	void aCancelledRunEndsTheMacro() {
		fake.step = () -> Thread.currentThread().interrupt();
		assertEquals(Macros.Outcome.error("Cancelled."), Macros.run(image, "", () -> run("image", image)));
	}

	@Test
	void errorsEndTheMacroToo() {
		fake.step = () -> {
			throw new ServiceConfigurationError("no engine");
		};
		assertEquals(Macros.Outcome.error("The libraries of Decompose Layers are incomplete or do not fit together (ServiceConfigurationError: no engine); install"
			+ " it again."), Macros.run(image, "", () -> run("image", image)));
	}

	@Test
	void theMacroThatAskedGetsTheLayersAndNotAnotherThatWaits() throws InterruptedException {
		final CountDownLatch end = new CountDownLatch(1);
		final List<Thread> others = IntStream.range(0, 8).mapToObj(i -> new Thread(() -> await(end), "Run$_Macro$")).toList();
		others.forEach(Thread::start);
		try {
			assertEquals(Macros.Outcome.of("cells-layers"), Macros.run(image, "", () -> run("image", image, "layers", "2")));
		}
		finally {
			end.countDown();
			for (final Thread t : others) t.join();
		}
	}

	@Test
	void aMacroElsewhereDoesNotHearOfOurErrors() {
		final AtomicReference<String> reason = new AtomicReference<>("");
		assertEquals(Macros.Outcome.of("cells.tif"), Macros.run(image, "", () -> {
			// As from the menu: in a thread that has nothing to do with the macro's.
			final Thread menu = new Thread(() -> reason.set(run("image", image, "layers", "21").getCancelReason()), "Decompose...");
			menu.start();
			join(menu);
		}));
		assertEquals("The option layers must be a whole number from 1 to 20, not 21.", reason.get());
	}

	private static void await(final CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	private static void join(final Thread thread) {
		try {
			thread.join();
		}
		catch (final InterruptedException e) {
			throw new IllegalStateException(e);
		}
	}

	@Test
	void anErrorEndsTheMacro() {
		assertEquals(Macros.Outcome.error("The option layers must be a whole number from 1 to 20, not 21."), Macros.run(image, "", () -> run("image", image, "layers",
			"21")));
	}

	/** Cancels the task as soon as it hears of progress. */
	public static final class Impatient {

		private final List<String> heard = new ArrayList<>();

		@EventHandler
		public void on(final TaskEvent event) {
			heard.add(event.getTask().getName());
			if (event.getTask().getProgressValue() > 0 && !event.getTask().isCanceled()) event.getTask().cancel("enough");
		}
	}

	@Test
	void theRunIsATaskThatCanBeCancelled() throws Exception {
		try (Context fiji = new Context(CommandService.class, ModuleService.class, PluginService.class, PrefService.class, EventService.class, TaskService.class)) {
			final Impatient impatient = new Impatient();
			fiji.service(EventService.class).subscribe(impatient);
			final DecomposeCommand command = new DecomposeCommand(fake::open);
			command.setContext(fiji);
			final CommandModule module = new CommandModule(fiji.service(CommandService.class).getCommand(DecomposeCommand.class), command);
			fiji.service(ModuleService.class).run(module, true, "image", image).get();
			assertTrue(impatient.heard.contains("Decompose Layers"), impatient.heard::toString);
			assertNull(module.getOutput("result"));
		}
	}
}
