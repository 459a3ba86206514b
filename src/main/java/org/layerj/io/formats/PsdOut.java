package org.layerj.io.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Writes big-endian numbers, and lengths that turn out later: PSD puts them before what they measure, and the pixels of
 * a layer shall not be held only to learn how many bytes they take.
 */
final class PsdOut {

	/** A PSD must not get larger. */
	static final class TooLarge extends IOException {

		private static final long serialVersionUID = 1L;
	}

	private final FileChannel channel;
	private final boolean large;
	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
	private long flushed;

	/** @param large whether it is a PSB, in which some lengths have twice as many bytes */
	PsdOut(final FileChannel channel, final boolean large) {
		this.channel = channel;
		this.large = large;
	}

	boolean large() {
		return large;
	}

	long position() {
		return flushed + buffer.position();
	}

	void u8(final int v) throws IOException {
		room(1).put((byte) v);
	}

	void u16(final int v) throws IOException {
		room(2).putShort((short) v);
	}

	void u32(final long v) throws IOException {
		room(4).putInt((int) v);
	}

	void ascii(final String text) throws IOException {
		final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
		bytes(bytes, bytes.length);
	}

	void bytes(final byte[] bytes, final int length) throws IOException {
		for (int i = 0; i < length;) {
			final int n = Math.min(length - i, room(1).remaining());
			buffer.put(bytes, i, n);
			i += n;
		}
	}

	void zeros(final long count) throws IOException {
		for (long i = 0; i < count; i++) u8(0);
	}

	/** Zeros until a multiple of something after a position. */
	void pad(final long start, final int multiple) throws IOException {
		zeros(Math.floorMod(start - position(), (long) multiple));
	}

	/** Room for a number to be {@link #fill filled in} later; where it is. */
	long reserve(final long bytes) throws IOException {
		final long at = position();
		zeros(bytes);
		return at;
	}

	/** Bytes of the lengths that are wider in a PSB. */
	int wide() {
		return large ? 8 : 4;
	}

	/** Writes how many bytes have come since the number's own place. */
	void fillLength(final long at, final int bytes) throws IOException {
		final ByteBuffer number = ByteBuffer.allocate(8).putLong(0, position() - at - bytes);
		fill(at, number.position(8 - bytes));
	}

	/** Puts bytes into a reserved place. */
	void fill(final long at, final ByteBuffer bytes) throws IOException {
		flush();
		for (long p = at; bytes.hasRemaining();) p += channel.write(bytes, p);
	}

	void flush() throws IOException {
		buffer.flip();
		while (buffer.hasRemaining()) flushed += channel.write(buffer, flushed);
		buffer.clear();
		if (!large && flushed > Integer.MAX_VALUE) throw new TooLarge();
	}

	private ByteBuffer room(final int bytes) throws IOException {
		if (buffer.remaining() < bytes) flush();
		return buffer;
	}
}
