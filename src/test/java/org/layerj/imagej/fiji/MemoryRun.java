package org.layerj.imagej.fiji;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.layerj.Fixtures;
import org.layerj.imagej.DecomposeCommand;
import org.layerj.imagej.stack.Hyperstacks;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;

/**
 * Decomposes again and again in one JVM of 400 MB and looks whether memory is freed: Java's heap after a garbage
 * collection, and what the system says the process has.
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=org.layerj.imagej.fiji.MemoryRun</pre>
 * <p>
 * By default 200 times by macro and 50 times by script with a tiny model, then 30 times by macro with the default one.
 */
public final class MemoryRun {

	private static final long MEGABYTE = 1_000_000;
	/**
	 * What heap and process may grow by between the first third and the end; one kept result of this picture has more
	 * than half a megabyte.
	 */
	private static final long HEAP_GROWTH = 5 * MEGABYTE;
	private static final double PROCESS_GROWTH = 1.15;

	/** The whole heap from the beginning: how much of it the JVM has touched so far is no leak. */
	private static final List<String> HEAP = List.of("-Xms400m", "-XX:+AlwaysPreTouch");

	private final List<Long> heap = new ArrayList<>();
	private final List<Long> process = new ArrayList<>();

	private MemoryRun() {}

	/**
	 * Without arguments starts the JVM; in it, the numbers of runs by macro, by script, and by macro with the default
	 * model.
	 */
	public static void main(final String[] args) throws Exception {
		if (args.length == 0) {
			System.out.print(run(200, 50, 30));
			System.exit(0);
		}
		Fiji.start();
		final Path model = model();
		final int macros = Integer.parseInt(args[0]);
		final int scripts = Integer.parseInt(args[1]);
		final int defaults = Integer.parseInt(args[2]);
		final MemoryRun tiny = new MemoryRun();
		for (int k = 0; k < macros; k++) {
			macro("model=[" + model + "] seed=" + k, 160);
			tiny.look("macro", k, macros);
		}
		for (int k = 0; k < scripts; k++) {
			script(model, k);
			tiny.look("script", k, scripts);
		}
		tiny.verdict();
		final MemoryRun whole = new MemoryRun();
		for (int k = 0; k < defaults; k++) {
			macro("seed=" + k, 320);
			whole.look("macro with the default model", k, defaults);
		}
		if (defaults > 0) whole.verdict();
	}

	/** In a JVM of its own; returns what it printed. */
	static String run(final int macros, final int scripts, final int defaults)
		throws IOException, InterruptedException
	{
		return PatchedImageJ.headless(MemoryRun.class, HEAP, String.valueOf(macros), String.valueOf(scripts),
			String.valueOf(defaults));
	}

	private static Path model() throws IOException {
		final Path source = Fixtures.open("14-pipeline").folder().resolve("model");
		final Path folder = Files.createTempDirectory("tiny");
		try (Stream<Path> all = Files.walk(source)) {
			for (final Path p : all.filter(Files::isRegularFile).toList()) {
				final Path to = folder.resolve(source.relativize(p).toString());
				Files.createDirectories(to.getParent());
				Files.copy(p, to);
				to.toFile().deleteOnExit();
			}
		}
		Files.writeString(folder.resolve("decompose.json"),
			"{\"name\": \"tiny\", \"resolution\": 64, \"resolutions\": [64], \"steps\": 1, \"layers\": 2}");
		return folder;
	}

	private static void macro(final String options, final int side) {
		final Fiji.Ended ended = Fiji.macro("setBatchMode(true);\nnewImage('A', 'RGB white', " + side + ", " + side
			+ ", 1); setColor(200, 20, 20); fillRect(20, 20, 60, 40);\n"
			+ "run('Decompose...', 'layers=2 prompt=noise device=cpu " + options + "');\nnote(getTitle());");
		if (!ended.error().isEmpty() || !ended.notes().equals(List.of("A-layers"))) throw new AssertionError(ended);
	}

	private static void script(final Path model, final int k) throws Exception {
		final ColorProcessor pixels = new ColorProcessor(160, 160);
		final Random random = new Random(k);
		for (int i = 0; i < pixels.getPixelCount(); i++) pixels.set(i, random.nextInt());
		final CommandModule module = Fiji.context()
			.service(CommandService.class)
			.run(DecomposeCommand.class, k % 2 == 0, "image", new ImagePlus("A", pixels), "model", model.toString(),
				"layers", 2, "prompt", "noise", "device", "cpu")
			.get();
		if (module.isCanceled() || !Hyperstacks.isLayers((ImagePlus) module.getOutput("result")))
			throw new AssertionError(module.getCancelReason());
	}

	private void look(final String what, final int k, final int of) throws Exception {
		if ((k + 1) % Math.max(1, of / 10) != 0) return;
		long used = Long.MAX_VALUE;
		// Finalizers and weak references take more than one collection.
		for (int tries = 0; tries < 4; tries++) {
			System.gc();
			Thread.sleep(50);
			used = Math.min(used, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		heap.add(used);
		process.add(resident());
		System.out.printf("%s %d: heap %.1f MB, process %.0f MB%n", what, k + 1, used / 1e6, resident() / 1e6);
	}

	/** Bytes of main memory that the process has, by Linux; 0 elsewhere. */
	private static long resident() throws IOException {
		final Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) return 0;
		try (Stream<String> lines = Files.lines(status)) {
			return lines.filter(l -> l.startsWith("VmRSS:"))
				.map(l -> Long.parseLong(l.replaceAll("\\D+", "")) * 1024)
				.findFirst()
				.orElse(0L);
		}
	}

	private void verdict() {
		final int third = heap.size() / 3;
		final long more = heap.get(heap.size() - 1) - heap.get(third);
		if (more > HEAP_GROWTH) throw new AssertionError("The heap grew by " + more + " bytes: " + heap);
		if (process.get(process.size() - 1) > PROCESS_GROWTH * process.get(third))
			throw new AssertionError("The process grew: " + process);
		System.out.println("level");
	}
}
