package org.layerj.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTest {

	@Test
	void rangesAreTheBytesThatWereAdded() {
		final Random random = new Random(4);
		for (int round = 0; round < 200; round++) {
			final Ranges ranges = new Ranges();
			final BitSet bytes = new BitSet();
			for (int i = 0; i < random.nextInt(12); i++) {
				final int from = random.nextInt(100);
				final int to = from + random.nextInt(30);
				ranges.add(from, to);
				bytes.set(from, to);
			}
			assertEquals(bytes.cardinality(), ranges.count());
			final BitSet rest = new BitSet();
			final int piece = 1 + random.nextInt(20);
			for (final Ranges.Range r : ranges.missing(130, piece)) {
				rest.set((int) r.from(), (int) r.to());
				assertEquals(true, r.length() > 0 && r.length() <= piece);
			}
			bytes.flip(0, 130);
			assertEquals(bytes, rest);
		}
	}
}
