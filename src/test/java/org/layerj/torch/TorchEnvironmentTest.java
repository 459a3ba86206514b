package org.layerj.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchEnvironmentTest {

	@TempDir
	private Path dir;

	private static Optional<String> problem(final Map<String, String> settings, final String bundled) {
		return TorchEnvironment.problem(settings::get, Optional.of(bundled).filter(b -> !b.isEmpty()));
	}

	@Test
	void anotherVersionThanOursIsNamed() {
		assertTrue(problem(Map.of("PYTORCH_VERSION", "2.5.1", "PYTORCH_FLAVOR", "cu124"), "2.7.1").orElseThrow()
			.startsWith("PYTORCH_VERSION is 2.5.1, "));
		for (final String fine : new String[] { "2.7.1", "2.7", "", " " })
			assertEquals(Optional.empty(), problem(Map.of("PYTORCH_VERSION", fine), "2.7.1"));
		// Without one of ours it is DJL's to say.
		assertEquals(Optional.empty(), problem(Map.of("PYTORCH_VERSION", "2.5.1"), ""));
		assertEquals(Optional.empty(), problem(Map.of("PYTORCH_FLAVOR", "cu124"), "2.7.1"));
	}

	@Test
	void aFolderWithoutALibraryIsNamed() throws IOException {
		final String library = System.mapLibraryName("torch");
		assertEquals(
			"PYTORCH_LIBRARY_PATH is " + dir + ", where there is no " + library
				+ "; let it name the folder lib of a PyTorch, or unset it.",
			problem(Map.of("PYTORCH_LIBRARY_PATH", dir.toString()), "2.7.1").orElseThrow());
		assertTrue(problem(Map.of("PYTORCH_LIBRARY_PATH", dir.resolve("none").toString()), "").isPresent());
		final Path file = Files.createFile(dir.resolve(library));
		for (final String path : new String[] { dir.toString(), file.toString(),
			dir.resolve("none") + File.pathSeparator + dir })
		{
			assertEquals(Optional.empty(),
				problem(Map.of("PYTORCH_LIBRARY_PATH", path, "PYTORCH_VERSION", "2.5.1"), "2.7.1"), path);
		}
	}
}
