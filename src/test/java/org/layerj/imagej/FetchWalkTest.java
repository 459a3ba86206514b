package org.layerj.imagej;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.imagej.window.Screen;

/** Runs {@link FetchWalk} on a {@link Screen}. */
class FetchWalkTest {

	@TempDir
	Path dir;

	@Test
	void aModelIsDownloadedByMouse() throws IOException, InterruptedException {
		Screen.run(FetchWalk.class, dir.resolve("walk.txt"), 180, "target/screenshots");
	}
}
