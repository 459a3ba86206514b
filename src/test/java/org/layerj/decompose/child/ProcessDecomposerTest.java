package org.layerj.decompose.child;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Fixtures;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;
import org.layerj.decompose.DecomposeOptions;
import org.layerj.decompose.Decomposer;
import org.layerj.decompose.Decomposers;
import org.layerj.decompose.Decomposition;
import org.layerj.decompose.DecompositionException;
import org.layerj.decompose.InvalidOptionException;
import org.layerj.decompose.ModelName;
import org.layerj.exact.ExactRecomposition;
import org.layerj.install.Child;
import org.layerj.layers.RgbaImage;

@Timeout(600)
class ProcessDecomposerTest {

	/** More with {@code -Dchild.kills=20 -Dchild.runs=100}. */
	private static final int KILLS = Integer.getInteger("child.kills", 6);
	private static final int RUNS = Integer.getInteger("child.runs", 30);

	private static final Isolation PROCESS = Isolation.of("process:300m:1");

	private static ProcessDecomposer open() {
		return ProcessDecomposer.open(ModelName.BUILT_IN, "auto", PROCESS);
	}

	/** White, with a plate and some noise on it. */
	private static RgbaImage picture(final int width, final int height) {
		final int[] argb = new int[width * height];
		for (int i = 0; i < argb.length; i++) {
			final int x = i % width;
			final int y = i / width;
			argb[i] = x > width / 4 && x < width / 2 && y > height / 4 && y < height / 2 ? 0xff3060c0
				: i % 97 == 0 ? 0xff000000 : 0xffffffff;
		}
		return RgbaImage.ofArgb(width, height, argb);
	}

	@Test
	void lorasAreReadThere() {
		final String message = assertThrows(RuntimeException.class, () -> ProcessDecomposer.open(
			ModelName.of(Fixtures.open("14-pipeline").folder().resolve("model")).withLora("nowhere.safetensors:0.5"),
			"cpu", PROCESS)).getMessage();
		assertTrue(message.startsWith("There is no LoRA nowhere.safetensors; "), message);
	}

	@Test
	void layersAreTheSameAsHere() {
		final RgbaImage picture = picture(120, 80);
		final DecomposeOptions options = DecomposeOptions.defaults().withLayers(3);
		final List<String> reported = new CopyOnWriteArrayList<>();
		try (ProcessDecomposer child = open(); Decomposer here = Decomposers.open(ModelName.BUILT_IN, "auto")) {
			assertEquals(here.model(), child.model());
			final Decomposition expected = here.decompose(picture, options, Progress.none());
			final Decomposition found = child.decompose(picture, options, noting(reported, () -> false));
			assertEquals(expected.layers().size(), found.layers().size());
			for (int k = 0; k < expected.layers().size(); k++) {
				assertTrue(
					Arrays.equals(expected.layers().get(k).pixels().argb(), found.layers().get(k).pixels().argb()));
				assertEquals(expected.layers().get(k).synthetic(), found.layers().get(k).synthetic());
				assertEquals(expected.layers().get(k).bounds(), found.layers().get(k).bounds());
			}
			assertTrue(ExactRecomposition.holds(picture, found.layers()));
			assertEquals(expected.run().settings(), found.run().settings());
			assertEquals(List.of("find", "refine"), List.copyOf(found.run().seconds().keySet()));
			assertEquals(List.of("plan 2", "phase find", "phase refine"),
				reported.stream().filter(t -> !t.startsWith("update")).toList());
			assertTrue(child.forecast(120, 80, options).ram() > 0);
			final InvalidOptionException e = assertThrows(InvalidOptionException.class,
				() -> ProcessDecomposer.open(ModelName.BUILT_IN, "cuda", PROCESS));
			assertEquals("device", e.option());
			assertTrue(assertThrows(DecompositionException.class,
				() -> ProcessDecomposer.open(ModelName.of("/none/such"), "auto", PROCESS)).getMessage()
				.contains("/none/such does not exist"));
		}
	}

