package org.layerj.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A network inside the jar; each file is inflated once into direct memory and shared from there, so nothing is unpacked
 * to disk.
 */
final class ResourceFiles implements ModelFiles {

	private final String name;
	private final String root;
	private final Map<String, ByteBuffer> loaded = new ConcurrentHashMap<>();

	ResourceFiles(final String name, final String root) {
		this.name = name;
		this.root = root;
	}

	@Override
	public String name() {
		return name;
	}

	@Override
	public boolean has(final String path) {
		return ResourceFiles.class.getResource(root + path) != null;
	}

	@Override
	public long size(final String path) {
		return load(path).capacity();
	}

	@Override
	public byte[] read(final String path) {
		final byte[] out = new byte[load(path).capacity()];
		load(path).get(0, out);
		return out;
	}

	@Override
	public ByteBuffer map(final String path, final long offset, final long length) {
		return load(path).slice(Math.toIntExact(offset), Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
	}

	private ByteBuffer load(final String path) {
		return loaded.computeIfAbsent(path, p -> {
			try (InputStream in = ResourceFiles.class.getResourceAsStream(root + p)) {
				if (in == null) throw new ModelException(
					"The " + name + " model lacks " + p + "; the plugin's jar is damaged, install it again.");
				final byte[] bytes = in.readAllBytes();
				return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
			}
			catch (final IOException e) {
				throw new ModelException("The " + name + " model's file " + p
					+ " cannot be read; the plugin's jar is damaged, install it again.", e);
			}
		});
	}
}
