package org.layerj.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.layerj.Jvm;
import org.layerj.io.formats.LayerFormat;
import org.layerj.io.formats.PngFolderReading;

/** A result folder is one thing, whoever is killed and whenever, and however many write into it. */
class KilledWriterTest {

	private static final LayerFormat[] ALL = ResultWriter.QUICK;
	private static final LayerFormat[] SOME = { LayerFormat.PSD, LayerFormat.SVG };
	/** Whoever looks at a folder next, to read or to write, and it need not be the one who writes there. */
	private static final List<Consumer<Path>> NEXT = List.of(f -> assertTrue(PngFolderReading.layers(f) > 1),
		f -> assertTrue(LayerFolder.isResult(f)), f -> assertEquals("cafe", Repeat.of(f).modelHash()),
		f -> assertEquals("cafe", Repeat.of(f.resolve("layers.json")).modelHash()), f -> LayerFolder.open(f).close());

	@TempDir
	Path dir;

	private String two;
	private String three;

	/** What comes out if no process is killed. */
	@BeforeEach
	void results() throws IOException {
		two = made("two", 2, ALL);
		three = made("three", 3, SOME);
	}

	private String made(final String name, final int layers, final LayerFormat... formats) throws IOException {
		final Path folder = dir.resolve(name);
		ResultWriter.write(folder, layers, Staging.SELF, formats);
		return ResultWriter.state(folder);
	}

	private static Staging.Self dead(final int number) {
		return new Staging.Self("dead" + Integer.toHexString(number), Duration.ofSeconds(5));
	}

	/** Whether the writer came to its end before it was killed. */
	private static boolean killed(final FaultyDisk disk, final Path folder, final int number) {
		try {
			ResultWriter.write(disk.path(folder), 3, dead(number), SOME);
			return false;
		}
		catch (final FaultyDisk.Killed e) {
			return true;
		}
	}

	@Test
	void killedAtAnyChangeOfTheDiskTheOldOrTheNewResultIsThere() throws IOException {
		boolean old = false;
		boolean renewed = false;
		int n = 0;
		for (boolean killed = true; killed; n++) {
			final Path place = Files.createDirectory(dir.resolve("at " + n));
			final Path folder = Files.createDirectory(place.resolve("result"));
			try (Stream<Path> files = Files.list(dir.resolve("two"))) {
				for (final Path file : files.toList()) Files.copy(file, folder.resolve(file.getFileName()));
			}
			final FaultyDisk disk = new FaultyDisk(n);
			killed = killed(disk, folder, n);
			NEXT.get(n % NEXT.size()).accept(folder);
			final String state = ResultWriter.state(folder);
			assertTrue(state.equals(two) || state.equals(three), () -> disk.log + "\n" + state);
			assertTrue(!renewed || state.equals(three), "once it is there it stays");
			old |= state.equals(two);
			renewed |= state.equals(three);
			assertEquals(List.of(), disk.early, "on the disk before it is renamed");
		}
		assertTrue(old && renewed && n > 25, "killed at " + n + " changes");
	}

	@Test
	void killedAtAnyChangeANewResultIsThereOrNothing() throws IOException {
		int n = 0;
		for (boolean killed = true; killed; n++) {
			final Path place = Files.createDirectory(dir.resolve("at " + n));
			final Path folder = place.resolve("result");
			final FaultyDisk disk = new FaultyDisk(n);
			killed = killed(disk, folder, n);
			LayerFolder.open(folder).close();
			final String state = Files.exists(folder) ? ResultWriter.state(folder) : "";
			assertTrue(state.isEmpty() || state.equals(three), () -> disk.log + "\n" + state);
			assertTrue(killed || state.equals(three));
			try (Stream<Path> files = Files.list(place)) {
				assertEquals(state.isEmpty() ? List.of() : List.of(folder), files.toList(), disk.log::toString);
			}
		}
		assertTrue(n > 15, "killed at " + n + " changes");
	}

	/** Two that begin before there is a result, and the one that comes second is killed. */
	@Test
	void killedAtAnyChangeTheFirstResultOfAnotherOrTheNewOneIsThere() throws IOException {
		int n = 0;
		for (boolean killed = true; killed; n++) {
			final Path place = Files.createDirectory(dir.resolve("at " + n));
			final Path folder = place.resolve("result");
			final FaultyDisk disk = new FaultyDisk(n);
			disk.others = () -> {
				if (disk.log.contains("create recomposed.png") && !Files.exists(folder))
					ResultWriter.write(folder, 2, dead(1), ALL);
			};
			killed = killed(disk, folder, n);
			if (!Files.exists(folder)) continue;
			NEXT.get(n % NEXT.size()).accept(folder);
			final String state = ResultWriter.state(folder);
			assertTrue(state.equals(two) || state.equals(three), () -> disk.log + "\n" + state);
			LayerFolder.open(folder).close();
			try (Stream<Path> files = Files.list(place)) {
				assertEquals(List.of(folder), files.toList(), disk.log::toString);
			}
		}
		assertTrue(n > 30, "killed at " + n + " changes");
	}

