package org.layerj.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.layerj.decompose.DecompositionException;
import org.layerj.io.OutputException;
import org.layerj.io.Picture;
import org.layerj.io.PictureReader;

/**
 * Where pictures are and results go: paths that every machine sees, or addresses of Hadoop's file systems
 * ({@code hdfs://}, {@code s3a://}, {@code file:///}). A result for the latter is made in a folder of this machine, then
 * copied beside its place and renamed.
 */
final class Places {

	private static final String SCHEME = "(?i)[a-z][a-z0-9+.-]+://?.*";
	/** Nanoseconds between two records at an address. */
	private static final long OFTEN = 1_000_000_000L;
	private static final long LONGEST = Integer.MAX_VALUE - 8;

	private Places() {}

	/**
	 * A picture.
	 *
	 * @param file path or address
	 * @param name of its result, relative
	 */
	record Item(String file, String name) implements Serializable {}

	/** Whether this is an address rather than a path. */
	static boolean isAddress(final String text) {
		return text.matches(SCHEME);
	}

	/** Which pictures there are, in an order that is the same everywhere; reads none of them. */
	static List<Item> items(final String pictures, final String output) {
		if (!isAddress(pictures)) {
			final Path path = RunOptions.path("pictures", pictures)
				.orElseThrow(() -> new DecompositionException("Give a folder of pictures, or a text file with a path "
					+ "in each line."));
			if (!Pictures.are(path)) throw new DecompositionException(
				"Give a folder of pictures, or a text file (.txt) that lists them; " + path + " is neither.");
			// To an address nothing is written that could be taken for a picture here.
			final Path results = isAddress(output) ? path.resolve(".results") : Path.of(output);
			return Pictures.of(path, results)
				.items()
				.stream()
				.map(i -> new Item(i.file().toAbsolutePath().toString(), i.name()))
				.toList();
		}
		final org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(pictures);
		final List<Item> items = new ArrayList<>();
		try {
			final FileSystem system = system(folder);
			final String home = system.makeQualified(folder).toUri().getPath().replaceAll("/+$", "") + "/";
			final String results = isAddress(output)
				? new org.apache.hadoop.fs.Path(output).toUri().getPath().replaceAll("/+$", "") + "/" : "//";
			final RemoteIterator<LocatedFileStatus> files = system.listFiles(folder, true);
			while (files.hasNext()) {
				final LocatedFileStatus file = files.next();
				final String path = file.getPath().toUri().getPath();
				final String name = path.substring(home.length());
				final boolean hidden = Stream.of(name.split("/")).anyMatch(part -> part.startsWith("."));
				if (!hidden && !path.startsWith(results) && Pictures.isPicture(name))
					items.add(new Item(file.getPath().toString(), name));
			}
		}
		catch (final IOException | IllegalArgumentException e) {
			throw new DecompositionException("The pictures in " + pictures + " cannot be listed (" + e.getMessage()
				+ "); check that it is there and its permissions.", e);
		}
		items.sort(Comparator.comparing(Item::name));
		if (items.isEmpty()) throw new DecompositionException("There is no picture in " + pictures + ".");
		return items;
	}

	private static FileSystem system(final org.apache.hadoop.fs.Path path) throws IOException {
		// With spark.hadoop.* of the command line, on the driver and on executors.
		return path.getFileSystem(SparkHadoopUtil.get().conf());
	}

	/** Where a picture's result goes, human-readable. */
	static String target(final String output, final Item item) {
		return isAddress(output) ? output.replaceAll("/+$", "") + "/" + item.name
			: Path.of(output).resolve(item.name).toString();
	}

	/** Reads a picture. */
	static Picture read(final Item item) {
		if (!isAddress(item.file)) return PictureReader.read(Path.of(item.file));
		final org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(item.file);
		try {
			final FileSystem system = system(file);
			if (system.getFileStatus(file).getLen() > LONGEST)
				throw new DecompositionException("The file " + file + " is longer than 2 GB; decompose it in parts.");
			try (InputStream in = system.open(file)) {
				return PictureReader.read(file.getName(), in.readAllBytes());
			}
		}
		catch (final IOException e) {
			throw new DecompositionException("The file " + file + " cannot be read (" + e.getMessage() + ").", e);
		}
	}

	/** Hadoop's file systems rename to what is not there only. */
	private static void replace(final FileSystem system, final org.apache.hadoop.fs.Path draft,
		final org.apache.hadoop.fs.Path place) throws IOException
	{
		system.delete(place, true);
		if (!system.rename(draft, place)) throw new IOException("it cannot be renamed");
	}

