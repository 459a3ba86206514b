package org.layerj.torch;

import com.sun.jna.NativeLibrary;

/**
 * Asks the C library on Linux to handle memory as networks need it, where large blocks live short, and OpenMP to wait
 * without computing. Elsewhere nothing happens.
 */
final class HostMemory {

	private static final int M_MMAP_THRESHOLD = -3;
	private static final int BLOCK = 16 << 20;
	/** Read by OpenMP when it is loaded. */
	private static final String WAITING = "OMP_WAIT_POLICY";
	/** Read by PyTorch with its first allocation. */
	private static final String HUGE_PAGES = "THP_MEM_ALLOC_ENABLE";

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
	 * time, because fresh memory has to be cleared.
	 * <p>
	 * PyTorch gets tensors of 2 MiB and more in pages of that size, where Linux has them: every operation takes fresh
	 * memory for its result, and the first access to each page of 4 KiB costs a fifth to a quarter of a convolutional
	 * network's time (docs/TEXT.md, Speed). To be called before PyTorch is loaded. Settings in the environment take
	 * precedence.
	 */
	static void prepare() {
		if (System.getenv("MALLOC_MMAP_THRESHOLD_") == null) call("mallopt", M_MMAP_THRESHOLD, BLOCK);
		call("setenv", HUGE_PAGES, "1", 0);
		call("setenv", WAITING, "passive", 0);
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
