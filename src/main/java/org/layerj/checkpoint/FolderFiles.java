package org.layerj.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/** A model folder on disk; weights are memory-mapped, so pages are read when first used and may be dropped again. */
final class FolderFiles implements ModelFiles {

	/** Files read as a whole are configurations and vocabularies. */
	private static final long MAX_WHOLE = 256L << 20;

	private final Path folder;
	/** Mappings live as long as the model: libtorch may hold views of a weight of which Java knows nothing. */
	private final Map<String, ByteBuffer> mapped = new ConcurrentHashMap<>();
	/** What files were when they were first mapped. */
	private final Map<String, State> states = new ConcurrentHashMap<>();

	private record State(long size, FileTime changed) {}

	FolderFiles(final Path folder) {
		this.folder = folder;
	}

	@Override
	public String name() {
		return folder.toString();
	}

	/**
	 * True also for a link that leads nowhere, as broken download caches have them: reading it then says so, instead of
	 * "missing".
	 */
	@Override
	public boolean has(final String path) {
		final Path file;
		try {
			file = folder.resolve(path);
		}
		catch (final InvalidPathException e) {
			return false;
		}
		return Files.isRegularFile(file) || Files.isSymbolicLink(file) && !Files.exists(file);
	}

	@Override
	public long size(final String path) {
		try {
			return Files.size(folder.resolve(path));
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	@Override
	public byte[] read(final String path) {
		if (size(path) > MAX_WHOLE) throw new ModelException("The model file " + folder.resolve(path) + " has "
			+ size(path) + " bytes, too many for a file of its kind.");
		try {
			return Files.readAllBytes(folder.resolve(path));
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	@Override
	public ByteBuffer map(final String path, final long offset, final long length) {
		checkUnchanged(path);
		return mapped.computeIfAbsent(key(path, offset, length), k -> open(path, offset, length))
			.duplicate()
			.order(ByteOrder.LITTLE_ENDIAN);
	}

	@Override
	public void release(final String path, final long offset, final long length) {
		final ByteBuffer buffer = mapped.get(key(path, offset, length));
		if (buffer != null) MappedPages.drop(buffer);
	}

	/** Where pages of a mapping are gone, reading them ends the process; and what is written anew is another model. */
	@Override
	public void checkUnchanged() {
		states.keySet().forEach(this::checkUnchanged);
	}

	private void checkUnchanged(final String path) {
		final State now = state(path);
		final State first = Optional.ofNullable(states.putIfAbsent(path, now)).orElse(now);
		if (now.equals(first)) return;
		final String bytes = now.size == first.size ? "" : " (" + first.size + " bytes before, " + now.size + " now)";
		throw new ModelException("The model file " + folder.resolve(path) + " has been changed while it was in use"
			+ bytes + "; run again when it is complete.");
	}

	private State state(final String path) {
		try {
			final BasicFileAttributes now = Files.readAttributes(folder.resolve(path), BasicFileAttributes.class);
			return new State(now.size(), now.lastModifiedTime());
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	private static String key(final String path, final long offset, final long length) {
		return path + ':' + offset + '+' + length;
	}

	private ByteBuffer open(final String path, final long offset, final long length) {
		try (FileChannel channel = FileChannel.open(folder.resolve(path), StandardOpenOption.READ)) {
			return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	/**
	 * @throws CancellationException if the file was closed because somebody interrupted this thread: nothing is wrong
	 * with it
	 */
	private ModelException unreadable(final String path, final IOException e) {
		if (e instanceof ClosedByInterruptException)
			throw new CancellationException("Interrupted while reading " + path);
		final Path file = folder.resolve(path);
		final String why;
		if (Files.isSymbolicLink(file) && !Files.exists(file)) why = "it is a link that leads nowhere";
		else if (e instanceof NoSuchFileException) why = "it is not there";
		else if (e instanceof AccessDeniedException) why = "access is denied";
		else why = e instanceof FileSystemException f && f.getReason() != null ? f.getReason()
			: "the system reports an error of the disk";
		return new ModelException("The model file " + file + " cannot be read: " + why + ".", e);
	}
}
