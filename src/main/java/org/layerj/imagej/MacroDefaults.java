package org.layerj.imagej;

import ij.ImagePlus;
import ij.Macro;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.util.Map;
import org.layerj.imagej.macro.MacroThread;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

/**
 * What a macro, or a script without a screen, leaves out is the default of our commands: no dialog, and no value remembered from an
 * earlier run. A dialog begins with the {@linkplain ModelChoice model and device chosen} on this computer, as ImageJ's does.
 *
 * <p>Runs after the macro's own values are filled in, and before SciJava would look for remembered ones or ask. A preprocessor rather
 * than an initializer of a {@code DynamicCommand}: for those, {@code CommandService.run} returns null instead of the outputs
 * (scijava-common issue 407).
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.HIGH)
public final class MacroDefaults extends AbstractPreprocessorPlugin {

	@Override
	public void process(final Module module) {
		// Commands of ours; others have manners of their own.
		if (!module.getDelegateObject().getClass().getPackageName().equals(MacroDefaults.class.getPackageName())) return;
		if (!GraphicsEnvironment.isHeadless() && MacroThread.of(DecomposeCommand.parents(context())).isEmpty()) {
			beginWithChoice(module);
			return;
		}
		final Map<String, String> macro = DecomposeRequest.macro(Macro.getOptions());
		for (final ModuleItem<?> input : module.getInfo().inputs()) {
			// A flag that stands there alone has no value for SciJava.
			if (DecomposeRequest.FLAGS.contains(input.getName()) && !module.isInputResolved(input.getName()) && macro.containsKey(input.getName())) module.setInput(input
				.getName(), macro.get(input.getName()));
			// The image is the active one, and not remembered anyway.
			if (!ImagePlus.class.isAssignableFrom(input.getType())) module.resolveInput(input.getName());
		}
	}

	/** Values only: the dialog still asks for them. */
	static void beginWithChoice(final Module module) {
		if (!(module.getDelegateObject() instanceof DecomposeCommand)) return;
		if (!module.isInputResolved("model") && !ModelChoice.model().isBlank()) module.setInput("model", new File(ModelChoice.model()));
		if (!module.isInputResolved("device")) module.setInput("device", ModelChoice.device());
	}
}
