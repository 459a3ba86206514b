package org.layerj.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.decompose.Devices;
import org.layerj.decompose.ModelName;
import org.layerj.decompose.ModelReport;
import org.layerj.install.Child;

class LoadedTorchTest {

	private static final Path OURS = Path.of("/home/a/.djl.ai/pytorch/2.7.1-cpu-linux-x86_64");

	@TempDir
	private Path dir;

	private static String message(final String file) {
		return LoadedTorch.inTheWay(List.of(Path.of(file)), List.of(OURS)).orElse("");
	}

	@Test
	void oursIsNotInTheWay() {
		assertEquals("", message(OURS + "/libtorch_cpu.so"));
		assertEquals(Optional.empty(), LoadedTorch.inTheWay(List.of(), List.of(OURS)));
	}

	@Test
	void whoLoadedItIsToldByTheFolder() {
		assertEquals("PyTorch could not be started, because another one is in this program already: "
			+ "/Fiji/engines/pytorch-2.3.1/libc10.so, loaded by deepImageJ or another plugin that "
			+ "uses JDLL; there can be only one, so restart the program and run Decompose Layers without the other.",
			message("/Fiji/engines/pytorch-2.3.1/libc10.so"));
		assertTrue(message("/usr/lib/python3/dist-packages/torch/lib/libtorch_cpu.so").contains(", loaded by Python;"));
		assertTrue(message("/home/a/.djl.ai/pytorch/1.13.1-cpu-linux-x86_64/libtorch_cpu.so")
			.contains(", loaded by another plugin that uses DJL;"));
		assertTrue(message("/opt/libtorch/lib/libtorch.so")
			.contains("/opt/libtorch/lib/libtorch.so; there can be only " + "one"));
	}

	@Test
	void aMissingSymbolIsExplained() {
		final String reason = Torch.reason(
			new IllegalStateException(new UnsatisfiedLinkError("/x/libtorch_cpu.so: " + "undefined symbol: _ZN3c10")));
		assertTrue(reason.startsWith(
			"its libraries do not fit together, because another PyTorch is in this program " + "already"), reason);
		assertTrue(reason.contains("undefined symbol: _ZN3c10"), reason);
	}

	/** Loads a library of another name as if it were PyTorch's, and starts ours. */
	static final class Other {

		public static void main(final String[] arguments) {
			System.load(arguments[0]);
			try {
				Torch.start();
			}
			catch (final TorchUnavailableException e) {
				System.out.println(e.getMessage());
			}
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void anotherPyTorchIsNamed() throws IOException, InterruptedException {
		final Path other = Files.createDirectories(dir.resolve("engines/pytorch-2.3.1")).resolve("libtorch_cpu.so");
		Files.copy(Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("prefs")), other);
		final Child child =
			Child.run(Child.classPath(), List.of(), dir.resolve("log.txt"), Other.class.getName(), other.toString());
		assertEquals(0, child.status(), child.output());
		assertTrue(
			child.output().contains("another one is in this program already: " + other + ", loaded by deepImageJ"),
			child.output());
	}

	/** What the menu and the dialogs ask before a run. */
	static final class Asked {

		public static void main(final String[] arguments) {
			System.out.println(Devices.report());
			System.out.println(Devices.names());
			System.out.println(ModelReport.of(ModelName.BUILT_IN, "auto").text());
			System.out.println("loaded " + LoadedTorch.files() + " driver " + Nvidia.hasDriver());
			Torch.start();
			System.out.println("then " + !LoadedTorch.files().isEmpty());
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void dialogsLoadNoPyTorchWhereThereIsNoDriver() throws IOException, InterruptedException {
		final Child child = Child.run(Child.classPath(), List.of(), dir.resolve("log.txt"), Asked.class.getName());
		assertEquals(0, child.status(), child.output());
		assertTrue(child.output().contains("loaded [] driver false") || child.output().contains("driver true"),
			child.output());
		assertTrue(child.output().contains("then true"), child.output());
	}
}
