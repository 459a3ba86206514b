package org.layerj.imagej.fiji;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

	/** Variations of the pictures with {@code -Dmacros.variations=2}. */
	@Test
	void macrosOnSeveralPictures() throws Exception {
		final String told = PatchedImageJ.headless(MacroFiles.class, List.of(), dir.toString(),
			System.getProperty("macros.variations", "0"));
		assertTrue(told.endsWith("all the same\n"), told);
	}

	/** The long run is {@link MemoryRun}'s own program. */
	@Test
	void memoryIsFreed() throws Exception {
		final String told = MemoryRun.run(20, 10, 0);
		assertTrue(told.endsWith("level\n"), told);
	}

	/** Skipped where there is no {@code Xvfb}. */
	@Test
	void onAScreen() throws Exception {
		final Optional<String> told = PatchedImageJ.onScreen(ScreenFiji.class);
		assumeTrue(told.isPresent(), "no Xvfb");
		assertTrue(told.get().contains("passed aFirstDialogLoadsNoPyTorch"), told.get());
	}
}
