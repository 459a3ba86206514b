package org.layerj.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;

class ProgressBarTest {

	private final AtomicLong now = new AtomicLong();
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private void job(final ProgressBar bar) {
		bar.plan(List.of(new Progress.Phase("encode", 10), new Progress.Phase("denoise", 90)));
		bar.phase("encode");
		now.addAndGet(10_000_000_000L);
		bar.phase("denoise");
		for (int k = 1; k <= 9; k++) {
			now.addAndGet(4_000_000_000L);
			bar.update(k / 9.0, "step " + k + " of 9");
		}
		bar.end();
	}

	@Test
	void aTerminalShowsOneLineAndIsLeftClean() {
		job(new ProgressBar(new PrintStream(out), true, now::get));
		final List<String> drawn = List.of(out.toString().split("\r"));
		assertEquals("[--------------------]".length() + 4, drawn.get(1).indexOf(']') + 1);
		assertTrue(
			drawn.stream()
				.anyMatch(l -> l.startsWith("[#########---------------]  40 % denoise: step 3 of 9, 24 s left")),
			out::toString);
		assertTrue(drawn.stream().allMatch(l -> l.length() <= 79));
		assertTrue(drawn.get(drawn.size() - 1).isBlank());
		assertTrue(!out.toString().contains("\n"));
	}

	@Test
	void aLogGetsALineNowAndThen() {
		job(new ProgressBar(new PrintStream(out), false, now::get));
		assertEquals(
			List.of("0 % encode", "10 % denoise, 1 min 30 s left", "40 % denoise: step 3 of 9, 24 s left",
				"70 % denoise: step 6 of 9, 12 s left", "100 % denoise: step 9 of 9, 0 s left"),
			out.toString().lines().toList());
	}

	@Test
	void theJobSeesThatItIsCancelled() {
		final ProgressBar bar = new ProgressBar(new PrintStream(out), false, now::get);
		assertFalse(bar.cancelled());
		bar.cancel();
		assertTrue(bar.cancelled());
	}
}
