package org.layerj.checkpoint;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/**
 * Gives back the memory of mapped file parts whose content was copied elsewhere. On Linux; other systems do it when
 * memory gets short.
 */
final class MappedPages {

	private static final int MADV_DONTNEED = 4;
	private static final long LARGEST_PAGE = 1 << 16;

	private MappedPages() {}

	/**
	 * Drops the pages; they are read again at the next access.
	 *
	 * @param mapped a read-only mapping of a file. Any other memory would lose its content.
	 */
	static void drop(final ByteBuffer mapped) {
		if (!System.getProperty("os.name", "").equals("Linux")) return;
		try {
			final long address = Pointer.nativeValue(Native.getDirectBufferPointer(mapped));
			// Whole pages of any page size only.
			final long from = (address + LARGEST_PAGE - 1) / LARGEST_PAGE * LARGEST_PAGE;
			final long length = (address + mapped.capacity()) / LARGEST_PAGE * LARGEST_PAGE - from;
			if (length > 0) NativeLibrary.getProcess()
				.getFunction("madvise")
				.invokeInt(new Object[] { new Pointer(from), length, MADV_DONTNEED });
		}
		catch (final LinkageError e) {
			// The pages stay until somebody else needs the memory.
		}
	}
}
