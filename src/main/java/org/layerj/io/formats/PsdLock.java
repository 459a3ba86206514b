package org.layerj.io.formats;

/** The block {@code lspf} of a PSD: what of a layer is protected. */
final class PsdLock {

	private static final int TRANSPARENCY = 1, PIXELS = 2, PLACE = 4, EVERYTHING = 0x80000000;

	/** As Photoshop writes it for a layer of which all is locked. */
	static final int ALL = EVERYTHING;

	private PsdLock() {}

	/**
	 * Whether a layer is locked as layers here are: all of it, or both its pixels and its place. Some programs know
	 * only the separate bits.
	 */
	static boolean isLocked(final int flags) {
		return (flags & EVERYTHING) != 0 || (flags & (PIXELS | PLACE)) == (PIXELS | PLACE);
	}
}
