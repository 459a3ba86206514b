package org.layerj.imagej;

import ij.IJ;
import ij.Prefs;
import ij.gui.GenericDialog;
import java.awt.TextField;

/**
 * Model and device that <em>Models and Devices...</em> has chosen for this computer; what the dialogs begin with.
 * Macros and scripts never see it: what they leave out must not depend on what somebody has chosen with the mouse.
 */
final class ModelChoice {

	private static final String MODEL = "decompose.model";
	private static final String DEVICE = "decompose.device";

	private ModelChoice() {}

	/** A folder, or another word for a model; blank is the built-in one. */
	static String model() {
		return Prefs.get(MODEL, "");
	}

	static String device() {
		return Prefs.get(DEVICE, "auto");
	}

	/** ImageJ's field for a folder makes one of every word: it would begin with {@code built-in/}. */
	static void addField(final GenericDialog dialog, final String label, final String value) {
		dialog.addDirectoryField(label, value);
		((TextField) dialog.getStringFields().lastElement()).setText(value);
	}

	static void keep(final String model, final String device) {
		Prefs.set(MODEL, model);
		Prefs.set(DEVICE, device);
		// Without its window ImageJ has not read the file, and would lose what stands in it.
		if (IJ.getInstance() != null) Prefs.savePreferences();
	}
}
