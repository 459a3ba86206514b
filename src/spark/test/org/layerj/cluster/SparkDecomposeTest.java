package org.layerj.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.Opener;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.io.Repeat;

/** Many pictures with Spark in this Java, and the same with the plain command line. */
@Timeout(1200)
class SparkDecomposeTest {

	private static final int COUNT = 40;
	private static final Set<Integer> BROKEN = Set.of(3, 17, 39);
	private static final AtomicInteger ATTEMPTS = new AtomicInteger();

	@TempDir
	Path dir;

	private Path pictures;
	private Path target;
	private final ByteArrayOutputStream out = new ByteArrayOutputStream();
	private final ByteArrayOutputStream err = new ByteArrayOutputStream();

	@BeforeEach
	void prepare() throws IOException {
		System.setProperty("spark.ui.enabled", "false");
		System.setProperty("spark.driver.host", "localhost");
		System.setProperty("spark.driver.bindAddress", "127.0.0.1");
		pictures = Files.createDirectories(dir.resolve("pictures"));
		target = dir.resolve("results");
		Files.createDirectories(pictures.resolve("deep"));
		final Random random = new Random(5);
		for (int k = 0; k < COUNT; k++) {
			final Path file = pictures.resolve(name(k));
			if (BROKEN.contains(k)) {
				Files.writeString(file, "broken");
				continue;
			}
			final BufferedImage image = new BufferedImage(48, 36, BufferedImage.TYPE_INT_RGB);
			final Graphics2D g = image.createGraphics();
			g.setColor(Color.white);
			g.fillRect(0, 0, 48, 36);
			for (int i = 0; i < 3; i++) {
				g.setColor(new Color(random.nextInt(0xffffff)));
				g.fillRect(random.nextInt(30), random.nextInt(20), 6 + random.nextInt(10), 6 + random.nextInt(10));
			}
			g.dispose();
			ImageIO.write(image, "png", file.toFile());
		}
	}

	@AfterEach
	void forget() {
		System.clearProperty("spark.master");
	}

	private static String name(final int k) {
		return (k % 10 == 9 ? "deep/" : "") + String.format("p%02d.png", k);
	}

	private int run(final String... args) {
		out.reset();
		err.reset();
		return SparkDecompose.run(new PrintStream(out, true, StandardCharsets.UTF_8),
			new PrintStream(err, true, StandardCharsets.UTF_8), args);
	}

	private static Set<String> results(final Path folder) throws IOException {
		try (Stream<Path> all = Files.walk(folder)) {
			return new TreeSet<>(all.filter(f -> f.endsWith("layers.json"))
				.map(f -> folder.relativize(f.getParent()).toString())
				.toList());
		}
	}

