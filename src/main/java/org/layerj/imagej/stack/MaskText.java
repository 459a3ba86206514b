package org.layerj.imagej.stack;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.layerj.layers.Mask;

/** Reads masks as they were written into image properties before: width, height and bits, deflated, in Base64. */
final class MaskText {

	private static final int HEADER = 8;

	private MaskText() {}

	/** Empty if the text is no mask. */
	static Optional<Mask> parse(final String text) {
		try {
			final Inflater inflater = new Inflater();
			try {
				inflater.setInput(Base64.getDecoder().decode(text));
				final ByteBuffer header = ByteBuffer.wrap(inflate(inflater, HEADER));
				final int width = header.getInt();
				final int height = header.getInt();
				if (width < 1 || height < 1) return Optional.empty();
				final byte[] bits = inflate(inflater, Math.toIntExact(((long) width * height + 7) / 8));
				return Optional.of(Mask.of(width, height, i -> (bits[i / 8] >> i % 8 & 1) != 0));
			}
			finally {
				inflater.end();
			}
		}
		catch (IllegalArgumentException | ArithmeticException | DataFormatException e) {
			return Optional.empty();
		}
	}

	private static byte[] inflate(final Inflater inflater, final int length) throws DataFormatException {
		final byte[] out = new byte[length];
		for (int at = 0; at < length;) {
			final int n = inflater.inflate(out, at, length - at);
			if (n == 0) throw new DataFormatException("too short");
			at += n;
		}
		return out;
	}
}
