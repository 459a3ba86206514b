package org.layerj.io.header;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** What is in front of a BMP's pixels. */
final class BmpHeader {

	private static final int FILE = 14, OLD = 12, V5 = 124;
	/** Of a file whose profile is in it: {@code MBED}. */
	private static final int EMBEDDED = 0x4d424544;

	private BmpHeader() {}

	static PictureHeader read(final PictureBytes bytes) throws IOException {
		final ByteBuffer b = bytes.at(FILE, OLD, ByteOrder.LITTLE_ENDIAN);
		final long length = b.getInt(0) & 0xffffffffL;
		final boolean old = length == OLD;
		final long width = old ? b.getShort(4) & 0xffff : b.getInt(4);
		// Negative: the rows come from the top down.
		final long height = old ? b.getShort(6) & 0xffff : Math.abs((long) b.getInt(8));
		if (width < 1 || height < 1 || height > Integer.MAX_VALUE)
			throw new Broken("a picture of " + width + " × " + height + " pixels");
		return new PictureHeader("bmp", (int) width, (int) height, Orientation.UPRIGHT,
			old ? PictureNotes.NONE : new PictureNotes(profile(bytes, length), size(bytes)), Optional.empty(),
			pieces(bytes), PictureHeader.Meaning.PLAIN);
	}

	/** With the file's length, which programs leave out and the decoder insists on. */
	private static List<Piece> pieces(final PictureBytes bytes) {
		final byte[] length = ByteBuffer.allocate(4)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt((int) Math.min(bytes.size(), 0xffff_ffffL))
			.array();
		return List.of(Piece.of(0, 2), Piece.of(length), Piece.of(6, bytes.size() - 6));
	}

	/** In dots per metre; programs that know nothing write 0. */
	private static Optional<PixelSize> size(final PictureBytes bytes) throws IOException {
		if (bytes.size() < FILE + 40) return Optional.empty();
		final ByteBuffer b = bytes.at(FILE + 24, 8, ByteOrder.LITTLE_ENDIAN);
		return PixelSize.ofDots(PngHeader.whole(b.getInt()), PngHeader.whole(b.getInt()), PixelSize.INCH);
	}

	private static Optional<ColourProfile> profile(final PictureBytes bytes, final long length) throws IOException {
		if (length < V5 || bytes.size() < FILE + V5) return Optional.empty();
		final ByteBuffer b = bytes.at(FILE, V5, ByteOrder.LITTLE_ENDIAN);
		final long at = FILE + (b.getInt(112) & 0xffffffffL);
		final long size = b.getInt(116) & 0xffffffffL;
		if (b.getInt(56) != EMBEDDED || at + size > bytes.size() || size > ColourProfile.LONGEST)
			return Optional.empty();
		return ColourProfile.of(bytes.at(at, size).array()).filter(p -> !p.grey());
	}
}
