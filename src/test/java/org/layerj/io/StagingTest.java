package org.layerj.io;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

	/** Of this process' number, as in containers, where all have the same few: a number says nothing. */
	private static final String DEAD = ".decompose-layers-" + ProcessHandle.current().pid() + "-";
	private static final String RECORD =
		"{\"format\": \"decompose-layers 1\", \"layers\": [{\"file\": \"layer-00.png\"}, {\"file\": \"layer-01.png\"}]}";

	@TempDir
	Path dir;

	private Path target;

	@BeforeEach
	void oldResult() throws IOException {
		target = Files.createDirectory(dir.resolve("target"));
		for (final String name : new String[] { "layer-00.png", "layers.tif", "layers.json", "notes.txt" })
			Files.writeString(target.resolve(name), "old");
	}

	/** Names and contents of all files, hidden ones included. */
	private static Map<String, String> files(final Path folder) throws IOException {
		final Map<String, String> all = new TreeMap<>();
		try (Stream<Path> files = Files.walk(folder)) {
			for (final Path f : files.filter(Files::isRegularFile).toList())
				all.put(folder.relativize(f).toString(), Files.readString(f));
		}
		return all;
	}

	private static void make(final Path folder, final String... names) throws IOException {
		for (final String name : names) {
			Files.createDirectories(folder.resolve(name).getParent());
			Files.writeString(folder.resolve(name),
				name.endsWith(".json") && !name.startsWith("old") ? RECORD : name.startsWith("old") ? "old" : "new");
		}
	}

	private Path abandoned(final Path place, final String... names) throws IOException {
		final Path home = Files.createDirectory(place.resolve(DEAD + "ab"));
		make(home, names);
		Files.createFile(home.resolve(".lock"));
		return home;
	}

	/** As another process would, later. */
	private void open(final Path place) throws IOException {
		Staging.open(place, target, List.of()).close();
	}

	@Test
	void newFilesReplaceOldOnes() throws IOException {
		try (Staging staging = Staging.open(target, target, List.of())) {
			make(staging.file(""), "layer-00.png", "layers.json");
			staging.publish(
				t -> new Staging.Moves(List.of("layer-00.png", "layers.json"), List.of("layers.tif", "never was")),
				staging::check);
		}
		assertEquals(Map.of("layer-00.png", "new", "layers.json", RECORD, "notes.txt", "old"), files(target));
	}

	@Test
	void whateverFailsHalfwayIsUndone() throws IOException {
		final Map<String, String> before = files(target);
		// A folder that the target does not have fails when new files are moved in; one that it has, when old ones are
		// moved away.
		for (final boolean late : new boolean[] { true, false }) {
			if (!late) make(target, "sub/x");
			try (Staging staging = Staging.open(target, target, List.of())) {
				make(staging.file(""), "layer-00.png", "layer-01.png", "sub/x", "layers.json");
				assertThrows(NoSuchFileException.class,
					() -> staging
						.publish(t -> new Staging.Moves(List.of("layer-00.png", "layer-01.png", "sub/x", "layers.json"),
							List.of("layers.tif")), staging::check));
			}
			if (!late) before.put(Path.of("sub/x").toString(), "new");
			assertEquals(before, files(target));
		}
	}

	@Test
	void whatCannotBeUndoneIsKept() throws IOException {
		final Path home;
		try (Staging staging = Staging.open(target, target, List.of())) {
			home = staging.file("");
			make(home, "layer-00.png", "sub/x", "layers.json");
			final List<String> names = new AbstractList<>() {

				@Override
				public int size() {
					return 3;
				}

				@Override
				public String get(final int index) {
					// Somebody else writes a record while ours is away.
					if (index == 1 && Files.exists(home.resolve("old/layers.json")))
						assertDoesNotThrow(() -> make(target, "layers.json"));
					return List.of("layer-00.png", "sub/x", "layers.json").get(index);
				}
			};
			final OutputException e = assertThrows(OutputException.class,
				() -> staging.publish(t -> new Staging.Moves(names, List.of()), staging::check));
			assertEquals("The layers cannot be written to " + target
				+ ", and those that were there before could not be put back; they are in " + home.resolve("old") + ".",
				e.getMessage());
		}
		assertEquals("old", Files.readString(home.resolve("old/layers.json")));
	}

	@Test
	void whatKilledProcessesLeftIsRemoved() throws IOException {
		final Path beside = abandoned(dir, "layer-00.png", "layers.tif");
		final Path inside = abandoned(target, "layer-00.png");
		open(target);
		assertFalse(Files.exists(beside));
		assertFalse(Files.exists(inside));
		assertEquals(4, files(target).size());
	}

	@Test
	void aProcessKilledWhilePublishingIsUndone() throws IOException {
		final Map<String, String> before = files(target);
		// It had moved away everything old, and one of three new files in.
		final Path home = abandoned(target, "layer-01.png", "layers.tif", "recomposed.png", "layers.json",
			"old/layer-00.png", "old/layers.tif", "old/layers.json");
		make(target, "layer-00.png");
		Files.delete(target.resolve("layers.tif"));
		Files.delete(target.resolve("layers.json"));
		open(dir);
		assertTrue(Files.exists(home), "not in the place that was opened");
		open(target);
		assertEquals(before, files(target));
	}

	@Test
	void aProcessKilledAfterPublishingLeavesTheNewResult() throws IOException {
		abandoned(target, "old/layer-00.png", "old/layers.json");
		make(target, "layer-00.png", "layers.json");
		open(target);
		assertEquals(Map.of("layer-00.png", "new", "layers.json", RECORD, "layers.tif", "old", "notes.txt", "old"),
			files(target));
	}

	@Test
	void whatMayStillBeInUseIsLeftAlone() throws IOException {
		final Path locked = abandoned(dir, "layer-00.png");
		try (FileChannel other = FileChannel.open(locked.resolve(".lock"), StandardOpenOption.WRITE);
			FileLock lock = other.lock();
			Staging running = Staging.open(dir, target, List.of()))
		{
			assertTrue(lock.isValid());
			make(running.file(""), "layer-00.png");
			final Path unlocked = dir.resolve(DEAD + "cd");
			make(unlocked, "layer-00.png");
			final Path foreign = dir.resolve(".decompose-layers-of-mine");
			make(foreign, ".lock", "layer-00.png");
			open(dir);
			for (final Path home : List.of(locked, running.file(""), unlocked, foreign)) {
				assertTrue(Files.exists(home.resolve("layer-00.png")), home.toString());
			}
		}
	}
}
