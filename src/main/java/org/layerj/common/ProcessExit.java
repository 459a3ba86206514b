package org.layerj.common;

import com.sun.jna.NativeLibrary;

/** Ends this process at once. */
public final class ProcessExit {

	private ProcessExit() {}

	/**
	 * Ends the process also while native code computes: without the destructors of libraries, which crash then.
	 * Shutdown hooks that have not ended by then do not.
	 *
	 * @param code the exit code
	 */
	public static void now(final int code) {
		try {
			NativeLibrary.getProcess().getFunction("_exit").invokeVoid(new Object[] { code });
		}
		catch (final LinkageError e) {
			// Windows, which has no function of this name.
			Runtime.getRuntime().halt(code);
		}
	}
}
