package org.layerj.io.header;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file made of pieces of another, for the Java library's decoders: what they cannot bear or would misunderstand is
 * left out, and they never learn that it was there. Reads from the original as it goes; closing it leaves that open.
 */
public final class Pieces extends ImageInputStreamImpl {

	private final PictureBytes bytes;
	private final List<Piece> pieces;
	private final long[] starts;
	private final long length;
	private int current;

	/**
	 * Pieces of a file, as one.
	 *
	 * @param bytes of the file
	 * @param pieces which of them, in this order
	 */
	public Pieces(final PictureBytes bytes, final List<Piece> pieces) {
		this.bytes = bytes;
		this.pieces = List.copyOf(pieces);
		this.starts = new long[pieces.size()];
		long at = 0;
		for (int i = 0; i < starts.length; i++) {
			starts[i] = at;
			at += pieces.get(i).length();
		}
		length = at;
	}

	/** Adds a part of the file to a list of pieces, as one with the last if it goes on there. */
	static void add(final List<Piece> to, final long at, final long length) {
		final Piece last = to.isEmpty() ? Piece.of(-1, 0) : to.get(to.size() - 1);
		if (last.own().length == 0 && last.at() + last.length() == at)
			to.set(to.size() - 1, Piece.of(last.at(), last.length() + length));
		else to.add(Piece.of(at, length));
	}

	/** The whole file. */
	static List<Piece> all(final PictureBytes bytes) {
		return new ArrayList<>(List.of(Piece.of(0, bytes.size())));
	}

	@Override
	public int read() throws IOException {
		final byte[] one = new byte[1];
		return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(final byte[] into, final int from, final int count) throws IOException {
		bitOffset = 0;
		if (count == 0) return 0;
		if (streamPos >= length) return -1;
		while (streamPos < starts[current]) current--;
		while (current + 1 < starts.length && streamPos >= starts[current + 1]) current++;
		final Piece piece = pieces.get(current);
		final long skip = streamPos - starts[current];
		int n = (int) Math.min(count, piece.length() - skip);
		if (piece.own().length > 0) System.arraycopy(piece.own(), (int) skip, into, from, n);
		else n = bytes.read(piece.at() + skip, into, from, n);
		if (n <= 0) return -1;
		streamPos += n;
		return n;
	}

	@Override
	public long length() {
		return length;
	}
}
