package org.layerj.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.install.Child;

/** Folders as pip, conda, DJL and people leave them: what is taken, and what is said of the others. */
@EnabledOnOs(OS.LINUX)
class CudaSearchTest {

	private static final String PLATFORM = "linux-x86_64";
	/** What CUDA's libraries need of each other, as in pip's packages for CUDA 12. */
	private static final Map<String, List<String>> CUDA = Map.of("libcudart.so.12", List.of("libc.so.6"),
		"libcublasLt.so.12", List.of("libc.so.6"), "libcublas.so.12", List.of("libcublasLt.so.12", "libc.so.6"),
		"libnvJitLink.so.12", List.of(), "libcusparse.so.12", List.of("libnvJitLink.so.12"), "libcudnn.so.9", List.of(),
		"libcudnn_graph.so.9", List.of(), "libnvrtc.so.12", List.of(), "libnvrtc-builtins.so.12.6", List.of());
	private static final Map<String, String> PACKAGES =
		Map.of("libcudart.so.12", "cuda_runtime", "libcublas.so.12", "cublas", "libcublasLt.so.12", "cublas",
			"libnvJitLink.so.12", "nvjitlink", "libcusparse.so.12", "cusparse", "libcudnn.so.9", "cudnn",
			"libcudnn_graph.so.9", "cudnn", "libnvrtc.so.12", "cuda_nvrtc", "libnvrtc-builtins.so.12.6", "cuda_nvrtc");

	@TempDir
	Path dir;

	/** A library of nothing but the names of those that it needs. */
	private static void library(final Path file, final String... needed) throws IOException {
		Files.createDirectories(file.getParent());
		final StringBuilder strings = new StringBuilder("\0");
		final List<Integer> names = new ArrayList<>();
		for (final String n : needed) {
			names.add(strings.length());
			strings.append(n).append('\0');
		}
		final int dynamic = 64 + 2 * 56;
		final int text = dynamic + 16 * (needed.length + 2);
		final long memory = 0x10000;
		final ByteBuffer b = ByteBuffer.allocate(text + strings.length()).order(ByteOrder.LITTLE_ENDIAN);
		b.putInt(0, 0x464c457f).put(4, (byte) 2).put(5, (byte) 1).putLong(32, 64).putShort(56, (short) 2);
		// All of it is loaded at that address; the dynamic section within.
		segment(b, 64, 1, 0, memory, b.capacity());
		segment(b, 120, 2, dynamic, memory + dynamic, text - dynamic);
		int at = dynamic;
		for (final int n : names) {
			b.putLong(at, 1).putLong(at + 8, n);
			at += 16;
		}
		b.putLong(at, 5).putLong(at + 8, memory + text);
		b.position(text);
		b.put(strings.toString().getBytes(StandardCharsets.ISO_8859_1));
		Files.write(file, b.array());
	}

	private static void segment(final ByteBuffer b, final int at, final int type, final long offset, final long memory,
		final long size)
	{
		b.putInt(at, type).putLong(at + 8, offset).putLong(at + 16, memory).putLong(at + 32, size);
	}

	/** What every PyTorch with CUDA has in its folder of libraries. */
	private static void torch(final Path lib) throws IOException {
		library(lib.resolve("libc10.so"), "libc.so.6");
		library(lib.resolve("libtorch_cpu.so"), "libc10.so", "libgomp.so.1");
		library(lib.resolve("libc10_cuda.so"), "libc10.so", "libcudart.so.12");
		library(lib.resolve("libtorch_cuda.so"), "libc10_cuda.so", "libcusparse.so.12", "libcublas.so.12",
			"libcudnn.so.9", "libcudart.so.12");
		library(lib.resolve("libcaffe2_nvrtc.so"), "libnvrtc.so.12", "libcuda.so.1");
		library(lib.resolve("libtorch.so"), "libtorch_cpu.so", "libtorch_cuda.so");
	}

	private static void version(final Path torch, final String version, final String cuda, final String hip)
		throws IOException
	{
		Files.createDirectories(torch);
		Files.writeString(torch.resolve("version.py"),
			"from typing import Optional\n\n__all__ = ['__version__', 'debug', 'cuda', 'git_version', 'hip']\n__version__ = '"
				+ version + "'\ndebug = False\ncuda: Optional[str] = " + quoted(cuda) + "\ngit_version = 'e2d1'\n"
				+ "hip: Optional[str] = " + quoted(hip) + "\nxpu: Optional[str] = None\n");
	}

