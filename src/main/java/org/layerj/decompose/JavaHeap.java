package org.layerj.decompose;

/** Memory for Java's own objects. */
public final class JavaHeap {

	private JavaHeap() {}

	/**
	 * How many bytes can still be allocated. What is garbage counts as taken until it is collected, so that happens
	 * first if the answer would be less than what is needed: else a run would be rejected for memory that is free.
	 *
	 * @param needed bytes that the caller wants
	 * @return bytes
	 */
	public static long left(final long needed) {
		if (left() < needed) System.gc();
		return left();
	}

	private static long left() {
		final Runtime java = Runtime.getRuntime();
		return java.maxMemory() - java.totalMemory() + java.freeMemory();
	}
}
