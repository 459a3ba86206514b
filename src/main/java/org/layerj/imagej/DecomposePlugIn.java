package org.layerj.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.PlugIn;
import java.awt.GraphicsEnvironment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.layerj.decompose.DecomposerFactory;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.decompose.Problem;
import org.layerj.imagej.macro.MacroThread;
import org.layerj.imagej.open.Show;

/**
 * <em>Plugins › Decompose Layers › Decompose...</em> of plain ImageJ, entered in {@code plugins.config}. Fiji puts
 * {@link DecomposeCommand} in its place, which has the same name and takes the same macro keys.
 *
 * <p>Links without SciJava, which plain ImageJ lacks.
 */
public final class DecomposePlugIn implements PlugIn {

	private final DecomposerFactory models;

	public DecomposePlugIn() {
		this(Decomposers::open);
	}

	/** With models from elsewhere. */
	DecomposePlugIn(final DecomposerFactory models) {
		this.models = models;
	}

	@Override
	public void run(final String arg) {
		// Reading macro options ourselves rather than through GenericDialog works without a screen too. A macro never sees the dialog, even
		// if it gives no options at all: as with Fiji's command, what it leaves out is the default.
		final boolean silent = Macro.getOptions() != null || MacroThread.current().isPresent() || GraphicsEnvironment.isHeadless();
		final Optional<Map<String, String>> values = silent ? Optional.of(DecomposeRequest.macro(Macro.getOptions())) : dialog();
		if (values.isEmpty()) return;
		final ImageJProgress progress = new ImageJProgress(() -> false);
		try {
			if (silent) DecomposeRequest.check(Macro.getOptions());
			final DecomposeRequest request = DecomposeRequest.parse(values.get());
			final ImagePlus layers = new DecomposeRun(models).run(Optional.ofNullable(WindowManager.getCurrentImage()), request, progress);
			progress.end("");
			DecomposeRun.show(layers);
		}
		catch (final DecompositionCancelledException e) {
			progress.end(Show.TITLE + ": cancelled");
		}
		catch (RuntimeException | Error e) {
			// Errors too: that is what missing or foreign libraries are, and ImageJ would show their stack trace and let the macro go on.
			progress.end("");
			if (!Problem.isExpected(e) && IJ.debugMode) IJ.handleException(e);
			// Aborts the macro, which an exception would not; from the menu it must not abort somebody else's.
			if (silent) IJ.error(Show.TITLE, Problem.sentence(e));
			else IJ.showMessage(Show.TITLE, Problem.sentence(e));
		}
	}

	private static Optional<Map<String, String>> dialog() {
		// ImageJ takes the first word of a label, in lower case, as the macro key.
		final GenericDialog dialog = new GenericDialog(Show.TITLE);
		dialog.addMessage("Empty fields and \"auto\" are the model's defaults.");
		dialog.addStringField("Layers", "auto", 8);
		dialog.addStringField("Resolution", "", 8);
		dialog.addStringField("Steps", "", 8);
		dialog.addStringField("Guidance", "", 8);
		dialog.addStringField("Seed", "", 8);
		dialog.addStringField("Prompt", "", 40);
		dialog.addStringField("Negative", "", 40);
		ModelChoice.addField(dialog, "Model", ModelChoice.model());
		dialog.addStringField("Device", ModelChoice.device(), 8);
		dialog.addDirectoryField("Output", "");
		dialog.addChoice("Raw", new String[] { "false", "true" }, "false");
		dialog.addStringField("Slices", "current", 8);
		dialog.addChoice("Reuse", new String[] { "false", "true" }, "false");
		dialog.showDialog();
		if (dialog.wasCanceled()) return Optional.empty();
		final Map<String, String> values = new HashMap<>();
		for (final String key : DecomposeRequest.KEYS) values.put(key, DecomposeRequest.FLAGS.contains(key) ? dialog.getNextChoice() : dialog.getNextString());
		return Optional.of(values);
	}
}
