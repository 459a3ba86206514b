package org.layerj.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibrariesTest {

	private static final byte[] TORCH = { 1, 2, 3, 4, 5 };
	private static final byte[] GLUE = { 6, 7 };

	@TempDir
	private Path cache;
	private NativeLibraries libraries;
	private Path folder;

	private static NativeLibraries.Entry entry(final String name, final byte[] bytes) {
		final CRC32 crc = new CRC32();
		crc.update(bytes);
		return new NativeLibraries.Entry(name, bytes.length, crc.getValue(), "");
	}

	@BeforeEach
	void unpack() throws IOException {
		folder = cache.resolve("2.7.1-cpu-linux-x86_64");
		libraries = new NativeLibraries(folder, List.of(entry("libtorch.so", TORCH), entry("libdjl_torch.so", GLUE)));
		Files.createDirectories(folder);
		Files.write(folder.resolve("libtorch.so"), TORCH);
		Files.write(folder.resolve("libdjl_torch.so"), GLUE);
	}

	@Test
	void whatKilledStartsHaveHalfUnpackedGoes() throws IOException {
		unpack();
		final Path left = Files.createDirectories(cache.resolve("tmp1234"));
		Files.writeString(left.resolve("half"), "x");
		left.toFile().setLastModified(System.currentTimeMillis() - 2 * 3_600_000);
		final Path unpacking = Files.createDirectories(cache.resolve("tmp5678"));
		libraries.repair();
		assertFalse(Files.exists(left));
		assertTrue(Files.exists(unpacking), "another program is at it");
	}

	@Test
	void whatIsAsItWasPackedIsLeftAlone() {
		assertEquals(Optional.empty(), libraries.repair());
		assertTrue(libraries.unpacked());
		assertEquals(7, libraries.size());
		assertEquals(7, libraries.packedSize());
	}

	@Test
	void halfALibraryIsRemovedAndSoAreTheOthers() throws IOException {
		Files.write(folder.resolve("libtorch.so"), new byte[] { 1, 2 });
		assertEquals(Optional.of("libtorch.so has 2 bytes instead of 5"), libraries.repair());
		assertFalse(libraries.unpacked());
		try (var left = Files.list(cache)) {
			assertEquals(List.of(), left.toList());
		}
	}

	@Test
	void aHoleInALibraryIsSeen() throws IOException {
		Files.write(folder.resolve("libtorch.so"), new byte[5]);
		assertEquals(Optional.of("libtorch.so has been changed"), libraries.repair());
		assertFalse(libraries.unpacked());
	}

	@Test
	void aLibraryThatIsMissingIsSeen() throws IOException {
		Files.delete(folder.resolve("libtorch.so"));
		assertEquals(Optional.of("libtorch.so is missing"), libraries.repair());
	}

	@Test
	void djlsOwnComesLaterAndMayBeMissing() throws IOException {
		Files.delete(folder.resolve("libdjl_torch.so"));
		assertEquals(Optional.empty(), libraries.repair());
		assertTrue(libraries.unpacked());
		Files.write(folder.resolve("libdjl_torch.so"), new byte[1]);
		assertEquals(Optional.of("libdjl_torch.so has 1 bytes instead of 2"), libraries.repair());
	}

	@Test
	void emptyingLeavesWhatOthersHaveThere() throws IOException {
		final Path other = Files.createDirectories(cache.resolve("1.13.1-cpu-linux-x86_64"));
		Files.write(other.resolve("libtorch.so"), new byte[11]);
		final Path left = Files.createDirectories(cache.resolve("tmp1234"));
		Files.write(left.resolve("libtorch.so"), new byte[3]);
		final Path unpacking = Files.createDirectories(cache.resolve("tmp5678"));
		assertTrue(left.toFile().setLastModified(System.currentTimeMillis() - 7_200_000));
		assertEquals(14, libraries.othersSize());
		assertEquals(10, libraries.empty());
		assertFalse(libraries.unpacked() || Files.exists(left));
		assertTrue(Files.exists(unpacking), "another program may be at it");
		assertEquals(11, libraries.othersSize());
		assertEquals(0, libraries.empty());
	}

	@Test
	void aCacheThatCannotBeMadeIsASentence() throws IOException {
		final Path file = Files.write(cache.resolve("file"), new byte[1]);
		final NativeLibraries there = new NativeLibraries(file.resolve("pytorch").resolve("2.7.1"), libraries.files());
		final String message = assertThrows(TorchUnavailableException.class, there::repair).getMessage();
		assertTrue(message.contains("cannot be made; set DJL_CACHE_DIR to a folder that can be written"), message);
	}

	@Test
	void noRoomIsASentenceBeforeAnythingIsUnpacked() {
		final NativeLibraries huge = new NativeLibraries(cache.resolve("huge"),
			List.of(new NativeLibraries.Entry("libtorch.so", Long.MAX_VALUE / 2, 0, "")));
		final String message = assertThrows(TorchUnavailableException.class, huge::repair).getMessage();
		assertTrue(message.contains(" in " + cache + ", where ")
			&& message.endsWith("make room, or set DJL_CACHE_DIR " + "to another folder."), message);
	}

	@Test
	void whatIsInTheJarsIsFoundWithoutUnpacking() {
		final NativeLibraries bundled = NativeLibraries.bundled().orElseThrow();
		assertTrue(
			bundled.files()
				.stream()
				.anyMatch(f -> f.name().equals(System.mapLibraryName("torch_cpu")) && f.size() > 50_000_000),
			bundled.toString());
		assertTrue(bundled.files().get(bundled.files().size() - 1).name().endsWith(System.mapLibraryName("djl_torch")),
			bundled.toString());
	}
}
