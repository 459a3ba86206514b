package org.layerj.torch;

import com.sun.jna.NativeLibrary;

/**
 * Asks the C library on Linux to handle memory as networks need it: large blocks live short. Elsewhere nothing happens.
 */
final class HostMemory {

	private static final int M_MMAP_THRESHOLD = -3;
	private static final int BLOCK = 16 << 20;

	private HostMemory() {}

	/**
	 * Blocks from 16 MiB go back to the system as soon as they are freed. glibc on its own comes to keep blocks of up
	 * to 32 MiB, half a gigabyte of leftovers in a mid-size transformer. A lower limit would save little more and cost
	 * time, because fresh memory has to be cleared; so would large pages, where they are not at hand. What the
	 * environment says wins.
	 */
	static void prepare() {
		if (!System.getProperty("os.name", "").equals("Linux") || System.getenv("MALLOC_MMAP_THRESHOLD_") != null)
			return;
		try {
			NativeLibrary.getProcess().getFunction("mallopt").invokeInt(new Object[] { M_MMAP_THRESHOLD, BLOCK });
		}
		catch (final LinkageError e) {
			// Another C library: everything works, with its own habits.
		}
	}
}
