package org.layerj.eval;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * Main memory of this process at its peak, libtorch's and the Java heap included. Only Linux tells, and only it lets
 * the peak be set back, so that methods can be distinguished that run one after another.
 */
final class PeakMemory {

	private static final Path STATUS = Path.of("/proc/self/status");
	private static final Path CLEAR = Path.of("/proc/self/clear_refs");

	private PeakMemory() {}

	/** From here on. What the heap holds by accident is collected first. */
	static void reset() {
		System.gc();
		try {
			if (Files.isWritable(CLEAR)) Files.writeString(CLEAR, "5");
		}
		catch (final IOException e) {
			// Then the peak is that of the process from its beginning, as the report says.
		}
	}

	/** Bytes, if the system tells. */
	static OptionalLong bytes() {
		try {
			for (final String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
				if (line.startsWith("VmHWM:"))
					return OptionalLong.of(Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
			}
		}
		catch (final IOException | NumberFormatException e) {
			// Not Linux.
		}
		return OptionalLong.empty();
	}
}
