package org.layerj.checkpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/**
 * What every error about a model folder must be: one message, on one line, of a length people read, that names the
 * culprit.
 */
final class Sentence {

	private Sentence() {}

	/** Runs the code, which must end in a {@link ModelException} whose message contains these words. */
	static String of(final Executable code, final String... words) {
		return check(assertThrows(ModelException.class, code).getMessage(), words);
	}

	static String check(final String message, final String... words) {
		assertTrue(message.endsWith("."), message);
		assertTrue(Character.isUpperCase(message.charAt(0)), message);
		assertTrue(message.length() < 600, message);
		assertFalse(message.chars().anyMatch(Character::isISOControl), message);
		assertFalse(message.contains("Exception") || message.contains("null"), message);
		for (final String word : words)
			assertTrue(message.contains(word), () -> "\"" + word + "\" is not in: " + message);
		return message;
	}
}
