package org.layerj.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A hidden folder in which files are made before they take the place of others, all or none.
 *
 * <p>It lies on the disk of its target, inside it or beside it, so that every move is a rename. Old files are moved into it before new
 * ones are moved out of it; whatever fails in between can be undone, by this process or, if that was killed, by the next one that
 * {@link #open opens} a staging folder in the same place.
 *
 * <p>Not thread-safe.
 */
final class Staging implements AutoCloseable {

	/** The name tells the process, a lock whether it still lives. */
	private static final String PREFIX = ".decompose-layers-";
	private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "(\\d{1,9})-[0-9a-f]+");
	private static final String LOCK = ".lock";
	private static final String OLD = "old";

	private final Path home;
	private final Path target;
	private Optional<FileChannel> lock;
	private boolean keep;

	private Staging(final Path home, final Path target) {
		this.home = home;
		this.target = target;
		this.lock = lock(home);
	}

	/**
	 * Makes a staging folder, and removes those of processes that were killed.
	 *
	 * @param place an existing folder: the target, or the one it shall be in
	 * @param target the folder that {@link #publish} fills
	 */
	static Staging open(final Path place, final Path target) throws IOException {
		sweep(place, target);
		// Before the target existed, staging folders were made beside it.
		if (place.equals(target) && target.getParent() != null) sweep(target.getParent(), target);
		return new Staging(Files.createDirectory(place.resolve(PREFIX + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()))), target);
	}

	/** Where to make a file. */
	Path file(final String name) {
		return home.resolve(name);
	}

	/**
	 * Moves files into the target, which is made if it does not exist. If that fails, the target is as it was.
	 *
	 * @param names files in here, in the order in which they shall appear; by the last one others see that all are there
	 * @param obsolete further files that shall disappear from the target
	 * @throws OutputException if it failed and could not be undone either
	 */
	void publish(final List<String> names, final List<String> obsolete) throws IOException {
		for (final String name : names) if (!exists(file(name))) throw new NoSuchFileException(file(name).toString());
		if (!exists(target)) {
			// Windows does not rename folders with open files in them.
			unlock();
			Files.deleteIfExists(file(LOCK));
			Files.move(home, target);
			return;
		}
		final Set<String> replaced = new LinkedHashSet<>(reversed(names));
		replaced.addAll(obsolete);
		for (final String name : replaced) {
			final Path file = target.resolve(name);
			if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) throw new FileSystemException(file.toString(), null, file + " is a folder");
		}
		Files.createDirectory(file(OLD));
		try {
			for (final String name : replaced) if (exists(target.resolve(name))) Files.move(target.resolve(name), file(OLD).resolve(name));
			for (final String name : names) Files.move(file(name), target.resolve(name));
		}
		catch (IOException | RuntimeException | Error e) {
			undo(e, names);
			throw e;
		}
	}

	/** Removes everything that was not published, old files included. */
	@Override
	public void close() {
		unlock();
		if (!keep) removeAll(home);
	}

	private void undo(final Throwable reason, final List<String> names) {
		try {
			rollBack(home, target, names);
		}
		catch (IOException | RuntimeException e) {
			keep = true;
			reason.addSuppressed(e);
			throw new OutputException("The layers cannot be written to " + target + ", and those that were there before could not be put back; they are in "
				+ file(OLD) + ".", reason);
		}
	}

	/** Makes {@link #publish} undone, however far it had come. A new file that is not in its staging folder any more has been published. */
	private static void rollBack(final Path home, final Path target, final List<String> names) throws IOException {
		for (final String name : reversed(names)) {
			if (!exists(home.resolve(name)) && exists(target.resolve(name))) Files.move(target.resolve(name), home.resolve(name));
		}
		final List<Path> old = new ArrayList<>(list(home.resolve(OLD)));
		// The record comes last, so that nobody takes half a folder for a whole one.
		old.sort(Comparator.comparing(f -> f.endsWith(LayersJson.NAME)));
		for (final Path file : old) Files.move(file, target.resolve(file.getFileName().toString()));
		// It being gone says that nothing is left to be undone.
		Files.delete(home.resolve(OLD));
	}

	/** What cannot be tidied up is no reason not to work: nothing is thrown. */
	private static void sweep(final Path place, final Path target) {
		try (DirectoryStream<Path> all = Files.newDirectoryStream(place, PREFIX + "*")) {
			for (final Path home : all) if (isAbandoned(home, target)) removeAll(home);
		}
		catch (IOException | RuntimeException e) {
			// Left to the next one.
		}
	}

	/**
	 * Whether a folder is one that a killed process left behind. Two things must say so: there is no process of that number here, and
	 * nobody holds the lock, which shows processes in other containers and on other machines too. If the process was killed while
	 * publishing, its target is first made as it was.
	 */
	private static boolean isAbandoned(final Path home, final Path target) {
		final Matcher name = NAME.matcher(home.getFileName().toString());
		if (!name.matches() || ProcessHandle.of(Long.parseLong(name.group(1))).isPresent() || !Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) return false;
		try (FileChannel channel = FileChannel.open(home.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS); FileLock held = channel.tryLock()) {
			if (held == null) return false;
			if (!exists(home.resolve(OLD))) return true;
			if (!target.equals(home.getParent())) return false;
			// With its record in the target, the new result is complete.
			final Path record = home.resolve(LayersJson.NAME);
			if (exists(record)) rollBack(home, target, LayersJson.files(LayersJson.layerFiles(record)));
			return true;
		}
		catch (IOException | RuntimeException e) {
			// Also if this very process holds the lock.
			return false;
		}
	}

	/** A lock that lasts as long as this process; none where the disk has no locks, then nobody will take the folder for an abandoned one. */
	private static Optional<FileChannel> lock(final Path home) {
		try {
			final FileChannel channel = FileChannel.open(home.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			try {
				if (channel.tryLock() != null) return Optional.of(channel);
			}
			catch (final IOException e) {
				// As if somebody else had it.
			}
			channel.close();
			Files.delete(home.resolve(LOCK));
		}
		catch (final IOException e) {
			// Whether the folder can be written to shows soon enough.
		}
		return Optional.empty();
	}

	private void unlock() {
		try {
			if (lock.isPresent()) lock.get().close();
		}
		catch (final IOException e) {
			// The end of the process will do it.
		}
		lock = Optional.empty();
	}

	/** The lock goes last: as long as it is there, somebody else can finish this. */
	private static void removeAll(final Path home) {
		if (!exists(home)) return;
		try (Stream<Path> files = Files.walk(home)) {
			for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
		}
		catch (IOException | RuntimeException e) {
			// Nothing to be done about it; an error that brought us here is the one to tell.
		}
	}

	private static List<Path> list(final Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			return files.toList();
		}
	}

	private static List<String> reversed(final List<String> names) {
		final List<String> out = new ArrayList<>(names);
		Collections.reverse(out);
		return out;
	}

	/** Links count, wherever they lead. */
	private static boolean exists(final Path file) {
		return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
	}
}
