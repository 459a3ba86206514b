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
	 * Gives everything freed back to the system. Each thread that computes has an area of its own, and glibc keeps in
	 * each what was in use there at most.
	 */
	static void trim() {
		call("malloc_trim", 0);
	}

	/**
	 * Blocks from 16 MiB go back to the system as soon as they are freed. glibc on its own comes to keep blocks of up
	 * to 32 MiB, half a gigabyte of leftovers in a mid-size transformer. A lower limit would save little more and cost
	 * time, because fresh memory has to be cleared; so would large pages, where they are not at hand. What the
	 * environment says wins.
	 */
	static void prepare() {
		if (System.getenv("MALLOC_MMAP_THRESHOLD_") == null) call("mallopt", M_MMAP_THRESHOLD, BLOCK);
	}

	private static void call(final String function, final Object... arguments) {
		if (!System.getProperty("os.name", "").equals("Linux")) return;
		try {
			NativeLibrary.getProcess().getFunction(function).invokeInt(arguments);
		}
		catch (final LinkageError e) {
			// Another C library: everything works, with its own habits.
		}
	}
}