	private static String quoted(final String text) {
		return text.isEmpty() ? "None" : "'" + text + "'";
	}

	/** An environment as pip leaves it; CUDA's libraries lie in packages of their own. */
	private Path pip(final String name, final String version, final String cuda, final String hip) throws IOException {
		final Path environment = dir.resolve(name);
		final Path site = environment.resolve("lib/python3.11/site-packages");
		version(site.resolve("torch"), version, cuda, hip);
		Files.createDirectories(environment.resolve("bin"));
		Files.createFile(environment.resolve("bin/python3"));
		if (cuda.isEmpty()) {
			library(site.resolve("torch/lib/libtorch_cpu.so"));
			library(site.resolve("torch/lib/libtorch.so"));
			if (!hip.isEmpty()) library(site.resolve("torch/lib/libtorch_hip.so"));
			return environment;
		}
		torch(site.resolve("torch/lib"));
		for (final Map.Entry<String, List<String>> e : CUDA.entrySet())
			library(site.resolve("nvidia").resolve(PACKAGES.get(e.getKey())).resolve("lib").resolve(e.getKey()),
				e.getValue().toArray(String[]::new));
		return environment;
	}

	/** An environment as conda leaves it: CUDA's libraries lie in the environment's own folder. */
	private Path conda(final String name) throws IOException {
		final Path environment = dir.resolve(name);
		final Path torch = environment.resolve("lib/python3.12/site-packages/torch");
		version(torch, "2.7.1", "12.9", "");
		torch(torch.resolve("lib"));
		for (final Map.Entry<String, List<String>> e : CUDA.entrySet())
			library(environment.resolve("lib").resolve(e.getKey()), e.getValue().toArray(String[]::new));
		return environment;
	}

	private List<CudaBuild> find(final String chosen, final Map<String, String> variables) {
		final TorchPlaces here =
			TorchPlaces.of(variables::get, chosen, dir.resolve("cache/pytorch"), dir.resolve("home"));
		return new CudaSearch(
			new TorchPlaces(here.named(), here.cache(), here.environments(), here.packages(), List.of()), "2.7.1",
			PLATFORM).all();
	}

	private static List<String> names(final CudaBuild build) {
		return build.before().stream().map(p -> p.getFileName().toString()).toList();
	}

	private static void assertOrder(final CudaBuild build) {
		final List<String> names = names(build);
		for (final String n : names)
			for (final String needed : CUDA.get(n))
				assertTrue(!CUDA.containsKey(needed) || names.indexOf(needed) < names.indexOf(n), n + " in " + names);
		assertEquals(CUDA.keySet(), new java.util.HashSet<>(names));
	}

	@Test
	void whatPipInstalledIsTakenWithItsLibrariesInOrder() throws IOException {
		final Path environment = pip("venv", "2.7.1+cu126", "12.6", "");
		for (final Map<String, String> variables : List.of(Map.of("VIRTUAL_ENV", environment.toString()),
			Map.of("PATH", dir.resolve("nothing") + ":" + environment.resolve("bin")),
			Map.of("CONDA_PREFIX", environment.toString(), "PATH", environment.resolve("bin").toString())))
		{
			final List<CudaBuild> all = find("", variables);
			assertEquals(1, all.size(), all::toString);
			assertTrue(all.get(0).usable(), all::toString);
			assertEquals(environment.resolve("lib/python3.11/site-packages/torch/lib"), all.get(0).folder());
			assertOrder(all.get(0));
		}
		assertEquals(
			"PyTorch 2.7.1 of the Python environment " + environment + " ("
				+ environment.resolve("lib/python3.11/site-packages/torch/lib") + ") can be used",
			find("", Map.of("VIRTUAL_ENV", environment.toString())).get(0).toString());
	}

	@Test
	void whatCondaInstalledIsTaken() throws IOException {
		final Path environment = conda("miniforge");
		final CudaBuild build = find("", Map.of("CONDA_PREFIX", environment.toString())).get(0);
		assertTrue(build.usable(), build::toString);
		assertOrder(build);
	}

