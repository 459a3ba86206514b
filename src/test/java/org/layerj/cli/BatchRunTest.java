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
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.FakeDecomposer;
import org.layerj.decompose.ModelReport;

/** The command line with many pictures. */
class BatchRunTest {

	private static final int COUNT = 8;

	@TempDir
	Path dir;

	private FakeDecomposer fake = new FakeDecomposer();
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();
	private Path pictures;
	private Path target;

	/** Eight, two of which are none. */
	@BeforeEach
	void pictures() throws IOException {
		pictures = Files.createDirectories(dir.resolve("pictures"));
		target = dir.resolve("results");
		Files.createDirectories(pictures.resolve("deep"));
		for (int k = 0; k < COUNT; k++) {
			final BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_INT_RGB);
			for (int i = 0; i < 24; i++) image.setRGB(i % 6, i / 6, (i + 1) * (k + 3) * 7919);
			final Path file = pictures.resolve((k > 5 ? "deep/" : "") + "p" + k + ".png");
			if (k == 2 || k == 6) Files.writeString(file, "broken");
			else ImageIO.write(image, "png", file.toFile());
		}
	}

	private int run(final String... args) {
		fake = new FakeDecomposer();
		out.reset();
		err.reset();
		return again(args);
	}

	private int again(final String... args) {
		return new Main(fake::open, ModelReport::of, new PrintStream(out, true, StandardCharsets.UTF_8),
			new PrintStream(err, true, StandardCharsets.UTF_8), false).run(args);
	}

	private Set<String> results() throws IOException {
		try (Stream<Path> all = Files.walk(target)) {
			return new TreeSet<>(all.filter(f -> f.endsWith("layers.json"))
				.map(f -> target.relativize(f.getParent()).toString())
				.toList());
		}
	}

	@Test
	void shardsTogetherAreTheWholeFolderAndTheSameBytesAsOneByOne() throws IOException {
		for (int i = 1; i <= 3; i++) {
			final int code = run(pictures.toString(), "--shard", i + "/3", "--output", target.toString(), "--layers",
				"2", "--export", "ora");
			assertEquals(i == 3 ? Main.OK : Main.FAILED, code, err::toString);
			assertEquals(1, fake.opened.size(), "the model is opened once");
		}
		assertEquals(Set.of("p0.png", "p1.png", "p3.png", "p4.png", "p5.png", "deep/p7.png"), results());
		assertTrue(Files.readString(target.resolve("shard-1-of-3.json")).contains("deep/p6.png"),
			"deep/p6, deep/p7, p0 …");
		assertEquals(Main.OK, run(pictures.resolve("p4.png").toString(), "--output", dir.resolve("one").toString(),
			"--layers", "2", "--export", "ora"));
		for (final String file : List.of("layer-00.png", "layer-01.png", "layers.tif", "recomposed.png")) {
			assertArrayEquals(Files.readAllBytes(dir.resolve("one").resolve(file)),
				Files.readAllBytes(target.resolve("p4.png").resolve(file)), file);
		}
		assertTrue(Files.exists(target.resolve("deep/p7.png/layers.ora")));
	}

	@Test
	void aPictureThatFailsIsSaidAndDoesNotEndTheJob() throws IOException {
		assertEquals(Main.FAILED, run(pictures.toString(), "--output", target.toString(), "--retries", "0"));
		assertEquals(6, results().size());
		final List<String> lines = err.toString(StandardCharsets.UTF_8).lines().toList();
		assertTrue(lines.contains("[1/8] deep/p6.png: The file " + pictures.resolve("deep/p6.png")
			+ " is not a picture that can be read (PNG, JPEG, TIFF, GIF, BMP or PDF)."), lines::toString);
		assertEquals("2 of 8 pictures failed; " + target.resolve("shard-1-of-1.json") + " says why.",
			lines.get(lines.size() - 1));
		assertTrue(out.toString(StandardCharsets.UTF_8)
			.endsWith("Decomposed 6 pictures into " + target + ", 0 were there, 2 failed.\n"), out::toString);
	}

	@Test
	void aFailureThatPassesIsTriedAgain() throws IOException {
		fake = new FakeDecomposer();
		final int[] failures = { 0 };
		fake.step = () -> {
			if (failures[0]++ < 1) throw new DecompositionException("The server is busy.");
		};
		again(pictures.toString(), "--output", target.toString());
		assertEquals(6, results().size());
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("[2/8, attempt 2] p7.png"), err::toString);
	}

	@Test
	void whatIsThereAlreadyIsSkippedIfItIsTheSame() throws IOException {
		run(pictures.toString(), "--output", target.toString());
		run(pictures.toString(), "--output", target.toString());
		assertEquals(List.of(), fake.settings);
		assertTrue(out.toString(StandardCharsets.UTF_8)
			.contains("Decomposed 0 pictures into " + target + ", 6 were there, 2 failed."), out::toString);
		run(pictures.toString(), "--output", target.toString(), "--seed", "7");
		assertEquals(6, fake.settings.size(), "with other options it is another result");
		Files.copy(pictures.resolve("p1.png"), pictures.resolve("p0.png"), StandardCopyOption.REPLACE_EXISTING);
		run(pictures.toString(), "--output", target.toString(), "--seed", "7");
		assertEquals(1, fake.settings.size(), "and so is that of another picture of the same name");
		Files.delete(target.resolve("p4.png/layers.json"));
		run(pictures.toString(), "--output", target.toString(), "--seed", "7");
		assertEquals(1, fake.settings.size(), "half a result is none");
		run(pictures.toString(), "--output", target.toString(), "--seed", "7", "--export", "zip");
		assertEquals(6, fake.settings.size(), "nor is one without what is asked for besides");
	}

	@Test
	void aDryRunOnlySays() throws IOException {
		assertEquals(Main.OK, run(pictures.toString(), "--shard", "2/4", "--dry-run", "--output", target.toString()));
		assertEquals(
			List.of(pictures.resolve("deep/p7.png") + " -> " + target.resolve("deep/p7.png"),
				pictures.resolve("p3.png") + " -> " + target.resolve("p3.png")),
			out.toString(StandardCharsets.UTF_8).lines().toList());
		assertFalse(Files.exists(target));
		assertEquals(List.of(), fake.opened);
	}

	@Test
	void aListIsAsGoodAsAFolder() throws IOException {
		final Path list = Files.writeString(dir.resolve("list.txt"), "pictures/p1.png\npictures/p3.png\nnone.png\n");
		assertEquals(Main.FAILED, run(list.toString(), "--output", target.toString()));
		assertEquals(Set.of("pictures/p1.png", "pictures/p3.png"), results());
		assertTrue(Files.readString(target.resolve("shard-1-of-1.json"))
			.contains("There is no file " + dir.resolve("none.png") + "."));
	}

	@Test
	void wrongUsageIsSaidBeforeTheFirstPicture() throws IOException {
		assertEquals(Main.USAGE, run(pictures.toString(), "--shard", "5/4"));
		assertEquals(Main.USAGE, run(pictures.toString(), "--retries", "-1"));
		assertEquals(Main.USAGE, run(pictures.resolve("p1.png").toString(), "--shard", "1/4"));
		assertTrue(err.toString(StandardCharsets.UTF_8).contains("are for many pictures"), err::toString);
		assertEquals(Main.USAGE, run(pictures.toString(), "--layers", "0", "--output", target.toString()));
		assertEquals(List.of(), fake.opened);
		assertFalse(Files.exists(target));
	}
}
