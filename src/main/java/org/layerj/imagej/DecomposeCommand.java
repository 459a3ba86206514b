package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.decompose.Problem;
import org.layerj.imagej.macro.MacroThread;
import org.layerj.imagej.open.Show;
import org.scijava.Context;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.scijava.thread.ThreadService;

/**
 * <em>Plugins › Decompose Layers › Decompose...</em> in Fiji: takes the active image apart and shows the layers as a hyperstack.
 *
 * <p>The names of the input fields are macro keys and thus public API. They are text, because macros bypass a dialog's checks: a
 * number field would turn {@code layers=abc} into 0.
 *
 * <p>Under macros a SciJava command differs from a plugin of ImageJ: it runs in another thread, asks for missing values, and does not
 * become the current image. All three are cured, here and in {@link MacroDefaults}, so that one macro line behaves the same in Fiji
 * and ImageJ.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Decompose Layers>Decompose...", headless = true, iconPath = "/icons/decompose-16.png")
public final class DecomposeCommand extends ContextCommand {

	@Parameter(required = false)
	private ImagePlus image;

	@Parameter(label = "Layers", description = "Number of layers, 1 to 20; auto: as many as the picture needs", required = false)
	private String layers = "auto";

	@Parameter(label = "Resolution", description = "Side of the square with as many pixels as the model works on; empty is its default", required = false)
	private String resolution = "";

	@Parameter(label = "Steps", description = "Denoising steps; empty is the model's default", required = false)
	private String steps = "";

	@Parameter(label = "Guidance", description = "Guidance scale, 1 is none; empty is the model's default", required = false)
	private String guidance = "";

	// What belongs to one picture must not leak into the next.
	@Parameter(label = "Seed", description = "Whole number; the same seed gives the same layers; empty is the model's default", required = false,
		persist = false)
	private String seed = "";

	@Parameter(label = "Prompt", description = "What the picture shows; empty lets the model see for itself", required = false, persist = false)
	private String prompt = "";

	@Parameter(label = "Negative", description = "What the layers should not show", required = false, persist = false)
	private String negative = "";

	// Models and Devices... remembers these two.
	@Parameter(label = "Model", description = "Model folder; empty is the built-in model", style = "directory", required = false,
		persist = false)
	private File model;

	@Parameter(label = "Device", description = "auto, cpu, cuda or cuda: and a number", required = false, persist = false)
	private String device = "auto";

	@Parameter(label = "Output", description = "Folder to write PNGs, TIFF and record to as well; empty is nowhere", style = "directory", required = false,
		persist = false)
	private File output;

	@Parameter(label = "Raw", description = "true: the network's own pixels, enlarged; false: refined layers that composite to the image exactly",
		choices = { "false", "true" }, required = false)
	private String raw = "false";

	@Parameter(label = "Slices", description = "Which slices of a stack: current, all, or numbers such as 2-5 or 1,3,7", required = false, persist = false)
	private String slices = "current";

	@Parameter(label = "Reuse", description = "true: the masks found on the first slice are used for all; false: every slice by itself", choices = { "false",
		"true" }, required = false, persist = false)
	private String reuse = "false";

	@Parameter(label = "Layers", type = ItemIO.OUTPUT)
	private ImagePlus result;

	/** Tasks count in whole steps. */
	private static final int TASK_STEPS = 1000;

	private final DecomposerFactory models;

	public DecomposeCommand() {
		this(Decomposers::open);
	}

	/** With models from elsewhere. */
	DecomposeCommand(final DecomposerFactory models) {
		this.models = models;
	}

	@Override
	public void run() {
		// Asked now, since at the end of a long run another macro may be there or ours may seem to be gone.
		final Optional<Thread> macro = MacroThread.of(parents(getContext()));
		final Optional<Task> task = task();
		final ImageJProgress progress = new ImageJProgress(() -> isCanceled() || task.filter(Task::isCanceled).isPresent() || Thread.currentThread().isInterrupted(), (
			done, status) -> task.ifPresent(t -> {
				t.setStatusMessage(status);
				t.setProgressValue(Math.round(done * TASK_STEPS));
			}));
		try {
			if (macro.isPresent()) DecomposeRequest.check(Macro.getOptions());
			final DecomposeRequest request = DecomposeRequest.parse(values());
			result = new DecomposeRun(models).run(Optional.ofNullable(image), request, progress);
			progress.end("");
			// Without a screen SciJava does not show outputs; with one it does not show an image twice.
			DecomposeRun.show(result);
			macro.ifPresent(thread -> WindowManager.setTempCurrentImage(thread, result));
		}
		catch (final DecompositionCancelledException e) {
			progress.end(Show.TITLE + ": cancelled");
			// Escape ends a macro by itself; after any other way of cancelling it must not go on as if it had the layers.
			if (macro.isPresent() && !IJ.escapePressed()) IJ.error(Show.TITLE, e.getMessage());
			cancel("");
		}
		catch (RuntimeException | Error e) {
			progress.end("");
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			// Neither an exception nor cancelling stops a macro; ImageJ's error does, and shows the reason, which SciJava does otherwise.
			if (macro.isPresent()) IJ.error(Show.TITLE, Problem.sentence(e));
			cancel(macro.isPresent() ? "" : Problem.sentence(e));
		}
		finally {
			task.ifPresent(Task::finish);
		}
	}

	/** The run in Fiji's list of tasks, where it can be cancelled; none outside of SciJava. */
	private Optional<Task> task() {
		final Optional<Task> task = Optional.ofNullable(getContext()).map(c -> c.getService(TaskService.class)).map(s -> s.createTask(Show.TITLE));
		task.ifPresent(t -> {
			t.start();
			t.setProgressMaximum(TASK_STEPS);
		});
		return task;
	}

	private Map<String, String> values() {
		final Map<String, String> values = new HashMap<>();
		values.put("layers", text(layers));
		values.put("resolution", text(resolution));
		values.put("steps", text(steps));
		values.put("guidance", text(guidance));
		values.put("seed", text(seed));
		values.put("prompt", text(prompt));
		values.put("negative", text(negative));
		values.put("model", model == null ? "" : model.getPath());
		values.put("device", text(device));
		values.put("output", output == null ? "" : output.getPath());
		values.put("raw", text(raw));
		values.put("slices", text(slices));
		values.put("reuse", text(reuse));
		return values;
	}

	/** SciJava hands null to fields that were left empty. */
	private static String text(final String value) {
		return value == null ? "" : value;
	}

	/** Which thread waits for which, as far as SciJava knows; it hands null to commands that are run without it. */
	static Function<Thread, Optional<Thread>> parents(final Context context) {
		final Optional<ThreadService> threads = Optional.ofNullable(context).map(c -> c.getService(ThreadService.class));
		return thread -> threads.map(t -> t.getParent(thread));
	}
}
