package org.layerj.imagej;

import ij.IJ;
import ij.Prefs;
import ij.gui.GenericDialog;
import java.awt.TextField;
import org.layerj.decompose.Devices;

/**
 * Model and device that <em>Models and Devices...</em> has chosen for this computer; what the dialogs begin with.
 * Macros and scripts never see it: what they leave out must not depend on what somebody has chosen with the mouse.
 */
final class ModelChoice {

	private static final String MODEL = "decompose.model";
	private static final String DEVICE = "decompose.device";
	private static final String PYTORCH = "decompose.pytorch";

	private ModelChoice() {}

	/** A folder, or another word for a model; blank is the built-in one. */
	static String model() {
		return Prefs.get(MODEL, "");
	}

	/** {@code auto}, {@code bundled} or a folder. */
	static String pytorch() {
		return Prefs.get(PYTORCH, "auto");
	}

	/** Lets the choice of PyTorch hold for what is run from now on; without one, nothing changes. */
	static void apply() {
		if (!pytorch().equals("auto")) Devices.choose(pytorch());
	}

	static String device() {
		return Prefs.get(DEVICE, "auto");
	}

	/** ImageJ's field for a folder makes one of every word: it would begin with {@code built-in/}. */
	static void addField(final GenericDialog dialog, final String label, final String value) {
		dialog.addDirectoryField(label, value);
		((TextField) dialog.getStringFields().lastElement()).setText(value);
	}

	static void keep(final String model, final String device, final String pytorch) {
		Prefs.set(MODEL, model);
		Prefs.set(PYTORCH, pytorch);
		Prefs.set(DEVICE, device);
		// Without its window ImageJ has not read the file, and would lose what stands in it.
		if (IJ.getInstance() != null) Prefs.savePreferences();
	}
}
