package org.layerj.fetch;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.layerj.common.CancelledException;
import org.layerj.common.Progress;

/**
 * Files of a source brought into a folder: complete files are not fetched again, incomplete ones are continued, and
 * every file whose hash is known is checked before it gets its name.
 * <p>
 * Nothing of anybody else's is overwritten: a file of that name with other bytes is an error.
 */
public final class Download {

	private static final long MARGIN = 64L << 20;
	private static final long NEARLY_NOTHING = 1L << 20;

	/** Receives the number of bytes done and a message; may throw to stop. */
	private interface Watch {

		void at(long done, String what);
	}

	private final List<RemoteFile> files;
	private final Path folder;
	private final Tuning tuning;
	private final PartFile.Writing writing;

	/**
	 * @param files what to fetch
	 * @param folder where to; need not exist
	 */
	public Download(final List<RemoteFile> files, final Path folder) {
		this(files, folder, Tuning.USUAL, PartFile.Writing::all);
	}

	Download(final List<RemoteFile> files, final Path folder, final Tuning tuning, final PartFile.Writing writing) {
		this.files = List.copyOf(files);
		this.folder = folder;
		this.tuning = tuning;
		this.writing = writing;
	}

	/** Where the files go. */
	public Path folder() {
		return folder;
	}

	/** Bytes of all files. */
	public long total() {
		return files.stream().mapToLong(RemoteFile::size).sum();
	}

	/** Bytes that are not there yet. */
	public long missing() {
		return total() - files.stream().mapToLong(this::there).sum();
	}

	private long there(final RemoteFile file) {
		final Path target = folder.resolve(file.path());
		return Files.isRegularFile(target) ? file.size()
			: Math.min(file.size(), PartFile.arrived(target, file.identity()));
	}

	/** Bytes that can still be written where the files go. */
	public long free() {
		Path there = folder.toAbsolutePath();
		while (there.getParent() != null && !Files.exists(there)) there = there.getParent();
		try {
			return Files.getFileStore(there).getUsableSpace();
		}
		catch (final IOException e) {
			throw disk(there, e);
		}
	}

	/**
	 * Fetches what is missing, and checks everything.
	 *
	 * @param progress may stop it; it goes on from there when it is begun again
	 * @throws FetchException if that cannot be done; whatever has arrived stays good
	 */
	public void run(final Progress progress) {
		final long missing = missing();
		if (missing > 0 && missing + MARGIN > free()) throw new FetchException("The download needs " + size(missing)
			+ " in " + folder + ", where " + size(free()) + " are free; make room, or choose another folder.");
		final HttpClient client = Http.client();
		long done = 0;
		for (final RemoteFile file : files) {
			final long before = done;
			final Watch watch = (d, what) -> tell(progress, before + d, what);
			if (!complete(file, watch)) fetch(client, file, watch);
			done += file.size();
			tell(progress, done, file.path());
		}
	}

	private void tell(final Progress progress, final long done, final String what) {
		if (progress.cancelled()) throw new CancelledException(
			"The download has been cancelled; it goes on where it was when it is begun again.");
		progress.update(total() == 0 ? 1 : (double) done / total(), size(done) + ", " + what);
	}

	/** Whether the file is there; one with other bytes is not ours to replace. */
	private boolean complete(final RemoteFile file, final Watch watch) {
		final Path target = folder.resolve(file.path());
		if (!Files.exists(target)) return false;
		try {
			if (Files.isRegularFile(target) && Files.size(target) == file.size() && checked(file, target, watch))
				return true;
		}
		catch (final IOException e) {
			throw disk(target, e);
		}
		throw new FetchException("The file " + target + " is there already, but is not the one that would be fetched; "
			+ "move it away, or choose another folder.");
	}

	private static boolean checked(final RemoteFile file, final Path path, final Watch watch) throws IOException {
		if (file.checksum().isEmpty()) return true;
		final long[] read = { 0 };
		return file.checksum().get().matches(path, n -> {
			read[0] += n;
			watch.at(read[0], "checking " + file.path());
		});
	}

	private void fetch(final HttpClient client, final RemoteFile file, final Watch watch) {
		final Path target = folder.resolve(file.path());
		// The second time from nothing: what was there before may have been damaged.
		for (int attempt = 0; attempt < 2; attempt++) {
			try (PartFile part = PartFile.open(target, file.identity(), writing)) {
				final long had = part.count();
				new Transfer(client, file, part, tuning)
					.run(n -> watch.at(Math.min(file.size(), had + n), file.path()));
				if (checked(file, part.path(), watch)) {
					part.finish();
					return;
				}
				part.discard();
			}
			catch (final IOException e) {
				throw disk(target, e);
			}
		}
		throw new FetchException("What " + file.address().getHost() + " sends as " + file.path()
			+ " is not what was announced (its hash differs), twice; nothing of it was kept: use another hub.");
	}

	/** A failure of the disk as a message. */
	static FetchException disk(final Path path, final IOException e) {
		return new FetchException("The file " + path + " cannot be written: " + reason(path, e)
			+ "; what has arrived stays, and the download goes on from there.", e);
	}

	private static String reason(final Path path, final IOException e) {
		final Optional<Path> folder = Optional.ofNullable(path.toAbsolutePath().getParent()).filter(Files::exists);
		try {
			if (folder.isPresent() && Files.getFileStore(folder.get()).getUsableSpace() < NEARLY_NOTHING)
				return "the disk is full; make room";
		}
		catch (final IOException again) {
			// The first reason counts.
		}
		if (e instanceof AccessDeniedException) return "access is denied; choose another folder";
		if (String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("no space"))
			return "the disk is full; make room";
		return e instanceof FileSystemException f && f.getReason() != null ? f.getReason()
			: "the system says: " + e.getMessage();
	}

	/** A size as people read it. */
	public static String size(final long bytes) {
		return bytes >= 1_000_000_000L ? String.format(Locale.ROOT, "%.1f GB", bytes / 1e9)
			: bytes >= 1_000_000L ? String.format(Locale.ROOT, "%.0f MB", bytes / 1e6)
				: String.format(Locale.ROOT, "%.0f kB", Math.ceil(bytes / 1e3));
	}
}
