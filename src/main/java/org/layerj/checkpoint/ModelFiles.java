package org.layerj.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The files of one model in diffusers layout, wherever they lie: a folder on disk or the jar.
 *
 * <p>Paths are relative with forward slashes, for example {@code transformer/config.json}.
 */
public interface ModelFiles {

	/** What the user calls this model: the folder's path, or {@code built-in}. */
	String name();

	boolean has(String path);

	/** Size in bytes. */
	long size(String path);

	/** A whole small file. */
	byte[] read(String path);

	/** A read-only direct view of part of a file; nothing is copied where the file lies on disk. At most 2 GiB. */
	ByteBuffer map(String path, long offset, long length);

	/** Says that what {@link #map} gave with these arguments was copied elsewhere: it stays valid, but its memory may go. */
	default void release(final String path, final long offset, final long length) {}

	/** A model folder on disk. */
	static ModelFiles folder(final Path folder) {
		return new FolderFiles(folder);
	}

	/** The model that ships in the jar. */
	static ModelFiles builtIn() {
		return resources("built-in", "/org/layerj/model/builtin/");
	}

	/**
	 * A model in another folder of the jar.
	 *
	 * @param name for messages
	 * @param root the folder, from a slash to a slash
	 */
	static ModelFiles resources(final String name, final String root) {
		return new ResourceFiles(name, root);
	}
}
