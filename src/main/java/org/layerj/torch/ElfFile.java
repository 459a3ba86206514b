package org.layerj.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads from a shared library of Linux (ELF, 64 bits, little-endian) which others it needs, without loading it. */
final class ElfFile {

	private static final int MAGIC = 0x464c457f;
	private static final int DYNAMIC = 2;
	private static final int LOAD = 1;
	private static final long NEEDED = 1;
	private static final long STRINGS = 5;
	private static final int HEADER = 64;
	private static final int SEGMENT = 56;
	private static final int MOST = 1 << 20;

	private ElfFile() {}

	/**
	 * The names of the libraries it needs, in their order.
	 *
	 * @throws IOException if it cannot be read, or is no such file, or not all of it: loading half a library ends the
	 * process
	 */
	static List<String> needed(final Path file) throws IOException {
		try (FileChannel in = FileChannel.open(file)) {
			final ByteBuffer head = read(in, 0, HEADER);
			if (head.getInt(0) != MAGIC || head.get(4) != 2 || head.get(5) != 1)
				throw new IOException(file + " is no library for 64-bit Linux");
			final int count = head.getShort(56) & 0xffff;
			final ByteBuffer segments = read(in, head.getLong(32), count * SEGMENT);
			for (int i = 0; i < count; i++)
				if (end(segments.getLong(i * SEGMENT + 8), segments.getLong(i * SEGMENT + 32)) > in.size())
					throw new IOException(file + " is incomplete");
			// They stand at the end.
			final long sections = (long) (head.getShort(58) & 0xffff) * (head.getShort(60) & 0xffff);
			if (end(head.getLong(40), sections) > in.size()) throw new IOException(file + " is incomplete");
			for (int i = 0; i < count; i++)
				if (segments.getInt(i * SEGMENT) == DYNAMIC) return dynamic(in, segments, count,
					read(in, segments.getLong(i * SEGMENT + 8), segments.getLong(i * SEGMENT + 32)));
			return List.of();
		}
		catch (final IndexOutOfBoundsException | IllegalArgumentException e) {
			throw new IOException(file + " is damaged", e);
		}
	}

	private static long end(final long offset, final long length) {
		return offset < 0 || length < 0 || offset > Long.MAX_VALUE - length ? Long.MAX_VALUE : offset + length;
	}

	private static List<String> dynamic(final FileChannel in, final ByteBuffer segments, final int count,
		final ByteBuffer entries) throws IOException
	{
		final List<Long> names = new ArrayList<>();
		long strings = 0;
		for (int at = 0; at + 16 <= entries.limit() && entries.getLong(at) != 0; at += 16) {
			if (entries.getLong(at) == NEEDED) names.add(entries.getLong(at + 8));
			if (entries.getLong(at) == STRINGS) strings = offset(segments, count, entries.getLong(at + 8));
		}
		final List<String> out = new ArrayList<>();
		for (final long name : names) {
			final ByteBuffer text = read(in, strings + name, Math.min(256, in.size() - strings - name));
			final StringBuilder word = new StringBuilder();
			for (int i = 0; i < text.limit() && text.get(i) != 0; i++) word.append((char) (text.get(i) & 0xff));
			out.add(new String(word.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
		}
		return out;
	}

	/** Where in the file an address of memory lies. */
	private static long offset(final ByteBuffer segments, final int count, final long address) {
		for (int i = 0; i < count; i++) {
			final int s = i * SEGMENT;
			final long begin = segments.getLong(s + 16);
			if (segments.getInt(s) == LOAD && address >= begin && address < begin + segments.getLong(s + 32))
				return address - begin + segments.getLong(s + 8);
		}
		return address;
	}

	private static ByteBuffer read(final FileChannel in, final long at, final long length) throws IOException {
		if (at < 0 || length < 0 || length > MOST || at + length > in.size()) throw new IndexOutOfBoundsException();
		final ByteBuffer bytes = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
		while (bytes.hasRemaining() && in.read(bytes, at + bytes.position()) >= 0);
		return bytes.flip();
	}
}
