package org.layerj.imagej.fiji;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MultiLineLabel;
import ij.gui.Roi;
import ij.macro.Interpreter;
import ij.plugin.PlugIn;
import ij.plugin.frame.Recorder;
import ij.process.ColorProcessor;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Color;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Label;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.ItemEvent;
import java.awt.event.TextEvent;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.layerj.Fixtures;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.window.Hand;
import org.scijava.thread.ThreadService;

/** What must work in Fiji on a screen; the tests of {@link FijiTest} run it in a JVM and on a screen of its own. */
public final class ScreenFiji {

	private static final String TWO = "layers=2";

	/** Places of models in the dialog's choice. */
	private static final int BUILT_IN = 0, FOLDER = 1;

	private ScreenFiji() {}

	/** Names of checks, for all of them none. */
	public static void main(final String[] args) throws Exception {
		Fiji.start();
		final List<String> wanted = List.of(args);
		int failed = 0;
		for (final Method check : Arrays.stream(ScreenFiji.class.getDeclaredMethods())
			.filter(m -> m.isAnnotationPresent(Check.class))
			.sorted(Comparator.comparing(Method::getName))
			.toList())
		{
			if (!wanted.isEmpty() && !wanted.contains(check.getName())) continue;
			clear();
			try {
				check.invoke(null);
				System.out.println("passed " + check.getName());
			}
			catch (final Exception e) {
				failed++;
				System.out.println("failed " + check.getName() + "; windows: "
					+ windows().map(w -> w.getClass().getSimpleName() + " " + text(w)).toList());
				e.getCause().printStackTrace(System.out);
			}
		}
		if (failed > 0) throw new AssertionError(failed + " failed");
	}

	private static void clear() {
		Fiji.forget();
		windows().filter(
			w -> w instanceof Dialog || w instanceof Frame f && f.getTitle().matches("Exception|Recorder|Log|Record"))
			.forEach(Window::dispose);
		for (final int id : Optional.ofNullable(WindowManager.getIDList()).orElse(new int[0])) {
			final ImagePlus image = WindowManager.getImage(id);
			image.changes = false;
			image.close();
		}
		Fiji.forget();
	}

	// -- Windows --

	private static Stream<Window> windows() {
		return Arrays.stream(Window.getWindows()).filter(Window::isShowing);
	}

	private static Stream<Component> all(final Container container) {
		return Arrays.stream(container.getComponents())
			.flatMap(c -> c instanceof Container inner ? Stream.concat(Stream.of(c), all(inner)) : Stream.of(c));
	}

	/** All that can be read in a window. */
	private static String text(final Container window) {
		return Stream
			.concat(
				Stream.of(window instanceof Dialog d ? d.getTitle() : window instanceof Frame f ? f.getTitle() : ""),
				all(window).filter(Component::isVisible).map(ScreenFiji::label))
			.collect(Collectors.joining("|"));
	}

	private static String label(final Component c) {
		if (c instanceof Label l) return l.getText();
		if (c instanceof Checkbox b) return b.getLabel();
		if (c instanceof MultiLineLabel l) return Hand.lines(l);
		return "";
	}

	private static <W extends Window> W await(final Class<W> type, final Predicate<W> wanted) {
		await(type.getSimpleName(), () -> windows().filter(type::isInstance).map(type::cast).anyMatch(wanted));
		return windows().filter(type::isInstance).map(type::cast).filter(wanted).findFirst().orElseThrow();
	}

	private static void await(final String what, final BooleanSupplier met) {
		for (int tries = 0; tries < 600; tries++) {
			if (met.getAsBoolean()) return;
			IJ.wait(50);
		}
		throw new AssertionError(
			"waited in vain for " + what + "; windows: " + windows().map(ScreenFiji::text).toList());
	}

	private static void inEvents(final Runnable work) {
		try {
			EventQueue.invokeAndWait(work);
		}
		catch (final Exception e) {
			throw new IllegalStateException(e);
		}
	}

	private static void press(final GenericDialog dialog, final int button) {
		final Button b = dialog.getButtons()[button];
		inEvents(() -> b.dispatchEvent(new ActionEvent(b, ActionEvent.ACTION_PERFORMED, b.getActionCommand())));
		await("the dialog to close", () -> !dialog.isShowing());
	}

