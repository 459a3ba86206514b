package org.layerj.checkpoint;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this computer has to offer.
 *
 * @param ram bytes of main memory this process may ever use: what is built in, or the container's limit
 * @param available bytes of main memory that can be allocated now without swapping, never more than {@code ram}
 * @param processors logical processors
 * @param gpu bytes of graphics memory free now; empty if there is none or it was not asked for
 */
public record Machine(long ram, long available, int processors, OptionalLong gpu) {

	/** Containers without a limit report a number near 2⁶³. */
	private static final long NO_LIMIT = 1L << 60;

	/** This computer; graphics memory is known to the torch package only and is added with {@link #withGpu}. */
	public static Machine here() {
		final Machine portable = portable();
		try {
			return linux(Path.of("/"), portable);
		}
		catch (final IOException | RuntimeException e) {
			return portable;
		}
	}

	public Machine withGpu(final long bytes) {
		return new Machine(ram, available, processors, OptionalLong.of(bytes));
	}

	private static Machine portable() {
		final int processors = Runtime.getRuntime().availableProcessors();
		if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os)
			return new Machine(os.getTotalMemorySize(), os.getFreeMemorySize(), processors, OptionalLong.empty());
		// A Java without that bean: the heap limit is the only number left.
		return new Machine(Runtime.getRuntime().maxMemory(), Runtime.getRuntime().maxMemory(), processors,
			OptionalLong.empty());
	}

	/**
	 * Linux counts pages that merely cache files as used, but gives them back on demand: {@code MemAvailable} knows,
	 * and so do the statistics of control groups.
	 *
	 * @param root {@code /}, or a copy of it for tests
	 */
	static Machine linux(final Path root, final Machine portable) throws IOException {
		final String info = text(root.resolve("proc/meminfo"));
		final long total = field(info, "MemTotal: +(\\d+) kB") * 1024;
		final long available = field(info, "MemAvailable: +(\\d+) kB") * 1024;
		final Machine bare = new Machine(total, Math.min(total, available), portable.processors, portable.gpu);
		try {
			return bare.within(root);
		}
		catch (final IOException | RuntimeException e) {
			// No control groups, or of a kind we do not know.
			return bare;
		}
	}

	private Machine within(final Path root) throws IOException {
		Machine m = this;
		for (final String line : text(root.resolve("proc/self/cgroup")).split("\n")) {
			final String[] parts = line.split(":", 3);
			if (parts.length < 3) continue;
			// Version 2 has one hierarchy with the empty controller list, version 1 one per controller.
			final boolean v2 = parts[1].isEmpty();
			if (!v2 && !List.of(parts[1].split(",")).contains("memory")) continue;
			final Path mount = root.resolve(v2 ? "sys/fs/cgroup" : "sys/fs/cgroup/memory");
			// A limit anywhere up the tree holds. Inside a container the path is often the host's and does not exist;
			// the mount itself is then the group.
			Path group = mount.resolve(parts[2].replaceFirst("^/+", "")).normalize();
			while (group.startsWith(mount)) {
				m = m.limited(group, v2);
				group = group.getParent();
			}
		}
		return m;
	}

	private Machine limited(final Path group, final boolean v2) throws IOException {
		final Path limitFile = group.resolve(v2 ? "memory.max" : "memory.limit_in_bytes");
		final Path usageFile = group.resolve(v2 ? "memory.current" : "memory.usage_in_bytes");
		if (!Files.isReadable(limitFile) || !Files.isReadable(usageFile)) return this;
		final String limitText = text(limitFile).strip();
		if (limitText.equals("max")) return this;
		final long limit = Long.parseLong(limitText);
		if (limit >= NO_LIMIT) return this;
		final long used = Long.parseLong(text(usageFile).strip());
		long cache = 0;
		if (Files.isReadable(group.resolve("memory.stat"))) {
			final String stat = text(group.resolve("memory.stat"));
			final String prefix = v2 ? "" : "total_";
			cache = field(stat, prefix + "active_file (\\d+)") + field(stat, prefix + "inactive_file (\\d+)");
		}
		final long free = Math.max(0, limit - Math.max(0, used - cache));
		return new Machine(Math.min(ram, limit), Math.min(available, free), processors, gpu);
	}

	private static String text(final Path file) throws IOException {
		// Not Files.size: files under /proc and /sys claim to be empty.
		return new String(Files.readAllBytes(file), StandardCharsets.US_ASCII);
	}

	private static long field(final String text, final String pattern) {
		final Matcher m = Pattern.compile("^" + pattern, Pattern.MULTILINE).matcher(text);
		if (!m.find()) throw new IllegalStateException(pattern);
		return Long.parseLong(m.group(1));
	}
}
