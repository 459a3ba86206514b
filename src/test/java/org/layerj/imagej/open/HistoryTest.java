package org.layerj.imagej.open;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.layerj.imagej.stack.LayeredPictures;
import org.layerj.layers.LayerStack;

class HistoryTest {

	private final LayerStack start = LayeredPictures.three();

	private int steps(final History history) {
		int steps = 0;
		while (history.undo().isPresent()) steps++;
		return steps;
	}

	@Test
	void theOldestStepsGoWhenThereAreTooMany() {
		final History history = new History();
		for (int k = 0; k < History.LIMIT + 7; k++) history.push("Step " + k, start, start);
		assertEquals(Optional.of("Step 56"), history.undoName());
		assertEquals(History.LIMIT, steps(history));
	}

	@Test
	void largeLayersThatWereReplacedCountAgainstMemory() {
		final long canvas = 4L * LayeredPictures.WIDTH * LayeredPictures.HEIGHT;
		final History history = new History(10 * canvas);
		LayerStack now = start;
		for (int k = 0; k < 30; k++) {
			final LayerStack next = now.with(now.get(0)
				.withPixels(now.get(0).bounds(),
					LayeredPictures.opaque(LayeredPictures.WIDTH, LayeredPictures.HEIGHT, k), now.get(0).provenance()));
			history.push("Paint", now, next);
			now = next;
		}
		assertEquals(8, steps(history), "nine backgrounds and two small layers");
	}

	@Test
	void sharedLayersCountOnceAndTheLastStepStays() {
		final History history = new History(1);
		history.push("Hide", start, start.with(start.get(0).withVisible(false)));
		history.push("Rename", start, start.with(start.get(0).withName("Paper")));
		assertEquals(Optional.of("Rename"), history.undoName());
		assertEquals(1, steps(history));
		final History enough = new History(3 * 4L * LayeredPictures.WIDTH * LayeredPictures.HEIGHT);
		for (int k = 0; k < 20; k++) enough.push("Rename", start, start.with(start.get(0).withName("Paper " + k)));
		assertEquals(20, steps(enough));
	}
}
