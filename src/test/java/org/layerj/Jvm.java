package org.layerj;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts of Java in a process of its own, with the flags that the tests themselves run with. */
public final class Jvm {

	private Jvm() {}

	/** {@code java} with these flags behind those of the tests, which they may contradict. */
	public static List<String> command(final String... flags) {
		final List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		final String own = System.getProperty("test.jvm", "");
		for (final String flag : own.split(" ")) if (!flag.isEmpty()) command.add(flag);
		command.add("-Dtest.jvm=" + own);
		command.addAll(List.of(flags));
		return command;
	}
}
