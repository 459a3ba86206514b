package org.layerj.imagej.macro;

import ij.plugin.frame.Recorder;
import java.util.Map;
import java.util.function.Supplier;

/** Writes what was asked for by mouse into ImageJ's recorder, as one line that a macro can repeat. */
public final class MacroRecord {

	private MacroRecord() {}

	/**
	 * Records a command, if something records. The command that ImageJ itself has begun to record, if any, is left out:
	 * it would hold every field of a dialog.
	 *
	 * @param values the options that are worth mentioning
	 */
	public static void of(final String command, final Map<String, String> values) {
		if (!Recorder.record) return;
		nothing();
		Recorder.recordString(line(command, values, Recorder.scriptMode()));
	}

	/** What ImageJ itself has begun to record is left out; until {@link #of} there is nothing to repeat. */
	public static void nothing() {
		if (Recorder.record) Recorder.disableCommandRecording();
	}

	/** Does something, a dialog for example, of which nothing is recorded. */
	public static <T> T without(final Supplier<T> work) {
		Recorder.suspendRecording();
		try {
			return work.get();
		}
		finally {
			Recorder.resumeRecording();
		}
	}

	/** What {@link #of} writes. */
	public static String line(final String command, final Map<String, String> values, final boolean script) {
		final String options = MacroOptions.text(values).replace("\\", "\\\\").replace("\"", "\\\"");
		return (script ? "IJ.run(imp, " : "run(") + "\"" + command + "\""
			+ (options.isEmpty() && !script ? "" : ", \"" + options + "\"") + ");\n";
	}
}
