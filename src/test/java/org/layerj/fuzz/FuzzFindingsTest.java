package org.layerj.fuzz;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files by which {@link ReaderFuzz} once found a mistake, in a folder for each reader. */
class FuzzFindingsTest {

	private static final Path FOUND = Path.of("src/test/resources/org/layerj/fuzz");

	@Test
	void noneOfThemIsMoreThanASentence() throws IOException {
		final List<Path> files;
		try (Stream<Path> all = Files.walk(FOUND)) {
			files = all.filter(Files::isRegularFile).toList();
		}
		assertTrue(files.size() > 0);
		for (final Path file : files) {
			final byte[] data = Files.readAllBytes(file);
			assertDoesNotThrow(() -> ReaderFuzz.read(file.getParent().getFileName().toString(), data), file::toString);
		}
	}
}
