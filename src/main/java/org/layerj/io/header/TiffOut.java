package org.layerj.io.header;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A directory of a classic TIFF in the making, which lies behind everything else. */
final class TiffOut {

	private static final int SHORT = 3, LONG = 4, ENTRY = 12;

	private record Field(int type, long count, byte[] data) {}

	private final ByteOrder order;
	private final long at;
	private final Map<Integer, Field> fields = new TreeMap<>();

	/**
	 * @param order of the file
	 * @param at where the directory will be, even
	 */
	TiffOut(final ByteOrder order, final long at) {
		this.order = order;
		this.at = at;
	}

	void shorts(final int tag, final long... values) {
		final ByteBuffer b = ByteBuffer.allocate(2 * values.length).order(order);
		for (final long v : values) b.putShort((short) v);
		fields.put(tag, new Field(SHORT, values.length, b.array()));
	}

	void longs(final int tag, final long... values) {
		final ByteBuffer b = ByteBuffer.allocate(4 * values.length).order(order);
		for (final long v : values) b.putInt((int) v);
		fields.put(tag, new Field(LONG, values.length, b.array()));
	}

	/** Data of another directory of the same byte order. */
	void raw(final int tag, final int type, final byte[] data) {
		final int size = type == 3 || type == 8 ? 2
			: type == 4 || type == 9 || type == 11 || type == 13 ? 4 : type == 5 || type == 10 || type == 12 ? 8 : 1;
		fields.put(tag, new Field(type, data.length / size, data));
	}

	/** The file with this directory and no other. */
	List<Piece> pieces(final PictureBytes bytes) throws Broken {
		final byte[] directory = directory();
		if (at + directory.length > 0xffff_ffffL) throw new Broken("more than 4 GB, which a TIFF cannot address");
		final ByteBuffer head = ByteBuffer.allocate(8).order(order);
		head.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'))
			.put((byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M'))
			.putShort((short) 42)
			.putInt((int) at);
		final List<Piece> pieces = new ArrayList<>(List.of(Piece.of(head.array()), Piece.of(8, bytes.size() - 8)));
		if (at > bytes.size()) pieces.add(Piece.of(new byte[(int) (at - bytes.size())]));
		pieces.add(Piece.of(directory));
		return pieces;
	}

	private byte[] directory() {
		final ByteBuffer entries = ByteBuffer.allocate(2 + fields.size() * ENTRY + 4).order(order);
		final ByteArrayOutputStream data = new ByteArrayOutputStream();
		entries.putShort((short) fields.size());
		fields.forEach((tag, f) -> {
			entries.putShort((short) (int) tag).putShort((short) f.type).putInt((int) f.count);
			if (f.data.length <= 4) entries.put(f.data).position(entries.position() + 4 - f.data.length);
			else {
				entries.putInt((int) (at + entries.capacity() + data.size()));
				data.writeBytes(f.data);
				if ((data.size() & 1) == 1) data.write(0);
			}
		});
		final byte[] out = new byte[entries.capacity() + data.size()];
		System.arraycopy(entries.array(), 0, out, 0, entries.capacity());
		System.arraycopy(data.toByteArray(), 0, out, entries.capacity(), data.size());
		return out;
	}
}
