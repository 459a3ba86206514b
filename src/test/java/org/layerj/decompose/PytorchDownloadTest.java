package org.layerj.decompose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.common.Progress;
import org.layerj.fetch.FakeHub;
import org.layerj.fetch.FetchException;
import org.layerj.torch.NativeLibraries;
import org.layerj.torch.Torch;

/** PyTorch's libraries for graphics cards as DJL publishes them, into a cache of their own. */
@EnabledOnOs({ OS.LINUX, OS.WINDOWS })
// The environment goes before the property that gives each test a cache of its own.
@DisabledIfEnvironmentVariable(named = NativeLibraries.SETTING, matches = ".*",
	disabledReason = "a cache is set in the environment")
class PytorchDownloadTest {

	@TempDir
	Path dir;

	private FakeHub hub;
	private String before;
	private String list;
	private final byte[] library = new byte[300_000];

	@BeforeEach
	void publish() throws IOException {
		before = System.getProperty(NativeLibraries.SETTING);
		System.setProperty(NativeLibraries.SETTING, dir.resolve("cache").toString());
		hub = new FakeHub();
		new Random(5).nextBytes(library);
		list = "cu128/" + Torch.cudaTarget().classifier() + "/native/lib/";
		final String names = list + "libtorch.so.gz\n" + list + "libcudart-8774224f%2B.so.12.gz\n"
			+ "cu128/other-x86_64/native/lib/libtorch.so.gz\ncpu/" + Torch.cudaTarget().classifier()
			+ "/native/lib/libtorch.so.gz\n";
		hub.other.put("/pytorch/2.7.1/files.txt", names.getBytes());
		hub.other.put("/pytorch/2.7.1/" + list + "libtorch.so.gz", packed(library));
		// As the server sees the address.
		hub.other.put("/pytorch/2.7.1/" + list + "libcudart-8774224f+.so.12.gz", packed(new byte[] { 1, 2, 3 }));
	}

	@AfterEach
	void end() {
		hub.close();
		if (before == null) System.clearProperty(NativeLibraries.SETTING);
		else System.setProperty(NativeLibraries.SETTING, before);
	}

	private static byte[] packed(final byte[] bytes) throws IOException {
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
			zip.write(bytes);
		}
		return out.toByteArray();
	}

	private ModelDownload ask() {
		return ModelDownload.of(ModelDownload.PYTORCH, hub.address(), Optional.empty());
	}

	private List<String> cache() throws IOException {
		try (Stream<Path> all = Files.list(Torch.cudaTarget().folder().getParent())) {
			return all.map(p -> p.getFileName().toString()).sorted().toList();
		}
	}

	@Test
	void itIsUnpackedIntoTheCacheAsOne() throws IOException {
		final ModelDownload download = ask();
		assertTrue(
			download.terms()
				.startsWith("PyTorch for graphics cards (cu128) of 127.0.0.1, revision 2.7.1: 2 files, "
					+ "301 kB, none of it here yet. Licence: BSD-3-Clause (PyTorch); NVIDIA's licences"),
			download::terms);
		assertFalse(Files.exists(dir.resolve("cache")), "nothing is fetched to ask");
		download.run(Progress.none());
		final Path folder = Torch.cudaTarget().folder();
		assertEquals(List.of(folder.getFileName().toString()), cache());
		assertArrayEquals(library, Files.readAllBytes(folder.resolve("libtorch.so")));
		assertArrayEquals(new byte[] { 1, 2, 3 }, Files.readAllBytes(folder.resolve("libcudart-8774224f+.so.12")));
		assertTrue(assertThrows(FetchException.class, this::ask).getMessage().contains("already"));
	}

	@Test
	void whatArrivedDamagedIsFetchedAgain() throws IOException {
		final String path = "/pytorch/2.7.1/" + list + "libtorch.so.gz";
		final byte[] good = hub.other.get(path);
		final byte[] bad = good.clone();
		bad[good.length / 2]++;
		hub.other.put(path, bad);
		final String text = assertThrows(FetchException.class, () -> ask().run(Progress.none())).getMessage();
		assertEquals(
			"The file libtorch.so.gz arrived damaged and was removed; begin the download again, and only this one is fetched.",
			text);
		assertEquals(List.of(Torch.cudaTarget().folder().getFileName() + ".download"), cache());
		hub.other.put(path, good);
		ask().run(Progress.none());
		assertArrayEquals(library, Files.readAllBytes(Torch.cudaTarget().folder().resolve("libtorch.so")));
	}

	@Test
	void whereThereIsNoneThatIsSaid() {
		hub.other.put("/pytorch/2.7.1/files.txt", "cpu/linux-x86_64/native/lib/libtorch.so.gz\n".getBytes());
		assertTrue(assertThrows(FetchException.class, this::ask).getMessage()
			.startsWith("There is no PyTorch 2.7.1 for graphics cards (cu128) for "));
		hub.other.clear();
		assertTrue(assertThrows(FetchException.class, this::ask).getMessage().contains("(404)"));
	}
}
