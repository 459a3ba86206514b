package org.layerj.io.formats;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import org.layerj.decompose.DecompositionCancelledException;
import org.layerj.io.OutputException;
import org.layerj.io.Reason;

/**
 * A file in the making, hidden and beside the one whose place it takes when it is complete. Closing it before that removes it, and so does the
 * end of the program.
 */
final class AtomicFile implements AutoCloseable {

	private static final String PREFIX = ".decompose-layers-", SUFFIX = ".part";

	private final Path target;
	private final Path draft;
	private final Thread hook = new Thread(this::discard, "remove unfinished file");
	private boolean done;

	private AtomicFile(final Path target, final Path draft) {
		this.target = target;
		this.draft = draft;
	}

	/** Tells by looking whether the file can be written; the folder must exist. */
	static AtomicFile open(final Path file) throws IOException {
		final Path absolute = file.toAbsolutePath().normalize();
		if (Files.isDirectory(absolute)) throw new OutputException(file + " is a folder; give another name for the file.");
		// A link stays, and what it leads to is replaced.
		final Path target = Files.isSymbolicLink(absolute) && Files.exists(absolute) ? absolute.toRealPath() : absolute;
		final Path folder = target.getParent();
		if (folder == null || !Files.isDirectory(folder)) throw new OutputException("There is no folder " + folder + " to write " + target.getFileName()
			+ " into; make it first or give another.");
		sweep(folder);
		final Path draft = folder.resolve(PREFIX + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime()) + SUFFIX);
		// Not createTempFile, whose files nobody else may read.
		Files.createFile(draft);
		final AtomicFile made = new AtomicFile(target, draft);
		try {
			Runtime.getRuntime().addShutdownHook(made.hook);
		}
		catch (final IllegalStateException e) {
			// Java is going down already.
			made.discard();
			throw new DecompositionCancelledException();
		}
		return made;
	}

	/** Removes drafts of programs that were killed: those that nobody has written to for a day. */
	private static void sweep(final Path folder) {
		final Instant yesterday = Instant.now().minus(Duration.ofDays(1));
		try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
			for (final Path draft : drafts) if (Files.getLastModifiedTime(draft, LinkOption.NOFOLLOW_LINKS).toInstant().isBefore(yesterday)) Files.delete(draft);
		}
		catch (IOException | DirectoryIteratorException e) {
			// Left to the next one.
		}
	}

	/** Where to write. Exists and is empty. */
	Path draft() {
		return draft;
	}

	/** The draft takes its place. */
	void publish() throws IOException {
		publish(target);
	}

	/** The draft takes another place in the same folder. */
	synchronized void publish(final Path place) throws IOException {
		if (done) throw new IOException("interrupted");
		if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) throw new OutputException(place + " is a folder; give another name for the file.");
		try {
			Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (final AtomicMoveNotSupportedException e) {
			Files.move(draft, place, StandardCopyOption.REPLACE_EXISTING);
		}
		done = true;
	}

	@Override
	public void close() {
		discard();
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (final IllegalStateException e) {
			// Going down; the hook has nothing left to do.
		}
	}

	private synchronized void discard() {
		if (done) return;
		done = true;
		try {
			Files.deleteIfExists(draft);
		}
		catch (final IOException e) {
			// Windows deletes no open files; an error that brought us here is the one to tell.
		}
	}

	/** The sentence for a file that could not be written. */
	static OutputException failure(final Path file, final Exception e) {
		final StringBuilder all = new StringBuilder();
		for (Throwable t = e; t != null; t = t.getCause()) all.append(t.getMessage()).append(t instanceof AccessDeniedException ? " Permission denied " : " ");
		final String why = all.toString();
		if (why.contains("No space left") || why.contains("not enough space") || why.contains("quota exceeded")) return new OutputException(
			"There is not enough space on the disk for " + file + "; free some or give another folder.", e);
		if (why.contains("Permission denied") || why.contains("not permitted") || why.contains("Read-only")) return new OutputException("The file " + file
			+ " cannot be written there; give another folder.", e);
		return new OutputException("The file " + file + " cannot be written (" + Reason.of(e) + ").", e);
	}
}