	@Test
	void theUsersPackagesAreFound() throws IOException {
		final Path site = pip("home/.local", "2.7.1+cu128", "12.8", "");
		assertTrue(find("", Map.of()).get(0).usable(), site::toString);
	}

	private String problem(final Path environment) {
		final List<CudaBuild> all = find("", Map.of("VIRTUAL_ENV", environment.toString()));
		assertEquals(1, all.size(), all::toString);
		return all.get(0).problem();
	}

	@Test
	void whatCannotBeUsedSaysWhy() throws IOException {
		assertEquals("version 2.7.1 is needed, the only one that the native glue was built for",
			problem(pip("old", "2.6.0+cu124", "12.4", "")));
		assertEquals("version 2.7.1 is needed, the only one that the native glue was built for",
			problem(pip("new", "2.9.1+cu128", "12.8", "")));
		assertEquals("it is for AMD's cards (ROCm), for which there is no native glue",
			problem(pip("rocm", "2.7.1+rocm6.3", "", "6.3.42131")));
		assertEquals("it is built without CUDA", problem(pip("cpu", "2.7.1+cpu", "", "")));
		assertEquals("it is built for CUDA 11.8, and CUDA 12 is needed",
			problem(pip("cu118", "2.7.1+cu118", "11.8", "")));
		final Path bare = pip("bare", "2.7.1", "12.6", "");
		Files.delete(bare.resolve("lib/python3.11/site-packages/nvidia/cublas/lib/libcublasLt.so.12"));
		Files.delete(bare.resolve("lib/python3.11/site-packages/nvidia/cudnn/lib/libcudnn.so.9"));
		assertEquals("it lacks libcublasLt.so.12, libcudnn.so.9 of CUDA", problem(bare));
		final Path damaged = pip("damaged", "2.7.1", "12.6", "");
		Files.write(damaged.resolve("lib/python3.11/site-packages/torch/lib/libtorch_cuda.so"), new byte[100]);
		assertTrue(problem(damaged).startsWith("a library is damaged ("), problem(damaged));
		final Path half = pip("half", "2.7.1", "12.6", "");
		final Path cuda = half.resolve("lib/python3.11/site-packages/torch/lib/libtorch_cuda.so");
		final ByteBuffer library = ByteBuffer.wrap(Files.readAllBytes(cuda)).order(ByteOrder.LITTLE_ENDIAN);
		library.putLong(40, library.capacity()).putShort(58, (short) 64).putShort(60, (short) 3);
		Files.write(cuda, library.array());
		assertEquals("a library is damaged (" + cuda + " is incomplete)", problem(half), "its end is missing");
		library.putLong(40, 0).putLong(64 + 32, library.capacity() + 1);
		Files.write(cuda, library.array());
		assertEquals("a library is damaged (" + cuda + " is incomplete)", problem(half), "what is to be loaded");
		final Path strange = pip("strange", "2.7.1", "12.6", "");
		Files.writeString(strange.resolve("lib/python3.11/site-packages/torch/version.py"), "import x\n");
		assertEquals("its version.py does not say which version it is", problem(strange));
		final Path empty = pip("empty", "2.7.1", "12.6", "");
		Files.delete(empty.resolve("lib/python3.11/site-packages/torch/lib/libtorch.so"));
		assertEquals("there is no libtorch.so in it", problem(empty));
	}

	@Test
	void djlsCacheComesBeforeEnvironments() throws IOException {
		final Path cache = dir.resolve("cache/pytorch");
		for (final String name : List.of("2.7.1-cu128-linux-x86_64", "2.7.1-cu128-win-x86_64",
			"2.5.1-cu124-linux-x86_64", "2.7.1-20250812-cpu-linux-x86_64"))
		{
			torch(cache.resolve(name));
			// DJL's builds bring CUDA's libraries with them, and DJL loads what lies there.
			for (final Map.Entry<String, List<String>> e : CUDA.entrySet())
				library(cache.resolve(name).resolve(e.getKey()), e.getValue().toArray(String[]::new));
		}
		final List<CudaBuild> all = find("", Map.of("VIRTUAL_ENV", pip("venv", "2.7.1+cu126", "12.6", "").toString()));
		final Map<String, String> said = new HashMap<>();
		all.forEach(b -> said.put(b.folder().getFileName().toString(), b.problem()));
		assertEquals(Map.of("2.7.1-cu128-linux-x86_64", "", "2.7.1-cu128-win-x86_64",
			"it is for win-x86_64, and this is linux-x86_64", "2.5.1-cu124-linux-x86_64",
			"version 2.7.1 is needed, the only one that the native glue was built for", "lib", ""), said);
		final CudaBuild first = all.stream().filter(CudaBuild::usable).findFirst().orElseThrow();
		assertEquals("2.7.1-cu128-linux-x86_64", first.folder().getFileName().toString());
		assertEquals(List.of(), first.before());
	}

