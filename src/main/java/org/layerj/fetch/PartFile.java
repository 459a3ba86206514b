package org.layerj.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that is not complete yet: {@code NAME.part}, and beside it {@code NAME.part.log}, whose lines name ranges of
 * bytes that are on the disk. A line is written only after its bytes have been forced there, so whatever interrupts the
 * program, what the log says is true; a line that was cut off is none.
 */
final class PartFile implements AutoCloseable {

	/** How bytes get to the disk; tests fill it. */
	@FunctionalInterface
	interface Writing {

		void write(FileChannel to, ByteBuffer bytes, long at) throws IOException;

		/** The real one. */
		static void all(final FileChannel to, final ByteBuffer bytes, final long at) throws IOException {
			for (long p = at; bytes.hasRemaining();) p += to.write(bytes, p);
		}
	}

	private final Path target;
	private final Path part;
	private final Path log;
	private final Writing writing;
	private final Ranges ranges = new Ranges();
	private final FileChannel data;
	private final FileChannel lines;

	private PartFile(final Path target, final Writing writing, final FileChannel lines, final FileChannel data) {
		this.target = target;
		part = part(target);
		log = log(target);
		this.writing = writing;
		this.lines = lines;
		this.data = data;
	}

	private static Path part(final Path target) {
		return target.resolveSibling(target.getFileName() + ".part");
	}

	private static Path log(final Path target) {
		return target.resolveSibling(target.getFileName() + ".part.log");
	}

	/**
	 * Opens what there is of a file, or begins it.
	 *
	 * @param identity of the file; the part of another file is dropped
	 * @throws FetchException if another program is at it
	 */
	static PartFile open(final Path target, final String identity, final Writing writing) throws IOException {
		Files.createDirectories(target.toAbsolutePath().getParent());
		final FileChannel lines =
			FileChannel.open(log(target), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
		FileChannel data = null;
		try {
			lock(lines, target);
			data = FileChannel.open(part(target), StandardOpenOption.CREATE, StandardOpenOption.READ,
				StandardOpenOption.WRITE);
			final PartFile file = new PartFile(target, writing, lines, data);
			file.read(identity);
			return file;
		}
		catch (IOException | RuntimeException e) {
			lines.close();
			if (data != null) data.close();
			throw e;
		}
	}

	private static void lock(final FileChannel lines, final Path target) throws IOException {
		try {
			final FileLock lock = lines.tryLock();
			if (lock != null) return;
		}
		catch (final OverlappingFileLockException e) {
			// In this very program.
		}
		throw new FetchException("Another download is writing " + target + "; wait for it, or cancel it.");
	}

	/** How many bytes of a file are there; 0 if there is nothing of it, or of another. */
	static long arrived(final Path target, final String identity) {
		try {
			final Ranges ranges = new Ranges();
			parse(Files.readAllBytes(log(target)), identity, Files.size(part(target)), ranges);
			return ranges.count();
		}
		catch (final IOException e) {
			return 0;
		}
	}

	private void read(final String identity) throws IOException {
		final ByteBuffer text = ByteBuffer.allocate(Math.toIntExact(lines.size()));
		while (text.hasRemaining() && lines.read(text, text.position()) > 0);
		final int good = parse(text.array(), identity, data.size(), ranges);
		lines.truncate(good);
		if (good > 0) return;
		data.truncate(0);
		append(identity + "\n");
	}

	/** Adds the ranges of a log; returns how many of its bytes are good, 0 if it is about another file. */
	private static int parse(final byte[] log, final String identity, final long size, final Ranges ranges) {
		int good = 0;
		final String text = new String(log, StandardCharsets.ISO_8859_1);
		for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', good)) {
			final String line = text.substring(good, end);
			if (good == 0 && !line.equals(identity)) return 0;
			if (good > 0) {
				final List<String> numbers = List.of(line.split(" "));
				if (numbers.size() != 2 || !numbers.stream().allMatch(n -> n.matches("[0-9]{1,18}"))) return good;
				final long to = Long.parseLong(numbers.get(1));
				// Nothing is there that the file is too short for.
				ranges.add(Long.parseLong(numbers.get(0)), Math.min(to, size));
			}
			good = end + 1;
		}
		return good;
	}

	private void append(final String line) throws IOException {
		final ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
		for (long at = lines.size(); bytes.hasRemaining();) at += lines.write(bytes, at);
	}

	synchronized List<Ranges.Range> missing(final long size, final long piece) {
		return ranges.missing(size, piece);
	}

	/** Number of bytes that are there. */
	synchronized long count() {
		return ranges.count();
	}

	/** Writes bytes; any thread. They count as there only after {@link #record}. */
	void write(final ByteBuffer bytes, final long at) throws IOException {
		writing.write(data, bytes, at);
	}

	/** Says that all bytes of a range have been written. */
	void record(final long from, final long to) throws IOException {
		if (from >= to) return;
		data.force(false);
		synchronized (this) {
			append(from + " " + to + "\n");
			ranges.add(from, to);
		}
	}

	/** The file with the bytes. */
	Path path() {
		return part;
	}

	/** Gives the file its name; it must be complete. */
	void finish() throws IOException {
		data.force(true);
		close();
		Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
		Files.deleteIfExists(log);
	}

	/** Removes what has arrived. */
	void discard() throws IOException {
		close();
		Files.deleteIfExists(part);
		Files.deleteIfExists(log);
	}

	@Override
	public void close() throws IOException {
		data.close();
		lines.close();
	}
}
