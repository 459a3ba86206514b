package org.layerj.imagej.fiji;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our commands in ImageJ as Fiji patches it, with SciJava's threads. */
class FijiTest {

	@TempDir
	Path dir;

	@Test
	void withoutAScreen() throws Exception {
		final String told = PatchedImageJ.headless(HeadlessFiji.class, List.of(), dir.toString());
		assertTrue(told.contains("passed resultsAreFreed"), told);
	}
}
