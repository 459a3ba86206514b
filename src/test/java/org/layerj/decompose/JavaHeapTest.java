package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class JavaHeapTest {

	@Test
	void garbageIsMemoryThatIsLeft() {
		final long most = Runtime.getRuntime().maxMemory();
		long made = 0;
		for (int k = 0; k < 6; k++) made += new byte[(int) Math.min(most / 10, 256 << 20)].length;
		assertEquals(6 * Math.min(most / 10, 256 << 20), made);
		assertTrue(JavaHeap.left(most * 6 / 10) >= most * 6 / 10);
	}
}
