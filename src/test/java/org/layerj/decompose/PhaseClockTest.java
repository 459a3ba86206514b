package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.layerj.common.Progress;

class PhaseClockTest {

	private final AtomicLong now = new AtomicLong(5_000_000_000L);
	private final PhaseClock clock = new PhaseClock(now::get);

	private void pass(final double seconds) {
		now.addAndGet((long) (seconds * 1e9));
	}

	@Test
	void timeLeftFollowsThePaceSoFar() {
		clock.plan(List.of(new Progress.Phase("encode", 10), new Progress.Phase("denoise", 80),
			new Progress.Phase("decode", 10)));
		assertEquals(0, clock.done());
		assertTrue(clock.left().isEmpty());
		clock.phase("encode");
		assertTrue(clock.left().isEmpty(), "nothing to judge from yet");
		pass(20);
		clock.phase("denoise");
		assertEquals(0.1, clock.done(), 1e-9);
		assertEquals(180, clock.left().orElseThrow(), 1e-6, "twice as slow as planned");
		pass(60);
		clock.update(0.5);
		assertEquals(0.5, clock.done(), 1e-9);
		// 60 s for the other half of denoising; the rest at the pace of 80 s for 50 planned ones.
		assertEquals(60 + 16, clock.left().orElseThrow(), 1e-6);
		pass(60);
		clock.phase("decode");
		pass(5);
		clock.end();
		assertEquals(1, clock.done());
		assertEquals(Map.of("encode", 20.0, "denoise", 120.0, "decode", 5.0), clock.seconds());
		assertEquals(List.of("encode", "denoise", "decode"), List.copyOf(clock.seconds().keySet()));
	}

	@Test
	void anUnplannedPhaseDoesNoHarm() {
		clock.phase("surprise");
		pass(1);
		clock.update(2);
		assertEquals(0, clock.done());
		assertTrue(clock.left().isEmpty());
		clock.end();
		assertEquals(Map.of("surprise", 1.0), clock.seconds());
	}
}