	/** Before there is a folder of its own, the hidden one lies where others look for abandoned ones. */
	@Test
	void othersDoNotRemoveANewResultThatIsBeingPublished() throws IOException {
		final Path place = Files.createDirectory(dir.resolve("place"));
		final FaultyDisk disk = new FaultyDisk(Integer.MAX_VALUE);
		disk.others = () -> {
			// An empty one they may remove: another is made.
			if (disk.log.contains("create layer-00.png")) LayerFolder.open(place.resolve("another"), dead(1)).close();
		};
		ResultWriter.write(disk.path(place.resolve("result")), 3, Staging.SELF, SOME);
		assertEquals(three, ResultWriter.state(place.resolve("result")));
	}

	@Test
	void writersTakeTurns() throws Exception {
		final Path folder = dir.resolve("shared");
		final List<Thread> writers = new ArrayList<>();
		final List<Throwable> failures = new ArrayList<>();
		for (int w = 0; w < 3; w++) {
			final int layers = 2 + w % 2;
			final Thread writer = new Thread(() -> {
				for (int k = 0; k < 5; k++) ResultWriter.write(folder, layers, Staging.SELF, layers == 2 ? ALL : SOME);
			});
			writer.setUncaughtExceptionHandler((t, e) -> failures.add(e));
			writers.add(writer);
			writer.start();
		}
		for (final Thread writer : writers) writer.join();
		assertEquals(List.of(), failures);
		final String state = ResultWriter.state(folder);
		assertTrue(state.equals(two) || state.equals(three), state);
		assertEquals(3, PngFolderReading.visible(dir));
	}

	@Test
	void aWriterThatDoesNotComeToAnEndIsSaid() throws IOException {
		final Path folder = dir.resolve("two");
		try (
			FileChannel other = FileChannel.open(folder.resolve(Staging.PUBLISHING), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
			FileLock lock = other.lock())
		{
			assertTrue(lock.isValid());
			final OutputException e = assertThrows(OutputException.class,
				() -> ResultWriter.write(folder, 3, new Staging.Self("abc", Duration.ofMillis(50)), SOME));
			assertEquals("Another program is writing into " + folder
				+ "; run this again when it has ended, or give another folder.", e.getMessage());
		}
		Files.delete(folder.resolve(Staging.PUBLISHING));
		assertEquals(two, ResultWriter.state(folder));
	}

	/**
	 * Two programs that write into one folder, ended by a signal at any time; the one that cannot be caught may leave
	 * something to the next.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "INT", "TERM", "KILL" })
	void signals(final String signal) throws Exception {
		Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc")), "no signals");
		// What a script starts in the background ignores Ctrl-C, and so do the programs that it starts.
		final String ignored =
			Files.readString(Path.of("/proc/self/status")).replaceAll("(?s).*SigIgn:\\s*(\\w+).*", "$1");
		Assumptions.assumeFalse(signal.equals("INT") && (Long.parseUnsignedLong(ignored, 16) & 2) != 0, "no Ctrl-C");
		final String all = made("all", 3, ALL);
		final Path folder = dir.resolve("killed");
		final int count = signal.equals("TERM") ? 1 : 2;
		final List<Process> writers = new ArrayList<>();
		for (int k = 0; k < count; k++)
			writers.add(new ProcessBuilder(Jvm.command("-Xmx256m", "-cp", System.getProperty("java.class.path"),
				ResultWriter.class.getName(), folder.toString(), "2", "3")).redirectErrorStream(true)
				.redirectOutput(dir.resolve("log" + k).toFile())
				.start());
		try {
			for (int k = 0; k < count; k++) {
				final Path log = dir.resolve("log" + k);
				for (int i = 0; i < 3000 && writers.get(k).isAlive() && Files.readString(log).lines().count() < 3; i++)
					Thread.sleep(10);
				assertTrue(writers.get(k).isAlive(), Files.readString(log));
			}
			for (final Process writer : writers) {
				final int sent = new ProcessBuilder("kill", "-" + signal, String.valueOf(writer.pid())).inheritIO()
					.start()
					.waitFor();
				// One that has waited for the other may have come to its end meanwhile.
				assertTrue(sent == 0 || !writer.isAlive());
				assertTrue(writer.waitFor(1, TimeUnit.MINUTES));
			}
		}
		finally {
			writers.forEach(Process::destroyForcibly);
		}
		if (signal.equals("KILL")) LayerFolder.open(folder).close();
		for (int k = 0; k < count; k++)
			for (final String line : Files.readAllLines(dir.resolve("log" + k)))
				assertTrue(line.equals("written") || line.equals("Cancelled."), line);
		final String state = ResultWriter.state(folder);
		assertTrue(state.equals(two) || state.equals(all), () -> two + all + state);
	}
}
