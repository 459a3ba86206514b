package org.layerj.imagej.fiji;

import ij.IJ;
import ij.Macro;
import org.scijava.Priority;
import org.scijava.convert.ConvertService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.process.AbstractPreprocessorPlugin;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/**
 * Stands for imagej-legacy's {@code MacroPreprocessor}: the options of the macro that waits are a command's inputs,
 * found by ImageJ's own search.
 */
@Plugin(type = PreprocessorPlugin.class, priority = 2 * Priority.VERY_HIGH)
public final class MacroValues extends AbstractPreprocessorPlugin {

	@Parameter
	private ConvertService convert;

	@Override
	public void process(final Module module) {
		final String options = IJ.isMacro() ? Macro.getOptions() : null;
		if (options == null) return;
		for (final ModuleItem<?> input : module.getInfo().inputs()) {
			final String value = Macro.getValue(options, input.getName(), null);
			if (value == null || !convert.supports(value, input.getType())) continue;
			module.setInput(input.getName(), convert.convert(value, input.getType()));
			module.resolveInput(input.getName());
		}
	}
}
