package org.layerj.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.install.Child;

class TorchEnvironmentTest {

	@TempDir
	private Path dir;

	private static Optional<String> problem(final Map<String, String> settings) {
		return TorchEnvironment.problem(settings::get);
	}

	@Test
	void anotherVersionThanOursIsKnown() {
		for (final String other : new String[] { "2.5.1", "2.4", "1", "v2.7.1", "2.7.1+cu126" })
			assertTrue(TorchEnvironment.asksForAnotherVersion(Map.of("PYTORCH_VERSION", other)::get, "2.7.1"), other);
		for (final String fine : new String[] { "2.7.1", "2.7", "2", "", " " })
			assertFalse(TorchEnvironment.asksForAnotherVersion(Map.of("PYTORCH_VERSION", fine)::get, "2.7.1"), fine);
		assertFalse(TorchEnvironment.asksForAnotherVersion(Map.of("PYTORCH_FLAVOR", "cu124")::get, "2.7.1"));
	}

	/** As in images with a PyTorch of their own, for DJL heeds properties as it does variables. */
	@Test
	void ourPyTorchIsStartedWhereverAnotherIsSpokenOf() throws IOException, InterruptedException {
		final Child child = Child.run(Child.classPath(), List.of("-DPYTORCH_VERSION=2.1.0", "-DPYTORCH_FLAVOR=cu118"),
			dir.resolve("log.txt"), Started.class.getName());
		assertEquals(0, child.status(), child::output);
		assertTrue(child.output().contains("3.0 by " + Torch.version()), child::output);
	}

	/** Computes something. */
	public static final class Started {

		public static void main(final String... none) {
			try (Scope scope = Torch.scope()) {
				final Tensor three = Tensors.of(scope, new float[] { 3 }, 1);
				System.out.println(three.toFloats()[0] + " by " + Torch.version());
			}
		}
	}

	@Test
	void aFolderWithoutALibraryIsNamed() throws IOException {
		final String library = System.mapLibraryName("torch");
		assertEquals(
			"PYTORCH_LIBRARY_PATH is " + dir + ", where there is no " + library
				+ "; let it name the folder lib of a PyTorch, or unset it.",
			problem(Map.of("PYTORCH_LIBRARY_PATH", dir.toString())).orElseThrow());
		assertTrue(problem(Map.of("PYTORCH_LIBRARY_PATH", dir.resolve("none").toString())).isPresent());
		Files.createFile(dir.resolve(library));
		assertEquals(
			"PYTORCH_LIBRARY_PATH is " + dir + ", where there is no " + System.mapLibraryName("c10")
				+ "; install that PyTorch again, or unset it.",
			problem(Map.of("PYTORCH_LIBRARY_PATH", dir.toString())).orElseThrow());
	}

	/** Half a library would end the JVM. */
	@Test
	@EnabledOnOs(OS.LINUX)
	void aFolderWithADamagedLibraryIsNamed() throws IOException {
		Torch.version();
		final Path ours = NativeLibraries.bundled().orElseThrow().folder();
		for (final String name : List.of("c10", "torch_cpu", "torch"))
			Files.createSymbolicLink(dir.resolve(System.mapLibraryName(name)),
				ours.resolve(System.mapLibraryName(name)));
		final Path torch = dir.resolve(System.mapLibraryName("torch"));
		for (final String path : new String[] { dir.toString(), torch.toString(),
			dir.resolve("none") + File.pathSeparator + dir })
		{
			assertEquals(Optional.empty(), problem(Map.of("PYTORCH_LIBRARY_PATH", path, "PYTORCH_VERSION", "2.5.1")),
				path);
		}
		for (final String name : List.of("torch_cpu", "torch")) {
			final Path file = dir.resolve(System.mapLibraryName(name));
			Files.delete(file);
			for (final int length : new int[] { 0, 1000 }) {
				Files.write(file,
					Arrays.copyOf(Files.readAllBytes(ours.resolve(System.mapLibraryName("c10"))), length));
				assertEquals(
					"PYTORCH_LIBRARY_PATH is " + dir + ", where " + file.getFileName()
						+ " is damaged or incomplete; install that PyTorch again, or unset it.",
					problem(Map.of("PYTORCH_LIBRARY_PATH", dir.toString())).orElseThrow());
			}
			Files.delete(file);
			Files.createSymbolicLink(file, ours.resolve(file.getFileName()));
		}
	}
}
