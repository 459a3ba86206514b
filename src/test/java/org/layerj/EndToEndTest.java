package org.layerj;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.IJ;
import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.layerj.imagej.DecomposeCommand;
import org.layerj.imagej.stack.Hyperstacks;
import org.layerj.io.LayerFolder;
import org.layerj.io.PictureReader;
import org.layerj.layers.AlphaBounds;
import org.layerj.layers.Compositor;
import org.layerj.layers.LayerStack;
import org.layerj.layers.RgbaImage;
import org.scijava.Context;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.prefs.PrefService;

/**
 * Command line and plugin with the real model: a tiny one with random weights, made by the original Python libraries.
 */
class EndToEndTest {

	@TempDir
	Path dir;

	/** The fixture's model, for pictures as small as it is. */
	private String model() throws IOException {
		final Path source = Fixtures.open("14-pipeline").folder().resolve("model");
		final Path folder = dir.resolve("tiny model");
		try (Stream<Path> all = Files.walk(source)) {
			for (final Path p : all.toList()) Files.copy(p, folder.resolve(source.relativize(p).toString()));
		}
		Files.writeString(folder.resolve("decompose.json"),
			"{\"name\": \"tiny\", \"resolution\": 64, \"resolutions\": [64], \"steps\": 1, \"layers\": 2}");
		return folder.toString();
	}

	/** The command line as a user starts it, exit code and all. */
	private int java(final String... args) throws IOException, InterruptedException {
		return exitCode(start(System.getProperty("java.class.path"), args));
	}

	private Process start(final String classPath, final String... args) throws IOException {
		final ProcessBuilder builder =
			new ProcessBuilder(Jvm.command("-Xmx1g", "-cp", classPath, "org.layerj.cli.Main"));
		builder.command().addAll(List.of(args));
		return builder.redirectErrorStream(true).redirectOutput(dir.resolve("log.txt").toFile()).start();
	}

	private static int exitCode(final Process process) throws InterruptedException {
		final boolean ended = process.waitFor(5, TimeUnit.MINUTES);
		if (!ended) process.destroyForcibly();
		assertTrue(ended, "still running");
		return process.exitValue();
	}

	private Path picture() throws IOException {
		final BufferedImage image = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
		final Random random = new Random(1);
		for (int i = 0; i < 2000; i++) image.setRGB(i % 50, i / 50, random.nextInt());
		final Path file = dir.resolve("noise.png");
		ImageIO.write(image, "png", file.toFile());
		return file;
	}

	private static String[] args(final Path picture, final String model, final Path out) {
		return new String[] { picture.toString(), "--model", model, "--resolution", "64", "--layers", "2", "--steps",
			"1", "--seed", "3", "--prompt", "noise", "--device", "cpu", "--output", out.toString() };
	}

	@Test
	void aPictureFromTheCommandLineTwiceIsTheSameTwice() throws Exception {
		final Path picture = picture();
		final String model = model();
		for (final String out : new String[] { "one", "two" }) {
			assertEquals(0, java(args(picture, model, dir.resolve(out))), () -> read(dir.resolve("log.txt")));
		}
		final LayerStack layers = Hyperstacks.layers(IJ.openImage(dir.resolve("one/layers.tif").toString()));
		assertEquals(2, layers.size());
		for (int k = 0; k < 2; k++) {
			final Path png = Path.of("layer-0" + k + ".png");
			assertEquals(layers.get(k).pixels(), PictureReader.read(dir.resolve("one").resolve(png)).image(),
				"PNG and TIFF hold the same layers");
			assertArrayEquals(Files.readAllBytes(dir.resolve("one").resolve(png)),
				Files.readAllBytes(dir.resolve("two").resolve(png)));
			assertEquals(50, layers.get(k).pixels().width());
		}
		assertEquals(Compositor.flatten(layers), PictureReader.read(dir.resolve("one/recomposed.png")).image());
		final JsonObject json = JsonParser.parseString(read(dir.resolve("one/layers.json"))).getAsJsonObject();
		assertEquals(PictureReader.read(picture).source().sha256(),
			json.getAsJsonObject("input").get("sha256").getAsString());
		assertFalse(json.getAsJsonObject("model").get("hash").getAsString().isEmpty());
		assertEquals(PictureReader.read(picture).image(), PictureReader.read(dir.resolve("one/recomposed.png")).image(),
			"the layers composite to the picture");
		assertFalse(json.getAsJsonObject("options").get("raw").getAsBoolean());
		assertEquals(3, json.getAsJsonObject("options").get("seed").getAsLong());
		assertEquals("noise", json.getAsJsonObject("run").get("prompt").getAsString());
		assertTrue(json.getAsJsonObject("run").get("peakMemoryBytes").getAsLong() > 0);
		assertEquals(List.of("encode", "prompt", "load", "denoise", "decode", "refine"),
			List.copyOf(json.getAsJsonObject("run").getAsJsonObject("seconds").keySet()));
	}