	/** Where one result is made. */
	interface Target extends AutoCloseable {

		/** A folder of this machine, with the results it already holds. */
		Path folder();

		/** The result is complete: it goes to its place. */
		void keep();

		@Override
		void close();
	}

	/** Opens the place of a picture's result. */
	static Target open(final String output, final Item item) {
		if (isAddress(output)) return new Remote(new org.apache.hadoop.fs.Path(target(output, item)));
		final Path folder = Path.of(output).resolve(item.name);
		return new Target() {

			@Override
			public Path folder() {
				return folder;
			}

			@Override
			public void keep() {
				// It is there.
			}

			@Override
			public void close() {}
		};
	}

	/** A result at an address, made here. */
	private static final class Remote implements Target {

		private final org.apache.hadoop.fs.Path place;
		private final Path home;
		private final Path folder;

		Remote(final org.apache.hadoop.fs.Path place) {
			this.place = place;
			try {
				home = Files.createTempDirectory("layerj-");
				folder = home.resolve("result");
				final FileSystem system = system(place);
				// Checksums of Hadoop's local file system would lie beside every file.
				if (system.exists(place)) FileUtil.copy(system, place, folder.toFile(), false, system.getConf());
			}
			catch (final IOException e) {
				throw failure(e);
			}
		}

		private OutputException failure(final IOException e) {
			return new OutputException("The result " + place + " cannot be written or read (" + e.getMessage() + ").",
				e);
		}

		@Override
		public Path folder() {
			return folder;
		}

		@Override
		public void keep() {
			final org.apache.hadoop.fs.Path draft =
				new org.apache.hadoop.fs.Path(place.getParent(), "." + place.getName() + "." + UUID.randomUUID());
			try {
				final FileSystem system = system(place);
				try {
					system.mkdirs(place.getParent());
					FileUtil.copy(folder.toFile(), system, draft, false, system.getConf());
					replace(system, draft, place);
				}
				finally {
					if (system.exists(draft)) system.delete(draft, true);
				}
			}
			catch (final IOException e) {
				throw failure(e);
			}
		}

		@Override
		public void close() {
			FileUtil.fullyDelete(home.toFile());
		}
	}

	/** The record of a job, where results go. */
	static final class Record implements AutoCloseable {

		private final BatchRecord record;
		private final String output;
		private final Optional<Path> draft;
		private long sent = System.nanoTime();

		private Record(final String output, final int pictures) {
			this.output = output;
			try {
				draft = isAddress(output) ? Optional.of(Files.createTempDirectory("layerj-")) : Optional.empty();
			}
			catch (final IOException e) {
				throw new OutputException("There is no room for temporary files (" + e.getMessage() + ").", e);
			}
			record = new BatchRecord(draft.orElseGet(() -> Path.of(output)), Shard.ALL, pictures);
			send();
		}

		void add(final Batch.Result result) {
			record.add(result);
			// An object store takes its time.
			if (System.nanoTime() - sent > OFTEN) send();
		}

		Batch.Outcome outcome() {
			return record.outcome();
		}

		/** The file, human-readable. */
		String name() {
			return draft.isEmpty() ? outcome().record().toString()
				: output.replaceAll("/+$", "") + "/" + outcome().record().getFileName();
		}

		private void send() {
			if (draft.isEmpty()) return;
			final File file = outcome().record().toFile();
			final org.apache.hadoop.fs.Path place =
				new org.apache.hadoop.fs.Path(URI.create(output.replaceAll("/+$", "") + "/").resolve(file.getName()));
			try {
				final FileSystem system = system(place);
				final org.apache.hadoop.fs.Path part = place.suffix(".part");
				system.mkdirs(place.getParent());
				system.copyFromLocalFile(false, true, new org.apache.hadoop.fs.Path(file.toURI()), part);
				replace(system, part, place);
				sent = System.nanoTime();
			}
			catch (final IOException e) {
				throw new OutputException("The record " + place + " cannot be written (" + e.getMessage() + ").", e);
			}
		}

		@Override
		public void close() {
			send();
			draft.ifPresent(d -> FileUtil.fullyDelete(d.toFile()));
		}
	}

	/** A record in which nothing has been done yet. */
	static Record record(final String output, final int pictures) {
		return new Record(output, pictures);
	}
}
