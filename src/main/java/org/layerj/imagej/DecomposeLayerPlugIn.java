package org.layerj.imagej;

import ij.IJ;
import ij.Macro;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.PlugIn;
import java.awt.GraphicsEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.decompose.Problem;
import org.layerj.decompose.Progress;
import org.layerj.decompose.Recursion;
import org.layerj.decompose.RunJson;
import org.layerj.imagej.edit.EditField;
import org.layerj.imagej.edit.LayerNames;
import org.layerj.imagej.macro.MacroOptions;
import org.layerj.imagej.macro.MacroThread;
import org.layerj.imagej.open.OpenLayers;
import org.layerj.imagej.open.Show;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.imagej.stack.Latin;
import org.layerj.layers.Layer;
import org.layerj.layers.LayerStack;

/**
 * <em>Plugins › Decompose Layers › Decompose Selected Layer...</em>: takes one layer apart again, in its place; what the stack shows stays the same. The
 * new layers name the old one as their parent. One step that can be undone.
 *
 * <p>Macro keys: {@code layer} as in {@link EditLayerPlugIn}, and those of <em>Decompose...</em> that are about the model's run.
 */
public final class DecomposeLayerPlugIn implements PlugIn {

	private static final String COMMAND = "Decompose Selected Layer...";

	/** Those of a decomposition that make sense for one layer. */
	private static final List<String> RUN_KEYS = List.of("layers", "resolution", "steps", "guidance", "seed", "prompt", "negative", "model", "device");

	private final DecomposerFactory models;

	public DecomposeLayerPlugIn() {
		this(Decomposers::open);
	}

	/** With models from elsewhere. */
	DecomposeLayerPlugIn(final DecomposerFactory models) {
		this.models = models;
	}

	@Override
	public void run(final String arg) {
		final boolean silent = Macro.getOptions() != null || MacroThread.current().isPresent() || GraphicsEnvironment.isHeadless();
		final ImageJProgress progress = new ImageJProgress(() -> false);
		try {
			final OpenLayers open = OpenLayers.require(Optional.ofNullable(WindowManager.getCurrentImage()));
			final List<String> keys = Stream.concat(Stream.of("layer"), RUN_KEYS.stream()).toList();
			final Optional<Map<String, String>> values = silent ? Optional.of(MacroOptions.parse(COMMAND, keys, Macro.getOptions())) : dialog(open);
			if (values.isPresent()) split(open, values.get(), progress);
			progress.end("");
		}
		catch (final DecompositionCancelledException e) {
			progress.end(Show.TITLE + ": cancelled");
		}
		catch (RuntimeException | Error e) {
			progress.end("");
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			if (silent) IJ.error(Show.TITLE, Problem.sentence(e));
			else IJ.showMessage(Show.TITLE, Problem.sentence(e));
		}
	}

	/** As a script does it. The model works on the layers as they are when it begins; they can be looked at and edited meanwhile. */
	void split(final OpenLayers open, final Map<String, String> values, final Progress progress) {
		final DecomposeRequest request = DecomposeRequest.parse(values);
		final LayerStack before = open.layers();
		final String id = Optional.ofNullable(values.get("layer")).filter(l -> !l.isBlank()).map(l -> LayerNames.id(before, "layer", l)).orElseGet(open::selected);
		final Recursion.Parts parts;
		try (Decomposer model = models.open(request.model(), request.options().device())) {
			parts = Recursion.parts(model, before, id, request.options(), progress);
		}
		final LayerStack after = open.apply("Decompose " + parts.parent().name(), parts::into);
		after.layers().stream().filter(l -> l.parent().filter(id::equals).isPresent() && before.find(l.id()).isEmpty()).findFirst().ifPresent(l -> open.select(l.id()));
		open.hyperstack().setProp(Hyperstacks.RUN + "." + Latin.escape(id), Latin.json(RunJson.of(parts.run()).toString()));
	}

	/** ImageJ's own, which records what is chosen. */
	private static Optional<Map<String, String>> dialog(final OpenLayers open) {
		final LayerStack stack = open.layers();
		final List<String> called = IntStream.range(0, stack.size()).mapToObj(i -> EditField.called(stack, i)).toList();
		final GenericDialog dialog = new GenericDialog("Decompose Selected Layer");
		dialog.addMessage("Empty fields and \"auto\" are the model's defaults.");
		dialog.addChoice("Layer", called.toArray(String[]::new), called.get(stack.indexOf(open.selected())));
		for (final String key : RUN_KEYS) {
			final String label = Character.toUpperCase(key.charAt(0)) + key.substring(1);
			if (key.equals("model")) ModelChoice.addField(dialog, label, ModelChoice.model());
			else dialog.addStringField(label, key.equals("layers") ? "auto" : key.equals("device") ? ModelChoice.device() : "", key.equals("prompt") || key.equals("negative") ? 40 : 8);
		}
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		final Map<String, String> values = new LinkedHashMap<>(Map.of("layer", dialog.getNextChoice()));
		for (final String key : RUN_KEYS) values.put(key, dialog.getNextString());
		return Optional.of(values);
	}
}