	@Test
	void ctrlCStopsTheJob() throws Exception {
		Assumptions.assumeTrue(signals(), "Windows, or started so that Ctrl-C is ignored, which children inherit");
		final Path place = Files.createDirectory(dir.resolve("place"));
		final Process process = inTheMiddleOfAJob(place.resolve("new/out"));
		try {
			assertEquals(1, unfinished(place.resolve("new")), "there is something to be removed");
			assertEquals(0,
				new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).inheritIO().start().waitFor());
			assertEquals(130, exitCode(process), () -> read(dir.resolve("log.txt")));
		}
		finally {
			process.destroyForcibly();
		}
		try (Stream<Path> left = Files.list(place)) {
			assertEquals(List.of(), left.toList(), "neither output nor temporary folder");
		}
		assertFalse(read(dir.resolve("log.txt")).contains("\tat "), () -> read(dir.resolve("log.txt")));
	}

	@Test
	void whatAKilledJobLeftGoesWithTheNext() throws Exception {
		final Path place = Files.createDirectory(dir.resolve("place"));
		final Process process = inTheMiddleOfAJob(place.resolve("out"));
		try {
			LayerFolder.open(place.resolve("out")).close();
			assertEquals(1, unfinished(place), "not while it is running");
		}
		finally {
			process.destroyForcibly();
		}
		exitCode(process);
		assertEquals(1, unfinished(place), "it could not be tidied up");
		LayerFolder.open(place.resolve("out")).close();
		assertEquals(0, unfinished(place));
	}

	/** A command line that denoises, and will for long. */
	private Process inTheMiddleOfAJob(final Path out) throws IOException, InterruptedException {
		final String[] args = args(picture(), model(), out);
		args[Arrays.asList(args).indexOf("--steps") + 1] = "1000";
		final Process process = start(System.getProperty("java.class.path"), args);
		for (int i = 0; i < 3000 && process.isAlive() && !read(dir.resolve("log.txt")).contains("denoise"); i++)
			Thread.sleep(20);
		assertTrue(process.isAlive() && read(dir.resolve("log.txt")).contains("denoise"),
			() -> read(dir.resolve("log.txt")));
		return process;
	}

	/** Number of hidden folders in which results are made. */
	private static long unfinished(final Path place) throws IOException {
		try (Stream<Path> files = Files.list(place)) {
			return files.filter(f -> f.getFileName().toString().startsWith(".decompose-layers-")).count();
		}
	}

	/** Whether a child of this process can be interrupted. */
	private static boolean signals() throws IOException {
		if (System.getProperty("os.name").startsWith("Windows")) return false;
		final Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) return true;
		final long ignored = Files.readAllLines(status)
			.stream()
			.filter(l -> l.startsWith("SigIgn:"))
			.mapToLong(l -> Long.parseUnsignedLong(l.substring(7).strip(), 16))
			.findFirst()
			.orElse(0);
		return (ignored & 2) == 0;
	}

	@Test
	void missingLibrariesAreOneLineAndExitCode1() throws Exception {
		final String[] all = System.getProperty("java.class.path").split(File.pathSeparator);
		final String without =
			Arrays.stream(all).filter(p -> !p.contains("djl")).collect(Collectors.joining(File.pathSeparator));
		assertEquals(1, exitCode(start(without, args(picture(), model(), dir.resolve("out")))));
		assertEquals(1, read(dir.resolve("log.txt")).lines().count(), () -> read(dir.resolve("log.txt")));
		assertTrue(read(dir.resolve("log.txt")).startsWith("The libraries of Decompose Layers are incomplete"),
			() -> read(dir.resolve("log.txt")));
		assertFalse(Files.exists(dir.resolve("out")));
	}

	@Test
	void aDamagedModelIsOneLineAndExitCode1() throws Exception {
		final Path model = Files.createDirectories(dir.resolve("model"));
		Files.writeString(model.resolve("model_index.json"), "{");
		assertEquals(1,
			java(picture().toString(), "--model", model.toString(), "--output", dir.resolve("out").toString()));
		assertEquals(1, read(dir.resolve("log.txt")).lines().count(), () -> read(dir.resolve("log.txt")));
		assertFalse(Files.exists(dir.resolve("out")));
	}

	@Test
	void theFijiCommandGivesTheSameLayersAsTheCommandLine() throws Exception {
		final Path picture = picture();
		final String model = model();
		assertEquals(0, java(args(picture, model, dir.resolve("cli"))), () -> read(dir.resolve("log.txt")));
		try (Context context = new Context(CommandService.class, PrefService.class)) {
			final RgbaImage pixels = PictureReader.read(picture).image();
			final ImagePlus image =
				new ImagePlus("noise.png", new ColorProcessor(pixels.width(), pixels.height(), pixels.argb()));
			final CommandModule module = context.service(CommandService.class)
				.run(DecomposeCommand.class, true, "image", image, "model", new File(model), "resolution", "64",
					"layers", "2", "steps", "1", "seed", "3", "prompt", "noise", "device", "cpu")
				.get();
			assertFalse(module.isCanceled(), module::getCancelReason);
			final LayerStack fiji = Hyperstacks.layers((ImagePlus) module.getOutput("result"));
			final LayerStack cli = Hyperstacks.layers(IJ.openImage(dir.resolve("cli/layers.tif").toString()));
			assertEquals(2, fiji.size());
			assertEquals(2, cli.size());
			assertEquals(pixels, Compositor.flatten(fiji));
			assertEquals(pixels, Compositor.flatten(cli));
			// Another process may sum in another order: one level of 255, not more.
			for (int k = 0; k < 2; k++) for (int c = 0; c < RgbaImage.PLANES; c++) {
				final byte[] a = fiji.get(k).pixels().plane(c);
				final byte[] b = cli.get(k).pixels().plane(c);
				assertEquals(a.length, b.length);
				for (int i = 0; i < a.length; i++) assertEquals(a[i] & 0xff, b[i] & 0xff, 1);
			}
		}
	}

	@Test
	void theBuiltInDefaultDecomposesTheBundledFigure() throws Exception {
		assertEquals(0, java("--layers", "2", "--output", dir.resolve("figure").toString()),
			() -> read(dir.resolve("log.txt")));
		final Path figure = dir.resolve("figure");
		assertTrue(Files.exists(figure.resolve("layers.json")));
		final LayerStack layers = Hyperstacks.layers(IJ.openImage(figure.resolve("layers.tif").toString()));
		assertEquals(2, layers.size());
		for (int k = 0; k < 2; k++) {
			assertEquals(layers.get(k).onCanvas(layers.width(), layers.height()),
				PictureReader.read(figure.resolve("layer-0" + k + ".png")).image());
			assertTrue(AlphaBounds.of(layers.get(k).pixels()).isPresent(), "both show something");
		}
		assertEquals(PictureReader.read(Path.of("src/main/resources/org/layerj/sample/figure.png")).image(),
			Compositor.flatten(layers));
		assertEquals(PictureReader.read(figure.resolve("recomposed.png")).image(), Compositor.flatten(layers));
	}

	private static String read(final Path file) {
		try {
			return Files.readString(file);
		}
		catch (final IOException e) {
			return e.toString();
		}
	}
}
