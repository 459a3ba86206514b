package org.layerj.decompose;

/** Memory for Java's own objects. */
public final class JavaHeap {

	private JavaHeap() {}

	/**
	 * The bytes that can still be allocated. If these are fewer than needed, garbage is collected first, since
	 * uncollected garbage counts as used.
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
