package org.layerj.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.layerj.io.header.ColourProfile;
import org.layerj.io.header.PictureNotes;

/**
 * Adds notes to a TIFF that is written already: a copy of its first directory with more entries goes to the end of the
 * file, and the header points there. Pixels and all that other entries point to stay where they are. TIFF 6.0, section
 * 2; XMP specification, part 3; ICC.1, annex B.
 */
final class TiffNotes {

	private static final int PHOTOMETRIC = 262, RGB = 2;
	private static final int XMP = 700, PROFILE = 34675, X_RESOLUTION = 282, Y_RESOLUTION = 283, UNIT = 296;
	private static final int BYTE = 1, SHORT = 3, RATIONAL = 5, UNDEFINED = 7;
	private static final int INCH = 2;
	private static final int ENTRY = 12;
	private static final long LARGEST = 0xffff_ffffL;

	/** An entry; its data have the file's byte order. */
	private record Entry(int type, int count, byte[] data) {}

	private TiffNotes() {}

	/**
	 * Adds to the file's first picture what it does not say already.
	 *
	 * @return whether anything was added: not if the file is no plain TIFF, or is too large for TIFF's 4-byte addresses
	 */
	static boolean add(final Path file, final String xmp, final PictureNotes notes) throws IOException {
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
			final ByteBuffer header = read(channel, 0, 8, ByteOrder.BIG_ENDIAN);
			if (header.limit() < 8) return false;
			final int mark = header.getShort(0);
			if (mark != 0x4949 && mark != 0x4d4d) return false;
			final ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
			header.order(order);
			if (header.getShort(2) != 42) return false;
			final long at = header.getInt(4) & LARGEST;
			final ByteBuffer number = read(channel, at, 2, order);
			if (number.limit() < 2) return false;
			final int entries = number.getShort(0) & 0xffff;
			final ByteBuffer old = read(channel, at + 2, entries * ENTRY + 4, order);
			if (old.limit() < entries * ENTRY + 4) return false;
			// In the order of their tags; of those that are there already, their bytes.
			final Map<Integer, byte[]> all = new TreeMap<>();
			for (int k = 0; k < entries; k++)
				all.put(old.getShort(k * ENTRY) & 0xffff, Arrays.copyOfRange(old.array(), k * ENTRY, (k + 1) * ENTRY));
			final Map<Integer, Entry> added = entries(xmp, notes, order);
			// A profile for grey says nothing of colours.
			final boolean colours =
				all.containsKey(PHOTOMETRIC) && ByteBuffer.wrap(all.get(PHOTOMETRIC)).order(order).getShort(8) == RGB;
			if (colours && notes.profile().filter(ColourProfile::grey).isPresent()) added.remove(PROFILE);
			// A resolution is of one piece.
			if (all.containsKey(X_RESOLUTION) || all.containsKey(Y_RESOLUTION))
				for (final int tag : new int[] { X_RESOLUTION, Y_RESOLUTION, UNIT }) added.remove(tag);
			added.keySet().removeAll(all.keySet());
			if (added.isEmpty()) return false;
			// Directories begin at even places.
			final long begin = channel.size() + (channel.size() & 1);
			final int length = 2 + (all.size() + added.size()) * ENTRY + 4;
			final ByteArrayOutputStream data = new ByteArrayOutputStream();
			added.forEach((tag, e) -> {
				final ByteBuffer entry = ByteBuffer.allocate(ENTRY)
					.order(order)
					.putShort((short) (int) tag)
					.putShort((short) e.type)
					.putInt(e.count);
				if (e.data.length <= 4) entry.put(e.data);
				else {
					entry.putInt((int) (begin + length + data.size()));
					data.writeBytes(e.data);
					if ((data.size() & 1) == 1) data.write(0);
				}
				all.put(tag, entry.array());
			});
			if (begin + length + data.size() > LARGEST) return false;
			final ByteBuffer directory = ByteBuffer.allocate(length + data.size()).order(order);
			directory.putShort((short) all.size());
			all.values().forEach(directory::put);
			directory.put(old.array(), entries * ENTRY, 4).put(data.toByteArray()).flip();
			write(channel, directory, begin);
			// Last: until then the file is what it was.
			write(channel, ByteBuffer.allocate(4).order(order).putInt((int) begin).flip(), 4);
			return true;
		}
	}

	private static Map<Integer, Entry> entries(final String xmp, final PictureNotes notes, final ByteOrder order) {
		final Map<Integer, Entry> added = new TreeMap<>();
		final byte[] packet = xmp.getBytes(StandardCharsets.UTF_8);
		added.put(XMP, new Entry(BYTE, packet.length, packet));
		notes.profile().ifPresent(p -> added.put(PROFILE, new Entry(UNDEFINED, p.bytes().length, p.bytes())));
		notes.pixelSize().filter(p -> fits(p.dpiX()) && fits(p.dpiY())).ifPresent(p -> {
			added.put(X_RESOLUTION, new Entry(RATIONAL, 1, rational(p.dpiX(), order)));
			added.put(Y_RESOLUTION, new Entry(RATIONAL, 1, rational(p.dpiY(), order)));
			added.put(UNIT, new Entry(SHORT, 1, ByteBuffer.allocate(2).order(order).putShort((short) INCH).array()));
		});
		return added;
	}

	private static boolean fits(final double dpi) {
		return dpi >= 1e-3 && dpi <= LARGEST / 1000;
	}

	private static byte[] rational(final double value, final ByteOrder order) {
		final int denominator = value * 1_000_000 <= LARGEST ? 1_000_000 : 1000;
		final long numerator = Math.round(value * denominator);
		final boolean whole = numerator % denominator == 0;
		return ByteBuffer.allocate(8)
			.order(order)
			.putInt((int) (whole ? numerator / denominator : numerator))
			.putInt(whole ? 1 : denominator)
			.array();
	}

	private static ByteBuffer read(final FileChannel channel, final long at, final int length, final ByteOrder order)
		throws IOException
	{
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