	private static void choose(final GenericDialog dialog, final int index, final int item) {
		final Choice choice = (Choice) dialog.getChoices().get(index);
		inEvents(() -> {
			choice.select(item);
			choice.dispatchEvent(
				new ItemEvent(choice, ItemEvent.ITEM_STATE_CHANGED, choice.getItem(item), ItemEvent.SELECTED));
		});
	}

	private static void tick(final GenericDialog dialog, final String label) {
		final Checkbox box =
			(Checkbox) all(dialog).filter(c -> c instanceof Checkbox b && b.getLabel().startsWith(label))
				.findFirst()
				.orElseThrow();
		inEvents(() -> {
			box.setState(!box.getState());
			box.dispatchEvent(new ItemEvent(box, ItemEvent.ITEM_STATE_CHANGED, label,
				box.getState() ? ItemEvent.SELECTED : ItemEvent.DESELECTED));
		});
	}

	/** Into the first text field behind a label. */
	private static void write(final GenericDialog dialog, final String label, final String text) {
		final TextField field = all(dialog).dropWhile(c -> !label(c).startsWith(label))
			.filter(TextField.class::isInstance)
			.map(TextField.class::cast)
			.findFirst()
			.orElseThrow();
		inEvents(() -> {
			field.setText(text);
			field.dispatchEvent(new TextEvent(field, TextEvent.TEXT_VALUE_CHANGED));
		});
	}

	/** Chooses the folder of a small diffusion model. */
	private static void folder(final GenericDialog dialog) {
		choose(dialog, 1, FOLDER);
		await("the field for a folder", () -> sees(dialog, "Folder"));
		write(dialog, "Folder", Fixtures.open("14-pipeline").folder().resolve("model").toString());
	}

	private static boolean sees(final Container window, final String label) {
		return all(window).anyMatch(c -> c.isVisible() && label(c).startsWith(label));
	}

	private static ImagePlus open(final String title, final int slices) {
		final ImageStack stack = new ImageStack(48, 32);
		for (int k = 0; k < slices; k++) {
			final ColorProcessor pixels = new ColorProcessor(48, 32);
			pixels.setColor(Color.WHITE);
			pixels.fill();
			pixels.setColor(Color.RED);
			pixels.fillRect(8, 8, 20, 12);
			stack.addSlice(pixels);
		}
		final ImagePlus image = new ImagePlus(title, stack);
		image.show();
		return image;
	}

	/** As from the menu, and waits for the dialog. */
	private static GenericDialog dialog(final String command) {
		IJ.doCommand(command);
		return await(GenericDialog.class, d -> d.isShowing());
	}

	private static void forecast(final GenericDialog dialog) {
		await("a forecast", () -> sees(dialog, "about ") || sees(dialog, "One slice: about "));
	}

	// -- Checks --

	@Check
	static void aFirstDialogLoadsNoPyTorch() throws Exception {
		open("A", 1);
		final GenericDialog dialog = dialog("Decompose...");
		forecast(dialog);
		final String builtIn = text(dialog);
		folder(dialog);
		await("another forecast", () -> !text(dialog).equals(builtIn) && sees(dialog, "about "));
		choose(dialog, 0, 7);
		press(dialog, 1);
		final Method loaded = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
		loaded.setAccessible(true);
		for (final String name : List.of("ai.djl.engine.Engine", "ai.djl.pytorch.jni.PyTorchLibrary",
			"org.layerj.torch.Torch")) assertEquals(null, loaded.invoke(ScreenFiji.class.getClassLoader(), name), name);
		final Path maps = Path.of("/proc/self/maps");
		if (Files.exists(maps)) try (Stream<String> lines = Files.lines(maps)) {
			assertEquals(List.of(), lines.filter(l -> l.contains("torch") && l.contains(".so")).toList());
		}
	}

