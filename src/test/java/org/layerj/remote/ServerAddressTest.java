package org.layerj.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressTest {

	@TempDir
	Path dir;

	@Test
	void hostTimesAndNamesAreRead() {
		final ServerAddress a = ServerAddress
			.of(" " + "HTTPS://GPU.lab.org:8188/comfy/?timeout=600&connect=0.5#a.safetensors,b.safetensors ");
		assertEquals("https://gpu.lab.org:8188/comfy", a.base().toString());
		assertEquals("https://gpu.lab.org:8188", a.origin());
		assertEquals(List.of("a.safetensors", "b.safetensors"), a.names());
		assertEquals(
			List.of(Duration.ofSeconds(600), Duration.ofMillis(500), Duration.ofSeconds(60), Duration.ofSeconds(1)),
			List.of(a.timeout(), a.connect(), a.answer(), a.poll()));
		assertEquals("https://gpu.lab.org:8188/comfy#a.safetensors,b.safetensors", a.toString(), "without times");
		assertEquals("https://gpu.lab.org:8188/comfy/v1/models", a.at("/v1/models").toString());
		assertTrue(ServerAddress.of("http://127.0.0.1:1").isLocal() && ServerAddress.of("http://[::1]:1").isLocal()
			&& ServerAddress.of("http://localhost").isLocal());
		assertFalse(ServerAddress.of("http://127.evil.org").isLocal());
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://", "http:host", "http://host:99999", "http://ho st", "https:///path",
		"http://host?timeout=0", "http://host?timeout=x", "http://host?retries=3", "http://host?timeout" })
	void whatIsNoAddressIsSaid(final String text) {
		final String message = assertThrows(IllegalArgumentException.class, () -> ServerAddress.of(text)).getMessage();
		assertTrue(message.endsWith(".") && message.contains("server"), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://ada:hunter2@host:8188", "https://hunter2@host", "http://ada:hunter2@ho st",
		"http://host?token=hunter2", "http://host?api_key=hunter2#x" })
	void passwordsInAddressesAreRejectedAndNotRepeated(final String text) {
		final String message = assertThrows(IllegalArgumentException.class, () -> ServerAddress.of(text)).getMessage();
		assertFalse(message.contains("hunter2"), message);
	}

	// -- Credentials --

	private static Optional<String> header(final String address, final Map<String, String> environment) {
		return Credentials.of(ServerAddress.of(address), environment).map(Credentials::header);
	}

	@Test
	void credentialsAreForTheirServerOnly() {
		final Map<String, String> lines = Map.of(Credentials.VARIABLE,
			"# ours\nhttps://gpu.lab.org bearer t0ken\nhttp://localhost:8188 basic ada hunter2\n");
		assertEquals(Optional.of("Bearer t0ken"), header("https://gpu.lab.org/comfy", lines));
		assertEquals(Optional.of("Basic YWRhOmh1bnRlcjI="), header("http://localhost:8188", lines));
		for (final String other : List.of("https://gpu.lab.org:444", "https://gpu.lab.org.evil.org",
			"http://localhost:8189", "http://gpu.lab.org"))
		{
			assertEquals(Optional.empty(), header(other, lines), other);
		}
		assertFalse(
			Credentials.of(ServerAddress.of("https://gpu.lab.org"), lines).orElseThrow().toString().contains("t0ken"));
	}

	@Test
	void credentialsAreNotSentUnencrypted() {
		final String message = assertThrows(ServerException.class, () -> header("http://gpu.lab.org:8188",
			Map.of(Credentials.VARIABLE, "http://gpu.lab.org:8188 bearer t0ken"))).getMessage();
		assertTrue(message.contains("unencrypted") && !message.contains("t0ken"), message);
	}

	@Test
	void linesThatAreNoneAreSaidAndNotRepeated() {
		for (final String line : List.of("https://a token t0ken", "t0ken", "https://a basic t0ken",
			"https://gpu.lab.org bearer t0kén"))
		{
			final String message = assertThrows(ServerException.class,
				() -> header("https://gpu.lab.org", Map.of(Credentials.VARIABLE, line))).getMessage();
			assertFalse(message.contains("t0k"), message);
		}
	}

	@Test
	void aFileOfCredentialsIsItsOwnersAlone() throws IOException {
		final Path file = Files.writeString(dir.resolve("secret"), "https://gpu.lab.org bearer t0ken\n");
		final Map<String, String> environment = Map.of(Credentials.FILE_VARIABLE, file.toString());
		if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
			assertTrue(
				assertThrows(ServerException.class, () -> header("https://gpu.lab.org", environment)).getMessage()
					.contains("chmod 600"));
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		}
		assertEquals(Optional.of("Bearer t0ken"), header("https://gpu.lab.org", environment));
		Files.write(file, new byte[] { (byte) 0xff, (byte) 0xfe });
		assertThrows(ServerException.class, () -> header("https://gpu.lab.org", environment));
		Files.delete(file);
		assertThrows(ServerException.class, () -> header("https://gpu.lab.org", environment));
	}
}
