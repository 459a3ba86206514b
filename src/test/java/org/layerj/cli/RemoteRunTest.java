package org.layerj.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.ModelReport;
import org.layerj.remote.FakeComfyUi;

/** The command line with a model on a server. */
@Timeout(300)
class RemoteRunTest {

	@TempDir
	Path dir;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	private int run(final String... args) {
		return new Main(Decomposers::open, ModelReport::of, new PrintStream(out, true, StandardCharsets.UTF_8),
			new PrintStream(err, true, StandardCharsets.UTF_8), false).run(args);
	}

	private Path picture() throws IOException {
		final BufferedImage image = new BufferedImage(80, 60, BufferedImage.TYPE_INT_RGB);
		for (int i = 0; i < 4800; i++) image.setRGB(i % 80, i / 80, i * 3491);
		final Path file = dir.resolve("cells.png");
		ImageIO.write(image, "png", file.toFile());
		return file;
	}

	@Test
	void aPictureGoesToAServerAndItsLayersComeBack() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			final Path picture = picture();
			final Path target = dir.resolve("result");
			assertEquals(Main.OK, run(picture.toString(), "--model", server.address(), "--layers", "3", "--resolution",
				"64", "--output", target.toString()), err::toString);
			final String origin = "http://127.0.0.1:" + server.port();
			assertTrue(err.toString(StandardCharsets.UTF_8)
				.lines()
				.findFirst()
				.orElse("")
				.contains("on ComfyUI 0.3.75 at " + origin + ", where the picture is sent"), err::toString);
			final String record = Files.readString(target.resolve("layers.json"));
			assertTrue(record.contains("\"sentTo\": \"" + origin + "\""), record);
			final BufferedImage before = ImageIO.read(picture.toFile());
			final BufferedImage after = ImageIO.read(target.resolve("recomposed.png").toFile());
			assertArrayEquals(before.getRGB(0, 0, 80, 60, null, 0, 80), after.getRGB(0, 0, 80, 60, null, 0, 80),
				"bit for bit");
			assertTrue(Files.exists(target.resolve("layer-02.png")));
		}
	}

	@Test
	void aServerIsChecked() throws Exception {
		try (FakeComfyUi server = new FakeComfyUi()) {
			assertEquals(Main.OK, run("--check", "--model", server.address()));
			assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("Server    ComfyUI 0.3.75 at "), out::toString);
			server.close();
			assertEquals(Main.FAILED, run("--check", "--model", server.address().replace(":" + server.port(), ":1")));
		}
	}

	@Test
	void aServerThatIsAwayIsOneLineAndLeavesNothing() throws IOException {
		assertEquals(Main.FAILED, run(picture().toString(), "--model", "http://127.0.0.1:1?poll=0.01", "--output",
			dir.resolve("result").toString()));
		assertEquals(
			List.of("The server http://127.0.0.1:1 cannot be reached: no server is listening there; start it, or check "
				+ "the address and the tunnel."),
			err.toString(StandardCharsets.UTF_8).lines().toList());
		assertEquals(Main.USAGE, run(picture().toString(), "--model", "http://ada:hunter2@127.0.0.1:1"));
		assertFalse(err.toString().contains("hunter2"));
		try (Stream<Path> files = Files.list(dir)) {
			assertEquals(1, files.count());
		}
	}
}
