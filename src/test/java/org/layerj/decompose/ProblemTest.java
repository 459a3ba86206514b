package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.layerj.checkpoint.ModelException;

class ProblemTest {

	@Test
	void everyFailureIsOneLine() {
		assertEquals("The model is broken.", Problem.sentence(new ModelException("The model\nis broken.")));
		assertEquals("There is not enough memory for this run; give Java more (-Xmx) or choose fewer layers or a lower resolution.", Problem.sentence(
			new OutOfMemoryError("Java heap space")));
		assertEquals("Something unexpected went wrong (NullPointerException).", Problem.sentence(new NullPointerException()));
		assertEquals("Something unexpected went wrong (IllegalStateException: a b).", Problem.sentence(new IllegalStateException("a\r\n  b")));
		assertTrue(Problem.isExpected(new InvalidOptionException("layers", "")));
		assertFalse(Problem.isExpected(new IllegalArgumentException("")));
	}
}
