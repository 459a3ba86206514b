package org.layerj.imagej.window;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link GuiWalk} on a {@link Screen}. */
class GuiWalkTest {

	@TempDir
	Path dir;

	@Test
	void aWalkThroughImageJ() throws IOException, InterruptedException {
		Screen.run(GuiWalk.class, dir.resolve("walk.txt"), 120, "target/screenshots", "fast");
	}
}
