package org.layerj.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A model folder on disk; weights are memory-mapped, so pages are read when first used and may be dropped again. */
final class FolderFiles implements ModelFiles {

	private final Path folder;
	/** Mappings live as long as the model: libtorch may hold views of a weight of which Java knows nothing. */
	private final Map<String, ByteBuffer> mapped = new ConcurrentHashMap<>();

	FolderFiles(final Path folder) {
		if (!Files.isDirectory(folder)) throw new ModelException("The model folder " + folder + " does not exist; give the folder that holds model_index.json.");
		this.folder = folder;
	}

	@Override
	public String name() {
		return folder.toString();
	}

	@Override
	public boolean has(final String path) {
		return Files.isRegularFile(folder.resolve(path));
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
		try {
			return Files.readAllBytes(folder.resolve(path));
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	@Override
	public ByteBuffer map(final String path, final long offset, final long length) {
		return mapped.computeIfAbsent(path + ':' + offset + '+' + length, k -> open(path, offset, length)).duplicate().order(ByteOrder.LITTLE_ENDIAN);
	}

	private ByteBuffer open(final String path, final long offset, final long length) {
		try (FileChannel channel = FileChannel.open(folder.resolve(path), StandardOpenOption.READ)) {
			return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
		}
		catch (final IOException e) {
			throw unreadable(path, e);
		}
	}

	private ModelException unreadable(final String path, final IOException e) {
		return new ModelException("The model file " + folder.resolve(path) + " cannot be read (" + e.getMessage() + ").", e);
	}
}
