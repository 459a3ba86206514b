package org.layerj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.layerj.common.CancelledException;

/**
 * The right to change a folder, which one writer has at a time: of the threads of this process and of all processes
 * that see the same disk, in containers and on other machines too. A hidden file is locked meanwhile, and removed
 * afterwards; if the process is killed, the lock goes with it.
 */
final class FolderLock implements AutoCloseable {

	/**
	 * The locks of this process: the system's locks are a process', and closing any channel of a file gives up all of
	 * them.
	 */
	private static final Set<Path> HELD = new HashSet<>();
	private static final long PAUSE_MS = 20;
	/** Sizes by which a lock file is distinguished from another of its name. */
	private static final int SIZES = 1 << 20;

	private final Path file;
	private final Optional<FileChannel> channel;

	private FolderLock(final Path file, final Optional<FileChannel> channel) {
		this.file = file;
		this.channel = channel;
	}

	/**
	 * Waits for the lock.
	 *
	 * @param folder where the lock lies; exists
	 * @param name of the lock
	 * @param patience how long to wait
	 * @param check called now and then while waiting; ends it by an exception
	 * @return the lock; empty if another writer has it all the time
	 */
	static Optional<FolderLock> of(final Path folder, final String name, final Duration patience, final Runnable check)
		throws IOException
	{
		final Path file = folder.toRealPath().resolve(name);
		final long end = System.nanoTime() + patience.toNanos();
		while (true) {
			final Optional<FolderLock> lock = attempt(file);
			if (lock.isPresent() || System.nanoTime() - end >= 0) return lock;
			check.run();
			try {
				Thread.sleep(PAUSE_MS);
			}
			catch (final InterruptedException e) {
				Thread.currentThread().interrupt();
				throw new CancelledException();
			}
		}
	}

	private static Optional<FolderLock> attempt(final Path file) throws IOException {
		synchronized (HELD) {
			if (!HELD.add(file)) return Optional.empty();
		}
		Optional<FolderLock> got = Optional.empty();
		try {
			got = fromOthers(file);
			return got;
		}
		finally {
			if (got.isEmpty()) free(file);
		}
	}

	private static Optional<FolderLock> fromOthers(final Path file) throws IOException {
		final FileChannel channel =
			FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
		boolean keep = false;
		try {
			final FileLock lock = channel.tryLock();
			// Whoever had it before us has removed the file, and a third may have made it anew.
			keep = lock != null && isAt(file, channel);
			return keep ? Optional.of(new FolderLock(file, Optional.of(channel))) : Optional.empty();
		}
		catch (final OverlappingFileLockException e) {
			// This plugin loaded twice.
			return Optional.empty();
		}
		catch (final IOException e) {
			if (!Files.isWritable(file)) throw e;
			// A disk without locks: better to write than not to.
			return Optional.of(new FolderLock(file, Optional.empty()));
		}
		finally {
			if (!keep) channel.close();
		}
	}

	/** By its size, since opening the file once more and closing it would give up the lock. */
	private static boolean isAt(final Path file, final FileChannel channel) throws IOException {
		final int size = 1 + ThreadLocalRandom.current().nextInt(SIZES);
		channel.truncate(0);
		channel.write(ByteBuffer.allocate(1), size - 1L);
		try {
			return Files.size(file) == size;
		}
		catch (final NoSuchFileException e) {
			return false;
		}
	}

	private static void free(final Path file) {
		synchronized (HELD) {
			HELD.remove(file);
		}
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(file);
			if (channel.isPresent()) channel.get().close();
		}
		catch (final IOException e) {
			// An empty hidden file stays; the lock ends with the process.
		}
		finally {
			free(file);
		}
	}
}
