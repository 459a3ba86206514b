package org.layerj.imagej;

import ij.ImagePlus;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.imagej.macro.Option;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Attr;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.task.Task;
import org.scijava.task.TaskService;

/**
 * <em>Decompose...</em> for scripts in Fiji and pyimagej:
 * <pre>layers = command.run(DecomposeCommand, false, "image", image, "layers", 4).get().getOutput("result")</pre>
 * <p>
 * The result is a hyperstack without a window. The same with {@code true}: no dialog is opened in either case.
 * <p>
 * The names of the input fields are those of macro options and public API; what they mean is said in
 * {@link DecomposeRequest}. They are text, because a number field would turn {@code layers=abc} into 0, and a file
 * {@code http://host} into a path.
 */
@Plugin(type = Command.class, headless = true, attrs = @Attr(name = "no-record"))
public final class DecomposeCommand extends ScriptCommand {

	@Parameter(required = false)
	private ImagePlus image;

	@Parameter(description = "Number of layers, 1 to 20; auto: as many as the picture needs", required = false)
	private String layers = "auto";

	@Parameter(description = "Side of the square with as many pixels as the model works on; empty is its default",
		required = false)
	private String resolution = "";

	@Parameter(description = "Denoising steps; empty is the model's default", required = false)
	private String steps = "";

	@Parameter(description = "Guidance scale, 1 is none; empty is the model's default", required = false)
	private String guidance = "";

	@Parameter(description = "Whole number; the same seed gives the same layers; empty is the model's default",
		required = false)
	private String seed = "";

	@Parameter(description = "What the picture shows; empty: the model describes the picture itself", required = false)
	private String prompt = "";

	@Parameter(description = "What the layers should not show", required = false)
	private String negative = "";

	@Parameter(description = "Model folder, the address of a server such as http://host:8188, or the name of a model; "
		+ "empty: the built-in model", required = false)
	private String model = "";

	@Parameter(description = "Folder with the tokenizer, for a model in single files without one", required = false)
	private String tokenizer = "";

	@Parameter(description = "auto, cpu, cuda, or a certain card such as cuda:1", required = false)
	private String device = "auto";

	@Parameter(
		description = "process: the model runs in a Java process of its own; process:4g:8: with 4 GB of Java memory and 8 threads",
		required = false)
	private String isolation = "none";

	@Parameter(description = "Folder to which PNGs, TIFF and run record are written as well; empty: none",
		required = false)
	private String output = "";

	@Parameter(
		description = "true: the network's own pixels, enlarged; false: refined layers that composite to the image exactly",
		required = false)
	private String raw = "false";

	@Parameter(
		description = "true: guidance keeps the strength of the prompt's own prediction, as in the official application; false: it does not",
		required = false)
	private String rescale = "true";

	@Parameter(description = "LoRAs that change the model, such as style.safetensors:0.8; several with ; between",
		required = false)
	private String lora = "";

	@Parameter(description = "Shift of the schedule towards noise; auto: by the size of the picture", required = false)
	private String shift = "auto";

	@Parameter(
		description = "Skip the rest of a pass through the network that would change less than this share; 0: off",
		required = false)
	private String stepcache = "0";

	@Parameter(description = "true: every line of text, arrow, bar and panel is a layer of its own", required = false)
	private String elements = "false";

	@Parameter(description = "Which slices of a stack: current, all, or numbers such as 2-5 or 1,3,7", required = false)
	private String slices = "current";

	@Parameter(description = "true: the masks found on the first slice are used for all; false: every slice by itself",
		required = false)
	private String reuse = "false";

	@Parameter(
		description = "manager or overlay: what is visible in its named selections goes to the layers of these names; none: off",
		required = false)
	private String hints = "none";

	@Parameter(description = "The layers.json of a run to repeat; fields that are changed here override its options",
		required = false)
	private String like = "";

	@Parameter(type = ItemIO.OUTPUT)
	private ImagePlus result;

	/** Tasks count in whole steps. */
	private static final int TASK_STEPS = 1000;

	private final DecomposerFactory models;

	/** For SciJava. */
	public DecomposeCommand() {
		this(Decomposers::open);
	}

	/** With models from elsewhere. */
	DecomposeCommand(final DecomposerFactory models) {
		this.models = models;
	}

	@Override
	public void run() {
		final Optional<Task> task = task();
		final ImageJProgress progress = new ImageJProgress(
			() -> isCanceled() || task.filter(Task::isCanceled).isPresent() || Thread.currentThread().isInterrupted(),
			(done, status) -> task.ifPresent(t -> {
				t.setStatusMessage(status);
				t.setProgressValue(Math.round(done * TASK_STEPS));
			}));
		try {
			run(() -> {
				ModelChoice.apply();
				// Whether a field with its default value was given cannot be known.
				final Map<String, String> given = Option.changed(DecomposeRequest.OPTIONS, values());
				final Map<String, String> values =
					Option.checked(DecomposeRequest.OPTIONS, DecomposeRequest.repeated(given));
				result = new DecomposeRun(models).run(given(image), DecomposeRequest.parse(values), progress);
			});
		}
		finally {
			progress.end("");
			task.ifPresent(Task::finish);
		}
	}

	/** The run in Fiji's list of tasks, where it can be cancelled; none outside of SciJava. */
	private Optional<Task> task() {
		final Optional<Task> task = Optional.ofNullable(getContext())
			.map(c -> c.getService(TaskService.class))
			.map(s -> s.createTask("Decompose Layers"));
		task.ifPresent(t -> {
			t.start();
			t.setProgressMaximum(TASK_STEPS);
		});
		return task;
	}

	private Map<String, String> values() {
		final Map<String, String> values = new HashMap<>();
		put(values, "layers", layers);
		put(values, "resolution", resolution);
		put(values, "steps", steps);
		put(values, "guidance", guidance);
		put(values, "seed", seed);
		put(values, "prompt", prompt);
		put(values, "negative", negative);
		put(values, "model", model);
		put(values, "tokenizer", tokenizer);
		put(values, "device", device);
		put(values, "isolation", isolation);
		put(values, "output", output);
		put(values, "raw", raw);
		put(values, "rescale", rescale);
		put(values, "lora", lora);
		put(values, "shift", shift);
		put(values, "stepcache", stepcache);
		put(values, "elements", elements);
		put(values, "slices", slices);
		put(values, "reuse", reuse);
		put(values, "hints", hints);
		put(values, "like", like);
		return values;
	}
}
