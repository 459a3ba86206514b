package org.layerj.torch;

import ai.djl.util.Platform;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The native libraries that DJL unpacks from our jars into its cache, one folder per version of PyTorch, before it
 * loads them.
 * <p>
 * DJL takes whatever lies in that folder, and half a library, or one with a hole, ends the JVM. So {@link #repair}
 * compares every file with the jar's entry (length and CRC-32) before DJL sees it, and removes what is not as it was
 * packed; DJL then unpacks it again.
 *
 * @param folder where they lie once unpacked; need not exist
 * @param files what should lie there
 */
public record NativeLibraries(Path folder, List<Entry> files) {

	/** What the folder of the cache is chosen by, the environment first. */
	public static final String SETTING = "DJL_CACHE_DIR";

	/**
	 * One library as it is packed.
	 *
	 * @param name of the file in the folder
	 * @param size in bytes
	 * @param crc its CRC-32
	 * @param resource where it is packed
	 */
	record Entry(String name, long size, long crc, String resource) {}

	/**
	 * The libraries in our jars; empty if the user has chosen a PyTorch by {@code PYTORCH_LIBRARY_PATH}.
	 *
	 * @throws TorchUnavailableException if there are none for this computer
	 */
	public static Optional<NativeLibraries> bundled() {
		return Torch.withOurLoader(() -> {
			if (Optional.ofNullable(Utils.getEnvOrSystemProperty("PYTORCH_LIBRARY_PATH"))
				.filter(p -> !p.isBlank())
				.isPresent()) return Optional.empty();
			final Platform platform = platform();
			final String name = platform.getVersion() + '-' + platform.getFlavor() + '-' + platform.getClassifier();
			final String jar = "pytorch/" + platform.getFlavor() + '/' + platform.getClassifier() + '/';
			final List<Entry> files = new ArrayList<>();
			for (final String library : platform.getLibraries()) entry(jar + library, library).ifPresent(files::add);
			final String glue = System.mapLibraryName("djl_torch");
			entry("jnilib/" + platform.getClassifier() + '/' + platform.getFlavor() + '/' + glue,
				platform.getApiVersion() + '-' + glue).ifPresent(files::add);
			return Optional.of(new NativeLibraries(Utils.getEngineCacheDir("pytorch").toAbsolutePath().resolve(name),
				List.copyOf(files)));
		});
	}

	private static Platform platform() {
		Throwable cause = null;
		try {
			final Platform platform = Platform.detectPlatform("pytorch");
			if (!platform.isPlaceholder()) return platform;
		}
		// Those of another platform only.
		catch (RuntimeException | AssertionError e) {
			cause = e;
		}
		throw new TorchUnavailableException(
			"PyTorch could not be started: its libraries for " + System.getProperty("os.name") + " "
				+ System.getProperty("os.arch") + " are not installed; install Decompose Layers for this platform.",
			cause);
	}

	/**
	 * The length and hash stand in the jar's directory, so nothing is unpacked for it. Libraries that do not come from
	 * a jar cannot be compared.
	 */
	private static Optional<Entry> entry(final String resource, final String file) {
		final URL url = Torch.class.getClassLoader().getResource(resource);
		if (url == null) return Optional.empty();
		try {
			final URLConnection connection = url.openConnection();
			if (!(connection instanceof JarURLConnection jar)) return Optional.empty();
			final JarEntry packed = jar.getJarEntry();
			return Optional.of(new Entry(file, packed.getSize(), packed.getCrc(), resource));
		}
		catch (final IOException e) {
			throw new TorchUnavailableException(
				"The libraries of Decompose Layers cannot be read (" + e.getMessage() + "); install it again.", e);
		}
	}

	/** Bytes that they take, or will. */
	public long packedSize() {
		return files.stream().mapToLong(Entry::size).sum();
	}

	/** Whether DJL has unpacked them. */
	public boolean unpacked() {
		return Files.exists(folder);
	}

	/** Bytes in the folder; 0 if there is none. */
	public long size() {
		return size(folder);
	}

	/**
	 * Bytes that other versions of PyTorch take in the same cache: of earlier versions of this plugin, or of other
	 * programs.
	 */
	public long othersSize() {
		return Math.max(0, size(folder.getParent()) - size());
	}

	/**
	 * The first file that is not as it was packed, as part of a sentence; empty if all are, or nothing is unpacked yet.
	 */
	Optional<String> damage() {
		return unpacked() ? files.stream().map(this::damage).flatMap(Optional::stream).findFirst() : Optional.empty();
	}

	private Optional<String> damage(final Entry file) {
		final Path path = folder.resolve(file.name);
		try {
			if (!Files.exists(path)) return Optional.of(file.name + " is missing");
			if (Files.size(path) != file.size)
				return Optional.of(file.name + " has " + Files.size(path) + " bytes instead of " + file.size);
			return crc(path) == file.crc ? Optional.empty() : Optional.of(file.name + " has been changed");
		}
		catch (final IOException e) {
			return Optional.of(file.name + " cannot be read: " + e.getMessage());
		}
	}

	private static long crc(final Path path) throws IOException {
		final CRC32 crc = new CRC32();
		try (FileChannel file = FileChannel.open(path)) {
			// Mapped, since reading it through a buffer takes four times as long.
			for (long at = 0; at < file.size(); at += Integer.MAX_VALUE)
				crc.update(file.map(FileChannel.MapMode.READ_ONLY, at, Math.min(Integer.MAX_VALUE, file.size() - at)));
		}
		return crc.getValue();
	}

	/**
	 * Leaves libraries as they were packed, or none, and room for them.
	 *
	 * @return what was wrong; empty if nothing was
	 * @throws TorchUnavailableException if a damaged library cannot be removed, or the cache cannot take the libraries
	 */
	Optional<String> repair() {
		final Optional<String> damage = missingGlueOnly() ? Optional.empty() : damage();
		damage.ifPresent(what -> {
			if (!delete(folder)) throw new TorchUnavailableException(
				"PyTorch could not be started: in " + folder + " " + what
					+ ", and the folder cannot be removed; close other programs that use it, delete it, and try again.",
				null);
		});
		// Hundreds of megabytes each, of starts that were killed while they unpacked.
		if (Files.isDirectory(folder.getParent())) leftovers().forEach(NativeLibraries::delete);
		if (!unpacked()) requireRoom();
		return damage;
	}

	/** DJL unpacks its own library last and by itself, so that one may not be there yet. */
	private boolean missingGlueOnly() {
		if (files.isEmpty() || Files.exists(folder.resolve(files.get(files.size() - 1).name))) return false;
		return new NativeLibraries(folder, files.subList(0, files.size() - 1)).damage().isEmpty();
	}

	/**
	 * Unpacks them as DJL does, for where the environment keeps it from doing so.
	 *
	 * @throws TorchUnavailableException if they cannot be written
	 */
	void unpack() {
		try {
			final Path draft = Files.createTempDirectory(Files.createDirectories(folder.getParent()), "tmp");
			for (final Entry file : files) {
				if (Files.exists(folder.resolve(file.name))) continue;
				try (InputStream in = Torch.class.getClassLoader().getResourceAsStream(file.resource)) {
					Files.copy(Objects.requireNonNull(in, file.resource), draft.resolve(file.name));
				}
				if (unpacked()) Files.move(draft.resolve(file.name), folder.resolve(file.name));
			}
			if (unpacked()) Files.delete(draft);
			else Files.move(draft, folder);
		}
		catch (final IOException e) {
			throw new TorchUnavailableException("PyTorch could not be started: its libraries cannot be written to "
				+ folder + "; make room, or set " + SETTING + " to another folder.", e);
		}
	}

	private void requireRoom() {
		final Path cache = folder.getParent();
		try {
			Files.createDirectories(cache);
			final long free = Files.getFileStore(cache).getUsableSpace();
			if (Files.isWritable(cache) && free >= packedSize()) return;
			throw new TorchUnavailableException(
				"PyTorch could not be started: its libraries need " + megabytes(packedSize()) + " in " + cache + ", "
					+ (free < packedSize() ? "where " + megabytes(free) + " are free" : "which cannot be written")
					+ "; make room, or set " + SETTING + " to another folder.",
				null);
		}
		catch (final IOException e) {
			throw new TorchUnavailableException("PyTorch could not be started: the folder " + cache
				+ " for its libraries cannot be made; set " + SETTING + " to a folder that can be written.", e);
		}
	}

	/**
	 * Removes them, and what an interrupted start has left; the next start unpacks them again. Of other versions
	 * nothing is touched: they may belong to other programs.
	 *
	 * @return bytes freed
	 * @throws TorchUnavailableException if a file is in use, as it is on Windows while PyTorch runs
	 */
	public long empty() {
		final long before = size(folder.getParent());
		boolean gone = delete(folder);
		if (Files.isDirectory(folder.getParent())) for (final Path left : leftovers()) gone &= delete(left);
		if (!gone) throw new TorchUnavailableException("Files in " + folder
			+ " are in use; restart the program, and empty the cache before anything is decomposed.", null);
		return before - size(folder.getParent());
	}

	/**
	 * The folders into which DJL unpacks before it renames them; an hour old at least, for another program may be at
	 * it.
	 */
	private List<Path> leftovers() {
		try (Stream<Path> all = Files.list(folder.getParent())) {
			final long hourAgo = System.currentTimeMillis() - 3_600_000;
			return all.filter(p -> p.getFileName().toString().matches("tmp\\d+") && p.toFile().lastModified() < hourAgo)
				.toList();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** A size as people read it. */
	public static String megabytes(final long bytes) {
		return Math.round(bytes / 1e6) + " MB";
	}

	private static long size(final Path path) {
		if (!Files.exists(path)) return 0;
		try (Stream<Path> all = Files.walk(path)) {
			return all.map(Path::toFile).filter(f -> f.isFile()).mapToLong(f -> f.length()).sum();
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
	}

	/** Renamed first: another program then finds all of it or nothing. */
	private static boolean delete(final Path path) {
		if (!Files.exists(path)) return true;
		try {
			final Path aside = Files.move(path, path.resolveSibling("tmp" + System.nanoTime()));
			final List<Path> all;
			try (Stream<Path> inside = Files.walk(aside)) {
				all = inside.sorted(Comparator.reverseOrder()).toList();
			}
			for (final Path p : all) Files.delete(p);
			return true;
		}
		catch (final IOException e) {
			return false;
		}
	}
}
