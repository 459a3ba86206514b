package org.layerj.imagej.edit;

import ij.plugin.frame.Recorder;
import org.layerj.imagej.macro.MacroOptions;

/** Writes edits that were asked for by mouse into ImageJ's recorder, so that macros can repeat them. */
public final class EditRecord {

	private EditRecord() {}

	/** Records the edit, if something records. The command that ImageJ itself has begun to record, if any, is left out. */
	public static void of(final EditRequest request) {
		if (!Recorder.record) return;
		Recorder.disableCommandRecording();
		Recorder.recordString(line(request, Recorder.scriptMode()));
	}

	static String line(final EditRequest request, final boolean script) {
		final String options = MacroOptions.text(request.values()).replace("\\", "\\\\").replace("\"", "\\\"");
		return (script ? "IJ.run(imp, " : "run(") + "\"Edit Layer...\", \"" + options + "\");\n";
	}
}
