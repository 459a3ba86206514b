package org.layerj.decompose;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Main memory of this process, libtorch's included. */
final class ProcessMemory {

	private static final Path STATUS = Path.of("/proc/self/status");

	private ProcessMemory() {}

	/**
	 * Largest resident size of the process so far, in bytes. Only Linux tells; elsewhere it is the Java heap in use,
	 * which is less than the truth.
	 */
	static long peak() {
		try {
			for (final String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
				if (line.startsWith("VmHWM:")) return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
			}
		}
		catch (final IOException | NumberFormatException e) {
			// Not Linux.
		}
		return Runtime.getRuntime().totalMemory();
	}
}