	private interface Wish {

		boolean stop();
	}

	private static Progress noting(final List<String> reported, final Wish wish) {
		return new Progress() {

			@Override
			public void plan(final List<Phase> phases) {
				reported.add("plan " + phases.size());
			}

			@Override
			public void phase(final String name) {
				reported.add("phase " + name);
			}

			@Override
			public void update(final double fraction, final String message) {
				reported.add("update");
			}

			@Override
			public boolean cancelled() {
				return wish.stop();
			}
		};
	}

	@Test
	void aChildThatIsKilledIsAMessageAndTheNextRunWorks() throws InterruptedException {
		final RgbaImage picture = picture(200, 150);
		final int[] before = picture.argb().clone();
		final Random random = new Random(7);
		int killed = 0;
		try (ProcessDecomposer child = open()) {
			for (int k = 0; k < KILLS; k++) {
				// Starts a new one, since the last was killed.
				child.forecast(200, 150, DecomposeOptions.defaults());
				final ProcessHandle process = child.process().orElseThrow();
				// At any instant of a run, from before its beginning until a little after its end.
				final int delay = random.nextInt(1000);
				final Thread killer = new Thread(() -> {
					try {
						Thread.sleep(delay);
						process.destroyForcibly();
					}
					catch (final InterruptedException e) {
						// Then not.
					}
				});
				killer.start();
				try {
					assertTrue(ExactRecomposition.holds(picture,
						child.decompose(picture, DecomposeOptions.defaults(), Progress.none()).layers()));
				}
				catch (final DecompositionException e) {
					killed++;
					assertTrue(e.getMessage().contains("othing here has changed"), e.getMessage());
				}
				killer.join();
				assertTrue(process.onExit().orTimeout(60, TimeUnit.SECONDS).handle((p, t) -> t == null).join());
			}
			assertTrue(
				ExactRecomposition.holds(picture,
					child.decompose(picture, DecomposeOptions.defaults(), Progress.none()).layers()),
				"and the next run works");
		}
		assertTrue(killed > KILLS / 6, killed + " of " + KILLS + " were hit while they ran");
		assertTrue(Arrays.equals(before, picture.argb()));
	}

	@Test
	void theMemoryOfTheParentIsFlat() {
		final RgbaImage picture = picture(80, 60);
		try (ProcessDecomposer child = open()) {
			final long[] used = new long[2];
			for (int k = 0; k < RUNS; k++) {
				child.decompose(picture, DecomposeOptions.defaults(), Progress.none());
				if (k == 20) used[0] = used();
			}
			used[1] = used();
			assertTrue(used[1] - used[0] < 3_000_000, "from " + used[0] + " to " + used[1] + " bytes");
			assertEquals(1,
				Thread.getAllStackTraces()
					.keySet()
					.stream()
					.filter(t -> t.getName().equals("Decompose Layers child"))
					.count());
		}
	}

