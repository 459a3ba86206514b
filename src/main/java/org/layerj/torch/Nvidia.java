package org.layerj.torch;

import com.sun.jna.NativeLibrary;
import java.util.Locale;

/** Whether there is an NVIDIA driver, which can be told without loading PyTorch. */
public final class Nvidia {

	private static final class Driver {

		/** Looked for once; the driver's library is small, and PyTorch would load it anyway. */
		static final boolean FOUND = found();

		private static boolean found() {
			final String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
			if (system.contains("mac")) return false;
			try {
				NativeLibrary.getInstance(system.contains("windows") ? "nvcuda" : "libcuda.so.1");
				return true;
			}
			catch (final LinkageError e) {
				return false;
			}
		}
	}

	private Nvidia() {}

	/** Whether the driver's library can be loaded; without it no PyTorch can use a card. */
	public static boolean hasDriver() {
		return Driver.FOUND;
	}
}
