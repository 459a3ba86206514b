package org.layerj.torch;

import ai.djl.util.cuda.CudaUtils;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory there is to compute with. */
public final class Memory {

	private static final Pattern AVAILABLE = Pattern.compile("^MemAvailable:\\s+(\\d+) kB", Pattern.MULTILINE);

	private Memory() {}

	/** Bytes that can be allocated on a device now without pushing others out; 0 where nobody can tell. */
	public static long free(final Device device) {
		if (device.isCpu()) return freeRam();
		if (!device.isCuda()) return 0;
		Torch.start();
		try {
			final MemoryUsage usage = CudaUtils.getGpuMemory(ai.djl.Device.gpu(Integer.parseInt(device.name().substring(device.name().indexOf(':') + 1))));
			return Math.max(0, usage.getMax() - usage.getCommitted());
		}
		catch (final RuntimeException | LinkageError e) {
			return 0;
		}
	}

	private static long freeRam() {
		// Linux counts pages that merely cache files as used, but gives them back on demand.
		final Path linux = Path.of("/proc/meminfo");
		if (Files.isReadable(linux)) {
			try {
				final Matcher m = AVAILABLE.matcher(Files.readString(linux));
				if (m.find()) return Long.parseLong(m.group(1)) * 1024;
			}
			catch (final IOException e) {
				// the portable answer is good enough
			}
		}
		return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os ? os.getFreeMemorySize() : 0;
	}
}
