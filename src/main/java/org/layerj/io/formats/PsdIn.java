package org.layerj.io.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.layerj.io.header.Broken;

/** Reads big-endian numbers from anywhere in a file; what would lie beyond its end is {@link Broken}. */
final class PsdIn {

	private final FileChannel channel;
	private final long size;
	private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
	private long start;
	private boolean large;

	PsdIn(final FileChannel channel) throws IOException {
		this.channel = channel;
		this.size = channel.size();
	}

	/** From now on it is a PSB, in which some lengths have twice as many bytes. */
	void setLarge(final boolean large) {
		this.large = large;
	}

	boolean large() {
		return large;
	}

	long position() {
		return start + buffer.position();
	}

	void seek(final long position) throws Broken {
		if (position < 0 || position > size) throw new Broken("it ends too early");
		if (position >= start && position <= start + buffer.limit()) buffer.position((int) (position - start));
		else {
			start = position;
			buffer.position(0).limit(0);
		}
	}

	void skip(final long bytes) throws Broken {
		if (bytes < 0) throw new Broken("a negative length");
		seek(Math.addExact(position(), Math.min(bytes, Long.MAX_VALUE - position())));
	}

	/** The end of a part of this length that begins here; throws {@link Broken} if that is beyond another end. */
	long end(final long length, final long outer) throws Broken {
		if (length < 0 || length > outer - position()) throw new Broken("a length beyond the end");
		return position() + length;
	}

	long size() {
		return size;
	}

	int u8() throws IOException {
		return need(1).get() & 0xff;
	}

	int u16() throws IOException {
		return need(2).getShort() & 0xffff;
	}

	int i16() throws IOException {
		return need(2).getShort();
	}

	int i32() throws IOException {
		return need(4).getInt();
	}

	long u32() throws IOException {
		return i32() & 0xffffffffL;
	}

	long i64() throws IOException {
		return need(8).getLong();
	}

	/** A length that is wider in a PSB. */
	long wide() throws IOException {
		return large ? i64() : u32();
	}

	String ascii(final int length) throws IOException {
		return new String(bytes(length), StandardCharsets.ISO_8859_1);
	}

	byte[] bytes(final long length) throws IOException {
		if (length < 0 || length > size - position()) throw new Broken("it ends too early");
		final byte[] out = new byte[Math.toIntExact(length)];
		bytes(out, out.length);
		return out;
	}

	void bytes(final byte[] out, final int length) throws IOException {
		for (int i = 0; i < length;) {
			final int n = Math.min(length - i, need(1).remaining());
			buffer.get(out, i, n);
			i += n;
		}
	}

	private ByteBuffer need(final int bytes) throws IOException {
		while (buffer.remaining() < bytes) {
			start += buffer.position();
			buffer.compact();
			final int n = channel.read(buffer, start + buffer.position());
			buffer.flip();
			if (n <= 0) throw new Broken("it ends too early");
		}
		return buffer;
	}
}
