package org.layerj.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Adds XMP to a TIFF that is written already: a copy of its first directory with one more entry (tag 700) goes to the end of the file, and the header
 * points there. Pixels and all that other entries point to stay where they are. TIFF 6.0, section 2; XMP specification, part 3.
 */
final class TiffXmp {

	private static final int TAG = 700;
	private static final int BYTE = 1;
	private static final int ENTRY = 12;
	private static final long LARGEST = 0xffff_ffffL;

	private TiffXmp() {}

	/**
	 * Adds the packet to the file's first picture.
	 *
	 * @return whether it was added: not if the file is no plain TIFF, has XMP already, or is too large for TIFF's 4-byte addresses
	 */
	static boolean add(final Path file, final String xmp) throws IOException {
		final byte[] packet = xmp.getBytes(StandardCharsets.UTF_8);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			final ByteBuffer header = read(channel, 0, 8, ByteOrder.BIG_ENDIAN);
			if (header.limit() < 8) return false;
			final int order = header.getShort(0);
			if (order != 0x4949 && order != 0x4d4d) return false;
			header.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
			if (header.getShort(2) != 42) return false;
			final long at = header.getInt(4) & LARGEST;
			final ByteBuffer number = read(channel, at, 2, header.order());
			if (number.limit() < 2) return false;
			final int entries = number.getShort(0) & 0xffff;
			final ByteBuffer old = read(channel, at + 2, entries * ENTRY + 4, header.order());
			if (old.limit() < entries * ENTRY + 4) return false;
			int before = 0;
			for (int k = 0; k < entries; k++) {
				final int tag = old.getShort(k * ENTRY) & 0xffff;
				if (tag == TAG) return false;
				if (tag < TAG) before = k + 1;
			}
			// Directories begin at even places.
			final long begin = channel.size() + (channel.size() & 1);
			final int length = 2 + (entries + 1) * ENTRY + 4;
			if (begin + length + packet.length > LARGEST) return false;
			final ByteBuffer directory = ByteBuffer.allocate(length + packet.length).order(header.order());
			directory.putShort((short) (entries + 1));
			directory.put(old.array(), 0, before * ENTRY);
			directory.putShort((short) TAG).putShort((short) BYTE).putInt(packet.length).putInt((int) (begin + length));
			directory.put(old.array(), before * ENTRY, (entries - before) * ENTRY + 4);
			directory.put(packet).flip();
			write(channel, directory, begin);
			// Last: until then the file is what it was.
			write(channel, ByteBuffer.allocate(4).order(header.order()).putInt((int) begin).flip(), 4);
			return true;
		}
	}

	private static ByteBuffer read(final FileChannel channel, final long at, final int length, final ByteOrder order) throws IOException {
		final ByteBuffer buffer = ByteBuffer.allocate(length).order(order);
		long place = at;
		while (buffer.hasRemaining()) {
			final int n = channel.read(buffer, place);
			if (n < 0) break;
			place += n;
		}
		return buffer.flip();
	}

	private static void write(final FileChannel channel, final ByteBuffer bytes, final long at) throws IOException {
		long place = at;
		while (bytes.hasRemaining()) place += channel.write(bytes, place);
	}
}
