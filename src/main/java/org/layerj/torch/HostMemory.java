package org.layerj.torch;

import com.sun.jna.NativeLibrary;

/** Asks the C library on Linux to handle memory as networks need it: few blocks, large and short-lived. Elsewhere nothing happens. */
final class HostMemory {

	private static final int M_MMAP_THRESHOLD = -3;

	private HostMemory() {}

	/**
	 * To be called once, before libtorch is loaded.
	 *
	 * <p>Blocks from 1 MiB go back to the system when they are freed; by default glibc keeps those below 32 MiB, half a gigabyte of
	 * leftovers in a transformer. libtorch asks for large pages, so that fresh memory is cheap all the same: the autoencoder gets a sixth
	 * (float32) to a third (bfloat16) faster. What the environment says wins.
	 */
	static void prepare() {
		if (!System.getProperty("os.name", "").equals("Linux")) return;
		try {
			final NativeLibrary c = NativeLibrary.getProcess();
			c.getFunction("setenv").invokeInt(new Object[] { "THP_MEM_ALLOC_ENABLE", "1", 0 });
			if (System.getenv("MALLOC_MMAP_THRESHOLD_") == null) c.getFunction("mallopt").invokeInt(new Object[] { M_MMAP_THRESHOLD, 1 << 20 });
		}
		catch (final LinkageError e) {
			// Another C library: everything works, with its own habits.
		}
	}
}