	private static long used() {
		for (int k = 0; k < 3; k++) System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

	@Test
	void aChildWithoutMemoryIsAMessage() {
		try (
			ProcessDecomposer small = ProcessDecomposer.open(ModelName.BUILT_IN, "auto", Isolation.of("process:20m")))
		{
			final String message = assertThrows(DecompositionException.class,
				() -> small.decompose(picture(4000, 3000), DecomposeOptions.defaults(), Progress.none())).getMessage();
			assertTrue(message.contains("has used up its Java memory; give it more, as in isolation=process:8g"),
				message);
			small.forecast(10, 10, DecomposeOptions.defaults());
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void aCrashOfNativeCodeIsAMessage() throws IOException, InterruptedException {
		try (ProcessDecomposer child = open()) {
			final long pid = child.process().orElseThrow().pid();
			new ProcessBuilder("kill", "-SEGV", String.valueOf(pid)).start().waitFor();
			child.process().orElseThrow().onExit().orTimeout(60, TimeUnit.SECONDS).join();
			final String message = assertThrows(DecompositionException.class, () -> {
				// The first may find out before it begins, and start a new one.
				child.decompose(picture(50, 50), DecomposeOptions.defaults(), Progress.none());
				throw new DecompositionException("a new one");
			}).getMessage();
			assertTrue(message.equals("a new one") || message.contains("SIGSEGV"), message);
			Files.deleteIfExists(Path.of(System.getProperty("java.io.tmpdir"), "decompose-layers-" + pid + ".log"));
		}
	}

	@Test
	void cancellingEndsTheRunAndNotTheChild() {
		try (ProcessDecomposer child = open()) {
			// PyTorch comes in with the first picture, and cannot be stopped meanwhile.
			child.decompose(picture(50, 50), DecomposeOptions.defaults(), Progress.none());
			final ProcessHandle process = child.process().orElseThrow();
			final List<String> reported = new CopyOnWriteArrayList<>();
			assertThrows(CancelledException.class, () -> child.decompose(picture(300, 200), DecomposeOptions.defaults(),
				noting(reported, () -> !reported.isEmpty())));
			child.decompose(picture(50, 50), DecomposeOptions.defaults(), Progress.none());
			assertEquals(process, child.process().orElseThrow());
		}
	}

	@Test
	void aChildThatIsToldToEndIsNotAskedAgain() {
		try (ProcessDecomposer child = open()) {
			final ProcessHandle first = child.process().orElseThrow();
			first.destroyForcibly();
			first.onExit().orTimeout(60, TimeUnit.SECONDS).join();
			child.decompose(picture(50, 50), DecomposeOptions.defaults(), Progress.none());
			assertNotEquals(first.pid(), child.process().orElseThrow().pid());
		}
	}

	@Test
	void closingEndsTheChild() {
		final ProcessDecomposer child = open();
		final ProcessHandle process = child.process().orElseThrow();
		child.close();
		assertTrue(process.onExit().orTimeout(30, TimeUnit.SECONDS).handle((p, t) -> t == null).join());
		assertThrows(IllegalStateException.class,
			() -> child.decompose(picture(50, 50), DecomposeOptions.defaults(), Progress.none()));
	}

	/** A parent that says who its child is, and is killed. */
	static final class Parent {

		public static void main(final String[] arguments) {
			System.out.println("child " + open().process().orElseThrow().pid());
			Runtime.getRuntime().halt(9);
		}
	}

	@Test
	void theChildEndsWithItsParent() throws IOException, InterruptedException {
		final Path log = Files.createTempFile("parent", ".txt");
		final String said = Child.run(Child.classPath(), List.of(), log, Parent.class.getName()).output();
		Files.delete(log);
		final long pid = Long.parseLong(said.replaceAll("(?s).*child (\\d+).*", "$1"));
		final boolean gone = ProcessHandle.of(pid)
			.map(p -> p.onExit().orTimeout(30, TimeUnit.SECONDS).handle((q, t) -> t == null).join())
			.orElse(true);
		assertTrue(gone);
	}

	@ParameterizedTest
	@ValueSource(strings = { "yes", "process:", "process:4", "process:4g:0", "process:0g", "process 4g",
		"process:4g:8:1", "process:-Xmx4g" })
	void whatIsNoIsolationIsSaid(final String text) {
		assertEquals("isolation", assertThrows(InvalidOptionException.class, () -> Isolation.of(text)).option());
	}

	@Test
	void isolationSaysHeapAndThreads() {
		assertEquals(new Isolation(true, "4g", 8), Isolation.of(" Process:4G:8 "));
		assertEquals(new Isolation(true, "", 0), Isolation.of("process"));
		assertEquals(new Isolation(true, "", 2), Isolation.of("process::2"));
		assertEquals(new Isolation(true, "512m", 0), Isolation.of("process:512m"));
		assertEquals(Isolation.NONE, Isolation.of(""));
		assertFalse(Isolation.of("none").process());
	}
}
