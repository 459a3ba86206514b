package org.layerj.io;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A disk under a program that is killed at a chosen one of its changes to it: then everything throws {@link Killed},
 * and what was open is closed, as by the system. The files are real ones. Knows which files have been changed since
 * they were forced to the disk.
 */
final class FaultyDisk extends FileSystemProvider {

	/** The program is not there any more. */
	static final class Killed extends Error {

		private static final long serialVersionUID = 1L;
	}

	private final FileSystem system = new System();
	private final int last;
	private final List<FileChannel> open = new ArrayList<>();
	private final Set<Path> unforced = new HashSet<>();
	private int changes;
	/** What others do before every change. */
	Runnable others = () -> {};
	/** Every change, for people who look for the one that fails. */
	final List<String> log = new ArrayList<>();
	/** Files that were moved to another folder before they were on the disk. */
	final List<Path> early = new ArrayList<>();

	/** @param last the change that does not happen, counted from 0 */
	FaultyDisk(final int last) {
		this.last = last;
	}

	/** A path on this disk. */
	Path path(final Path real) {
		return (Path) Proxy.newProxyInstance(FaultyDisk.class.getClassLoader(), new Class<?>[] { Path.class },
			(self, method, args) -> invoke(real, method, args));
	}

	private Object invoke(final Path real, final Method method, final Object[] args) throws Throwable {
		switch (method.getName()) {
			case "getFileSystem" -> {
				return system;
			}
			case "toFile" -> throw new UnsupportedOperationException();
			case "iterator" -> {
				final List<Path> names = new ArrayList<>();
				real.forEach(p -> names.add(path(p)));
				return names.iterator();
			}
			default -> {
				final Object[] bare = args == null ? new Object[0] : args.clone();
				for (int i = 0; i < bare.length; i++) if (bare[i] instanceof Path p) bare[i] = real(p);
				try {
					final Object result = method.invoke(real, bare);
					return result instanceof Path p ? path(p) : result;
				}
				catch (final InvocationTargetException e) {
					throw e.getCause();
				}
			}
		}
	}

	private static Path real(final Path path) {
		return Proxy.isProxyClass(path.getClass()) ? Path.of(path.toString()) : path;
	}

	int changes() {
		return changes;
	}

	private void change(final String what) {
		others.run();
		if (changes >= last) {
			for (final FileChannel channel : open) {
				try {
					channel.close();
				}
				catch (final IOException e) {
					throw new IllegalStateException(e);
				}
			}
			open.clear();
			throw new Killed();
		}
		changes++;
		log.add(what);
	}

	@Override
	public FileChannel newFileChannel(final Path path, final Set<? extends OpenOption> options,
		final FileAttribute<?>... attrs) throws IOException
	{
		final Path file = real(path);
		final boolean makes =
			options.contains(StandardOpenOption.CREATE_NEW) || options.contains(StandardOpenOption.CREATE);
		if (makes) change("create " + file.getFileName());
		final FileChannel channel = FileChannel.open(file, options, attrs);
		open.add(channel);
		if (makes) unforced.add(file);
		return new Watched(channel, file);
	}

	@Override
	public SeekableByteChannel newByteChannel(final Path path, final Set<? extends OpenOption> options,
		final FileAttribute<?>... attrs) throws IOException
	{
		return options.contains(StandardOpenOption.WRITE) ? newFileChannel(path, options, attrs)
			: Files.newByteChannel(real(path), options, attrs);
	}

	@Override
	public void createDirectory(final Path dir, final FileAttribute<?>... attrs) throws IOException {
		change("folder " + dir.getFileName());
		Files.createDirectory(real(dir), attrs);
	}

	@Override
	public void delete(final Path path) throws IOException {
		if (!Files.exists(real(path), LinkOption.NOFOLLOW_LINKS)) Files.delete(real(path));
		change("delete " + path.getFileName());
		Files.delete(real(path));
	}

	@Override
	public void move(final Path source, final Path target, final CopyOption... options) throws IOException {
		change("move " + source.getFileName() + " to " + target.getParent().getFileName());
		if (!source.getParent().equals(target.getParent()) && unforced.contains(real(source))) early.add(real(target));
		Files.move(real(source), real(target), options);
		if (unforced.remove(real(source))) unforced.add(real(target));
	}

	@Override
	public void copy(final Path source, final Path target, final CopyOption... options) {
		throw new UnsupportedOperationException();
	}

	@Override
	public DirectoryStream<Path> newDirectoryStream(final Path dir, final DirectoryStream.Filter<? super Path> filter)
		throws IOException
	{
		final List<Path> all = new ArrayList<>();
		try (DirectoryStream<Path> files = Files.newDirectoryStream(real(dir))) {
			for (final Path file : files) if (filter.accept(path(file))) all.add(path(file));
		}
		return new DirectoryStream<>() {

			@Override
			public Iterator<Path> iterator() {
				return all.iterator();
			}

			@Override
			public void close() {}
		};
	}

	@Override
	public String getScheme() {
		return "faulty";
	}

	@Override
	public FileSystem newFileSystem(final URI uri, final Map<String, ?> env) {
		throw new UnsupportedOperationException();
	}