	@Check
	static void theDialogHasWhatTheModelTakes() {
		open("A", 1);
		final GenericDialog dialog = dialog("Decompose...");
		assertEquals("Decompose", dialog.getTitle());
		forecast(dialog);
		for (final String label : List.of("Layers", "Model", "Advanced")) assertTrue(sees(dialog, label), label);
		for (final String label : List.of("Steps", "Prompt", "Seed", "Output", "Device", "Slices", "Folder"))
			assertFalse(sees(dialog, label), label);
		folder(dialog);
		tick(dialog, "Advanced");
		await("the fields of a diffusion model", () -> Stream.of("Steps", "Seed", "Prompt", "Output", "Device", "Raw")
			.allMatch(label -> sees(dialog, label)));
		choose(dialog, 1, BUILT_IN);
		await("the fields of the built-in default",
			() -> Stream.of("Steps", "Seed", "Device", "Prompt").noneMatch(label -> sees(dialog, label)));
		for (final String label : List.of("Seed", "Device", "Prompt", "Resolution"))
			assertFalse(sees(dialog, label), label);
		await("what the built-in default takes",
			() -> Stream.of("Output", "Raw", "Preview").allMatch(label -> sees(dialog, label)));
		tick(dialog, "Preview");
		await("the preview", () -> all(dialog).anyMatch(
			c -> c.getClass().getName().contains("EditPreview") && c.isVisible() && c.getParent().isVisible()));
		choose(dialog, 1, FOLDER);
		write(dialog, "Folder", "");
		await("the field for a folder", () -> sees(dialog, "Folder")
			&& sees(dialog, "Choose the folder of a model, or write the address of a server."));
		assertFalse(dialog.getButtons()[0].isEnabled(), "nothing to run yet");
		press(dialog, 1);
		assertEquals(1, WindowManager.getImageCount());
	}

	@Check
	static void whatIsWrongIsSaidInTheDialog() {
		open("A", 1);
		final GenericDialog dialog = dialog("Decompose...");
		forecast(dialog);
		folder(dialog);
		tick(dialog, "Advanced");
		await("the fields of a diffusion model", () -> sees(dialog, "Steps"));
		write(dialog, "Steps", "many");
		await("a message", () -> sees(dialog, "The option steps must be a whole number from 1 to 1000, not many."));
		assertFalse(dialog.getButtons()[0].isEnabled());
		press(dialog, 1);
	}

	@Check
	static void slicesAreForStacksOnly() {
		open("stack", 3);
		final GenericDialog dialog = dialog("Decompose...");
		assertTrue(sees(dialog, "Slices"));
		assertTrue(sees(dialog, "Reuse"));
		press(dialog, 1);
	}

	@Check
	static void whatIsChosenIsDoneAndRecordedInOneShortLine() throws Exception {
		new Recorder();
		open("A", 1);
		final GenericDialog dialog = dialog("Decompose...");
		choose(dialog, 0, 2);
		forecast(dialog);
		press(dialog, 0);
		await("layers",
			() -> Optional.ofNullable(WindowManager.getImage("A-layers")).filter(Hyperstacks::isLayers).isPresent());
		assertEquals(2, WindowManager.getImage("A-layers").getNSlices());
		await("the line", () -> Recorder.getInstance().getText().contains("layers=2"));
		final String recorded = Recorder.getInstance().getText();
		assertTrue(recorded.contains("run(\"Decompose...\", \"layers=2\");\n"), recorded);
		await("the current image", () -> WindowManager.getCurrentImage().getTitle().equals("A-layers"));
		// What it recorded does the same.
		final GenericDialog again = dialog("Decompose...");
		press(again, 1);
		assertEquals(recorded, Recorder.getInstance().getText(), "nothing was done, nothing is recorded");
	}

	@Check
	static void aMacrosValuesDoNotShowUpInTheNextDialog() throws Exception {
		open("A", 1);
		macro("run('Decompose...', 'layers=4 raw');");
		await("layers", () -> WindowManager.getImage("A-layers") != null);
		IJ.selectWindow("A");
		final GenericDialog dialog = dialog("Decompose...");
		assertEquals("auto", ((Choice) dialog.getChoices().get(0)).getSelectedItem());
		assertTrue(((Choice) dialog.getChoices().get(1)).getSelectedItem().startsWith("built-in"));
		for (final Object box : dialog.getCheckboxes()) assertFalse(((Checkbox) box).getState());
		press(dialog, 1);
	}

	@Check
	static void noImageOrTheWrongKindIsSaidBeforeAnyDialog() {
		for (final String command : List.of("Decompose...", "Decompose Selected Layer...", "Edit Layer...",
			"Recomposite", "Export..."))
		{
			IJ.doCommand(command);
			final Dialog said = await(Dialog.class, d -> d.isShowing());
			assertFalse(said instanceof GenericDialog, command);
			assertTrue(text(said).contains("There is no image open"), text(said));
			inEvents(said::dispose);
		}
		open("A", 1);
		for (final String command : List.of("Decompose Selected Layer...", "Edit Layer...", "Recomposite",
			"Export..."))
		{
			IJ.doCommand(command);
			final Dialog said = await(Dialog.class, d -> d.isShowing());
			assertFalse(said instanceof GenericDialog, command);
			assertTrue(text(said).contains("The image A has no layers"), text(said));
			inEvents(said::dispose);
		}
	}

