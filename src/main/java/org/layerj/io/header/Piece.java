package org.layerj.io.header;

/**
 * A part of what a decoder is given: bytes of the file, or bytes of its own.
 *
 * @param at where in the file it begins; meaningless for own bytes
 * @param length number of bytes
 * @param own bytes that are not from the file; empty for those that are
 */
public record Piece(long at, long length, byte[] own) {

	/** A part of the file. */
	static Piece of(final long at, final long length) {
		return new Piece(at, length, new byte[0]);
	}

	/** Bytes that are not in the file. */
	static Piece of(final byte[] own) {
		return new Piece(0, own.length, own);
	}
}
