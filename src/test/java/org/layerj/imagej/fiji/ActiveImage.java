package org.layerj.imagej.fiji;

import ij.ImagePlus;
import ij.WindowManager;
import org.scijava.Priority;
import org.scijava.module.Module;
import org.scijava.module.process.AbstractSingleInputPreprocessor;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;

/**
 * Stands for imagej-legacy's {@code ActiveImagePlusPreprocessor}, which is not on Maven Central: in whatever thread
 * SciJava runs a command, fills its only image input with what ImageJ calls the current image in that thread. That is
 * not the image of the macro or script which waits for the command in another thread.
 */
@Plugin(type = PreprocessorPlugin.class, priority = Priority.VERY_HIGH + 1)
public final class ActiveImage extends AbstractSingleInputPreprocessor {

	@Override
	public void process(final Module module) {
		final ImagePlus current = WindowManager.getCurrentImage();
		final String input = current == null ? null : getSingleInput(module, ImagePlus.class);
		if (input == null) return;
		module.setInput(input, current);
		module.resolveInput(input);
	}
}
