package org.layerj.imagej.open;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.macro.Interpreter;
import java.awt.GraphicsEnvironment;
import java.util.Arrays;
import java.util.Objects;

/** Images on the screen, or known to a macro that has none. */
public final class Show {

	/** Heads our messages and dialogs. */
	public static final String TITLE = "Decompose Layers";

	private Show() {}

	/**
	 * Makes this the current image, and opens its window if it has none. Without a screen it is known to the calling
	 * thread only.
	 */
	public static void current(final ImagePlus image) {
		if (image.getWindow() != null) IJ.selectWindow(image.getID());
		else if (known(image)) WindowManager.setTempCurrentImage(image);
		else if (!GraphicsEnvironment.isHeadless()) image.show();
		else {
			// What ImageJ does in a macro, but which needs no macro: another one that ends makes ImageJ forget this
			// one.
			WindowManager.setTempCurrentImage(image);
			Interpreter.addBatchModeImage(image);
		}
	}

	/** Whether there are windows at all now: not without a screen, and not in batch mode. */
	public static boolean windows() {
		return !GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode();
	}

	/** A window that is open or an image of a macro in batch mode. */
	static boolean known(final ImagePlus image) {
		return Interpreter.isBatchMode()
			&& Arrays.stream(Objects.requireNonNullElse(Interpreter.getBatchModeImageIDs(), new int[0]))
				.anyMatch(id -> id == image.getID());
	}
}
