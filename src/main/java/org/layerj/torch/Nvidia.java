package org.layerj.torch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Whether there is a driver for CUDA, found without loading a library. */
public final class Nvidia {

	/** Of a computer, in a container, in Windows' Linux, on a Jetson board. */
	private static final List<String> LINUX =
		List.of("/proc/driver/nvidia/version", "/dev/nvidiactl", "/dev/dxg", "/dev/nvmap");

	private Nvidia() {}

	/** False only where no PyTorch can use a card; true does not promise that it can. */
	public static boolean hasDriver() {
		final String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
		if (system.contains("windows")) return Files.exists(
			Path.of(Objects.requireNonNullElse(System.getenv("SystemRoot"), "C:\\Windows"), "System32", "nvcuda.dll"));
		return !system.contains("mac") && LINUX.stream().map(Path::of).anyMatch(Files::exists);
	}
}
