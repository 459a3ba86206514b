package org.layerj.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.layerj.common.CancelledException;

/**
 * A hidden folder in which files are written before they replace others, all or none.
 * <p>
 * It is on the disk of its target, inside it or beside it, so that every move is a rename. Old files are moved into it
 * before new ones are moved out of it; a failure in between can be undone, by this process or, if that was killed, by
 * the next one that {@link #open opens} a staging folder in the same place. A lock in the folder shows whether its
 * process is alive, since process numbers repeat in containers.
 * <p>
 * When the program ends, by Ctrl-C for example, unpublished files are removed, and their writer gets an exception,
 * which {@link #failure} distinguishes from others.
 */
public final class Staging implements AutoCloseable {

	static final String PREFIX = ".decompose-layers-";
	static final Self SELF = new Self(Long.toHexString(new SecureRandom().nextLong()), Duration.ofSeconds(60));
	private static final AtomicLong COUNT = new AtomicLong();
	private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]+-[0-9a-f]+");
	private static final String LOCK = ".lock";
	/** Its name before it is locked. */
	private static final String LOCKING = ".locking";
	/** Instead of it where the disk has no locks. */
	private static final String UNLOCKED = ".unlocked";
	private static final String OLD = "old";
	private static final String NEW = "new";
	private static final int ATTEMPTS = 5;
	/** Says in the target that somebody publishes; with a name after it, in the folder where a target is being made. */
	static final String PUBLISHING = PREFIX + "publishing";

	/**
	 * A process.
	 *
	 * @param id hexadecimal; of this process and, by chance, of no other
	 * @param patience how long another writer is waited for, who only moves files
	 */
	record Self(String id, Duration patience) {

		private boolean made(final Path home) {
			return home.getFileName().toString().startsWith(PREFIX + id + "-");
		}
	}

	private Path home;
	private final Path target;
	private final List<Path> made;
	private final Self self;
	private final List<FileChannel> channels = new ArrayList<>();
	private final Thread hook = new Thread(this::stop, "remove unfinished files");
	private Optional<FileChannel> lock = Optional.empty();
	private volatile boolean stopped;
	private boolean done;
	private boolean keep;

	/** What is to be published, decided while no other process may change the target. */
	@FunctionalInterface
	interface Plan {

		/** Makes the last file. */
		Moves of(Path target) throws IOException;
	}

	/**
	 * @param names files in the staging folder, in the order in which they shall appear; by the last one others see
	 * that all are there
	 * @param obsolete further files that shall disappear from the target
	 */
	record Moves(List<String> names, List<String> obsolete) {}

	private Staging(final Path place, final Path target, final List<Path> made, final Self self) throws IOException {
		this.target = target;
		this.made = made;
		this.self = self;
		// First: nothing may be made that would not be removed.
		guard();
		synchronized (this) {
			check();
			Files.createDirectories(place);
			final Locked locked = home(place, self);
			home = locked.folder;
			lock = locked.lock;
		}
	}

	/**
	 * Makes a staging folder for one file of an existing folder, and removes those of killed processes.
	 *
	 * @param folder that exists
	 * @return to be closed by the caller, which removes it
	 * @throws CancelledException if the program is ending
	 * @throws IOException if the folder cannot be written to
	 */
	public static Staging in(final Path folder) throws IOException {
		return open(folder, folder, List.of());
	}

	/**
	 * Makes a staging folder, and removes those of processes that were killed.
	 *
	 * @param place the target if it exists, else the folder it shall be in, which is made
	 * @param target the folder that {@link #publish} fills
	 * @param made folders, the innermost first, that go if nothing is published
	 * @throws CancelledException if the program is ending
	 */
	static Staging open(final Path place, final Path target, final List<Path> made) throws IOException {
		return open(place, target, made, SELF);
	}

	/** As another process would. */
	static Staging open(final Path place, final Path target, final List<Path> made, final Self self)
		throws IOException
	{
		sweep(place, target, self);
		// Before the target existed, staging folders were made beside it.
		if (place.equals(target) && target.getParent() != null) sweep(target.getParent(), target, self);
		return new Staging(place, target, made, self);
	}

	private void guard() {
		try {
			Runtime.getRuntime().addShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// Java is going down already.
			throw new CancelledException();
		}
	}

	/**
	 * Creates an empty file. It is not created again: after the folder has been removed it cannot come back.
	 *
	 * @param name without folders
	 * @return open for reading and writing; to be closed by the caller
	 * @throws IOException if it cannot be made, or the folder has been removed
	 */
	public synchronized FileChannel create(final String name) throws IOException {
		check();
		final FileChannel channel = FileChannel.open(file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.READ,
			StandardOpenOption.WRITE);
		channels.add(channel);
		return channel;
	}

	/**
	 * Gives a file another name in here.
	 *
	 * @param from name of a file in here
	 * @param to its new name, which no file has
	 * @throws IOException if it cannot be renamed
	 */
	public synchronized void rename(final String from, final String to) throws IOException {
		check();
		Files.move(file(from), file(to));
	}

	/** Where a file is. */
	Path file(final String name) {
		return home.resolve(name);
	}

	/** Throws {@link CancelledException} if the program is ending. */
	public void check() {
		if (stopped) throw new CancelledException();
	}

	/** Whether the program is ending. */
	boolean stopped() {
		return stopped;
	}

	/**
	 * The exception to throw instead of one from writing here.
	 *
	 * @param e that came up
	 * @param message of the exception that a user is shown
	 * @param space of the one for a full disk
	 * @param permission of the one for a place that may not be written to
	 * @return for the caller to throw
	 */
	public RuntimeException failure(final Exception e, final String message, final String space,
		final String permission)
	{
		if (stopped) return new CancelledException();
		return failureOf(e, message, space, permission);
	}

	/**
	 * The exception to throw instead of one from writing without a staging folder.
	 *
	 * @param e that came up
	 * @param message of the exception that a user is shown
	 * @param space of the one for a full disk
	 * @param permission of the one for a place that may not be written to
	 * @return for the caller to throw
	 */
	public static RuntimeException failureOf(final Exception e, final String message, final String space,
		final String permission)
	{
		final StringBuilder all = new StringBuilder();
		for (Throwable t = e; t != null; t = t.getCause()) {
			// Threads are interrupted to end what they do.
			if (t instanceof ClosedByInterruptException || t instanceof CancelledException)
				return new CancelledException();
			all.append(t.getMessage()).append(t instanceof AccessDeniedException ? " Permission denied " : " ");
		}
		if (e instanceof RuntimeException mistake) return mistake;
		final String why = all.toString();
		// Java tells a full disk only by the operating system's text: Linux and macOS, Windows, and a user's share used
		// up.
		if (why.contains("No space left") || why.contains("not enough space") || why.contains("quota exceeded"))
			return new OutputException(space, e);
		if (why.contains("Permission denied") || why.contains("not permitted") || why.contains("Read-only"))
			return new OutputException(permission, e);
		return new OutputException(message + " (" + Reason.of(e) + ").", e);
	}

	/**
	 * Moves one file to its place in the target, atomically.
	 *
	 * @param name of the file here
	 * @param place where it goes, on the same disk
	 * @throws IOException if it cannot be moved; then the file at that place is unchanged
	 */
	public synchronized void replace(final String name, final Path place) throws IOException {
		check();
		if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS))
			throw new OutputException(place + " is a folder; give another name for the file.");
		force(file(name));
		try {
			Files.move(file(name), place, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(file(name), place, StandardCopyOption.REPLACE_EXISTING);
		}
		forceFolder(place.getParent());
	}

	/**
	 * Moves files into the target, which is made if it does not exist. If that fails, the target is as it was. Waits
	 * for other writers.
	 *
	 * @param check called while another writer is waited for; an exception ends that
	 * @throws OutputException if it failed and could not be undone either, or if another writer does not come to an end
	 */
	synchronized void publish(final Plan plan, final Runnable check) throws IOException {
		check();
		for (final Path file : files()) force(file);
		if (!exists(target) && create(plan, check)) return;
		try (FolderLock mine = locked(target, PUBLISHING, check)) {
			undoInterrupted(target, self);
			if (!home.getParent().equals(target)) enter();
			fill(plan.of(target));
		}
	}

	private List<Path> files() throws IOException {
		return list(home).stream()
			.filter(
				f -> !f.endsWith(LOCK) && !f.endsWith(UNLOCKED) && Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS))
			.toList();
	}

	/**
	 * Goes on inside the target, which somebody else has made meanwhile: only there others look for what is to be
	 * undone.
	 */
	private void enter() throws IOException {
		final Path beside = home;
		final Optional<FileChannel> itsLock = lock;
		try {
			final List<Path> files = files();
			final Locked inside = home(target, self);
			home = inside.folder;
			lock = inside.lock;
			for (final Path file : files) Files.move(file, file(file.getFileName().toString()));
		}
		finally {
			unlock(itsLock);
			removeAll(beside);
		}
	}

	/**
	 * All files appear at once in a new target, unless somebody else has made one meanwhile. They go by way of a folder
	 * in the staging folder, which can then keep its lock, without which others would take it for an abandoned one;
	 * Windows does not rename folders with open files in them.
	 */
	private boolean create(final Plan plan, final Runnable check) throws IOException {
		final Path parent = home.getParent();
		try (FolderLock mine = locked(parent, PUBLISHING + "-" + target.getFileName(), check)) {
			if (exists(target)) return false;
			final List<String> names = plan.of(target).names();
			requireAll(names);
			force(file(names.get(names.size() - 1)));
			final Path whole = Files.createDirectory(file(NEW));
			for (final String name : names) Files.move(file(name), whole.resolve(name));
			forceFolder(whole);
			Files.move(whole, target);
			done = true;
			forceFolder(parent);
			removeAll(home);
			return true;
		}
	}

	private FolderLock locked(final Path folder, final String name, final Runnable check) throws IOException {
		return FolderLock.of(folder, name, self.patience, check)
			.orElseThrow(() -> new OutputException("Another program is writing into " + target
				+ "; run this again when it has ended, or give another folder."));
	}

	private void fill(final Moves moves) throws IOException {
		final List<String> names = moves.names();
		requireAll(names);
		final Set<String> replaced = new LinkedHashSet<>(reversed(names));
		replaced.addAll(moves.obsolete());
		for (final String name : replaced) {
			final Path file = target.resolve(name);
			if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
				throw new FileSystemException(file.toString(), null, file + " is a folder");
		}
		force(file(names.get(names.size() - 1)));
		Files.createDirectory(file(OLD));
		try {
			for (final String name : replaced)
				if (exists(target.resolve(name))) Files.move(target.resolve(name), file(OLD).resolve(name));
			for (final String name : names) {
				// All others first, whatever order the disk would like better.
				if (name.equals(names.get(names.size() - 1))) forceFolder(target);
				Files.move(file(name), target.resolve(name));
			}
		}
		catch (IOException | RuntimeException e) {
			undo(e, names);
			throw e;
		}
		forceFolder(target);
		done = true;
		removeAll(home);
	}

	private void requireAll(final List<String> names) throws NoSuchFileException {
		for (final String name : names) if (!exists(file(name))) throw new NoSuchFileException(file(name).toString());
	}

	/** Removes everything that was not published. */
	@Override
	public void close() {
		try {
			discard();
		}
		finally {
			unguard();
		}
	}

	private void unguard() {
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// Going down; the hook does the same thing.
		}
	}

	/** Ctrl-C. Whoever writes finds the file closed. */
	private void stop() {
		stopped = true;
		discard();
	}

	private synchronized void discard() {
		for (final FileChannel channel : channels) {
			try {
				channel.close();
			}
			catch (final IOException e) {
				// It goes anyway.
			}
		}
		channels.clear();
		unlock(lock);
		// None if the program ended before it was made.
		if (!keep && home != null) removeAll(home);
		if (!done) remove(made);
		done = true;
	}

	/** Removes folders that are empty. */
	static void remove(final List<Path> folders) {
		for (final Path folder : folders) {
			try {
				Files.deleteIfExists(folder);
			}
			catch (final IOException e) {
				// A folder that others have put something into meanwhile stays.
			}
		}
	}

	private void undo(final Throwable reason, final List<String> names) {
		try {
			rollBack(home, target, names);
		}
		catch (IOException | RuntimeException e) {
			keep = true;
			reason.addSuppressed(e);
			throw new OutputException(
				"The layers cannot be written to " + target
					+ ", and those that were there before could not be put back; they are in " + file(OLD) + ".",
				reason);
		}
	}

	/**
	 * Makes {@link #publish} undone, however far it had come. A new file that is not in its staging folder any more has
	 * been published.
	 */
	private static void rollBack(final Path home, final Path target, final List<String> names) throws IOException {
		for (final String name : reversed(names)) {
			if (!exists(home.resolve(name)) && exists(target.resolve(name)))
				Files.move(target.resolve(name), home.resolve(name));
		}
		final List<Path> old = new ArrayList<>(list(home.resolve(OLD)));
		// The record comes last, so that half a folder is not taken for a whole one.
		old.sort(Comparator.comparing(f -> f.endsWith(LayersJson.NAME)));
		for (final Path file : old) Files.move(file, target.resolve(file.getFileName().toString()));
		// It being gone says that nothing is left to be undone.
		Files.delete(home.resolve(OLD));
	}

	/**
	 * Makes undone what killed processes had begun to publish in a folder, if there is anything and no other process is
	 * doing so. Nothing is thrown.
	 */
	static void recover(final Path folder) {
		sweep(folder, folder, SELF);
	}

	/**
	 * What cannot be tidied up is no reason not to work: nothing is thrown. One at a time: closing a file gives up this
	 * process' lock on it.
	 */
	private static synchronized void sweep(final Path place, final Path target, final Self self) {
		try {
			// Also if nothing but the mark of a publication is left.
			boolean interrupted = exists(place.resolve(PUBLISHING));
			for (final Path home : homes(place, self)) {
				if (exists(home.resolve(OLD))) interrupted = true;
				else if (abandoned(home, Optional.empty())) removeAll(home);
			}
			if (interrupted && target.equals(place)) {
				try (FolderLock lock = FolderLock.of(target, PUBLISHING, Duration.ZERO, () -> {}).orElse(null)) {
					if (lock != null) undoInterrupted(target, self);
				}
			}
			removeLocks(place);
		}
		catch (IOException | RuntimeException e) {
			// Left to the next one.
		}
	}

	/** Those under which targets were made: once they exist, everybody locks them inside. */
	private static void removeLocks(final Path place) throws IOException {
		try (DirectoryStream<Path> locks = Files.newDirectoryStream(place, PUBLISHING + "-*")) {
			for (final Path lock : locks) {
				// One that somebody holds is not to be had; a free one goes when it is closed.
				if (Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS))
					FolderLock.of(place, lock.getFileName().toString(), Duration.ZERO, () -> {})
						.ifPresent(FolderLock::close);
			}
		}
	}

	/** To be called by whoever has the target's lock. */
	private static synchronized void undoInterrupted(final Path target, final Self self) throws IOException {
		for (final Path home : homes(target, self))
			if (exists(home.resolve(OLD)) && abandoned(home, Optional.of(target))) removeAll(home);
	}

	/** Those of other processes. */
	private static List<Path> homes(final Path place, final Self self) throws IOException {
		final List<Path> homes = new ArrayList<>();
		try (DirectoryStream<Path> all = Files.newDirectoryStream(place, PREFIX + "*")) {
			for (final Path home : all) {
				if (NAME.matcher(home.getFileName().toString()).matches() && !self.made(home)
					&& Files.isDirectory(home, LinkOption.NOFOLLOW_LINKS)) homes.add(home);
			}
		}
		return homes;
	}

	/**
	 * Whether a folder is one that a killed process left behind: its lock is free, which shows processes in other
	 * containers and on other machines too. If the process was killed while publishing, its target is first made as it
	 * was.
	 *
	 * @param undo the target; empty for a folder that was not being published
	 */
	private static boolean abandoned(final Path home, final Optional<Path> undo) {
		if (exists(home.resolve(UNLOCKED))) return false;
		// Without either it is empty: its process has only just begun, or not even that.
		final Path file = home.resolve(exists(home.resolve(LOCKING)) ? LOCKING : LOCK);
		if (!exists(file)) return isEmpty(home);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
			FileLock held = channel.tryLock())
		{
			if (held == null) return false;
			// With its record in the target, the new result is complete.
			final Path record = home.resolve(LayersJson.NAME);
			if (undo.isPresent() && exists(record)) rollBack(home, undo.get(), LayersJson.listed(record));
			return true;
		}
		catch (IOException | RuntimeException e) {
			return false;
		}
	}

	/** A folder with its lock, which lasts as long as this process. */
	private record Locked(Path folder, Optional<FileChannel> lock) {}

	/** A new folder. Where the disk has no locks it gets a mark by which it is not taken for an abandoned one. */
	private static Locked home(final Path place, final Self self) throws IOException {
		IOException last = null;
		for (int k = 0; k < ATTEMPTS; k++) {
			final Path home = Files
				.createDirectory(place.resolve(PREFIX + self.id + "-" + Long.toHexString(COUNT.incrementAndGet())));
			try {
				return new Locked(home, lock(home));
			}
			catch (final IOException e) {
				// Somebody who sweeps here was quicker; or it cannot be written to.
				last = e;
				removeAll(home);
			}
		}
		throw last;
	}

	/** The lock gets its name when it is locked already. */
	private static Optional<FileChannel> lock(final Path home) throws IOException {
		final FileChannel channel =
			FileChannel.open(home.resolve(LOCKING), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
		boolean locked = false;
		try {
			try {
				locked = channel.tryLock() != null;
			}
			catch (final IOException e) {
				Files.move(home.resolve(LOCKING), home.resolve(UNLOCKED));
				return Optional.empty();
			}
			if (!locked) throw new FileSystemException(home.toString(), null, "another program is removing it");
			locked = false;
			Files.move(home.resolve(LOCKING), home.resolve(LOCK));
			locked = true;
			return Optional.of(channel);
		}
		finally {
			if (!locked) channel.close();
		}
	}

	private static void unlock(final Optional<FileChannel> lock) {
		try {
			if (lock.isPresent()) lock.get().close();
		}
		catch (final IOException e) {
			// The end of the process will do it.
		}
	}

	/** The lock goes last: as long as it is there, somebody else can finish this. */
	private static void removeAll(final Path home) {
		if (!exists(home)) return;
		try {
			final List<Path> files;
			try (Stream<Path> all = Files.walk(home)) {
				files = new ArrayList<>(all.toList());
			}
			Collections.reverse(files);
			files
				.sort(Comparator.comparing(f -> f.equals(home) ? 2 : f.endsWith(LOCK) || f.endsWith(UNLOCKED) ? 1 : 0));
			for (final Path file : files) Files.delete(file);
		}
		catch (IOException | RuntimeException e) {
			// Nothing to be done about it; an error that brought us here is the one to tell.
		}
	}

	/** What is to be found under a name must be on the disk, or a power cut would leave the name alone. */
	private static void force(final Path file) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
			channel.force(true);
		}
	}

	private static void forceFolder(final Path folder) {
		try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (final IOException e) {
			// Windows has none of that.
		}
	}

	private static boolean isEmpty(final Path folder) {
		try {
			return list(folder).isEmpty();
		}
		catch (final IOException e) {
			return false;
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