	@Test
	void whatIsNamedComesFirst() throws IOException {
		final Path environment = pip("venv", "2.7.1+cu126", "12.6", "");
		final Path lib = environment.resolve("lib/python3.11/site-packages/torch/lib");
		final Path other = conda("other");
		for (final Path name : List.of(environment, lib, lib.getParent(), lib.resolve("libtorch.so"))) {
			final CudaBuild build = find(name.toString(), Map.of("CONDA_PREFIX", other.toString())).get(0);
			assertTrue(build.usable() && TorchPlaces.same(lib, build.folder()), build::toString);
			assertOrder(build);
		}
		// As the archives of PyTorch itself are unpacked.
		final Path own = dir.resolve("own/libtorch");
		torch(own.resolve("lib"));
		for (final Map.Entry<String, List<String>> e : CUDA.entrySet())
			library(own.resolve("lib").resolve(e.getKey()), e.getValue().toArray(String[]::new));
		Files.writeString(own.resolve("build-version"), "2.7.1+cu128\n");
		for (final Path name : List.of(own, own.resolve("lib")))
			assertTrue(find(name.toString(), Map.of()).get(0).usable(), name::toString);
		assertTrue(find("", Map.of("PYTORCH_LIBRARY_PATH", own.resolve("lib").toString())).get(0).usable());
		Files.writeString(own.resolve("build-version"), "2.7.1+cpu\n");
		assertEquals("it is built without CUDA", find(own.toString(), Map.of()).get(0).problem());
		Files.delete(own.resolve("build-version"));
		assertEquals("nothing says which version it is", find(own.toString(), Map.of()).get(0).problem());
		assertEquals("there is no libtorch.so in it", find(dir.toString(), Map.of()).get(0).problem());
		assertEquals("a PyTorch of the folder that was named (" + dir + ") is not used: there is no libtorch.so in it",
			find(dir.toString(), Map.of()).get(0).toString());
	}

	/** In a process of its own: starts what is named, and then the processor's build. */
	static final class Starting {

		public static void main(final String[] arguments) {
			for (final String choice : List.of(arguments[0], Torch.BUNDLED)) {
				Torch.choose(choice);
				try {
					System.out.println("started " + Torch.version() + " " + Torch.cuda().isPresent());
				}
				catch (final TorchUnavailableException e) {
					System.out.println(e.getMessage());
				}
			}
			System.exit(0);
		}
	}

	/** The libraries of the layout are empty, so none can be loaded; where there is no driver it stops at that. */
	@Test
	void whatCannotBeLoadedStopsBeforePyTorch() throws IOException, InterruptedException {
		final Path environment = pip("venv", "2.7.1+cu126", "12.6", "");
		final String said = Child
			.run(Child.classPath(), List.of(), dir.resolve("log.txt"), Starting.class.getName(), environment.toString())
			.output();
		assertTrue(said.contains(
			"PyTorch could not be started: of " + environment.resolve("lib/python3.11/site-packages/torch/lib") + " "),
			said);
		assertTrue(said.contains("cannot be loaded") && said.contains("or bundled for the processor"), said);
		assertTrue(said.contains("started 2.7.1 false"), "nothing of it is in the way: " + said);
	}

	@Test
	void aRealLibraryIsRead() throws IOException {
		final Optional<Path> real = NativeLibraries.bundled().map(l -> l.folder().resolve("libtorch_cpu.so"));
		Torch.start();
		assertTrue(ElfFile.needed(real.orElseThrow()).containsAll(List.of("libc10.so", "libc.so.6")));
		assertThrows(IOException.class, () -> ElfFile.needed(Path.of("pom.xml")));
		assertThrows(IOException.class,
			() -> ElfFile.needed(Files.write(dir.resolve("x.so"), new byte[] { 0x7f, 'E' })));
	}
}
