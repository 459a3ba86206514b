package org.layerj.imagej.pick;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.imagej.window.Screen;

/** Runs {@link PickerWalk} on a {@link Screen}. */
class PickerWalkTest {

	@TempDir
	Path dir;

	@Test
	void elementsArePickedByMouseAndSentByKeys() throws IOException, InterruptedException {
		Screen.run(PickerWalk.class, dir.resolve("walk.txt"), 180, "target/screenshots");
	}

	/** Takes as long again; {@code -Dpicker.scale=2}. */
	@Test
	@EnabledIfSystemProperty(named = "picker.scale", matches = "[2-4]")
	void clicksMeanTheSamePlaceOnAFineScreen() throws IOException, InterruptedException {
		Screen.run(Integer.getInteger("picker.scale"), PickerWalk.class, dir.resolve("walk.txt"), 300,
			"target/screenshots");
	}
}
