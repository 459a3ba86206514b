package org.layerj.checkpoint;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one model in diffusers layout: a folder on disk or single files; or of a small network in the jar.
 * <p>
 * Paths are relative with forward slashes, for example {@code transformer/config.json}.
 */
public interface ModelFiles {

	/** What messages call this model: the folder's path, or a network's name. */
	String name();

	boolean has(String path);

	/** Size in bytes. */
	long size(String path);

	/** A whole small file. */
	byte[] read(String path);

	/** A read-only direct view of part of a file; nothing is copied where the file lies on disk. At most 2 GiB. */
	ByteBuffer map(String path, long offset, long length);

	/**
	 * Says that what {@link #map} gave with these arguments was copied elsewhere: it stays valid, but its memory may
	 * go.
	 */
	default void release(final String path, final long offset, final long length) {}

	/**
	 * Whether all files that were mapped are what they were; to be asked before weights are used where they lie in a
	 * file, since the process ends where a page of it is gone.
	 *
	 * @throws ModelException if one has been changed
	 */
	default void checkUnchanged() {}

	/**
	 * The tensors of a part by their diffusers names, where they come from elsewhere than {@code part/*.safetensors}.
	 *
	 * @param part for example {@code transformer}
	 */
	default Optional<Map<String, TensorInfo>> weights(final String part) {
		return Optional.empty();
	}

	/** The files that these are read from. */
	default List<String> weightFiles(final String part) {
		return List.of();
	}

	/** What was found that a user should know, one message each. */
	default List<String> notes() {
		return List.of();
	}

	/** A model on disk: a folder in diffusers layout, a folder of single files, or one of those. */
	static ModelFiles folder(final Path folder) {
		return folder(folder, Optional.empty());
	}

	/**
	 * A model on disk.
	 *
	 * @param model a folder in diffusers layout; a folder with single files, such as ComfyUI's {@code models}; or the
	 * transformer's file in one
	 * @param tokenizer a folder with a tokenizer for single files without one
	 * @throws ModelException if there is no model; the message says what there is instead
	 */
	static ModelFiles folder(final Path model, final Optional<Path> tokenizer) {
		return GivenModel.open(model, tokenizer);
	}

	/** The files of a folder, whatever they are. */
	static ModelFiles plain(final Path folder) {
		return new FolderFiles(folder);
	}

	/**
	 * A network in the jar.
	 *
	 * @param name for messages
	 * @param root the folder, from a slash to a slash
	 */
	static ModelFiles resources(final String name, final String root) {
		return new ResourceFiles(name, root);
	}
}
