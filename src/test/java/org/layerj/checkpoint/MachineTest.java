package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

	private static final Machine PORTABLE = new Machine(1, 1, 4, OptionalLong.empty());
	private static final long GB = 1L << 30;

	@TempDir
	Path root;

	private void put(final String path, final Object text) throws IOException {
		Files.createDirectories(root.resolve(path).getParent());
		Files.writeString(root.resolve(path), text + "\n");
	}

	private void memory(final long total, final long available) throws IOException {
		put("proc/meminfo", "MemTotal:       " + total / 1024 + " kB\nMemFree:          100 kB\nMemAvailable:   "
			+ available / 1024 + " kB");
	}

	private Machine read() throws IOException {
		return Machine.linux(root, PORTABLE);
	}

	@Test
	void here() {
		final Machine m = Machine.here();
		assertTrue(m.ram() > 100_000_000, m.toString());
		assertTrue(m.available() > 0 && m.available() <= m.ram(), m.toString());
		assertTrue(m.processors() >= 1);
		assertEquals(OptionalLong.of(7), m.withGpu(7).gpu());
	}

	@Test
	void withoutControlGroups() throws IOException {
		memory(16 * GB, 12 * GB);
		assertEquals(new Machine(16 * GB, 12 * GB, 4, OptionalLong.empty()), read());
	}

	@Test
	void version2LimitsAnywhereUpTheTree() throws IOException {
		memory(64 * GB, 48 * GB);
		put("proc/self/cgroup", "0::/user.slice/job");
		put("sys/fs/cgroup/user.slice/memory.max", 8 * GB);
		put("sys/fs/cgroup/user.slice/memory.current", 6 * GB);
		put("sys/fs/cgroup/user.slice/memory.stat", "anon 1\ninactive_file " + 2 * GB + "\nactive_file " + GB);
		put("sys/fs/cgroup/user.slice/job/memory.max", "max");
		put("sys/fs/cgroup/user.slice/job/memory.current", 6 * GB);
		// 8 allowed, 6 used of which 3 are cached files
		assertEquals(new Machine(8 * GB, 5 * GB, 4, OptionalLong.empty()), read());
	}

	@Test
	void version1InAContainerThatSeesTheHostsPath() throws IOException {
		memory(64 * GB, 48 * GB);
		put("proc/self/cgroup", "5:cpu,cpuacct:/docker/abc\n4:memory:/docker/abc\n0::/");
		put("sys/fs/cgroup/memory/memory.limit_in_bytes", 4 * GB);
		put("sys/fs/cgroup/memory/memory.usage_in_bytes", 5 * GB);
		assertEquals(new Machine(4 * GB, 0, 4, OptionalLong.empty()), read());
	}

	@Test
	void noLimitIsNoLimit() throws IOException {
		memory(16 * GB, 12 * GB);
		put("proc/self/cgroup", "4:memory:/");
		put("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
		put("sys/fs/cgroup/memory/memory.usage_in_bytes", GB);
		assertEquals(16 * GB, read().ram());
		assertEquals(12 * GB, read().available());
	}

	@Test
	void nonsenseInControlGroupsIsIgnored() throws IOException {
		memory(16 * GB, 12 * GB);
		put("proc/self/cgroup", "garbage\n0::/../../etc");
		put("sys/fs/cgroup/memory.max", "lots");
		put("sys/fs/cgroup/memory.current", "some");
		assertEquals(12 * GB, read().available());
	}
}