	@Override
	public FileSystem getFileSystem(final URI uri) {
		return system;
	}

	@Override
	public Path getPath(final URI uri) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isSameFile(final Path a, final Path b) throws IOException {
		return Files.isSameFile(real(a), real(b));
	}

	@Override
	public boolean isHidden(final Path path) throws IOException {
		return Files.isHidden(real(path));
	}

	@Override
	public FileStore getFileStore(final Path path) throws IOException {
		return Files.getFileStore(real(path));
	}

	@Override
	public void checkAccess(final Path path, final AccessMode... modes) throws IOException {
		real(path).getFileSystem().provider().checkAccess(real(path), modes);
	}

	@Override
	public <V extends FileAttributeView> V getFileAttributeView(final Path path, final Class<V> type,
		final LinkOption... options)
	{
		return Files.getFileAttributeView(real(path), type, options);
	}

	@Override
	public <A extends BasicFileAttributes> A readAttributes(final Path path, final Class<A> type,
		final LinkOption... options) throws IOException
	{
		return Files.readAttributes(real(path), type, options);
	}

	@Override
	public Map<String, Object> readAttributes(final Path path, final String attributes, final LinkOption... options)
		throws IOException
	{
		return Files.readAttributes(real(path), attributes, options);
	}

	@Override
	public void setAttribute(final Path path, final String attribute, final Object value, final LinkOption... options)
		throws IOException
	{
		change("attribute of " + path.getFileName());
		Files.setAttribute(real(path), attribute, value, options);
	}

	/** Tells what is written and forced. */
	private final class Watched extends FileChannel {

		private final FileChannel channel;
		private final Path file;

		private Watched(final FileChannel channel, final Path file) {
			this.channel = channel;
			this.file = file;
		}

		@Override
		public int read(final ByteBuffer dst) throws IOException {
			return channel.read(dst);
		}

		@Override
		public long read(final ByteBuffer[] dsts, final int offset, final int length) throws IOException {
			return channel.read(dsts, offset, length);
		}

		@Override
		public int write(final ByteBuffer src) throws IOException {
			unforced.add(file);
			return channel.write(src);
		}

		@Override
		public long write(final ByteBuffer[] srcs, final int offset, final int length) throws IOException {
			unforced.add(file);
			return channel.write(srcs, offset, length);
		}

		@Override
		public long position() throws IOException {
			return channel.position();
		}

		@Override
		public FileChannel position(final long newPosition) throws IOException {
			channel.position(newPosition);
			return this;
		}

		@Override
		public long size() throws IOException {
			return channel.size();
		}

		@Override
		public FileChannel truncate(final long size) throws IOException {
			unforced.add(file);
			channel.truncate(size);
			return this;
		}

		@Override
		public void force(final boolean metaData) throws IOException {
			channel.force(metaData);
			unforced.remove(file);
		}

		@Override
		public long transferTo(final long position, final long count, final WritableByteChannel target)
			throws IOException
		{
			return channel.transferTo(position, count, target);
		}

		@Override
		public long transferFrom(final ReadableByteChannel src, final long position, final long count)
			throws IOException
		{
			unforced.add(file);
			return channel.transferFrom(src, position, count);
		}

		@Override
		public int read(final ByteBuffer dst, final long position) throws IOException {
			return channel.read(dst, position);
		}

		@Override
		public int write(final ByteBuffer src, final long position) throws IOException {
			unforced.add(file);
			return channel.write(src, position);
		}

		@Override
		public MappedByteBuffer map(final MapMode mode, final long position, final long size) throws IOException {
			return channel.map(mode, position, size);
		}

		@Override
		public FileLock lock(final long position, final long size, final boolean shared) throws IOException {
			return channel.lock(position, size, shared);
		}

		@Override
		public FileLock tryLock(final long position, final long size, final boolean shared) throws IOException {
			return channel.tryLock(position, size, shared);
		}

		@Override
		protected void implCloseChannel() throws IOException {
			channel.close();
			open.remove(channel);
		}
	}

	/** The system of these paths. */
	private final class System extends FileSystem {

		@Override
		public FileSystemProvider provider() {
			return FaultyDisk.this;
		}

		@Override
		public void close() {}

		@Override
		public boolean isOpen() {
			return true;
		}

		@Override
		public boolean isReadOnly() {
			return false;
		}

		@Override
		public String getSeparator() {
			return Path.of("").getFileSystem().getSeparator();
		}

		@Override
		public Iterable<Path> getRootDirectories() {
			return List.of();
		}

		@Override
		public Iterable<FileStore> getFileStores() {
			return List.of();
		}

		@Override
		public Set<String> supportedFileAttributeViews() {
			return Set.of("basic");
		}

		@Override
		public Path getPath(final String first, final String... more) {
			return path(Path.of(first, more));
		}

		@Override
		public PathMatcher getPathMatcher(final String pattern) {
			final PathMatcher matcher = Path.of("").getFileSystem().getPathMatcher(pattern);
			return path -> matcher.matches(real(path));
		}

		@Override
		public UserPrincipalLookupService getUserPrincipalLookupService() {
			throw new UnsupportedOperationException();
		}

		@Override
		public WatchService newWatchService() {
			throw new UnsupportedOperationException();
		}
	}
}
