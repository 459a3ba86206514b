package org.layerj.io.formats;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.layerj.io.header.Broken;
import org.layerj.layers.Mask;

/**
 * Bytes and masks as text: deflated, in Base64. A mask has eight pixels in a byte, the first in the highest bit, row
 * after row without gaps.
 */
final class MaskCode {

	private MaskCode() {}

	/** The mask of this size; throws {@link Broken} if the text is no such mask. */
	static Mask mask(final String text, final int width, final int height) throws Broken {
		final byte[] bits = bytes(text, ((long) width * height + 7) / 8);
		return Mask.of(width, height, i -> (bits[i >> 3] & 0x80 >> (i & 7)) != 0);
	}

	static String of(final byte[] bytes) {
		final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			deflater.setInput(bytes);
			deflater.finish();
			final ByteArrayOutputStream out = new ByteArrayOutputStream();
			final byte[] buffer = new byte[1 << 14];
			while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
			return Base64.getEncoder().encodeToString(out.toByteArray());
		}
		finally {
			deflater.end();
		}
	}

	/** Exactly so many bytes; throws {@link Broken} if the text stands for others. */
	static byte[] bytes(final String text, final long length) throws Broken {
		if (length > Room.DEFLATE * (text.length() + 1L) || length > Integer.MAX_VALUE - 8)
			throw new Broken("a mask that is too short");
		final Inflater inflater = new Inflater();
		try {
			inflater.setInput(Base64.getDecoder().decode(text));
			final byte[] out = new byte[(int) length];
			int n = 0;
			while (n < out.length) {
				final int got = inflater.inflate(out, n, out.length - n);
				if (got == 0) throw new Broken("a mask that breaks off");
				n += got;
			}
			return out;
		}
		catch (DataFormatException | IllegalArgumentException e) {
			throw new Broken("a mask that is damaged");
		}
		finally {
			inflater.end();
		}
	}
}
