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
		final String reported = PatchedImageJ.headless(HeadlessFiji.class, List.of(), dir.toString());
		assertTrue(reported.contains("passed resultsAreFreed"), reported);
	}

	/** Variations of the pictures with {@code -Dmacros.variations=2}. */
	@Test
	void macrosOnSeveralPictures() throws Exception {
		final String reported = PatchedImageJ.headless(MacroFiles.class, List.of(), dir.toString(),
			System.getProperty("macros.variations", "0"));
		assertTrue(reported.endsWith("all the same\n"), reported);
	}

	/** The long run is {@link MemoryRun}'s own program. */
	@Test
	void memoryIsFreed() throws Exception {
		final String reported = MemoryRun.run(20, 10, 0);
		assertTrue(reported.endsWith("level\n"), reported);
	}

	/** Skipped where there is no {@code Xvfb}. */
	@Test
	void onAScreen() throws Exception {
		final Optional<String> reported = PatchedImageJ.onScreen(ScreenFiji.class);
		assumeTrue(reported.isPresent(), "no Xvfb");
		assertTrue(reported.get().contains("passed aFirstDialogLoadsNoPyTorch"), reported.get());
	}
}
