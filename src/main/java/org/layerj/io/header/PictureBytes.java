package org.layerj.io.header;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * The bytes of a picture file, on the disk or in memory, read from anywhere; nothing is copied to a temporary file. Not
 * thread-safe.
 */
public final class PictureBytes implements Closeable {

	private final SeekableByteChannel channel;
	private final long size;

	private PictureBytes(final SeekableByteChannel channel) throws IOException {
		this.channel = channel;
		this.size = channel.size();
	}

	/**
	 * Opens a file; to be closed.
	 *
	 * @param file that exists
	 * @return its bytes, read when they are asked for
	 * @throws IOException if it cannot be read
	 */
	public static PictureBytes of(final Path file) throws IOException {
		return new PictureBytes(FileChannel.open(file));
	}

	/**
	 * A file that is in memory; not copied.
	 *
	 * @param file all of its bytes
	 * @return the same bytes
	 * @throws IOException never
	 */
	public static PictureBytes of(final byte[] file) throws IOException {
		return new PictureBytes(new SeekableInMemoryByteChannel(file));
	}

	/** {@return the number of bytes} */
	public long size() {
		return size;
	}

	/** Bytes from there, as many as there are, at most {@code length}; 0 at the end. */
	int read(final long at, final byte[] into, final int from, final int length) throws IOException {
		if (at >= size) return 0;
		channel.position(at);
		final ByteBuffer buffer = ByteBuffer.wrap(into, from, length);
		while (buffer.hasRemaining() && channel.read(buffer) > 0) {
			// Go on.
		}
		return buffer.position() - from;
	}

	/**
	 * Exactly these bytes, big-endian; throws {@link Broken} if the file ends before.
	 *
	 * @param at first byte, from 0
	 * @param length how many
	 * @return these bytes
	 * @throws IOException if the file cannot be read, or ({@link Broken}) ends before
	 */
	public ByteBuffer at(final long at, final long length) throws IOException {
		return at(at, length, ByteOrder.BIG_ENDIAN);
	}

	/** Exactly these bytes; throws {@link Broken} if the file ends before. */
	ByteBuffer at(final long at, final long length, final ByteOrder order) throws IOException {
		if (at < 0 || length < 0 || length > size - at || length > Integer.MAX_VALUE - 8)
			throw new Broken("it ends too early");
		final byte[] out = new byte[(int) length];
		if (read(at, out, 0, out.length) < out.length) throw new Broken("it ends too early");
		return ByteBuffer.wrap(out).order(order);
	}

	/** Whether these bytes, given as characters below 256, are at that place. */
	boolean has(final long at, final String text) throws IOException {
		final byte[] there = new byte[text.length()];
		if (read(at, there, 0, there.length) < there.length) return false;
		for (int i = 0; i < there.length; i++) if ((there[i] & 0xff) != text.charAt(i)) return false;
		return true;
	}

	@Override
	public void close() throws IOException {
		channel.close();
	}
}