	/** Runs a macro as SciJava does, in a thread of its pool. */
	private static void macro(final String text) {
		Fiji.context().service(ThreadService.class).run(() -> new Interpreter().run(Fiji.notes(text)));
	}

	@Check
	static void anErrorOfAMacroShowsItsMessage() {
		open("A", 1);
		for (final String options : List.of("layers=99", "layers=99 steps=1", "output=[a]b]")) {
			macro("run('Decompose...', '" + options + "');\nnote('went on');");
			final Dialog said = await(Dialog.class, d -> d.isShowing());
			final String reported = text(said);
			assertTrue(
				reported.contains(
					options.startsWith("layers") ? "The option layers must be" : "Brackets or quotes do not match"),
				reported);
			assertTrue(windows().noneMatch(w -> w instanceof Frame f && f.getTitle().equals("Exception")),
				"an exception's stack");
			inEvents(said::dispose);
			IJ.wait(300);
			assertEquals(List.of(), Fiji.noted());
			assertTrue(windows().noneMatch(w -> w instanceof Frame f && f.getTitle().equals("Exception")),
				"an exception's stack");
		}
	}

	/** For the command table: a script that a macro calls with options of its own, and which calls our command. */
	public static final class Script implements PlugIn {

		@Override
		public void run(final String arg) {
			try {
				Fiji.context()
					.service(ThreadService.class)
					.run(() -> IJ.run(WindowManager.getCurrentImage(), "Decompose...", "layers=99"))
					.get();
			}
			catch (final Exception e) {
				throw new IllegalStateException(e);
			}
		}
	}

	@Check
	static void anErrorInAScriptThatAMacroCallsShowsItsMessage() {
		@SuppressWarnings("unchecked")
		final Map<String, String> commands = Menus.getCommands();
		commands.put("Script...", Script.class.getName());
		open("A", 1);
		macro("run('Script...', 'what=[something else]');\nnote('went on');");
		final Dialog said = await(Dialog.class, d -> d.isShowing());
		assertTrue(text(said).contains("The option layers must be"), text(said));
		inEvents(said::dispose);
		IJ.wait(500);
		assertTrue(windows().noneMatch(w -> w instanceof Frame f && f.getTitle().equals("Exception")),
			"an exception's stack");
		assertEquals(List.of(), Fiji.noted());
	}

	@Check
	static void theImageIsTheMacrosEvenIfAnotherOneIsOpen() {
		open("open on the screen", 1);
		macro(
			"setBatchMode(true);\nnewImage('batch', 'RGB white', 48, 32, 1); setColor(0, 0, 255); fillRect(8, 8, 20, 12);\nrun('Decompose...', '"
				+ TWO
				+ "');\nnote(getTitle());\nrun('Recomposite');\nnote(getPixel(10, 10) & 0xffffff);\nsetBatchMode(false);");
		await("the macro", () -> Fiji.noted().size() == 2);
		assertEquals(List.of("batch-layers", "255"), Fiji.noted());
	}

	@Check
	static void aScriptsImageIsTheOneThatIsTakenApart() throws Exception {
		final ImagePlus front = open("front", 1);
		final ImagePlus meant = new ImagePlus("meant", front.getProcessor().duplicate());
		final List<String> current = new ArrayList<>();
		Fiji.context().service(ThreadService.class).run(() -> {
			IJ.run(meant, "Decompose...", TWO);
			current.add(WindowManager.getCurrentImage().getTitle());
		}).get();
		assertEquals(List.of("meant-layers"), current);
	}

	/** Windows end otherwise than images in batch mode, and remember other things. */
	@Check
	static void macrosThatSelectMakeInWindowsWhatTheyMakeInBatchMode() {
		for (final String[] macro : new String[][] { { "Lift_Scale_Bar", "without bar" },
			{ "Remove_Arrow", "without arrow" } })
		{
			Roi.previousRoi = null;
			final ImagePlus inWindows = MacroFiles.made(macro[0], macro[1], false);
			MacroFiles.assertSame(MacroFiles.made(macro[0], macro[1], true), inWindows, macro[0]);
		}
	}
}
