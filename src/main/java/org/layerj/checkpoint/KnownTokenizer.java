package org.layerj.checkpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The tokenizer folder of the last model in diffusers layout that was opened in this program: single files often come
 * without one.
 */
final class KnownTokenizer {

	private static volatile Optional<Path> last = Optional.empty();

	private KnownTokenizer() {}

	static Optional<Path> path() {
		return last;
	}

	static void remember(final Path folder) {
		last = Optional.of(folder);
	}

	static void forget() {
		last = Optional.empty();
	}
}
