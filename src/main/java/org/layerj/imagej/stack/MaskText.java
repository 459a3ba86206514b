package org.layerj.imagej.stack;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import org.layerj.layers.Mask;

/** Masks as text, because text is all that image properties hold: width, height and bits, deflated, in Base64. */
final class MaskText {

	private static final int HEADER = 8;

	private MaskText() {}

	static String of(final Mask mask) {
		final int n = mask.width() * mask.height();
		final byte[] bits = new byte[(n + 7) / 8];
		for (int i = 0; i < n; i++) if (mask.get(i)) bits[i / 8] |= (byte) (1 << i % 8);
		final ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (DataOutputStream data = new DataOutputStream(new DeflaterOutputStream(out))) {
			data.writeInt(mask.width());
			data.writeInt(mask.height());
			data.write(bits);
		}
		catch (final IOException e) {
			throw new UncheckedIOException(e);
		}
		return Base64.getEncoder().encodeToString(out.toByteArray());
	}

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