	private void commandLine(final Path results) throws Exception {
		final Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
			"-Djava.awt.headless=true", "-cp", System.getProperty("java.class.path"), "org.layerj.cli.Main",
			pictures.toString(), "--output", results.toString(), "--model", "built-in", "--layers", "3", "--export",
			"ora").redirectErrorStream(true).redirectOutput(dir.resolve("log").toFile()).start();
		assertEquals(1, process.waitFor(), () -> "three are broken: " + log());
	}

	private String log() {
		try {
			return Files.readString(dir.resolve("log"));
		}
		catch (final IOException e) {
			return e.toString();
		}
	}

	/** Without what is different with every run. */
	private static JsonObject record(final Path folder) throws IOException {
		final JsonObject record =
			JsonParser.parseString(Files.readString(folder.resolve("layers.json"))).getAsJsonObject();
		record.getAsJsonObject("run").remove("seconds");
		record.getAsJsonObject("run").remove("peakMemoryBytes");
		// The hyperstack and the files for other programs hold the seconds as well.
		record.remove("files");
		record.remove("exports");
		return record;
	}

	private static void same(final Path expected, final Path actual) throws IOException {
		assertEquals(results(expected), results(actual));
		for (final String result : results(expected)) {
			try (Stream<Path> files = Files.list(expected.resolve(result))) {
				for (final Path file : files.toList()) {
					final Path other = actual.resolve(result).resolve(file.getFileName());
					assertTrue(Files.exists(other), other::toString);
					if (file.toString().endsWith(".png"))
						assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other), other::toString);
					if (file.toString().endsWith(".tif")) samePixels(file, other);
				}
			}
			assertEquals(record(expected.resolve(result)), record(actual.resolve(result)), result);
		}
	}

	private static void samePixels(final Path expected, final Path actual) {
		final ImagePlus a = new Opener().openImage(expected.toString());
		final ImagePlus b = new Opener().openImage(actual.toString());
		assertEquals(a.getStackSize(), b.getStackSize());
		for (int k = 1; k <= a.getStackSize(); k++) {
			assertArrayEquals((byte[]) a.getStack().getPixels(k), (byte[]) b.getStack().getPixels(k));
			assertEquals(a.getStack().getSliceLabel(k), b.getStack().getSliceLabel(k));
		}
	}

	@Test
	void fortyPicturesThreeBrokenAndATaskThatDiesTwice() throws Exception {
		ATTEMPTS.set(0);
		final RunOptions options = new RunOptions();
		new picocli.CommandLine(new Holder(options)).parseArgs("--model", "built-in", "--layers", "3", "--export",
			"ora");
		final RunPlan plan = options.plan(Repeat.NONE);
		final String results = target.toString();
		final SparkDecompose job = new SparkDecompose(new PrintStream(out, true, StandardCharsets.UTF_8),
			new PrintStream(err, true, StandardCharsets.UTF_8)).into(target);
		final List<Places.Item> items = Places.items(pictures.toString(), results);
		assertEquals(COUNT, items.size());
		try (JavaSparkContext spark = new JavaSparkContext(
			new SparkConf().setMaster("local[2,3]").setAppName("test")))
		{
			assertEquals(1, job.run(spark, items, item -> {
				if (item.name().equals("p12.png") && ATTEMPTS.incrementAndGet() < 3)
					throw new IllegalAccessError("as if the machine had gone");
				return OnExecutor.run(plan, 2, 0, results, item);
			}));
		}
		assertEquals(3, ATTEMPTS.get(), "died twice");
		assertTrue(out.toString(StandardCharsets.UTF_8)
			.endsWith("Decomposed 37 pictures into " + target + ", 0 were there, 3 failed.\n"), out::toString);
		final String record = Files.readString(target.resolve("shard-1-of-1.json"));
		for (final int k : BROKEN) assertTrue(record.contains("\"picture\": \"" + name(k) + "\""), record);
		assertEquals(3, err.toString(StandardCharsets.UTF_8)
			.lines()
			.filter(l -> l.contains("is not a picture that can be read"))
			.count(), err::toString);
		commandLine(dir.resolve("plain"));
		same(dir.resolve("plain"), target);
	}

	/** For options alone. */
	private static final class Holder {

		@picocli.CommandLine.Mixin
		private final RunOptions run;

		Holder(final RunOptions run) {
			this.run = run;
		}
	}

	@Test
	void aTaskThatAlwaysDiesIsRecordedAndTheOthersAreDone() throws Exception {
		final SparkDecompose job = new SparkDecompose(new PrintStream(out, true, StandardCharsets.UTF_8),
			new PrintStream(err, true, StandardCharsets.UTF_8)).into(target);
		final List<Places.Item> items = Places.items(pictures.toString(), target.toString()).subList(0, 6);
		final Places.Item bad = items.get(2);
		try (JavaSparkContext spark = new JavaSparkContext(
			new SparkConf().setMaster("local[2,3]").setAppName("test")))
		{
			assertEquals(1, job.run(spark, items, item -> {
				if (item.equals(bad)) throw new StackOverflowError();
				return new Batch.Result(item.name(), Batch.State.DONE, "");
			}));
		}
		final JsonObject record =
			JsonParser.parseString(Files.readString(target.resolve("shard-1-of-1.json"))).getAsJsonObject();
		assertEquals(5, record.get("done").getAsInt());
		assertEquals(bad.name(),
			record.getAsJsonArray("failed").get(0).getAsJsonObject().get("picture").getAsString());
	}

	@Test
	void whatIsThereIsSkippedAlsoInHadoopsFileSystems() throws Exception {
		System.setProperty("spark.master", "local[2]");
		final String from = pictures.toUri().toString();
		final String to = target.toUri().toString();
		assertEquals(1, run(from, "--output", to, "--model", "built-in", "--layers", "3", "--export", "ora",
			"--retries", "0", "--models", "2"), err::toString);
		assertTrue(out.toString().contains("Decomposed 37 pictures"), () -> out + "\n" + err);
		commandLine(dir.resolve("plain"));
		same(dir.resolve("plain"), target);
		final Path one = target.resolve("p05.png/layer-00.png");
		final FileTime before = Files.getLastModifiedTime(one);
		assertEquals(1, run(from, "--output", to, "--model", "built-in", "--layers", "3", "--export", "ora",
			"--retries", "0"), err::toString);
		assertTrue(out.toString().contains("Decomposed 0 pictures into " + to + ", 37 were there, 3 failed."),
			out::toString);
		assertEquals(before, Files.getLastModifiedTime(one));
		assertEquals(1, run(pictures.toString(), "--output", target.toString(), "--model", "built-in", "--layers",
			"3", "--retries", "0"), err::toString);
		assertTrue(out.toString().contains("37 were there"), () -> out + "\n" + err);
		Files.delete(target.resolve("p05.png/layers.json"));
		run(pictures.toString(), "--output", target.toString(), "--model", "built-in", "--layers", "3");
		assertTrue(out.toString().contains("Decomposed 1 pictures into " + target + ", 36 were there"),
			out::toString);
		try (Stream<Path> left = Files.walk(target)) {
			assertEquals(List.of(), left.filter(f -> f.getFileName().toString().startsWith(".p")
				|| f.getFileName().toString().startsWith(".shard") && f.toString().endsWith(".part")).toList());
		}
	}

	@Test
	void dryRunsAndMistakesStartNothing() throws IOException {
		assertEquals(0, run(pictures.toString(), "--output", target.toString(), "--dryRun"));
		assertEquals(COUNT, out.toString().lines().count());
		assertTrue(out.toString().contains(pictures.resolve("p00.png") + " -> " + target.resolve("p00.png")));
		assertEquals(0, run(pictures.toUri().toString(), "--output", "hdfs://lab/results", "--dry-run"));
		assertTrue(out.toString().contains("p00.png -> hdfs://lab/results/p00.png"), out::toString);
		assertEquals(2, run(pictures.toString(), "--output", target.toString()));
		assertTrue(err.toString().contains("-Dspark.master=local[8]"), err::toString);
		assertEquals(2, run(pictures.toString(), "--output", target.toString(), "--layers", "99"));
		assertEquals("The option layers must be a whole number from 1 to 20, not 99.\n", err.toString());
		assertEquals(2, run(pictures.toString()));
		assertTrue(err.toString().contains("--output"), err::toString);
		assertEquals(1, run(dir.resolve("none").toString(), "--output", target.toString()));
		assertFalse(Files.exists(target));
	}

	@Test
	void optionsThatWorkWithNoPictureEndTheJob() {
		System.setProperty("spark.master", "local[2]");
		assertEquals(2, run(pictures.toString(), "--output", target.toString(), "--model", "/no/such/model",
			"--device", "cuda:7"), () -> out + "\n" + err);
		assertEquals(1, err.toString().lines().filter(l -> l.startsWith("The ")).count(), err::toString);
	}

	@Test
	void triesAreSparksOwn() {
		assertEquals(3, SparkDecompose.tries(new SparkConf().setMaster("local[2,3]")));
		assertEquals(1, SparkDecompose.tries(new SparkConf().setMaster("local[2]")));
		assertEquals(4, SparkDecompose.tries(new SparkConf().setMaster("spark://host:7077")));
		assertEquals(7, SparkDecompose.tries(new SparkConf().setMaster("yarn").set("spark.task.maxFailures", "7")));
	}
}
